"""One input upon one lead, once: a command that is repeated under its id does nothing."""

import pytest

from leadqual import (
    CommandReused,
    ConsentChange,
    Flag,
    InputRefused,
    Lead,
    ModelChanged,
    TransitionError,
    UnknownLead,
    Verdict,
)
from leadqual.service import QualificationService
from tests.core.lifecycle.small import QUALIFY, small
from tests.practice.life import on

from .hosts import SMALL, act, dump, form, hosted, told

NO = Verdict("no", reason="price")


def test_verdict_moves_a_lead(store):
    """Its facts are stored, and what follows is in the outbox."""
    service = hosted(store, "L1")
    decision = service.verdict("L1", Verdict("accept", actor="eva"), now=on(1))
    assert (decision.lead_id, decision.stage, decision.repeated) == ("L1", "sql", False)
    assert service.facts_of("L1")[-len(decision.facts) :] == decision.facts
    assert service.record_of("L1").state == service.qualifier.replay(service.facts_of("L1"))


def test_command_that_is_repeated_does_nothing(store):
    """It answers what came of it the first time; whoever sent it twice need not know."""
    service = hosted(store, "L1")
    first = service.verdict("L1", NO, now=on(1), command_id="c1")
    before = dump(store)
    again = service.verdict("L1", NO, now=on(2), command_id="c1")
    assert (again.repeated, again.effects, again.stage) == (True, (), "lost")
    assert again.facts == first.facts
    assert dump(store) == before


def test_command_that_changed_nothing_may_be_repeated_too(store):
    """There are no facts to tell of."""
    service = hosted(store, "L1")
    service.record([act("e1")], now=on(1))
    lifted = Flag(event_id="e1", flag="bot", on=False)
    assert service.flag(lifted, now=on(1), command_id="c1").facts == ()
    assert service.flag(lifted, now=on(1), command_id="c1").repeated


def test_id_of_a_command_with_other_content_is_refused(store):
    """Another verdict, another lead, another kind of input; nothing is written."""
    service = hosted(store, "L1", "L2")
    service.verdict("L1", NO, now=on(1), command_id="c1")
    before = dump(store)
    for lead_id, said in (("L1", Verdict("no", reason="time")), ("L2", NO)):
        with pytest.raises(CommandReused) as caught:
            service.verdict(lead_id, said, now=on(1), command_id="c1")
        assert "price" not in str(caught.value)
    with pytest.raises(CommandReused):
        service.consent("L1", ConsentChange(channel="email", purpose="*", given=True), now=on(1), command_id="c1")
    assert dump(store) == before


def test_command_that_fails_leaves_the_store_as_it_was(store):
    """Its id is free again."""
    service = hosted(store, "L1")
    before = dump(store)
    with pytest.raises(TransitionError) as caught:
        service.verdict("L1", Verdict("reopen"), now=on(1), command_id="c1")
    assert "accept" in caught.value.allowed
    assert dump(store) == before
    assert not service.verdict("L1", NO, now=on(1), command_id="c1").repeated


def test_unknown_lead_is_refused(store):
    """By every command, and by every question."""
    service = hosted(store, "L1")
    calls = [
        lambda: service.verdict("L9", NO, now=on(1)),
        lambda: service.change_profile(Lead(id="L9"), now=on(1)),
        lambda: service.merge("L1", "L9", now=on(1)),
        lambda: service.unmerge("L9", "L1", now=on(1)),
        lambda: service.record_of("L9"),
        lambda: service.facts_of("L9"),
        lambda: service.flag(Flag(event_id="e9", flag="bot"), now=on(1)),
    ]
    before = dump(store)
    for call in calls:
        with pytest.raises(UnknownLead):
            call()
    assert dump(store) == before


def test_consent_is_kept(store):
    """With where it was given."""
    service = hosted(store, "L1")
    change = ConsentChange(channel="email", purpose="newsletter", given=True, source="footer", wording="v2")
    assert told(service.consent("L1", change, now=on(1))) == ["consent_changed"]
    assert service.record_of("L1").state.consents_to("email", "newsletter") is True


def test_flag_lets_events_be_folded_anew_at_once(store):
    """The score is without it from then on, and with it once it is lifted."""
    service = hosted(store, "L1")
    service.record([act("e1"), act("e2", day=1.5)], now=on(2))
    with_both = service.record_of("L1").score(on(2)).interest
    decision = service.flag(Flag(event_id="e2", flag="bot"), now=on(2))
    assert told(decision) == ["flagged", "review_opened", "refolded"]
    assert "refold_needed" not in [effect.name for effect in decision.effects]
    assert not service.record_of("L1").stale
    assert service.record_of("L1").score().interest < with_both
    service.flag(Flag(event_id="e2", flag="bot", on=False), now=on(2))
    assert service.record_of("L1").score().interest == with_both


def test_profile_may_change(store):
    """The lead is known by its new address too, and still by the old one."""
    service = hosted(store, "L1")
    decision = service.change_profile(Lead(id="L1", email="new@b.example"), now=on(1), actor="eva")
    assert told(decision) == ["profile_changed"]
    assert service.record_of("L1").lead.email == "new@b.example"
    for number, email in enumerate(["new@b.example", "l1@B.example"]):
        assert service.capture(form(f"f{number}", 2, email=email), now=on(2)).lead_id == "L1"


@pytest.mark.parametrize("said", [None, "yes", act("e1"), 7])
def test_what_is_no_input_is_refused(store, said):
    """Events are recorded instead."""
    with pytest.raises(InputRefused):
        hosted(store, "L1").handle("L1", said, now=on(1))


@pytest.mark.parametrize("wrong", ["", 7, "a\0b"])
def test_ids_have_to_be_texts(store, wrong):
    """That can be stored."""
    service = hosted(store, "L1")
    with pytest.raises(InputRefused):
        service.verdict("L1", NO, now=on(1), command_id=wrong)
    with pytest.raises(InputRefused):
        service.verdict(wrong, NO, now=on(1))


def test_leads_of_another_model_are_not_touched(store):
    """The error says what to do."""
    hosted(store, "L1")
    other = QualificationService(small(qualify=QUALIFY.replace("15", "90")), store)
    before = dump(store)
    with pytest.raises(ModelChanged) as caught:
        other.record([act("e1")], now=on(1))
    assert "rescore" in str(caught.value)
    assert dump(store) == before


def test_service_is_shown_without_what_it_holds(store):
    """Its playbook and its tenant are enough."""
    assert repr(QualificationService(SMALL, store)) == "<QualificationService of 'small' for 'main'>"
