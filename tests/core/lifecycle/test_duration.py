"""Durations in business time are read from a whole amount and a unit."""

from datetime import timedelta

import pytest

from leadqual.errors import ModelError
from leadqual.lifecycle.duration import Duration, duration_problems

HINT = 'Write a whole amount and m, h or d, such as "30m", "2h" or "1d"; they are counted in business time.'


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("30m", 30, "m"),
        ("2h", 2, "h"),
        ("1d", 1, "d"),
        ("1m", 1, "m"),
        ("10000h", 10_000, "h"),
        ("10000d", 10_000, "d"),
    ],
)
def test_duration_reads_what_it_writes(text, amount, unit):
    """A duration is its amount and unit, and is written as it was read."""
    read = Duration.parse(text)
    assert (read.amount, read.unit) == (amount, unit)
    assert read == Duration(amount, unit)
    assert str(read) == text
    assert not list(duration_problems(text, "sla.mql"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "h",
        "2",
        "0h",
        "00h",
        "02h",
        "-2h",
        "+2h",
        " 2h",
        "2h ",
        "2 h",
        "2H",
        "2w",
        "1.5h",
        "1e3m",
        "2hours",
        "٢h",
        "²h",
    ],
)
def test_duration_refuses_other_ways_to_write_one(text):
    """No signs, spaces, fractions, zeros in front, other units or other digits."""
    (problem,) = duration_problems(text, "sla.mql")
    assert str(problem) == f"sla.mql: a duration was expected (got '{text}'). {HINT}"


@pytest.mark.parametrize("value", [None, 2, 2.0, True, timedelta(hours=2), ["2h"], b"2h"])
def test_duration_refuses_what_is_no_text(value):
    """A number has no unit, and a timedelta is no business time."""
    (problem,) = duration_problems(value, "within")
    assert (problem.what, problem.hint) == ("a duration was expected", HINT)


@pytest.mark.parametrize("text", ["10001m", "99999d", "123456h", "9" * 10_000 + "m"])
def test_duration_refuses_amounts_over_ten_thousand(text):
    """What is longer is no deadline; a huge number costs nothing to refuse."""
    with pytest.raises(ModelError) as caught:
        Duration.parse(text, "sla.mql.within")
    (problem,) = caught.value.problems
    assert (problem.where, problem.what) == ("sla.mql.within", "the duration is too long")
    assert problem.hint == "Write an amount of at most 10,000."


def test_duration_that_is_parsed_wrongly_names_its_place():
    """The error of one duration holds where it stands."""
    with pytest.raises(ModelError, match=r"escalate: a duration was expected \(got 'soon'\)"):
        Duration.parse("soon", "escalate")


@pytest.mark.parametrize("amount", [0, -1, 10_001, True, 1.0, "2", None])
def test_duration_refuses_amounts_that_are_out_of_range(amount):
    """One that is built in Python has the same bounds."""
    with pytest.raises(ModelError, match=r"amount: amount out of range .* Pass a whole number from 1 to 10,000\."):
        Duration(amount, "h")


@pytest.mark.parametrize("unit", ["", "s", "H", "hm", None, 1, ["h"]])
def test_duration_refuses_other_units(unit):
    """There are minutes, hours and days."""
    with pytest.raises(ModelError, match='unit: unknown unit .* Pass "m", "h" or "d"'):
        Duration(2, unit)


def test_open_time_is_the_length_of_minutes_and_hours_only():
    """Working days have no length: it depends on the calendar."""
    assert Duration(90, "m").open_time == timedelta(minutes=90)
    assert Duration(2, "h").open_time == timedelta(hours=2)
    assert Duration(2, "d").open_time is None
