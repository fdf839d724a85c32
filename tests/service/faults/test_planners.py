"""A planner of somebody else's holds up nobody while it thinks, and writes nothing when it fails."""

from contextlib import closing

import pytest

from leadqual import PlannerError
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.service.opening import open_store
from tests.practice.life import on
from tests.service.hosts import hosted, stored_events

from .failing import state_of
from .planners import MEANWHILE, proposing
from .scale import ran
from .world import KEY

ENROL = EnrolmentChange(change="enrol", sequence="one")
shared = pytest.mark.parametrize("kind", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def meanwhile():
    """Return what happens while the planner thinks; nothing at first."""
    MEANWHILE.clear()
    yield MEANWHILE
    MEANWHILE.clear()


@shared
def test_planner_that_thinks_holds_up_no_other_process(kind, new_url, meanwhile):
    """Another process writes the same lead meanwhile; what was decided upon is decided anew."""
    url = new_url()
    with closing(open_store(url)) as store:
        service = hosted(store, "L1", by=proposing(), key=KEY)
        could: list[int] = []

        def happens():
            if len(could) < 2:
                could.append(ran("elsewhere", url=url, event=f"other {len(could)}"))

        meanwhile.append(happens)
        service.handle("L1", ENROL, now=on(1))
        assert could == [1, 1]
        assert {f"other {number}" for number in range(2)} < stored_events(store).keys()
        facts, record = service.facts_of("L1"), service.record_of("L1")
        assert service.qualifier.replay(facts) == record.state
        assert record.score().interest == 2


@shared
def test_planner_that_fails_leaves_everything_as_it_was_and_unlocked(kind, new_url, meanwhile):
    """The command says that the planner failed; another process writes at once, and so does the command later."""
    url = new_url()
    with closing(open_store(url)) as store:
        service = hosted(store, "L1", by=proposing(), key=KEY)
        before = state_of(store)

        def fails():
            raise ValueError("it cannot think")

        meanwhile.append(fails)
        with pytest.raises(PlannerError):
            service.handle("L1", ENROL, now=on(1))
        assert state_of(store) == before
        meanwhile.clear()
        assert ran("elsewhere", url=url, event="other") == 1
        assert service.handle("L1", ENROL, now=on(1)).facts
