"""Who waits is let go on: so many a day, the most promising first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual import InputRefused, InstantError
from leadqual.lifecycle.facts import StageChanged
from leadqual.service import QualificationService
from leadqual.service.opening import open_store
from leadqual.service.tables import LEADS, NOTES
from tests.core.lifecycle.small import BIG, INTEREST, MID, TINY, small, table
from tests.practice.life import GOOD, STANDARD, on

from .hosts import SMALL, act, dump, lead

NOW = on(10)
LEVELS = small(interest=INTEREST.replace("decay =", "levels = { 1 = 10, 2 = 0 }\ndecay ="))


def filled(store: Any, by: Any = SMALL, /, **lives: tuple[Any, ...]) -> QualificationService:
    """Return a service after a back-fill of leads, each with its attributes and the days of its visits."""
    service = QualificationService(by, store)
    leads = [lead(name, attributes=attributes) for name, (attributes, *_) in lives.items()]
    events = {name: [act(f"{name}-{day}", name, day=day) for day in days] for name, (_, *days) in lives.items()}
    service.import_leads(leads, events, now=NOW)
    return service


def held(store: Any) -> dict[str, Any]:
    """Return why each lead waits, if it does."""
    with store.unit("main", write=False) as unit:
        return {row.lead_id: row.held for row in unit.find(LEADS)}


def test_release_lets_the_most_promising_go_on_first(store):
    """By label, then the latest act; no more than may on one day, however often it is called."""
    service = filled(store, LEVELS, L1=(MID, 9.9, 10), L2=(BIG, 9.7), L3=(BIG, 9.9), L4=(BIG, 9.8, 10), L5=(TINY,))
    assert [one.lead_id for one in service.waiting(now=NOW).leads] == ["L4", "L3", "L2", "L1"]
    found = service.release(now=NOW, per_day=3)
    assert (found.lead_ids, found.counts) == (("L4", "L3", "L2"), {"mql": 3})
    assert (found.today, found.left) == (3, 1)
    before = dump(store)
    again = service.release(now=NOW, per_day=3)
    assert (again.lead_ids, again.counts, again.today, again.left) == ((), {}, 3, 1)
    assert dump(store) == before
    tomorrow = service.release(now=on(11), per_day=3)
    assert (tomorrow.lead_ids, tomorrow.today, tomorrow.left) == (("L1",), 1, 0)


def test_release_is_what_the_facts_say(store):
    """Their cause is the import, and sales are told now."""
    service = filled(store, L1=(BIG, 9.7, 9.8, 9.9, 10))
    service.release(now=on(10.1))
    facts = [fact for fact in service.facts_of("L1") if isinstance(fact, StageChanged)]
    assert [(fact.to, fact.cause.kind, fact.known_at) for fact in facts] == [("sql", "import", on(10.1))]
    assert [claim.effect.name for claim in service.effects(now=on(10.1))] == ["unenrol", "hand_off"]


def test_who_would_go_nowhere_does_not_wait(store):
    """Its next act decides, as with every lead."""
    service = filled(store, L1=(BIG,), L2=(BIG, 10))
    assert held(store) == {"L1": "import", "L2": "import"}
    service.release(now=NOW)
    assert held(store) == {"L1": None, "L2": None}
    assert service.record_of("L1").stage == "lead"


def test_who_waits_for_another_day_goes_on_waiting(store):
    """Also if nothing at all may be done today."""
    service = filled(store, L1=(BIG, 10), L2=(BIG, 9.9), L3=(BIG,))
    service.release(now=NOW, per_day=1)
    assert held(store) == {"L1": None, "L2": "import", "L3": None}


def test_day_of_a_release_is_that_of_utc(store):
    """It begins at midnight there."""
    service = filled(store, L1=(BIG, 10), L2=(BIG, 9.9))
    midnight = NOW.replace(hour=0) + timedelta(days=1)
    second = timedelta(seconds=1)
    assert service.release(now=NOW, per_day=1).lead_ids == ("L1",)
    assert service.release(now=midnight - second, per_day=1).lead_ids == ()
    assert service.release(now=midnight, per_day=1).left == 0


def test_release_counts_what_was_released_without_a_bound(store):
    """What sales got today they got today."""
    service = filled(store, L1=(BIG, 10))
    service.release(now=NOW)
    service.import_leads([lead("L2", attributes=BIG)], {"L2": [act("e9", "L2", day=10)]}, now=NOW)
    assert service.release(now=NOW, per_day=1).lead_ids == ()
    assert service.release(now=NOW, per_day=2).lead_ids == ("L2",)


def test_outbound_leads_are_listed_by_a_release(store):
    """Worked on fit alone: a task to approach them is one of those of the day, after all promotions."""
    service = QualificationService(STANDARD, store)
    leads = [lead(name, attributes=GOOD, acquisition="outbound") for name in ("L1", "L2")]
    assert service.import_leads(leads, now=NOW).waiting.leads == ()
    assert dump(store)["effects"] == []
    found = service.release(now=NOW, per_day=1)
    assert (found.lead_ids, found.counts, found.left) == (("L1",), {}, 1)
    assert [claim.effect.name for claim in service.effects(now=NOW)] == ["create_task"]
    assert service.release(now=on(11), per_day=1).lead_ids == ("L2",)


def test_release_of_nobody_does_nothing(store):
    """Nothing is written."""
    service = QualificationService(SMALL, store)
    before = dump(store)
    found = service.release(now=NOW, per_day=5)
    assert (found.lead_ids, found.counts, found.today, found.left) == ((), {}, 0, 0)
    assert dump(store) == before


def test_release_goes_through_more_leads_than_one_transaction_holds(store):
    """All in the same order."""
    lives = {f"L{number:03}": (BIG, 10 - number / 1000) for number in range(260)}
    service = filled(store, **lives)
    assert service.release(now=NOW, per_day=230).lead_ids == tuple(sorted(lives)[:230])
    assert service.waiting(now=NOW).counts == {"mql": 30}


def test_two_releases_at_once_release_no_more_than_one(store):
    """The day's number holds for both together."""
    service = filled(store, **{f"L{number}": (BIG, 10) for number in range(60)})
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: service.release(now=NOW, per_day=40), range(2)))
    assert sum(len(one.lead_ids) for one in found) == 40
    with store.unit("main", write=False) as unit:
        assert [row.value for row in unit.find(NOTES, equal={"name": f"released {NOW.date().isoformat()}"})] == ["40"]


def test_lead_that_cannot_be_decided_upon_waits_on(store):
    """It is told why, and the others go on."""
    filled(store, L1=(BIG, 10))
    service = QualificationService(table(), store)
    found = service.release(now=NOW)
    assert (found.lead_ids, [problem.where for problem in found.problems]) == ((), ["lead 'L1'"])
    assert held(store) == {"L1": "import"}


@pytest.mark.parametrize("number", [0, -1, True, 1.5, "3"])
def test_release_refuses_what_is_no_number(store, number):
    """Before anything is done."""
    with pytest.raises(InputRefused):
        QualificationService(SMALL, store).release(now=NOW, per_day=number)


def test_release_refuses_a_naive_instant(store):
    """So does who asks who waits."""
    service, naive = QualificationService(SMALL, store), NOW.replace(tzinfo=None)
    with pytest.raises(InstantError):
        service.release(now=naive)
    with pytest.raises(InstantError):
        service.waiting(now=naive)


@given(
    st.integers(1, 4), st.lists(st.sampled_from([(), (10,), (9.8, 10), (9.7, 9.8, 9.9, 10)]), min_size=1, max_size=8)
)
def test_releases_of_many_days_are_the_release_of_one(per_day, visits):
    """Nobody is forgotten, nobody comes twice, and each day's are the best that were left."""
    lives = {f"L{number}": (BIG, *days) for number, days in enumerate(visits)}
    with filled(open_store("memory:"), **lives) as service:
        order = [one.lead_id for one in service.waiting(now=NOW).leads]
        released: list[str] = []
        for part in range(len(order) + 1):
            found = service.release(now=on(10 + part / 1000).replace(day=NOW.day), per_day=per_day * (part + 1))
            assert len(found.lead_ids) <= per_day
            assert found.today == len(released) + len(found.lead_ids)
            released += found.lead_ids
        assert released == order
