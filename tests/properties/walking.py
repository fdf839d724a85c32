"""Business time by walking: the clock of a zone is read minute by minute, nothing is resolved or skipped."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.hours import WEEKDAYS, BusinessHours

MINUTE = timedelta(minutes=1)
NIGHTS = (
    ("Europe/Madrid", datetime(2026, 3, 29, 1, tzinfo=UTC)),  # 02:00 becomes 03:00
    ("Europe/Madrid", datetime(2026, 10, 25, 1, tzinfo=UTC)),  # 03:00 becomes 02:00
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),  # midnight becomes 01:00
    ("America/Santiago", datetime(2026, 4, 5, 3, tzinfo=UTC)),  # midnight becomes 23:00 of the day before
    ("America/St_Johns", datetime(2008, 11, 2, 2, 31, tzinfo=UTC)),  # 00:01 becomes 23:01 of the day before
    ("America/St_Johns", datetime(2009, 3, 8, 3, 31, tzinfo=UTC)),  # 00:01 becomes 01:01
    ("America/Havana", datetime(2026, 11, 1, 5, tzinfo=UTC)),  # 01:00 becomes midnight
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),  # by half an hour
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),  # a day that never was
    ("Asia/Kathmandu", datetime(2026, 6, 1, tzinfo=UTC)),
    ("UTC", datetime(2026, 6, 1, tzinfo=UTC)),
)
"""Zones, each with an instant at which its clocks change, if they ever do."""


class Walk:
    """The minutes from a day before an instant on: which are open, and what the clock has shown by then.

    Args:
        hours: The calendar.
        holidays: More days on which nothing is open.
        around: The instant, a whole minute.
    """

    def __init__(self, hours, holidays, around):
        self.hours = hours
        self.closed = {*hours.holidays, *holidays}
        self.zone = ZoneInfo(hours.zone)
        self.first = around - timedelta(days=1)
        self.asked = {}  # what the calendar says of a minute of a weekday
        self.high = []  # the latest time that the clock has shown so far
        self.run = []  # the end of all the time that it has run through so far
        self.open = []  # the numbers of the open minutes
        self.now, self.end = datetime(1, 1, 1), datetime(1, 1, 1)

    def _to(self, index):
        """Walk until a minute has been walked through; months of nothing open are a mistake of the test."""
        assert index < 100_000
        utc = self._at(len(self.high)).astimezone(UTC).replace(tzinfo=self.zone)  # as `fromutc` wants it
        for i in range(len(self.high), index + 1):
            local = self.zone.fromutc(utc).replace(tzinfo=None, fold=0)
            utc += MINUTE
            self.now = max(self.now, local)
            self.high.append(self.now)
            self.run.append(max(self.end, local))
            self.end = max(self.end, local + MINUTE)
            if self._open(self.now):
                self.open.append(i)

    def _open(self, wall):
        """Read the calendar as a person would, once for each minute of a week."""
        if wall.date() in self.closed:
            return False
        asked = wall.weekday(), wall.hour, wall.minute
        if asked not in self.asked:
            name = WEEKDAYS[asked[0]]
            default = self.hours.hours if name in self.hours.weekdays else ()
            clock = f"{wall.hour:02}:{wall.minute:02}"
            self.asked[asked] = any(text[:5] <= clock < text[6:] for text in self.hours.days.get(name, default))
        return self.asked[asked]

    def _index(self, at):
        index = (at - self.first) // MINUTE
        self._to(index)
        return index

    def _at(self, index):
        return self.first + index * MINUTE

    def is_open(self, at):
        """Return whether the minute is an open one."""
        index = self._index(at)
        return index in self.open[bisect_left(self.open, index) :][:1]

    def next_open(self, at):
        """Return the first open minute from one on."""
        return self.later(at, 1) - MINUTE

    def elapsed(self, start, end):
        """Count the open minutes between two."""
        last = self._index(end)
        return (bisect_left(self.open, last) - bisect_left(self.open, self._index(start))) * MINUTE

    def later(self, start, minutes):
        """Return the end of the n-th open minute after an instant."""
        found = bisect_left(self.open, self._index(start)) + minutes - 1
        while len(self.open) <= found:
            self._to(len(self.high))
        return self._at(self.open[found] + 1)

    def days_later(self, start, amount):
        """Return the local time of the first open minute, on the n-th day with open minutes after its day."""
        begin = self._index(self.next_open(start))
        days = [self.high[begin].date()]
        at = self._at(begin)
        while len(days) <= amount:
            at = self.next_open(at + MINUTE)
            if (day := self.high[self._index(at)].date()) > days[-1]:
                days.append(day)
        midnight, target = (datetime(day.year, day.month, day.day) for day in (days[0], days[-1]))
        wall = target + (self.run[begin] - midnight)
        while self.high[-1] < max(wall, target + timedelta(days=1)):
            self._to(len(self.high))
        opens = [i for i in self.open[bisect_left(self.open, self._index(at)) :] if self.high[i].date() == days[-1]]
        reached = bisect_left(self.high, wall)
        before = [i for i in opens if i < reached]
        if reached in opens:
            return self._at(reached)
        return self._at(before[-1] + 1 if before else opens[0])


def _texts(minutes):
    """Write ascending minutes in pairs as intervals."""
    clock = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    return tuple(f"{opens}-{closes}" for opens, closes in zip(clock[::2], clock[1::2], strict=True))


_AFTER_MIDNIGHT = st.sampled_from([0, 1, 30, 60, 90, 120, 150, 170, 180, 200])
_MINUTES = st.one_of(st.integers(0, 1440), _AFTER_MIDNIGHT, st.sampled_from([540, 840, 960, 1080, 1380, 1400, 1440]))


def some_hours():
    """Draw one to three intervals of a day, often about the hours at which clocks change."""
    pairs = st.integers(1, 3).flatmap(lambda n: st.lists(_MINUTES, min_size=2 * n, max_size=2 * n, unique=True))
    return pairs.map(sorted).map(_texts)


@st.composite
def calendars(draw, zone):
    """Draw hours of a zone that open at least twice a week."""
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=2, max_size=7, unique=True))
    days = draw(st.dictionaries(st.sampled_from(WEEKDAYS), some_hours(), max_size=2))
    return BusinessHours(zone=zone, hours=draw(some_hours()), weekdays=weekdays, days=days)


@st.composite
def weeks(draw):
    """Draw a calendar that can count, the walk beside it, and an instant near which the clocks change."""
    zone, change = draw(st.sampled_from(NIGHTS))
    hours = draw(calendars(zone))
    near = [(change + timedelta(days=day)).date() for day in range(-3, 6)]
    holidays = draw(st.sets(st.sampled_from(near), max_size=3))
    start = change + timedelta(minutes=draw(st.one_of(st.integers(-180, 180), st.integers(-2880, 5760))))
    return BusinessTime(hours=hours, holidays=holidays), Walk(hours, holidays, start), start
