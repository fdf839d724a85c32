"""Dates on which nothing is open come from a document, or in any container of a host."""

from collections import deque
from datetime import UTC, date, datetime

import pytest

from leadqual.lifecycle.dates import copied_dates, date_problems, day_of, holidays_problems

XMAS = date(2026, 12, 25)


class Mondays:
    """A container that makes its dates when it is asked."""

    def __contains__(self, day):
        return day.weekday() == 0


class Vendor(dict[date, str]):
    """A table of a vendor that may fill itself."""


def test_iso_text_becomes_a_date_and_nothing_else_does():
    """Only year, month and day with dashes are read."""
    assert day_of("2026-12-25") == XMAS
    for other in ("20261225", "2026-W52-5", "2026-13-01", "2026-02-29", "25-12-2026", "2026/12/25", "", 20261225, None):
        assert day_of(other) == other
    assert day_of(XMAS) is XMAS


def test_dates_of_a_document_are_dates_in_range():
    """Texts, instants and dates of other centuries are named with their places."""
    days = (XMAS, "1 May", datetime(2026, 1, 1, tzinfo=UTC), date(1969, 12, 31), date(2200, 1, 1), 7)
    assert [(problem.where, problem.what) for problem in date_problems(days, "holidays")] == [
        ("holidays[1]", "a date was expected"),
        ("holidays[2]", "a date was expected"),
        ("holidays[3]", "the date is out of range"),
        ("holidays[4]", "the date is out of range"),
        ("holidays[5]", "a date was expected"),
    ]
    assert not list(date_problems((date(1970, 1, 1), date(2199, 12, 31)), "holidays"))


@pytest.mark.parametrize("days", [[XMAS], (XMAS,), {XMAS}, frozenset({XMAS}), {XMAS: "Christmas"}])
def test_plain_containers_are_copied(days):
    """A later change of the host's set has no effect."""
    assert not list(holidays_problems(days, "holidays"))
    assert copied_dates(days) == frozenset({XMAS})


@pytest.mark.parametrize("days", [Mondays(), Vendor(), deque([XMAS])])
def test_other_containers_stay_what_they_are(days):
    """What makes its dates when asked is not gone through."""
    assert not list(holidays_problems(days, "holidays"))
    assert copied_dates(days) is days


@pytest.mark.parametrize("days", [None, 7, "2026-12-25", b"2026-12-25", XMAS, iter([XMAS])])
def test_what_is_no_container_is_refused(days):
    """A text is a container of letters, and an iterator is none."""
    (problem,) = holidays_problems(days, "holidays")
    assert problem.what == "a container of dates was expected"
    assert problem.hint == "Pass a set of dates, or what leadqual.country_holidays returns."


@pytest.mark.parametrize("day", ["2026-12-25", datetime(2026, 12, 25, tzinfo=UTC), None, 7, ["x"]])
def test_plain_containers_hold_dates_only(day):
    """A text or an instant in a set would be no holiday, silently."""
    (problem,) = holidays_problems([XMAS, day], "holidays")
    assert (problem.where, problem.what) == ("holidays", "a date was expected")
    assert str(problem.got) == type(day).__name__


def test_problems_of_a_container_are_bounded():
    """A list of a million texts makes 500 problems."""
    assert len(list(holidays_problems(["x"] * 1_000, "holidays"))) == 500
