"""Months of rest are calendar months, and leads that began to rest together wake on many days."""

import hashlib
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest

from leadqual.errors import InstantError, ModelError
from leadqual.lifecycle.rest import add_months, day_begins, spread, wake_at, wake_day

DAY = timedelta(days=1)
BOUNDS = (3, 6)
ANCHORS = (
    date(2026, 8, 31),
    date(2027, 8, 31),
    date(2028, 2, 29),
    date(2026, 1, 30),
    date(2026, 11, 30),
    date(2026, 12, 31),
    date(2026, 3, 28),  # a night before clocks change
    date(2026, 10, 24),
    date(2011, 9, 30),  # three months later there was no such day in Samoa
    date(2006, 5, 5),
)
EARLY, LATE = "L78", "L15"
"""Keys of the first and of the last day of a window of 30 days."""
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def later(anchor, months):
    """Add calendar months with nothing but the lengths of months."""
    year, month = anchor.year, anchor.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    length = 28 + leap if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return date(year, month, min(anchor.day, length))


def days(first, last, step=1):
    """Return every day, or every few days, from one to another."""
    return [first + n * DAY for n in range(0, (last - first).days + 1, step)]


@pytest.mark.parametrize(
    ("anchor", "months", "day"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 7, date(2027, 3, 31)),  # clipped from the anchor, not from February
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2028, 2, 29), 6, date(2028, 8, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2099, 12, 31), 2, date(2100, 2, 28)),  # no leap year
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_are_calendar_months_clipped_from_the_anchor(anchor, months, day):
    """The same day of the month, or the last of a shorter one."""
    assert add_months(anchor, months) == later(anchor, months) == day


def test_months_are_those_of_plain_calendar_arithmetic_for_every_date():
    """All 84,006 dates of the years 1970 to 2199."""
    all_days = days(date(1970, 1, 1), date(2199, 12, 31))
    assert len(all_days) == 84_006
    for day in all_days:
        assert add_months(day, 6) == later(day, 6)
        if day.day > 27:
            for months in (1, 2, 3, 4, 5, 12, 13, 18, 48):
                assert add_months(day, months) == later(day, months)


def test_spread_is_a_fixed_function_of_the_text():
    """The first eight bytes of its SHA-256, so that a host may compute it too."""
    for key in ("L1", "L2", "Zoë", ""):
        digest = hashlib.sha256(key.encode("utf-8")).hexdigest()
        assert spread(key, 30) == int(digest[:16], 16) % 31
    assert [spread(f"L{i}", 30) for i in range(8)] == [14, 4, 24, 7, 21, 5, 7, 3]
    assert spread("L1", 0) == 0


def test_spread_is_the_same_in_another_process():
    """It depends on no hash seed."""
    code = "from leadqual.lifecycle.rest import spread; print([spread(f'L{i}', 90) for i in range(50)])"
    env = {"PYTHONPATH": "src", "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == str([spread(f"L{i}", 90) for i in range(50)])


def test_spread_reaches_every_day_and_prefers_none():
    """Both ends belong to it, and no day gets much more than its share."""
    counts = Counter(spread(f"lead-{i}", 30) for i in range(31_000))
    assert sorted(counts) == list(range(31))
    assert 850 < min(counts.values()) <= max(counts.values()) < 1_150


@pytest.mark.parametrize("months", [3, 4, 6])
@pytest.mark.parametrize("anchor", ANCHORS)
def test_at_most_one_in_twenty_of_ten_thousand_leads_wakes_on_one_day(anchor, months):
    """They began to rest on one day, and wake on the days of a month, at the upper bound too."""
    woken = Counter(
        wake_day(anchor, months=months, bounds=BOUNDS, spread_days=30, key=f"lead-{i}:1") for i in range(10_000)
    )
    assert max(woken.values()) <= 500
    assert len(woken) == 31
    assert later(anchor, 3) <= min(woken) <= max(woken) <= later(anchor, 6)


@pytest.mark.parametrize("months", [3, 4, 5, 6])
def test_every_wake_lies_within_the_bounds_in_calendar_months(months):
    """For dates of all years, early in the window that begins after the months that were asked for."""
    for anchor in days(date(1970, 1, 1), date(2199, 6, 1), step=11):
        first, last = (wake_day(anchor, months=months, bounds=BOUNDS, spread_days=30, key=key) for key in (EARLY, LATE))
        start = min(later(anchor, months), later(anchor, 6) - 30 * DAY)
        assert (first, last) == (start, start + 30 * DAY)
        assert later(anchor, 3) <= first < last <= later(anchor, 6)


def test_window_is_moved_earlier_and_then_shortened_to_stay_within_the_bounds():
    """Never past the upper bound, never before the lower one."""
    anchor = date(2026, 8, 31)

    def window(months, bounds, spread_days):
        found = {
            wake_day(anchor, months=months, bounds=bounds, spread_days=spread_days, key=f"L{i}") for i in range(2_000)
        }
        return min(found), max(found), len(found)

    assert window(3, (3, 6), 30) == (date(2026, 11, 30), date(2026, 12, 30), 31)
    assert window(6, (3, 6), 30) == (date(2027, 1, 29), date(2027, 2, 28), 31)
    assert window(6, (3, 6), 200) == (date(2026, 11, 30), date(2027, 2, 28), 91)
    assert window(4, (4, 4), 30) == (date(2026, 12, 31), date(2026, 12, 31), 1)
    assert window(3, (3, 6), 0) == (date(2026, 11, 30), date(2026, 11, 30), 1)
    assert window(1, (3, 6), 0) == (date(2026, 11, 30), date(2026, 11, 30), 1)
    assert window(9, (3, 6), 0) == (date(2027, 2, 28), date(2027, 2, 28), 1)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_wake_is_the_first_instant_of_its_local_day_in_every_zone(anchor):
    """Six calendar months from the local date of the anchor, wherever the lead lives."""
    for name in ZONES:
        zone = ZoneInfo(name)
        rested = datetime.combine(anchor, time(20, 30), zone)
        for months, key in ((3, EARLY), (6, LATE)):
            at = wake_at(rested, name, "UTC", months=months, bounds=BOUNDS, spread_days=30, key=key)
            day = later(anchor, 3) if months == 3 else later(anchor, 6)
            assert at.tzinfo is UTC
            _begins(at, day, zone)


def _begins(at, day, zone):
    """Hold that a local day begins at an instant: it is that day or a later one then, and was an earlier one before."""
    local = at.astimezone(zone)
    assert local.date() == day or _never_was(day, zone)
    assert local.date() >= day
    for before in (timedelta(microseconds=1), timedelta(minutes=1), timedelta(minutes=59), timedelta(hours=3), DAY):
        assert (at - before).astimezone(zone).date() < day


def _never_was(day, zone):
    noon = datetime.combine(day, time(12), zone)
    return noon.astimezone(UTC).astimezone(zone).date() != day


@pytest.mark.parametrize("year", [1970, 1987, 1993, 2008, 2026, 2027, 2100, 2199])
def test_named_day_begins_with_its_first_instant_in_every_zone(year):
    """Every day on which the clocks of a zone change within the year, and the days beside it."""
    changes = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        noons = [datetime(year, 1, 2, 12, tzinfo=UTC) + n * DAY for n in range(362)]
        for noon, after in pairwise(noons):
            if noon.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
                changes += 1
                for day in (noon.date(), after.date(), after.date() + DAY):
                    _begins(day_begins(day, name, "UTC"), day, zone)
    assert changes > 50


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "madrid", "\ud800", "../UTC"])
def test_lead_without_a_known_zone_wakes_at_home(zone):
    """A zone that is absent or no zone is no error of the lead's."""
    rested = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)  # the first of September in Madrid
    at = wake_at(rested, zone, "Europe/Madrid", months=3, bounds=BOUNDS, spread_days=0, key="L1")
    assert at == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert day_begins(date(2026, 12, 1), zone, "Europe/Madrid") == at


def test_lead_wakes_by_its_own_zone_when_it_is_known():
    """At 22:30 UTC on the last of August it is September in Madrid and still August in Bogotá."""
    rested = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)
    asked: Any = {"months": 6, "bounds": (6, 6), "spread_days": 0, "key": "L1"}
    assert wake_at(rested, "Europe/Madrid", "UTC", **asked) == datetime(2027, 2, 28, 23, tzinfo=UTC)
    assert wake_at(rested, "America/Bogota", "UTC", **asked) == datetime(2027, 2, 28, 5, tzinfo=UTC)


def test_day_that_never_was_begins_with_the_jump():
    """Samoa went from the 29th to the 31st of December 2011."""
    jump = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert day_begins(date(2011, 12, 30), "Pacific/Apia", "UTC") == jump
    assert day_begins(date(2011, 12, 31), "Pacific/Apia", "UTC") == jump


def test_home_that_is_no_zone_is_refused_when_it_is_needed():
    """A playbook's zone is checked before; here it is an error with a hint."""
    with pytest.raises(ModelError, match="home: unknown zone .* Did you mean `Europe/Madrid`"):
        day_begins(date(2026, 1, 1), None, "Europe/Madird")
    assert day_begins(date(2026, 1, 1), "UTC", "Europe/Madird") == datetime(2026, 1, 1, tzinfo=UTC)


def test_rest_that_ends_after_2199_is_refused():
    """Nobody wakes in a year that has no instants, and no rest begins at a naive time."""
    asked: Any = {"months": 3, "bounds": BOUNDS, "spread_days": 30, "key": "L1"}
    with pytest.raises(InstantError, match="wake: the instant is out of range"):
        wake_at(datetime(2199, 11, 1, tzinfo=UTC), None, "UTC", **asked)
    with pytest.raises(InstantError, match="day: the instant is out of range"):
        day_begins(date(2200, 1, 1), None, "UTC")
    with pytest.raises(InstantError, match="day: the instant is out of range"):
        day_begins(date(1969, 12, 31), None, "UTC")
    with pytest.raises(InstantError, match="anchor: the instant has no zone"):
        wake_at(datetime(2026, 8, 31), None, "UTC", **asked)
