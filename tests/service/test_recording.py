"""Events come in: each once, each upon its lead, all of a batch or none."""

import pytest
from attrs import evolve

from leadqual import EventConflict, EventError, InputRefused, UnknownLead
from leadqual.service import QualificationService
from tests.practice.life import on

from .hosts import SMALL, act, dump, form, hosted, stored_events, told


def test_event_is_taken_once(store):
    """The second time it is known, and nothing is written."""
    service = hosted(store, "L1")
    first = service.record([act("e1")], now=on(1))
    assert (first.new, first.known) == (1, 0)
    assert [told(one) for one in first.decisions] == [["stage_changed"]]
    before = dump(store)
    again = service.record([act("e1")], now=on(2))
    assert (again.new, again.known, again.decisions) == (0, 1, ())
    assert dump(store) == before


def test_events_of_a_batch_are_decided_upon_in_order_of_time(store):
    """Whatever order they come in: the facts are the same."""
    acts = [act("e1", day=1), act("e2", day=2, kind="ask"), act("e3", "L2", day=2)]
    service = hosted(store, "L1", "L2")
    found = service.record([acts[2], acts[1], acts[0], acts[1]], now=on(2))
    assert (found.new, found.known) == (3, 1)
    assert [one.lead_id for one in found.decisions] == ["L1", "L2"]
    assert [one.stage for one in found.decisions] == ["sql", "mql"]
    assert service.record_of("L1").score(on(2)).interest == 9.5


def test_events_are_known_by_their_source_too(store):
    """One id of two sources is two events."""
    service = hosted(store, "L1")
    assert service.record([act("e1"), evolve(act("e1"), source="crm")], now=on(1)).new == 2


def test_event_of_an_unknown_lead_fails_the_batch(store):
    """Every unknown lead is named, and nothing is written."""
    service = hosted(store, "L1")
    before = dump(store)
    with pytest.raises(UnknownLead) as caught:
        service.record([act("e1"), act("e2", "L8"), act("e3", "L9")], now=on(1))
    assert [problem.where for problem in caught.value.problems] == ["lead 'L8'", "lead 'L9'"]
    assert dump(store) == before


def test_batch_may_leave_out_what_is_wrong(store):
    """The rest is taken, and what was wrong is said."""
    service = hosted(store, "L1")
    service.record([act("e0")], now=on(1))
    batch = [act("e1"), act("e2", "L9"), act("e3", day=9), act("e0", kind="form")]
    found = service.record(batch, now=on(1), bad="skip")
    assert (found.new, found.known, found.erased) == (1, 0, 0)
    assert [problem.where for problem in found.refused] == ["lead 'L9'", "event 'e0'", "event 'e3'.at"]
    assert sorted(stored_events(store)) == ["e0", "e1", "form-L1"]


def test_one_id_with_two_contents_is_a_conflict(store):
    """Whether the other came before or in the same batch; nothing is written."""
    service = hosted(store, "L1", "L2")
    service.record([act("e1")], now=on(1))
    before = dump(store)
    for batch in ([act("e1", kind="form")], [act("e1", "L2")], [act("e2"), act("e2", day=1.5)]):
        with pytest.raises(EventConflict):
            service.record(batch, now=on(2))
    assert dump(store) == before


def test_property_of_another_type_than_declared_is_refused(store):
    """Also of an event that is known already, where contents are compared."""
    service = hosted(store, "L1")
    service.record([act("e1", people=3)], now=on(1))
    with pytest.raises(EventError):
        service.record([act("e1", people="three")], now=on(1))
    found = service.record([act("e1", people="three"), act("e2")], now=on(1), bad="skip")
    assert (found.new, found.known, len(found.refused)) == (1, 0, 1)


def test_property_that_cannot_be_stored_is_refused(store):
    """The playbook does not declare it; nothing is written."""
    service = hosted(store, "L1")
    before = dump(store)
    with pytest.raises(EventError):
        service.record([act("e1", other=object())], now=on(1))
    assert dump(store) == before


def test_event_of_yesterday_is_known_from_today(store):
    """Time goes one way for a lead: one clock may be behind another."""
    service = hosted(store, "L1")
    service.record([act("e1", day=3)], now=on(3))
    found = service.record([act("e2", day=1)], now=on(2))
    assert found.new == 1
    assert service.record_of("L1").as_of == on(3)
    assert [fact.known_at for fact in service.facts_of("L1")] == sorted(
        fact.known_at for fact in service.facts_of("L1")
    )


def test_nothing_to_record_is_nothing(store):
    """An empty batch is no mistake."""
    assert hosted(store, "L1").record([], now=on(1)).new == 0


def test_tenants_know_nothing_of_each_other(store):
    """Neither leads nor events."""
    one, other = hosted(store, "L1"), QualificationService(SMALL, store, tenant="other")
    one.record([act("e1")], now=on(1))
    assert other.lead_ids() == ()
    with pytest.raises(UnknownLead):
        other.record([act("e1")], now=on(1))
    assert hosted(store, "L1", tenant="third").record([act("e1")], now=on(1)).new == 1


@pytest.mark.parametrize("bad", ["no", None, 1])
def test_what_becomes_of_a_bad_batch_has_to_be_known(store, bad):
    """Otherwise it is refused before anything is done."""
    with pytest.raises(InputRefused):
        hosted(store, "L1").record([act("e1")], now=on(1), bad=bad)


def test_late_event_of_a_lead_that_has_gone_into_another_is_that_ones(store):
    """It keeps its lead's id in the store."""
    service = hosted(store, "L1", "L2")
    service.merge("L1", "L2", now=on(1))
    found = service.record([act("e1", "L2", day=2)], now=on(2))
    assert [one.lead_id for one in found.decisions] == ["L1"]
    assert stored_events(store)["e1"] == "L2"
    assert service.record([act("e1", "L1", day=2)], now=on(2)).known == 1


def test_id_that_no_store_keeps_is_refused(store):
    """It is longer than an index takes on some of them; one that is as long as may be is kept on all."""
    service = hosted(store, "L1")
    longest, longer = "ñ" * 160, "n" * 161
    found = service.record([act(longest), act(longer)], now=on(1), bad="skip")
    assert (found.new, len(found.refused)) == (1, 1)
    with pytest.raises(EventError):
        service.record([act(longer)], now=on(1))
    with pytest.raises(InputRefused):
        service.capture(form(longer), now=on(1))
    with pytest.raises(InputRefused):
        service.revive(longer, now=on(1))
