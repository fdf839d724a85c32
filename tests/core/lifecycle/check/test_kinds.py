"""The numbers of a lifecycle, and the kinds of acts that it names."""

import pytest
from attrs import evolve

from tests.core.lifecycle.check.support import STAGES, TRANSITIONS, Lifecycle, found

OWN = Lifecycle(stages=STAGES, transitions=TRANSITIONS)


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"preset": "defualt"}, "preset", "no such lifecycle"),
        ({"touches": "call"}, "touches", "a list was expected"),
        ({"touches": ("call", "call")}, "touches[1]", "it is named twice"),
        ({"replies": ("call", 7)}, "replies[1]", "a text was expected"),
        ({"captures": ("", "cafe\u0301", "caf\u00e9")}, "captures[0]", "a text was expected"),
        ({"captures": ("cafe\u0301", "caf\u00e9")}, "captures[1]", "it is named twice"),
        ({"hand_raise_days": -1}, "hand_raise_days", "the number is out of range"),
        ({"return_days": 3_651}, "return_days", "the number is out of range"),
        ({"reopen_days": None}, "reopen_days", "a whole number was expected"),
        ({"reopen_days": True}, "reopen_days", "a whole number was expected"),
    ],
)
def test_a_lifecycle_is_told_what_it_cannot_be(changes, where, what):
    """Preset, kinds of acts and days, each with its path."""
    assert (f"lifecycle.{where}", what) in found(lifecycle=evolve(OWN, **changes))


@pytest.mark.parametrize("days", [0, 3_650])
def test_days_have_bounds(days):
    """Ten years are the most, none the least."""
    assert found(lifecycle=evolve(OWN, hand_raise_days=days, return_days=days, reopen_days=days)) == []


def test_kinds_may_be_none_at_all():
    """Whoever has no such acts names none."""
    assert found(lifecycle=evolve(OWN, touches=(), replies=(), captures=())) == []


def test_a_lifecycle_is_a_lifecycle():
    """What is none is one problem; the table beside it is checked all the same."""
    assert found(lifecycle=7, initial="laed") == [
        ("lifecycle", "a Lifecycle was expected"),
        ("lifecycle.initial", "no such stage"),
    ]
