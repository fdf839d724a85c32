"""A log torn at any byte, as when the power goes: what is left is what the first so many commands had made."""

import random
from contextlib import contextmanager
from typing import Any

from leadqual.service.tables import EFFECTS

from .builds import Around, Diverting
from .cuts import run, torn
from .scale import of, say

COMMANDS = 120


class Halved(Around):
    """A store that commits effects in a transaction of their own, after the facts."""

    @contextmanager
    def unit(self, tenant, *, write):
        effects: list[Any] = []
        with self.store.unit(tenant, write=write) as unit:
            yield Diverting(unit, effects.append)
        if effects:
            with self.store.unit(tenant, write=True) as unit:
                unit.add(EFFECTS, effects)


def test_store_with_a_torn_log_is_that_of_the_first_commands(tmp_path):
    """Cut at a random byte, or changed in its last frame, after any command, before and after a checkpoint."""
    draw = random.Random(1)
    found = run(tmp_path, COMMANDS)
    assert len({moment.least for moment in found.moments}) == 2
    left = [torn(found, tmp_path, draw) for _ in range(of(60, 1_000))]
    assert None not in left
    assert len({*left}) > 10
    say("torn logs", f"{len(left)} cuts, {len({*left})} prefixes, {left.count(None)} states that were none")


def test_half_of_a_command_in_a_torn_log_is_noticed(tmp_path):
    """A store that writes effects after the facts' commit is found out."""
    draw = random.Random(2)
    found = run(tmp_path, COMMANDS, build=Halved)
    assert None in [torn(found, tmp_path, draw) for _ in range(60)]
