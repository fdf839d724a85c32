"""What is said of nurturing."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from leadqual.errors import InputRefused, InstantError
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = NOON.astimezone(timezone(timedelta(hours=5)))


def _problems(make, **more):
    """Return where something is wrong, and what."""
    with pytest.raises(InputRefused) as caught:
        make(**more)
    return [(problem.where, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize("change", ["enrol", "leave", "pause", "resume"])
def test_enrolment_may_change_in_four_ways(change):
    """Nobody has to say when, or who says so."""
    told = EnrolmentChange(change=change, sequence="warm")
    assert (told.change, told.sequence, told.at, told.actor) == (change, "warm", None, None)


@pytest.mark.parametrize("outcome", ["sent", "skipped", "cancelled"])
def test_touch_may_have_three_outcomes(outcome):
    """That it has expired is never told: time says so."""
    told = TouchReport(key="k1", outcome=outcome)
    assert (told.key, told.outcome, told.reason, told.at) == ("k1", outcome, None, None)
    assert _problems(TouchReport, key="k1", outcome="expired") == [("outcome", "no such outcome")]


def test_touch_was_sent_unless_something_else_is_told():
    """The usual case is the short one."""
    assert TouchReport(key="k1") == TouchReport(key="k1", outcome="sent")


def test_suppression_needs_a_channel_alone():
    """One of them, or all."""
    told = Suppression(channel="*")
    assert (told.channel, told.reason, told.at, told.actor) == ("*", None, None, None)


def test_slips_of_the_pen_are_answered_with_the_nearest_word():
    """Of a change and of an outcome."""
    slip: Any = "leaves"
    with pytest.raises(InputRefused) as caught:
        EnrolmentChange(change=slip, sequence="warm")
    assert str(caught.value) == "change: no such change (got a text of 6 characters). Did you mean `leave`?"
    slip = "canceled"
    with pytest.raises(InputRefused) as caught:
        TouchReport(key="k1", outcome=slip)
    assert str(caught.value) == "outcome: no such outcome (got a text of 8 characters). Did you mean `cancelled`?"


def test_inputs_tell_all_that_is_wrong_with_them_at_once():
    """Nobody finds one mistake after the other."""
    assert _problems(EnrolmentChange, change=3, sequence="", actor=b"x") == [
        ("change", "no such change"),
        ("sequence", "a text was expected"),
        ("actor", "a text was expected"),
    ]
    assert _problems(TouchReport, key=None, outcome="lost", reason="a\0b") == [
        ("key", "a text was expected"),
        ("outcome", "no such outcome"),
        ("reason", "the text cannot be used"),
    ]
    assert _problems(Suppression, channel=[], reason=3, actor=4) == [
        ("channel", "a text was expected"),
        ("reason", "a text was expected"),
        ("actor", "a text was expected"),
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda at: EnrolmentChange(change="pause", sequence="warm", at=at),
        lambda at: TouchReport(key="k1", at=at),
        lambda at: Suppression(channel="email", at=at),
    ],
)
def test_inputs_keep_their_instant_in_utc_and_refuse_naive_ones(make):
    """One instant is one value, in whatever zone it was given; a time without a zone is none."""
    assert (make(HERE).at, make(HERE).at.tzinfo) == (NOON, UTC)
    assert make(None).at is None
    with pytest.raises(InstantError) as caught:
        make(datetime(2026, 3, 2))
    assert [problem.where for problem in caught.value.problems] == ["at"]


def test_inputs_say_neither_reason_nor_actor_when_they_are_printed():
    """What people type may be personal; names of sequences, touches and channels are not."""
    told = [
        EnrolmentChange(change="leave", sequence="warm", actor="bea"),
        TouchReport(key="k1", outcome="skipped", reason="Ana is ill"),
        Suppression(channel="email", reason="Ana says so", actor="bea"),
    ]
    assert "Ana" not in repr(told)
    assert "bea" not in repr(told)
    assert all(word in repr(told) for word in ("leave", "warm", "k1", "skipped", "email"))
