"""Business time against a walk over every minute, and what holds of it whatever the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.hours import BusinessHours

from .walking import MINUTE, NIGHTS, Walk, calendars, weeks

LONG = st.one_of(
    st.builds(Duration, st.integers(1, 10_000), st.just("m")),
    st.builds(Duration, st.integers(1, 500), st.just("h")),
    st.builds(Duration, st.integers(1, 200), st.just("d")),
)
EXACT = timedelta.resolution
SOME: tuple[dict[str, Any], ...] = (
    {},
    {"hours": ["00:00-24:00"], "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    {"hours": ["00:00-02:30", "02:45-09:00"], "weekdays": ["sun", "mon", "tue"]},
    {"hours": ["23:15-23:45"], "weekdays": ["sat", "sun", "mon"], "days": {"sun": ["00:00-00:30", "23:30-24:00"]}},
)


def _fits(time, duration):
    """Return whether a duration is over within ninety years: nothing falls due after the year 2199."""
    weekly = sum(end - start for weekday in range(7) for start, end in time.hours.intervals(weekday))
    return duration.open_time is None or duration.open_time <= 90 * 52 * weekly * MINUTE


@st.composite
def instants(draw):
    """Draw a calendar and an instant to the microsecond near a change of its clocks."""
    zone, change = draw(st.sampled_from(NIGHTS))
    around = timedelta(microseconds=draw(st.integers(-3 * 86_400 * 10**6, 3 * 86_400 * 10**6)))
    hours = draw(calendars(zone))
    return BusinessTime(hours=hours), change + around


@given(weeks(), st.integers(0, 10_000))
def test_business_minutes_are_those_of_a_walk(week, minutes):
    """Minutes end with the n-th open minute of a clock that is read minute by minute."""
    time, walk, start = week
    fitting = 1 + minutes % max(1, walk.elapsed(start, start + timedelta(days=9)) // MINUTE)
    assert time.due(start, Duration(fitting, "m")) == walk.later(start, fitting)


@given(weeks(), st.integers(1, 3))
def test_business_days_are_those_of_a_walk(week, amount):
    """Working days end at the same local time of the n-th day that has open minutes."""
    time, walk, start = week
    assert time.due(start, Duration(amount, "d")) == walk.days_later(start, amount)


@given(weeks(), st.integers(0, 10_000))
def test_elapsed_time_is_that_of_a_walk(week, minutes):
    """What has elapsed is the number of open minutes between."""
    time, walk, start = week
    end = start + minutes * MINUTE
    assert time.elapsed(start, end) == walk.elapsed(start, end)


@given(weeks())
def test_opening_is_that_of_a_walk(week):
    """Open is what the calendar says of the time on the clock; the next opening is the first such minute."""
    time, walk, start = week
    assert time.is_open(start) == walk.is_open(start)
    assert time.next_open(start) == walk.next_open(start)


@pytest.mark.parametrize(("zone", "change"), NIGHTS)
@pytest.mark.parametrize("hours", SOME)
def test_every_half_hour_around_a_change_of_clocks_is_that_of_a_walk(zone, change, hours):
    """From a day before a change of the clocks to a day after it, and more closely in the hours beside it."""
    calendar = BusinessHours(zone=zone, **hours)
    time, walk = BusinessTime(hours=calendar), Walk(calendar, (), change)
    for minute in {*range(-1440, 1440, 30), *range(-65, 66, 5), -61, -59, -1, 1, 59, 61}:
        start = change + minute * MINUTE
        assert time.is_open(start) == walk.is_open(start)
        assert time.next_open(start) == walk.next_open(start)
        assert time.due(start, Duration(45, "m")) == walk.later(start, 45)
        assert time.due(start, Duration(1, "d")) == walk.days_later(start, 1)
        assert time.elapsed(change - timedelta(days=1), start) == walk.elapsed(change - timedelta(days=1), start)


@given(instants(), LONG, st.integers(0, 3 * 86_400 * 10**6))
def test_due_never_falls_when_the_start_moves_on(case, duration, later):
    """Who starts later is never due earlier, not even in an hour that comes twice."""
    time, start = case
    assume(_fits(time, duration))
    assert time.due(start, duration) <= time.due(start + later * EXACT, duration)


@given(instants(), LONG, st.integers(1, 50))
def test_due_never_falls_when_the_duration_grows(case, duration, more):
    """A longer duration of the same unit is never over earlier."""
    time, start = case
    longer = Duration(min(duration.amount + more, 10_000), duration.unit)
    assume(_fits(time, longer))
    assert time.due(start, duration) <= time.due(start, longer)


@given(instants(), LONG)
def test_elapsed_time_until_due_is_the_duration(case, duration):
    """Minutes and hours have elapsed exactly when they are due, and at no earlier instant."""
    time, start = case
    assume(_fits(time, duration))
    due = time.due(start, duration)
    if duration.open_time is None:
        assert time.elapsed(start, due) > timedelta(0)
    else:
        assert time.elapsed(start, due) == duration.open_time
        assert time.elapsed(start, due - EXACT) == duration.open_time - EXACT


@given(instants(), LONG)
def test_due_lies_in_business_time_or_at_its_end(case, duration):
    """Nothing is due while nobody is there: business is open just before, or opens at that instant."""
    time, start = case
    due = time.due(start, duration)
    assert due > start
    assert due.tzinfo is UTC
    assert time.is_open(due) or time.is_open(due - EXACT)


@given(instants(), st.integers(0, 10**12), st.integers(0, 10**12))
def test_elapsed_time_adds_up(case, first, second):
    """What elapses in two stretches is what elapses in both."""
    time, start = case
    middle, end = start + first * EXACT, start + (first + second) * EXACT
    assert time.elapsed(start, middle) + time.elapsed(middle, end) == time.elapsed(start, end)


@given(instants())
def test_next_open_is_open_and_nothing_elapses_before_it(case):
    """Until business opens no time elapses, and it is open then."""
    time, start = case
    opens = time.next_open(start)
    assert opens >= start
    assert time.is_open(opens)
    assert time.elapsed(start, opens) == timedelta(0)
    assert time.is_open(start) == (opens == start)


@given(instants(), LONG)
def test_due_is_the_same_for_any_zone_of_the_start_and_any_past_question(case, duration):
    """An instant is the same instant in every zone, and what was asked before has no effect."""
    time, start = case
    fresh = BusinessTime(hours=time.hours)
    time.elapsed(datetime(2008, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
    for zone, _ in NIGHTS[:3]:
        assert time.due(start.astimezone(ZoneInfo(zone)), duration) == fresh.due(start, duration)
