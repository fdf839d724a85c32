"""Every zone, every change of its clock from 2000 to 2037, five windows: read minute by minute, two hours around each.

The walk knows nothing of how openings are found: it asks `zoneinfo` for the wall clock of each minute and compares the
text of the time with the texts of the hours. By night every change is walked, else each twelfth of a zone.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import settings

from leadqual.lifecycle.hours import WEEKDAYS
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.windows import SendWindow

NIGHTLY = settings.default.max_examples >= 1_000
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
AROUND = 120
WINDOWS = (
    {"quiet": ["21:00-08:00"]},
    {"hours": ["09:00-18:00"], "weekdays": ["mon", "tue", "wed", "thu", "fri"]},
    {"quiet": ["00:10-02:30", "03:00-23:50"]},
    {"hours": ["00:00-00:20", "01:30-02:45", "23:30-24:00"]},
    {"hours": ["08:00-21:00"], "quiet": ["12:00-14:00"], "weekdays": ["sat", "sun", "mon"]},
)
"""By night, in the office, most of the day, around the hours at which clocks change, and with a rest at noon."""
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
PARTS = 8


def changes(clock):
    """Return the minutes at which a clock is changed, found by reading it day by day."""
    found, day, before = [], FIRST, FIRST.astimezone(clock).utcoffset()
    while day < LAST:
        after = (day + DAY).astimezone(clock).utcoffset()
        if after != before:
            low, high = 0, 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                same = (day + middle * MINUTE).astimezone(clock).utcoffset() == before
                low, high = (middle, high) if same else (low, middle)
            found.append(day + high * MINUTE)
        day, before = day + DAY, after
    return found


def reads_open(parts, clock, name):
    """Read a window as a person would."""
    if name not in parts.get("weekdays", WEEKDAYS):
        return False
    for text in parts.get("quiet", []):
        begins, ends = text.split("-")
        if begins <= clock < ends or (ends < begins and not ends <= clock < begins):
            return False
    return any(text[:5] <= clock < text[6:] for text in parts.get("hours", ["00:00-24:00"]))


def breaches(zone, change):
    """Return the minutes around a change at which something is taken for open that is not, or the other way round."""
    clock, begin, count = ZoneInfo(zone), change - AROUND * MINUTE, 2 * AROUND
    walls = [(begin + n * MINUTE).astimezone(clock) for n in range(count)]
    read = [(wall.strftime("%H:%M"), WEEKDAYS[wall.weekday()]) for wall in walls]
    found = []
    for parts, times in zip(WINDOWS, TIMES, strict=True):
        following = None
        for n in reversed(range(count)):
            at, opened = begin + n * MINUTE, reads_open(parts, *read[n])
            following = n if opened else following
            first = times.first(at, [zone])
            right = first >= begin + count * MINUTE if following is None else first == begin + following * MINUTE
            if times.holds(at, [zone]) != opened or not right:
                found.append((zone, at.isoformat(), parts))
    return found


TIMES = tuple(SendTimes(windows=[SendWindow(**parts)]) for parts in WINDOWS)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_zone_has_a_breach_of_quiet_hours_around_a_change_of_its_clock(part, record_property):
    """Nothing goes when the clock on the wall says that it must not, and whatever may go goes."""
    walked, wrong = 0, []
    for number, zone in enumerate(ZONES[part::PARTS]):
        for change in changes(ZoneInfo(zone))[0 if NIGHTLY else number % 12 :: 1 if NIGHTLY else 12]:
            wrong += breaches(zone, change)
            walked += 1
    record_property("changes walked", walked)  # pytest -q --junitxml=walked.xml tells it
    assert walked > 100
    assert wrong == []


def test_breaches_are_seen():
    """A window that is open a minute too long is found by the walk, around the change in Madrid in March 2026."""
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert breaches("Europe/Madrid", change) == []
    wrong = SendTimes(windows=[SendWindow(hours=["00:00-00:20", "01:30-02:46", "23:30-24:00"])])
    kept = TIMES[3]._week
    try:
        object.__setattr__(TIMES[3], "_week", wrong._week)
        TIMES[3]._found.clear()
        assert breaches("Europe/London", change) != []
    finally:
        object.__setattr__(TIMES[3], "_week", kept)
        TIMES[3]._found.clear()
