"""Openings against a walk that reads the clock of every zone minute by minute; nothing goes in quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadqual.lifecycle.hours import WEEKDAYS
from leadqual.nurture.clocks import steady
from leadqual.nurture.opening import next_open
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones

from .walking import MINUTE, NIGHTS, some_hours

NIGHTLY = settings.default.max_examples >= 1_000
DAY = timedelta(days=1)
EXACT = timedelta.resolution
SAMPLE = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/New_York", "America/Santiago", "America/Sao_Paulo",
    "America/St_Johns", "Antarctica/Troll", "Asia/Gaza", "Asia/Tehran", "Australia/Lord_Howe", "Europe/Madrid",
    "Pacific/Apia",
)  # fmt: skip
"""Zones whose clocks change at midnight, by half an hour or two, in Ramadan, over the date line, and as most do."""
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
SOME: tuple[dict[str, Any], ...] = (
    {"quiet": ["21:00-08:00"]},
    {"hours": ["02:15-02:45", "09:00-18:00"]},
    {"hours": ["23:30-24:00"], "days": {"sun": ["00:00-00:20", "01:30-03:15"], "fri": ["00:30-01:00"]}},
    {"quiet": ["00:10-02:30", "03:00-23:50"], "weekdays": ["fri", "sat", "sun", "mon"]},
)
"""Windows with bounds at the hours at which clocks change."""


def is_open(parts, wall):
    """Read a window as a person would: the texts of the hours against the text of the time."""
    clock, name = wall.strftime("%H:%M"), WEEKDAYS[wall.weekday()]
    weekly = parts.get("hours", ["00:00-24:00"]) if name in parts.get("weekdays", WEEKDAYS) else []
    for text in parts.get("quiet", []):
        begins, ends = text.split("-")
        if begins <= clock < ends or (ends < begins and not ends <= clock < begins):
            return False
    return any(text[:5] <= clock < text[6:] for text in parts.get("days", {}).get(name, weekly))


def walked(parts, zones, start, minutes, holidays=()):
    """Return for each minute from one on whether the window is open in all zones."""
    clocks = [ZoneInfo(zone) for zone in zones]
    walls = ([(start + n * MINUTE).astimezone(clock) for clock in clocks] for n in range(minutes))
    return [all(wall.date() not in holidays and is_open(parts, wall) for wall in local) for local in walls]


@cache
def changes(zone):
    """Return the minutes from 2000 to 2037 at which the clock of a zone is changed, by reading it day by day."""
    clock = ZoneInfo(zone)

    def read(at):
        return at.astimezone(clock).utcoffset()

    found, day = [], FIRST
    while day < LAST:
        if read(day) != read(day + DAY):
            minutes = (day + n * MINUTE for n in range(1, 24 * 60 + 1))
            found.append(next(at for at in minutes if read(at) != read(day)))
        day += DAY
    return tuple(found)


def compared(zone, change, parts):
    """Compare openings with the walk, at every start from a day before a change of the clock to a day after it."""
    times = SendTimes(windows=[SendWindow(**parts)])
    begin, length = change - 25 * 60 * MINUTE, 52 * 60
    opened = walked(parts, [zone], begin, length)
    following, after = [], None
    for n in reversed(range(length)):
        after = n if opened[n] else after
        following.append(after)
    following.reverse()
    near = 25 * 60
    for n in {*range(0, length, 5 if NIGHTLY else 20), *range(near - 3, near + 4), *range(near - 63, near + 64, 3)}:
        at = begin + n * MINUTE
        assert times.holds(at, [zone]) == opened[n]
        found = times.first(at, [zone])
        if following[n] is None:
            assert found >= begin + length * MINUTE
        else:
            assert found == begin + following[n] * MINUTE


@pytest.mark.parametrize("zone", SAMPLE)
def test_openings_around_changes_of_clocks_are_those_of_a_walk(zone):
    """To the minute, a day before and after a third of the changes since 2000, each with another window."""
    for number, change in enumerate(changes(zone)[:: 1 if NIGHTLY else 3]):
        compared(zone, change, SOME[number % len(SOME)])


@pytest.mark.parametrize("zone", sorted(available_timezones() - {"localtime", "Factory"}) if NIGHTLY else ["UTC"])
def test_openings_of_every_zone_are_those_of_a_walk(zone):
    """By night: every change of every zone from 2000 to 2037."""
    for number, change in enumerate(changes(zone) or (datetime(2026, 6, 1, tzinfo=UTC),)):
        compared(zone, change, SOME[number % len(SOME)])


@st.composite
def windows(draw):
    """Draw the parts of a window of which something is left, often with bounds at the hours at which clocks change."""
    parts: dict[str, Any] = {"hours": draw(some_hours())}
    parts["weekdays"] = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=3, max_size=7, unique=True))
    if draw(st.booleans()):
        parts["days"] = draw(st.dictionaries(st.sampled_from(WEEKDAYS), some_hours(), max_size=2))
    if draw(st.booleans()):
        begins, ends = draw(
            st.sampled_from([("21:00", "08:00"), ("00:30", "02:30"), ("23:00", "00:00"), ("02:00", "03:00")])
        )
        parts["quiet"] = [f"{begins}-{ends}"]
    return parts


@st.composite
def starts(draw):
    """Draw an instant to the microsecond near a change of clocks, and one to three zones with that of the change."""
    zone, change = draw(st.sampled_from(NIGHTS))
    others = draw(st.lists(st.sampled_from([*SAMPLE, "Asia/Kathmandu", "UTC"]), max_size=2))
    around = draw(st.one_of(st.integers(-180 * 60, 180 * 60), st.integers(-2 * 86_400, 2 * 86_400)))
    return (zone, *others), change + timedelta(seconds=around, microseconds=draw(st.integers(0, 999_999)))


def sound(parts):
    """Return the windows of some parts, or nothing if nothing of the week is left."""
    try:
        return SendTimes(windows=[SendWindow(**parts)])
    except ValueError:
        return None


@given(windows(), starts(), st.sets(st.integers(-2, 3), max_size=2))
def test_openings_in_several_zones_are_those_of_a_walk(parts, case, closed):
    """The first open minute of all clocks together, or the instant itself when that minute is open; holidays too."""
    zones, at = case
    holidays = {(at + n * DAY).date() for n in closed}
    times = sound(parts)
    if times is None:
        return
    times = SendTimes(windows=times.windows, holidays=holidays)
    minute = at.replace(second=0, microsecond=0)
    opened = walked(parts, zones, minute, 60 * 60, holidays)
    found = times.first(at, zones)
    assert times.holds(at, zones) == opened[0]
    if True in opened:
        assert found == max(at, minute + opened.index(True) * MINUTE)
    else:
        assert found is None or found >= minute + len(opened) * MINUTE


@given(windows(), windows(), starts())
def test_openings_of_two_windows_are_open_in_both(one, other, case):
    """Quiet hours of a channel and the hours of a step hold together."""
    zones, at = case
    try:
        times = SendTimes(windows=[SendWindow(**one), SendWindow(**other)])
    except ValueError:
        return
    minute = at.replace(second=0, microsecond=0)
    opened = [
        all(both) for both in zip(*(walked(parts, zones, minute, 30 * 60) for parts in (one, other)), strict=True)
    ]
    found = times.first(at, zones)
    expected = max(at, minute + opened.index(True) * MINUTE) if True in opened else None
    assert found == expected if expected else found is None or found >= minute + len(opened) * MINUTE


@given(windows(), starts(), st.integers(0, 3 * 86_400 * 10**6))
def test_nothing_goes_in_quiet_hours_and_nobody_overtakes(parts, case, later):
    """The local time of what goes is open in every zone; who starts later goes no earlier; a second look agrees."""
    zones, at = case
    times = sound(parts)
    found = times.first(at, zones) if times else None
    if found is None:
        return
    assert found >= at
    assert all(is_open(parts, found.astimezone(ZoneInfo(zone))) for zone in zones)
    assert times.holds(found, zones)
    assert times.first(found, zones) == found
    after = times.first(at + later * EXACT, zones)
    assert after is None or after >= found


@given(windows(), starts(), st.sampled_from(["withhold", "home"]))
def test_touch_goes_at_an_open_local_time_or_says_why_not(parts, case, without_zone):
    """Of a lead with several candidates, all are kept; by the home zone only when they never agree, and it says so."""
    zones, at = case
    times = sound(parts)
    if times is None:
        return
    candidates = CandidateZones(zones=zones, source="markets")
    found = next_open(at, times, candidates, home="America/Bogota", without_zone=without_zone)
    assert (found.at is None) == (found.withheld is not None)
    if found.source == "markets":
        assert found.at == times.first(at, zones)
        assert len(set(zones)) == 1 or times.meet(at, zones)
    elif without_zone == "home":
        assert (found.zones, found.at) == (("America/Bogota",), times.first(at, ["America/Bogota"]))
        assert not times.meet(at, zones)
    else:
        assert (found.at, found.withheld) == (None, "no_common_time")


@given(
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.datetimes(FIRST.replace(year=1970, tzinfo=None), datetime(2199, 1, 1)),
    st.integers(0, 40 * 86_400),
)
def test_stretches_have_the_offset_of_the_clock_and_leave_nothing_out(zone, start, length):
    """In every zone and year: at both ends of each stretch, and at hours within, the clock has its offset."""
    clock, begin = ZoneInfo(zone), start.replace(tzinfo=UTC)
    reached = begin
    for since, until, offset in steady(clock, begin, begin + timedelta(seconds=length)):
        assert since == reached < until
        reached = until
        inside = {since, until - EXACT, *(since + n * (until - since) / 24 for n in range(24))}
        assert all(at.astimezone(clock).utcoffset() == offset for at in inside)
    assert reached == begin + timedelta(seconds=length)
