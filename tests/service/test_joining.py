"""Two leads turn out to be one, or one to be two."""

import pytest

from leadqual import InputRefused, Verdict
from tests.practice.life import on

from .hosts import act, dump, hosted, told


def test_one_lead_goes_on_for_two(store):
    """Whatever comes for the other goes to it; its events are united and its facts stay."""
    service = hosted(store, "L1", "L2")
    service.record([act("e1", "L1", day=2), act("e2", "L2", "ask", 2)], now=on(2))
    decision = service.merge("L1", "L2", now=on(2))
    assert (decision.lead_id, decision.stage) == ("L1", "sql")
    assert {"merged", "absorbed"} <= set(told(decision))
    assert service.record_of("L2") == service.record_of("L1")
    assert service.record_of("L1").score().interest == 10
    assert service.facts_of("L2")[-1].name == "absorbed"
    assert service.verdict("L2", Verdict("no", reason="price"), now=on(3)).lead_id == "L1"
    assert service.lead_ids() == ("L1", "L2")
    assert service.qualifier.replay(service.facts_of("L1")) == service.record_of("L1").state


def test_lead_is_not_merged_with_itself(store):
    """Nor with one that has gone into it; nothing is written."""
    service = hosted(store, "L1", "L2")
    service.merge("L1", "L2", now=on(1))
    before = dump(store)
    for other in ("L1", "L2"):
        with pytest.raises(InputRefused):
            service.merge("L1", other, now=on(1))
    assert dump(store) == before


def test_merge_can_be_undone(store):
    """Both stand again where they stood, each with its own events and its own profile."""
    service = hosted(store, "L1", "L2")
    service.record([act("e1", "L1", day=2), act("e2", "L2", "ask", 2)], now=on(2))
    service.merge("L1", "L2", now=on(2))
    one, other = service.unmerge("L1", "L2", now=on(3))
    assert (one.lead_id, one.stage, other.lead_id, other.stage) == ("L1", "mql", "L2", "sql")
    assert service.record_of("L1").score().interest < service.record_of("L2").score().interest + 5
    assert service.record_of("L2").lead.email == "L2@b.example"
    assert service.record_of("L1").lead.merged_ids == ()
    assert service.record([act("e3", "L2", day=3)], now=on(3)).decisions[0].lead_id == "L2"
    for lead_id in ("L1", "L2"):
        assert service.qualifier.replay(service.facts_of(lead_id)) == service.record_of(lead_id).state


def test_merge_of_several_can_be_undone_one_by_one(store):
    """The last one stays in until it is taken out too."""
    service = hosted(store, "L1", "L2", "L3")
    service.merge("L2", "L3", now=on(1))
    service.merge("L1", "L2", now=on(2))
    assert service.record_of("L3").lead.id == "L1"
    service.unmerge("L1", "L2", now=on(3))
    assert service.record_of("L3").lead.id == "L2"
    assert service.record_of("L1").lead.merged_ids == ()
    service.unmerge("L2", "L3", now=on(4))
    assert service.record_of("L3").lead.id == "L3"


def test_merge_that_never_was_cannot_be_undone(store):
    """Nor a second time."""
    service = hosted(store, "L1", "L2")
    with pytest.raises(InputRefused):
        service.unmerge("L1", "L2", now=on(1))
    service.merge("L1", "L2", now=on(1))
    service.unmerge("L1", "L2", now=on(2))
    with pytest.raises(InputRefused):
        service.unmerge("L1", "L2", now=on(3))
