from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.hours import BusinessHours
from leadqual.nurture.waiting import LAST, plan_wait
from leadqual.nurture.waits import AT_ONCE, Wait

MADRID = ZoneInfo("Europe/Madrid")


def over(wait, since, zone=MADRID, calendar=None):
    """Return when a wait is over that begins at an instant in UTC."""
    begun = datetime.fromisoformat(since).replace(tzinfo=UTC)
    return plan_wait(wait, BusinessTime() if calendar is None else calendar).over(begun, zone).isoformat()[:16]


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        (AT_ONCE, "2026-03-28T08:00"),
        (Wait(elapsed="90m"), "2026-03-28T09:30"),
        (Wait(elapsed="1d"), "2026-03-29T08:00"),
        (Wait(elapsed="2w"), "2026-04-11T08:00"),
        (Wait(days=0), "2026-03-28T08:00"),
        (Wait(days=1), "2026-03-29T07:00"),
        (Wait(days=2, at="10:30"), "2026-03-30T08:30"),
        (Wait(months=1), "2026-04-28T07:00"),
        (Wait(months=0, at="09:00"), "2026-03-28T08:00"),
        (Wait(business="4h"), "2026-03-30T13:00"),
        (Wait(business="1d"), "2026-03-31T09:00"),
    ],
)
def test_wait_is_over_after_its_time(wait, expected):
    """At nine o'clock in Madrid on the day before the clocks are put on: a day by the clock is an hour shorter."""
    assert over(wait, "2026-03-28T08:00") == expected


@pytest.mark.parametrize(("at", "expected"), [("09:00", "2026-03-28T08:00"), ("08:59", "2026-03-29T06:59")])
def test_time_of_day_is_the_next_one_that_the_clock_shows(at, expected):
    """Now if it shows it now, tomorrow if it did a minute ago."""
    assert over(Wait(days=0, at=at), "2026-03-28T08:00") == expected


def test_month_is_clipped_from_the_day_on_which_the_wait_begins():
    """A month after the thirty-first of January is the last of February, and two are the thirty-first of March."""
    assert over(Wait(months=1), "2026-01-31T08:00") == "2026-02-28T08:00"
    assert over(Wait(months=2), "2026-01-31T08:00") == "2026-03-31T07:00"


def test_time_that_the_clock_jumps_over_is_the_jump():
    """Half past two does not come in that night."""
    assert over(Wait(days=1, at="02:30"), "2026-03-28T08:00") == "2026-03-29T01:00"


def test_time_that_the_clock_shows_twice_is_the_first():
    """Half past two comes at half past midnight UTC, and again an hour later."""
    assert over(Wait(days=1, at="02:30"), "2026-10-24T08:00") == "2026-10-25T00:30"


def test_no_wait_ends_before_it_begins():
    """In an hour that comes for the second time, the same time of the same day was an hour ago."""
    assert over(Wait(days=0), "2026-10-25T01:30") == "2026-10-25T01:30"
    assert over(Wait(days=0, at="02:30"), "2026-10-25T01:30") == "2026-10-26T01:30"


def test_wait_by_the_calendar_goes_by_the_clock_of_the_lead():
    """At the same instant, half past nine is another day in Tokyo."""
    assert over(Wait(days=0, at="09:30"), "2026-12-04T08:00", ZoneInfo("Asia/Tokyo")) == "2026-12-05T00:30"


def test_business_time_is_counted_in_the_calendar_of_the_playbook():
    """Four hours of mornings take two days."""
    mornings = BusinessTime(hours=BusinessHours(hours=["09:00-11:00"], zone="Europe/Madrid"))
    assert over(Wait(business="4h"), "2026-12-03T08:00", calendar=mornings) == "2026-12-04T10:00"


@pytest.mark.parametrize("wait", [Wait(elapsed="1d"), Wait(days=1), Wait(months=1), Wait(business="1d")])
def test_wait_ends_no_later_than_time_itself(wait):
    """Instants lie in the years up to 2199."""
    begun = datetime(2199, 12, 31, 12, tzinfo=UTC)
    assert plan_wait(wait, BusinessTime()).over(begun, MADRID) == LAST
    assert LAST + timedelta(microseconds=1) == datetime(2200, 1, 1, tzinfo=UTC)
