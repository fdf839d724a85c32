"""What each fact of nurturing changes of a state."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve as changed
from attrs import fields

from leadqual.lifecycle import facts as made
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.evolve import evolve, replay
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.state import LeadState

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER, LAST = AT + HOUR, AT + timedelta(days=9)
OPENED = made.Opened(lead_id="L1", seq=1, at=AT, known_at=AT, cause=Cause("open"), stage="lead", model="m1")
BEGUN = evolve(None, OPENED)
PLACE = Enrolment(
    sequence="warm", number=2, version="3", at=AT, arm="short", step="guide", since=AT, postponed=LAST, paused_at=LATER
)
OVER = Enrolment(sequence="warm", at=AT, step=None, since=AT, ended="left", ended_at=LATER)
OTHER = Enrolment(sequence="news", at=AT, step="first", since=AT)
TOUCH = PastTouch(key="k1", sequence="warm", step="guide", channel="email", purpose="offers", content="crm", at=LATER)
SECOND = changed(TOUCH, key="k2", content=None)
IN = changed(BEGUN, enrolments={"warm": PLACE, "news": OTHER}, touches=(TOUCH, SECOND), suppressed=frozenset({"phone"}))
OUT = changed(BEGUN, enrolments={"warm": OVER, "news": OTHER})


def _fact(kind: Any, /, **more: Any) -> Any:
    known: dict[str, Any] = {"lead_id": "L1", "seq": 2, "at": LATER, "known_at": LAST, "cause": Cause("time")}
    return kind(**known | ({} if "key" in more or "channel" in more else {"sequence": "warm"}) | more)


def _came_due(**more: Any) -> Any:
    words = {"key": "k3", "sequence": "warm", "step": "guide", "channel": "sms", "purpose": "sales"}
    return _fact(made.TouchCameDue, **words | more)


def _place(before: LeadState, fact: made.Fact) -> Enrolment:
    """Return the place in the sequence after a fact that changes nothing else."""
    after = evolve(before, fact)
    others = {field.name for field in fields(LeadState)} - {"seq", "known_at", "enrolments"}
    assert {name: vars(after)[name] for name in others} == {name: vars(before)[name] for name in others}
    assert {**after.enrolments, "warm": None} == {**before.enrolments, "warm": None}
    return after.enrolments["warm"]


def test_lead_begins_in_no_sequence():
    """Nothing was sent to it, and it is to be spared nothing."""
    assert (BEGUN.enrolments, BEGUN.touches, BEGUN.suppressed) == ({}, (), frozenset())


def test_lead_that_comes_into_a_sequence_waits_for_its_first_step():
    """From the instant of the fact on; what was drawn for it is kept."""
    fact = _fact(made.Enrolled, number=3, version="7", step="guide", arm="long", held_out=True)
    for before in (BEGUN, IN, OUT):
        assert _place(before, fact) == Enrolment(
            sequence="warm", number=3, version="7", at=LATER, arm="long", held_out=True, step="guide", since=LATER
        )
    assert evolve(BEGUN, fact).enrolments.keys() == {"warm"}


def test_lead_comes_into_the_first_version_for_the_first_time_unless_the_fact_says_otherwise():
    """Without an experiment there is no arm, and nobody is held out."""
    assert _place(BEGUN, _fact(made.Enrolled, step="guide")) == Enrolment(
        sequence="warm", at=LATER, step="guide", since=LATER
    )


def test_lead_that_leaves_a_sequence_waits_for_nothing():
    """It is known why and since when; a pause and a postponement are over too."""
    fact = _fact(made.EnrolmentEnded, reason="reply", at=LAST)
    assert _place(IN, fact) == changed(
        PLACE, step=None, ended="reply", ended_at=LAST, postponed=None, paused_at=None
    )  # fmt: skip


def test_pause_holds_from_its_first_instant():
    """A second one within it changes nothing."""
    assert _place(IN, _fact(made.EnrolmentPaused, at=LAST)) == PLACE
    running = changed(IN, enrolments={"warm": changed(PLACE, paused_at=None), "news": OTHER})
    assert _place(running, _fact(made.EnrolmentPaused, at=LAST)) == changed(PLACE, paused_at=LAST)


def test_pause_does_not_count_as_waiting():
    """The wait goes on with what of it was left; a postponement is not moved."""
    resumed = _place(IN, _fact(made.EnrolmentResumed, at=LATER + 5 * HOUR))
    assert resumed == changed(PLACE, since=AT + 5 * HOUR, paused_at=None)


def test_pause_that_was_over_before_it_began_moves_nothing():
    """Late news do not let a step come earlier."""
    assert _place(IN, _fact(made.EnrolmentResumed, at=AT - HOUR)) == changed(PLACE, paused_at=None)


def test_pause_never_moves_the_beginning_of_a_wait_past_its_end():
    """Also when the wait began within the pause."""
    begun = changed(IN, enrolments={"warm": changed(PLACE, since=LATER + 2 * HOUR)})
    resumed = _place(begun, _fact(made.EnrolmentResumed, at=LATER + 3 * HOUR))
    assert resumed.since == LATER + 3 * HOUR


def test_sequence_that_is_not_paused_cannot_go_on():
    """Its wait is as it was."""
    running = changed(IN, enrolments={"warm": changed(PLACE, paused_at=None)})
    assert _place(running, _fact(made.EnrolmentResumed, at=LAST)) == changed(PLACE, paused_at=None)


@pytest.mark.parametrize(
    ("before", "until", "after"), [(None, LATER, LATER), (LATER, LAST, LAST), (LAST, LATER, LAST), (LAST, LAST, LAST)]
)
def test_postponement_holds_until_its_latest_instant(before, until, after):
    """An answer that arrives late does not shorten it."""
    state = changed(IN, enrolments={"warm": changed(PLACE, postponed=before)})
    assert _place(state, _fact(made.EnrolmentPostponed, until=until)) == changed(PLACE, postponed=after)


@pytest.mark.parametrize("to", ["call", None])
@pytest.mark.parametrize(
    "fact",
    [
        _fact(made.StepSkipped, step="guide", reason="seen"),
        _fact(made.ForkTaken, step="guide", way="no"),
        _fact(made.ForkTaken, step="guide", way="yes"),
    ],
)
def test_next_step_waits_from_the_instant_at_which_the_one_before_was_left(fact, to):
    """Whether it was skipped or a fork; after the last one nothing is waited for."""
    assert _place(IN, changed(fact, to=to)) == changed(PLACE, step=to, since=LATER)


@pytest.mark.parametrize("to", ["call", None])
def test_touch_that_comes_due_is_remembered_and_the_next_step_waits(to):
    """With its channel, purpose and content, behind those before."""
    after = evolve(IN, _came_due(content="guide-2", to=to))
    touch = PastTouch(
        key="k3", sequence="warm", step="guide", channel="sms", purpose="sales", content="guide-2", at=LATER
    )
    assert after.touches == (TOUCH, SECOND, touch)
    assert after.touches[-1].outcome == "due"
    assert after.enrolments == {"warm": changed(PLACE, step=to, since=LATER), "news": OTHER}


@pytest.mark.parametrize("outcome", ["sent", "skipped", "cancelled", "expired"])
def test_touch_has_the_outcome_that_was_told_last(outcome):
    """Only the touch that is meant; places in sequences are not its matter."""
    after = evolve(IN, _fact(made.TouchEnded, key="k1", outcome=outcome))
    assert after.touches == (changed(TOUCH, outcome=outcome), SECOND)
    assert after.enrolments == IN.enrolments
    again = evolve(after, _fact(made.TouchEnded, key="k1", outcome="sent", seq=3))
    assert again.touches[0].outcome == "sent"


def test_outcome_of_an_unknown_touch_changes_nothing():
    """It is noted and that is all."""
    assert evolve(IN, _fact(made.TouchEnded, key="k9", outcome="sent")) == changed(IN, seq=2, known_at=LAST)


@pytest.mark.parametrize("channel", ["email", "phone", "*"])
def test_suppressed_channels_come_together(channel):
    """One more, or one that was known already."""
    after = evolve(IN, _fact(made.AddressSuppressed, channel=channel))
    assert after == changed(IN, seq=2, known_at=LAST, suppressed=frozenset({"phone", channel}))


def test_suppressed_address_leaves_its_channel_open():
    """One more that is dead, or one that was known already."""
    after = evolve(IN, _fact(made.AddressSuppressed, channel="email", address="a1"))
    assert after == changed(IN, seq=2, known_at=LAST, dead=frozenset({"a1"}))
    again = evolve(after, _fact(made.AddressSuppressed, channel="email", address="a2", seq=3))
    assert again.dead == {"a1", "a2"}


@pytest.mark.parametrize("before", [BEGUN, OUT])
@pytest.mark.parametrize(
    "fact",
    [
        _fact(made.EnrolmentEnded, reason="reply"),
        _fact(made.EnrolmentPaused),
        _fact(made.EnrolmentResumed),
        _fact(made.EnrolmentPostponed, until=LAST),
        _fact(made.StepSkipped, step="guide", reason="seen", to="call"),
        _fact(made.ForkTaken, step="guide", way="yes", to="call"),
    ],
)
def test_sequence_that_a_lead_is_not_in_is_not_moved(before, fact):
    """One that it never was in, and one that has ended."""
    assert evolve(before, fact) == changed(before, seq=2, known_at=LAST)


@pytest.mark.parametrize("before", [BEGUN, OUT])
def test_touch_of_a_sequence_that_a_lead_is_not_in_counts_all_the_same(before):
    """It was sent, whatever became of the sequence."""
    after = evolve(before, _came_due(to="call"))
    assert [touch.key for touch in after.touches] == ["k3"]
    assert after.enrolments == before.enrolments


def test_states_before_stay_as_they_were():
    """A place in a sequence never changes: each fact makes another one."""
    before = dict(vars(IN))
    history = [
        _fact(made.Enrolled, step="guide"),
        _came_due(seq=3, to="call"),
        _fact(made.TouchEnded, seq=4, key="k1", outcome="sent"),
        _fact(made.AddressSuppressed, seq=5, channel="email"),
        _fact(made.EnrolmentEnded, seq=6, reason="reply"),
    ]
    assert replay(history, IN).enrolments["warm"].ended == "reply"
    assert vars(IN) == before
    assert IN.enrolments == {"warm": PLACE, "news": OTHER}
