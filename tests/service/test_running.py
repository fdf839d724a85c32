"""One command is one transaction; one that somebody else was faster with is done again."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import ClassVar

import pytest
from attrs import evolve, field, frozen

from leadqual import PlannerError, Proposal, Qualifier, StoreBusy, loads
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.playbook.registry import Registry
from leadqual.service import QualificationService
from leadqual.service.running import has_plugins
from leadqual.service.store import Taken
from tests.core.lifecycle.small import small, text
from tests.core.qualifier.nurtured import OPEN_DOORS, by, mail, sequence
from tests.practice.life import on

from .hosts import act, dump, hosted

ENROL = EnrolmentChange(change="enrol", sequence="one")


class Rivalled:
    """A store in which somebody else is faster a few times."""

    def __init__(self, store, times):
        self.store = store
        self.times = times

    @contextmanager
    def unit(self, tenant, *, write):
        with self.store.unit(tenant, write=write) as unit:
            yield unit
            if write and self.times:
                self.times -= 1
                raise Taken

    def clear_traces(self):
        self.store.clear_traces()

    def close(self):
        self.store.close()


ASKED: list[Callable[[], object]] = []
"""Is called when a planner is asked."""


@frozen
class Watched:
    """A planner that lets something happen while it thinks, then proposes the first step."""

    kind: ClassVar[str] = "watched"
    limit: int = field(default=1)

    def propose(self, _asked, _place, options, /):
        for happens in ASKED:
            happens()
        return Proposal(step=options[0].step)


@pytest.fixture
def asked():
    """Return what happens while a planner thinks; nothing at first."""
    ASKED.clear()
    yield ASKED
    ASKED.clear()


def watched():
    """Return what a playbook makes of leads whose planner is somebody else's."""
    planned = sequence("one", mail("a", "1d"), planner='{ kind = "watched" }')
    return Qualifier(loads(text(OPEN_DOORS, planned), registry=Registry().with_planner(Watched)))


def test_command_is_done_again_when_somebody_else_was_faster(store):
    """The caller does not notice, and nothing doubles."""
    rivalled = Rivalled(store, 0)
    service = hosted(rivalled, "L1")
    rivalled.times = 3
    assert service.record([act("e1", kind="ask")], now=on(1)).new == 1
    assert rivalled.times == 0
    assert [fact.seq for fact in service.facts_of("L1")] == list(range(1, len(service.facts_of("L1")) + 1))


def test_command_that_is_always_too_late_says_so(store):
    """Nothing is written."""
    rivalled = Rivalled(store, 0)
    service = hosted(rivalled, "L1")
    rivalled.times = 1_000
    service._runner = evolve(service._runner, tries=4)
    before = dump(store)
    with pytest.raises(StoreBusy) as caught:
        service.record([act("e1")], now=on(1))
    assert "Try again" in str(caught.value)
    assert dump(store) == before


def test_only_planners_of_others_are_somebody_elses_code():
    """Those of leadqual are not."""
    best = sequence("one", mail("a", "1d"), planner='{ kind = "next_best_content" }')
    assert [has_plugins(one) for one in (small(), by(sequence("one", mail("a"))), by(best))] == [False] * 3
    assert has_plugins(watched())


def test_planner_of_somebody_else_holds_no_lock(store, asked):
    """While it thinks, another service writes; what it decided upon has changed then, and is decided anew."""
    service, other = (hosted(store, *names, by=watched()) for names in (("L1", "L2"), ()))
    happened = []

    def happens():
        asked.clear()
        happened.append(other.record([act("e1")], now=on(1)).new)

    asked.append(happens)
    decision = service.handle("L1", ENROL, now=on(1))
    assert happened == [1]
    assert (decision.stage, service.record_of("L1").score().interest) == ("mql", 5)
    facts = service.facts_of("L1")
    assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
    assert service.qualifier.replay(facts) == service.record_of("L1").state


def test_planner_of_somebody_else_is_never_asked_while_something_is_written(store, asked):
    """Nor while it is locked: not even when the next tick is worked out."""
    writing = []

    class Watching(Rivalled):
        @contextmanager
        def unit(self, tenant, *, write):
            with super().unit(tenant, write=write) as unit:
                writing.append(write)
                yield unit
                writing.pop()

    service = hosted(Watching(store, 0), "L1", "L2", by=watched())
    seen = []
    asked.append(lambda: seen.append(any(writing)))
    for lead_id in ("L1", "L2"):
        service.handle(lead_id, ENROL, now=on(1))
    service.record([act("e1", "L1"), act("e2", "L2")], now=on(1.5))
    service.effects(now=on(2))
    assert len(seen) > 2
    assert not any(seen)


def test_planner_that_fails_leaves_the_store_as_it_was(store, asked):
    """And locks nothing."""
    service = hosted(store, "L1", by=watched())
    before = dump(store)

    def fails():
        raise ValueError("ana@b.example")

    asked.append(fails)
    with pytest.raises(PlannerError) as caught:
        service.handle("L1", ENROL, now=on(1))
    assert "ana@b.example" not in str(caught.value)
    assert dump(store) == before
    asked.clear()
    assert service.handle("L1", ENROL, now=on(1)).facts


def test_effects_of_a_playbook_with_somebody_elses_planner_go_out(store):
    """Each is claimed once."""
    service = hosted(store, "L1", by=watched())
    service.handle("L1", ENROL, now=on(1))
    claims = service.effects(now=on(1))
    assert [claim.effect.name for claim in claims] == ["touch_due"]
    service.done(claims[0], now=on(1))
    assert QualificationService(watched(), store).effects(now=on(1)) == ()
    assert [touch.outcome for touch in service.record_of("L1").state.touches] == ["sent"]
