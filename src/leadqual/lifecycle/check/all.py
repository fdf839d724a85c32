"""Every check of a lifecycle, one after the other."""

from collections.abc import Iterator
from itertools import islice

from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.lifecycle.check.guards import guard_problems
from leadqual.lifecycle.check.kinds import number_problems
from leadqual.lifecycle.check.order import order_problems
from leadqual.lifecycle.check.paths import path_problems
from leadqual.lifecycle.check.policies import recycle_problems
from leadqual.lifecycle.check.slas import sla_problems
from leadqual.lifecycle.check.sound import is_own, sound_of
from leadqual.lifecycle.check.stages import initial_problems, stage_problems
from leadqual.lifecycle.check.table import Table
from leadqual.lifecycle.check.transitions import transition_problems


def table_problems(table: Table) -> Iterator[Problem]:
    """Yield everything that is wrong with a lifecycle, up to `MOST_PROBLEMS`; nothing is raised, whatever is in it.

    Args:
        table: The lifecycle with all that belongs to it.

    Yields:
        The problems: of single parts, of the table as a whole, of guards that can never hold, of maybes and of SLAs.
    """
    yield from islice(_problems(table), MOST_PROBLEMS)


def _problems(table: Table) -> Iterator[Problem]:
    """Yield all problems; guards and order are those of a team's own table: ours ask in vain for what a model lacks."""
    sound = sound_of(table)
    yield from number_problems(table.lifecycle, table.where)
    yield from initial_problems(table, sound)
    yield from stage_problems(table)
    yield from transition_problems(table, sound)
    if is_own(table):
        yield from order_problems(sound)
        yield from guard_problems(table, sound)
    yield from path_problems(sound, f"{table.where}.stages")
    yield from recycle_problems(table.recycle, sound)
    yield from sla_problems(table.sla, sound)
