"""A back-fill: what happened before counts, but promotes and notifies nobody until it is released."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual import (
    ConsentChange,
    Event,
    EventConflict,
    EventError,
    InputRefused,
    Lead,
    LeadError,
    UnknownLead,
    Verdict,
)
from leadqual.service import QualificationService
from leadqual.service.opening import open_store
from leadqual.service.tables import EFFECTS, KEYS
from tests.core.lifecycle.small import BIG, MID
from tests.practice.life import on

from .hosts import SMALL, act, dump, form, hosted, lead, stored_events

NOW = on(10)


def bought(*lead_ids: str, **more: Any) -> list[Lead]:
    """Return leads of the best fit."""
    return [lead(lead_id, attributes=BIG, **more) for lead_id in lead_ids]


def visits(lead_id: str, *days: float, kind: str = "visit") -> list[Event]:
    """Return visits of a lead."""
    return [act(f"{lead_id}-{kind}-{day}", lead_id, kind, day) for day in days]


def test_import_promotes_and_notifies_nobody(store):
    """It says first who would be; facts are caused by the import, and nothing is in the outbox."""
    service = QualificationService(SMALL, store)
    events = {"L1": visits("L1", 10), "L2": visits("L2", 9.7, 9.8, 9.9, 10), "L3": []}
    found = service.import_leads(bought("L1", "L2", "L3"), events, now=NOW)
    assert (found.opened, found.new_events, found.known, found.elsewhere) == (3, 5, 0, ())
    assert str(found.waiting) == "1 would enter mql; 1 would enter sql."
    assert {service.record_of(name).stage for name in service.lead_ids()} == {"lead"}
    assert {fact.cause.kind for name in service.lead_ids() for fact in service.facts_of(name)} == {"import"}
    assert dump(store)["effects"] == []
    assert service.record_of("L2").score().interest > 10


def test_hand_raise_of_an_import_counts_for_thirty_days(store):
    """An older one does nothing, not even when it is released; a newer one does when it is."""
    service = QualificationService(SMALL, store)
    events = {"L1": visits("L1", 10 - 31, kind="ask"), "L2": visits("L2", 10 - 29, kind="ask")}
    found = service.import_leads(bought("L1", "L2"), events, now=NOW)
    assert [(one.lead_id, one.stage) for one in found.waiting.leads] == [("L2", "sql")]
    assert [fact.name for fact in service.facts_of("L1")] == ["opened"]
    service.release(now=NOW)
    assert [service.record_of(name).stage for name in ("L1", "L2")] == ["lead", "sql"]


def test_import_brings_no_consent(store):
    """A bought list may be approached as its basis says, no more."""
    service = QualificationService(SMALL, store)
    service.import_leads(bought("L1", acquisition="outbound"), now=NOW)
    assert service.record_of("L1").state.consents == {}
    assert service.record_of("L1").state.acquisition == "outbound"


def test_import_does_nothing_twice(store):
    """The second time all is known, and nothing is written."""
    service = QualificationService(SMALL, store)
    events = {"L1": visits("L1", 10)}
    service.import_leads(bought("L1"), events, now=NOW)
    before = dump(store)
    found = service.import_leads(bought("L1"), events, now=NOW)
    assert (found.opened, found.known, found.new_events, found.known_events) == (0, 1, 0, 1)
    assert found.waiting.counts == {"mql": 1}
    assert dump(store) == before


def test_import_adds_what_a_known_lead_did_before(store):
    """It is folded with the rest, promotes nobody, and waits like an import."""
    service = hosted(store, "L1")
    found = service.import_leads(bought("L1"), {"L1": visits("L1", 9.9, 10)}, now=NOW)
    assert (found.opened, found.known, found.new_events) == (0, 1, 2)
    record = service.record_of("L1")
    assert (record.stage, record.stale) == ("lead", False)
    assert record.score() == record.model.score(
        record.lead, [act("f", kind="signup", day=0), *visits("L1", 9.9, 10)], now=NOW
    )
    assert found.waiting.counts == {"mql": 1}
    assert service.release(now=NOW).lead_ids == ("L1",)


def test_import_knows_a_lead_by_its_address(store):
    """It is not opened again: what it did goes to the one that there is, also the second time."""
    service = hosted(store, "L1")
    new = [lead("X", email="L1@B.example")]
    for known in (0, 1):
        found = service.import_leads(new, {"X": visits("X", 9)}, now=NOW)
        assert (found.opened, found.elsewhere) == (0, (("X", "L1"),))
        assert (found.new_events, found.known_events) == (1 - known, known)
    assert service.lead_ids() == ("L1",)
    assert stored_events(store)["X-visit-9"] == "L1"


@pytest.mark.parametrize("together", [True, False])
def test_import_knows_two_leads_of_a_list_as_one(store, together):
    """The first of them is opened, whether they come at once or not."""
    service = QualificationService(SMALL, store)
    one, other = [lead("B", email="a@b.example")], [lead("A", email="a@b.example")]
    if together:
        found = service.import_leads([*one, *other], {"A": visits("A", 9)}, now=NOW)
    else:
        service.import_leads(one, now=NOW)
        found = service.import_leads(other, {"A": visits("A", 9)}, now=NOW)
    assert found.elsewhere == (("A", "B"),)
    assert (service.lead_ids(), stored_events(store)) == (("B",), {"A-visit-9": "B"})


def test_number_of_an_office_is_no_person(store):
    """Two addresses with one number are two leads; without an address the number tells."""
    service = QualificationService(SMALL, store)
    found = service.import_leads(
        [
            lead("A", phone="+34 911 000 000"),
            lead("B", phone="+34911000000"),
            lead("C", phone="+34911000000", email=None),
        ],
        now=NOW,
    )
    assert (found.opened, found.elsewhere) == (2, (("C", "A"),))


def test_shared_box_is_no_person(store):
    """Several people read it."""
    service = QualificationService(SMALL, store)
    found = service.import_leads([lead("A", email="info@b.example"), lead("B", email="info@b.example")], now=NOW)
    assert (found.opened, found.elsewhere) == (2, ())


def test_import_spares_whom_nothing_may_be_sent(store):
    """A withdrawal outlives the erasure of its lead."""
    service = hosted(store, "L1")
    service.consent("L1", ConsentChange(channel="email", purpose="newsletter", given=False), now=on(1))
    service.erase("L1", now=on(2))
    service.import_leads([lead("X", email="L1@b.example", created_at=on(3))], now=NOW)
    consents = service.record_of("X").state.consents
    assert [(pair, consent.given) for pair, consent in consents.items()] == [(("email", "newsletter"), False)]


def test_import_leaves_out_who_was_erased(store):
    """A list that is older than the erasure does not bring anybody back, nor does one that tells of an erased id."""
    service = hosted(store, "L1")
    service.erase("L1", now=on(2))
    leads = [lead("L1", created_at=on(3)), lead("X", email="l1@b.example", created_at=on(1))]
    found = service.import_leads(leads, {"X": visits("X", 1)}, now=NOW)
    assert (found.opened, found.erased, found.new_events) == (0, 2, 0)
    assert service.lead_ids() == ()
    with pytest.raises(UnknownLead):
        service.record_of("L1")


def test_import_takes_all_or_leaves_out_what_is_wrong(store):
    """By default nothing of these leads is taken; under skip the others are."""
    service = QualificationService(SMALL, store)
    leads = [*bought("L1", "L2"), lead("L3", attributes={"size": 3})]
    events = {"L1": visits("L1", 10, 12), "L3": visits("L3", 9)}
    with pytest.raises(EventError):
        service.import_leads(leads, events, now=NOW)
    with pytest.raises(LeadError):
        service.import_leads(leads, now=NOW)
    assert service.lead_ids() == ()
    found = service.import_leads(leads, events, now=NOW, bad="skip")
    assert (found.opened, found.new_events) == (2, 1)
    assert [problem.where for problem in found.problems] == ["event 'L1-visit-12'.at", "lead 'L3'.attributes.size"]
    assert stored_events(store) == {"L1-visit-10": "L1"}


def test_import_says_when_an_id_comes_with_other_content(store):
    """As everywhere."""
    service = QualificationService(SMALL, store)
    service.import_leads(bought("L1"), {"L1": visits("L1", 10)}, now=NOW)
    other = {"L1": [act("L1-visit-10", day=8)]}
    with pytest.raises(EventConflict):
        service.import_leads(bought("L1"), other, now=NOW)
    found = service.import_leads(bought("L1"), other, now=NOW, bad="skip")
    assert (found.new_events, len(found.problems)) == (0, 1)


def test_import_refuses_what_is_no_list_of_leads(store):
    """Or one that says two things of one lead; equal ones are one."""
    service = QualificationService(SMALL, store)
    wrong: Any = ["L1"]
    for leads in (wrong, [lead("L1"), lead("L1", attributes=MID)]):
        with pytest.raises(InputRefused):
            service.import_leads(leads, now=NOW)
    assert service.import_leads([lead("L1"), lead("L1")], now=NOW).opened == 1


def test_import_tells_how_far_it_is(store):
    """After each lead."""
    calls: list[tuple[int, int]] = []
    service = QualificationService(SMALL, store)
    service.import_leads(bought("L1", "L2"), now=NOW, progress=lambda *told: calls.append(told))
    assert calls == [(1, 2), (2, 2)]


def test_imported_lead_is_known_again(store):
    """A form of the same address is its form."""
    service = QualificationService(SMALL, store)
    service.import_leads(bought("L1"), now=NOW)
    assert service.capture(form("f1", 10, email="l1@b.example"), now=NOW).lead_id == "L1"
    with store.unit("main", write=False) as unit:
        assert [row.lead_id for row in unit.find(KEYS)] == ["L1"]


def test_imported_lead_that_acts_goes_on_by_itself(store):
    """An act of its own promotes it at once: it does not wait for a release."""
    service = QualificationService(SMALL, store)
    service.import_leads(bought("L1"), now=NOW)
    service.record([act("e1", day=10, kind="ask")], now=NOW)
    assert service.record_of("L1").stage == "sql"
    assert service.waiting(now=NOW).leads == ()
    with store.unit("main", write=False) as unit:
        assert unit.find(EFFECTS) != []


def test_lead_that_went_into_another_is_known_under_it(store):
    """What it did before counts for the one that goes on."""
    service = hosted(store, "L1", "L2")
    service.merge("L1", "L2", now=on(1))
    found = service.import_leads(bought("L2"), {"L2": visits("L2", 9)}, now=NOW)
    assert (found.opened, found.known, found.new_events) == (0, 1, 1)
    assert service.record_of("L1").score().interest > 0


def test_import_takes_no_lead_from_where_it_stands(store):
    """A lead that sales have is theirs, whatever comes to be known of it."""
    service = hosted(store, "L1")
    service.verdict("L1", Verdict("accept"), now=on(1))
    service.import_leads(bought("L1"), {"L1": visits("L1", 0.5)}, now=NOW)
    service.release(now=NOW)
    assert service.record_of("L1").stage == "sql"


DAYS = st.lists(st.integers(-40, 10), max_size=5, unique=True)


@given(st.dictionaries(st.sampled_from(["L1", "L2", "L3", "L4"]), DAYS, min_size=1), st.booleans())
def test_import_in_parts_is_an_import_at_once(lives, again):
    """However it is cut up, and however often it is done: the same leads stand at the same place with equal scores."""
    leads = {name: lead(name, attributes=BIG) for name in lives}
    events = {name: visits(name, *days) for name, days in lives.items()}
    found = []
    for parts in ([list(leads)], [[name] for name in leads]):
        with QualificationService(SMALL, open_store("memory:")) as service:
            for part in [*parts, *(parts if again else [])]:
                service.import_leads([leads[name] for name in part], events, now=NOW)
            first = service.waiting(now=NOW)
            service.release(now=NOW)
            records = [service.record_of(name) for name in sorted(lives)]
            found.append((first, [(one.stage, one.score()) for one in records]))
            assert service.waiting(now=NOW + timedelta(days=1)).leads == ()
    assert found[0] == found[1]
