"""Elapsed time as a playbook writes it."""

from datetime import timedelta

import pytest

from leadqual.nurture.elapsed import elapsed_of, elapsed_problems


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0m", timedelta(0)),
        ("1m", timedelta(minutes=1)),
        ("90m", timedelta(minutes=90)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("2w", timedelta(days=14)),
        ("3650d", timedelta(days=3_650)),
        ("5256000m", timedelta(days=3_650)),
        ("3651d", None),
        ("5256001m", None),
        ("99999999m", None),
        ("03d", None),
        ("00m", None),
        ("+3d", None),
        ("3 d", None),
        ("3.5d", None),
        ("d", None),
        ("", None),
        ("3", None),
        ("3s", None),
        ("\u0663d", None),
        (3, None),
        (None, None),
    ],
)
def test_elapsed_time_is_a_whole_amount_and_a_unit(text, span):
    """Minutes, hours, days and weeks are spans of fixed length, up to ten years; nothing else is read."""
    assert elapsed_of(text) == span


def test_time_that_is_too_short_says_what_is_enough():
    """Where something has to pass, less is told, and just enough is not."""
    least = timedelta(minutes=5)
    assert [str(problem) for problem in elapsed_problems("4m", "expires", least=least)] == [
        "expires: the time is too short (got '4m'). Write at least 5m."
    ]
    assert list(elapsed_problems("5m", "expires", least=least)) == []
