"""What people and hosts say of a lead's nurturing."""

import pytest

from leadqual import InputRefused, TransitionError
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from tests.core.lifecycle.small import live, small
from tests.core.qualifier.nurtured import by, came_due, due_in, ends, mail, sequence, told
from tests.practice.life import details, effects_of, on

ONE = by(sequence("one", mail("a"), mail("b", "4d")))
KEY = "L1:one:1:a:1"


def change(what, name="one", **more):
    """Return a change of an enrolment."""
    return EnrolmentChange(change=what, sequence=name, **more)


def refusal(life, said, day, error=TransitionError):
    """Return why something is refused."""
    with pytest.raises(error) as caught:
        life.by.handle(life.record, said, now=on(day))
    return str(caught.value)


def test_report_puts_a_lead_into_a_sequence():
    """By whom is kept; the host knows it and is not told. Its touches are counted from when it was said."""
    life = live(ONE)
    outcome = life.takes(change("enrol", actor="ana"), 1)
    assert (told(outcome), effects_of(outcome)) == (["enrolled", "touch_came_due"], ["touch_due"])
    fact = outcome.facts[0]
    assert (fact.actor, fact.cause.kind, fact.at) == ("ana", "enrolment", on(1))
    assert due_in(life) == ["a"]


def test_report_may_say_that_a_lead_was_put_in_before():
    """The waits count from then."""
    life = live(by(sequence("one", mail("a", "4d"))))
    life.takes(change("enrol", at=on(1)), 2)
    assert life.record.state.enrolments["one"].at == on(1)
    assert life.by.next_due(life.record) == on(5)


@pytest.mark.parametrize("what", ["leave", "pause", "resume"])
def test_report_of_a_lead_that_is_in_no_sequence_is_refused(what):
    """Neither before it came in nor after it left."""
    life = live(ONE)
    text = refusal(life, change(what), 1)
    assert text == "lead 'L1': it is not in the sequence (got one). Put it in first."
    life.takes(change("enrol"), 1)
    life.takes(change("leave"), 2)
    assert refusal(life, change(what), 3) == text


def test_report_of_an_unknown_sequence_is_refused():
    """With the name that was meant."""
    assert refusal(live(ONE), change("enrol", "onn"), 1, InputRefused) == (
        "sequence: no such sequence (got 'onn'). Did you mean `one`?"
    )
    assert refusal(live(small()), change("enrol"), 1, InputRefused) == (
        "sequence: no such sequence (got 'one'). The playbook has no sequences."
    )


def test_report_that_cannot_be_followed_says_why():
    """In words."""
    life = live(ONE)
    life.takes(change("enrol"), 1)
    assert refusal(life, change("enrol"), 2) == (
        "lead 'L1': it cannot come into one (got once). It has been in it, and the sequence takes nobody twice."
    )


def test_report_takes_a_lead_out():
    """What is on its way is called back."""
    life = live(ONE)
    life.takes(change("enrol"), 1)
    outcome = life.takes(change("leave", actor="ana"), 2)
    assert (ends(life), outcome.facts[0].actor) == ({"one": "left"}, "ana")
    assert (details(outcome, "cancel_touch")["touch_key"], details(outcome, "cancel_touch")["reason"]) == (KEY, "left")


def test_report_lets_a_sequence_stand_still():
    """The pause does not count as waiting; saying it twice says nothing more."""
    life = live(ONE)
    life.takes(change("enrol"), 0)
    outcome = life.takes(change("pause", actor="ana"), 1)
    assert (told(outcome), outcome.facts[0].actor, outcome.facts[0].at) == (["enrolment_paused"], "ana", on(1))
    assert told(life.takes(change("pause"), 2)) == []
    assert [one.reason for one in life.by.plan(life.record).withheld] == ["paused"]
    assert told(life.passes(10)) == ["touch_ended"]
    resumed = life.takes(change("resume", actor="bo"), 11)
    assert (told(resumed), resumed.facts[0].actor) == (["enrolment_resumed"], "bo")
    assert told(life.takes(change("resume"), 11)) == []
    assert life.wakes() == on(14)
    assert due_in(life) == ["a", "b"]


def test_report_of_a_pause_holds_from_when_it_was_said():
    """Not before the lead came to its step, nor does a pause end before it began."""
    life = live(ONE)
    life.takes(change("enrol"), 1)
    life.takes(change("pause", at=on(0)), 2)
    assert life.record.state.enrolments["one"].paused_at == on(1)
    life.takes(change("resume", at=on(0.5)), 3)
    assert life.by.next_due(life.record) == on(4)
    assert life.record.state.enrolments["one"].since == on(1)


@pytest.mark.parametrize("outcome", ["sent", "skipped", "cancelled"])
def test_report_of_a_touch_is_kept(outcome):
    """The first that is said of it."""
    life = live(ONE)
    life.takes(change("enrol"), 1)
    came = life.takes(TouchReport(key=KEY, outcome=outcome, reason="r"), 1.5)
    fact = details(came, "touch_ended")
    assert (fact["outcome"], fact["reason"], fact["at"], fact["cause"].kind) == (outcome, "r", on(1.5), "touch")
    assert [touch.outcome for touch in life.record.state.touches] == [outcome]
    assert told(life.takes(TouchReport(key=KEY, outcome="sent"), 2)) == []
    assert life.by.next_due(life.record) == on(5)


def test_report_of_a_touch_that_has_expired_changes_nothing():
    """Up to the very instant at which it expires it does."""
    for day, outcome in ((4, "sent"), (4.1, "expired")):
        life = live(ONE)
        life.takes(change("enrol"), 1)
        life.takes(TouchReport(key=KEY), day)
        assert life.record.state.touches[0].outcome == outcome


def test_report_of_a_touch_holds_from_when_it_was_said():
    """Not before it came due."""
    life = live(ONE)
    life.takes(change("enrol"), 1)
    fact = details(life.takes(TouchReport(key=KEY, at=on(0.5)), 2), "touch_ended")
    assert fact["at"] == on(1)


def test_report_of_no_touch_is_refused():
    """A key of another lead or of none."""
    assert refusal(live(ONE), TouchReport(key="L2:one:1:a:1"), 1, InputRefused) == (
        "key: no such touch has come due (got a key of no touch). Pass the touch_key of a TouchDue of this lead."
    )


def test_report_of_later_is_refused():
    """Its time has not come."""
    for said in (change("enrol", at=on(2)), Suppression(channel="email", at=on(2))):
        assert "it is after now" in refusal(live(ONE), said, 1, InputRefused)


@pytest.mark.parametrize(("channel", "goes"), [("email", []), ("*", []), ("phone", ["b"])])
def test_suppression_stops_what_goes_by_a_channel(channel, goes):
    """What is on its way by it is called back; saying it again says nothing more."""
    life = live(ONE)
    life.takes(change("enrol"), 1)
    outcome = life.takes(Suppression(channel=channel, reason="list", actor="ana"), 2)
    fact = details(outcome, "address_suppressed")
    assert (fact["channel"], fact["reason"], fact["actor"], fact["at"]) == (channel, "list", "ana", on(2))
    assert ("cancel_touch" in effects_of(outcome)) is (goes == [])
    assert told(life.takes(Suppression(channel=channel), 2)) == []
    assert came_due(life.passes(5)) == goes
    assert life.record.state.suppressed == {channel}


def test_suppression_is_kept_without_sequences():
    """Some later playbook may have one."""
    life = live(small())
    life.takes(Suppression(channel="email"), 1)
    assert life.record.state.suppressed == {"email"}
