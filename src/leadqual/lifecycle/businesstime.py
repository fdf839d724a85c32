"""Business time: how much of the time between two instants is open, and when a duration of it is over."""

from collections.abc import Container, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from attrs import field, frozen

from leadqual.calendar import LATEST, utc
from leadqual.errors import Kind, ModelError, Problem
from leadqual.lifecycle.dates import copied_dates, holidays_problems
from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.hours import BusinessHours, calendar_problems
from leadqual.lifecycle.zones import first_at, furthest_wall, zone_named

MOST_CLOSED: Final = 4_000
"""Days in a row without an open interval after which no later one is looked for."""
_CACHED: Final = 4_096
_NOTHING: Final = timedelta()
_LAST_DAY: Final = LATEST.toordinal()
_Interval = tuple[datetime, datetime]


@frozen(kw_only=True, eq=False)
class BusinessTime:
    """A calendar that can count.

    All instants that it takes may have any zone, those that it returns are in UTC. An interval of the calendar holds
    its opening instant and not its closing one.

    Attributes:
        hours: The calendar of a playbook.
        holidays: More days on which nothing is open: any container of dates. Sets, lists, tuples and tables are
            copied; what another container holds must not change while this value is in use.

    Raises:
        ModelError: With every problem, if the calendar is wrong, or if the holidays are no container of dates.

    >>> spain = BusinessTime(hours=BusinessHours(zone="Europe/Madrid"), holidays={date(2026, 12, 8)})
    >>> monday = datetime.fromisoformat("2026-12-07T16:30:00Z")  # 17:30 in Madrid
    >>> str(spain.due(monday, Duration(2, "h")))  # half an hour on Monday; Tuesday is a holiday
    '2026-12-09 09:30:00+00:00'
    """

    hours: BusinessHours = field(factory=BusinessHours)
    holidays: Container[date] = frozenset()
    _zone: tzinfo = field(init=False, repr=False)
    _week: tuple[tuple[tuple[timedelta, timedelta], ...], ...] = field(init=False, repr=False)
    _own: frozenset[date] = field(init=False, repr=False)
    _found: dict[int, tuple[_Interval, ...]] = field(init=False, repr=False, factory=dict)
    _steps: dict[tuple[int, int, int], timedelta | None] = field(init=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        problems = [*calendar_problems(self.hours), *holidays_problems(self.holidays, "holidays")]
        if problems:
            raise ModelError(problems)
        week = (
            tuple((timedelta(minutes=opens), timedelta(minutes=closes)) for opens, closes in self.hours.intervals(day))
            for day in range(7)
        )
        object.__setattr__(self, "holidays", copied_dates(self.holidays))
        object.__setattr__(self, "_zone", zone_named(self.hours.zone))
        object.__setattr__(self, "_week", tuple(week))
        object.__setattr__(self, "_own", frozenset(self.hours.holidays))

    @property
    def zone(self) -> tzinfo:
        """The zone in which business is open."""
        return self._zone

    def is_open(self, at: datetime) -> bool:
        """Return whether business is open at an instant.

        Args:
            at: An aware datetime in the years 1970 to 2199.

        Raises:
            InstantError: If it is none.

        >>> BusinessTime().is_open(datetime.fromisoformat("2026-12-07T09:00:00Z"))
        True
        """
        moment = utc(at, "at")
        day = moment.astimezone(self._zone).toordinal()
        # The clocks may be put back over midnight when the next day has already begun.
        return any(opens <= moment < closes for near in (day, day + 1) for opens, closes in self._intervals(near))

    def next_open(self, at: datetime) -> datetime:
        """Return the first instant from one on at which business is open: the instant itself if it is.

        Args:
            at: An aware datetime in the years 1970 to 2199.

        Raises:
            InstantError: If it is none, or if business does not open before the year 2200.
            ModelError: If nothing is open for 4,000 days.

        >>> str(BusinessTime().next_open(datetime.fromisoformat("2026-12-05T12:00:00Z")))
        '2026-12-07 09:00:00+00:00'
        """
        moment = utc(at, "at")
        for _, opens, _ in self._open_after(moment):
            return utc(max(moment, opens), "due")
        return utc(LATEST, "due")

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return how much open time lies between two instants.

        Args:
            start: An aware datetime in the years 1970 to 2199.
            end: Another; nothing has elapsed if it is not later.

        Raises:
            InstantError: If one of them is none.

        >>> monday = datetime.fromisoformat("2026-12-07T17:00:00Z")
        >>> str(BusinessTime().elapsed(monday, monday + timedelta(days=1)))
        '9:00:00'
        """
        since, until = utc(start, "start"), utc(end, "end")
        open_time = _NOTHING
        last = until.astimezone(self._zone).toordinal() + 1  # as in `is_open`
        for day in range(since.astimezone(self._zone).toordinal(), last + 1):
            for opens, closes in self._intervals(day):
                open_time += max(min(closes, until) - max(opens, since), _NOTHING)
        return open_time

    def due(self, start: datetime, duration: Duration) -> datetime:
        """Return the instant at which a duration is over.

        Minutes and hours are counted as they pass while business is open, whatever the clocks do meanwhile; what ends
        with an interval is due at its closing, not at the next opening. Days are working days: from the first open
        instant on, it is the same local time on the n-th working day after that, moved back to the last closing
        before it when business is closed at that time, or to the day's opening when it has not opened by then.

        Args:
            start: An aware datetime in the years 1970 to 2199.
            duration: How long.

        Returns:
            The instant in UTC.

        Raises:
            InstantError: If the start is no such instant, or if the duration is not over before the year 2200.
            ModelError: If nothing is open for 4,000 days.

        >>> friday = datetime.fromisoformat("2026-12-04T17:30:00Z")
        >>> str(BusinessTime().due(friday, Duration(30, "m")))
        '2026-12-04 18:00:00+00:00'
        >>> str(BusinessTime().due(friday, Duration(1, "d")))
        '2026-12-07 17:30:00+00:00'
        """
        moment = utc(start, "start")
        open_time = duration.open_time
        if open_time is None:
            same_time = self._days_on(moment, duration.amount)
            if same_time is not None:
                return utc(moment + same_time, "due")
        found = self._days_later(moment, duration.amount) if open_time is None else self._later(moment, open_time)
        return utc(found, "due")

    def _days_on(self, start: datetime, amount: int) -> timedelta | None:
        """Return how long it is to the same local time some working days later, or ``None`` where that needs more care.

        From an open instant to one in the same interval of a working day with the same hours it is as long as from
        opening to opening, if the clocks do not change while business is open.
        """
        day = start.astimezone(self._zone).toordinal()
        for i, (opens, closes) in enumerate(self._intervals(day)):
            if opens <= start < closes:
                place = (day, i, amount)
                if place not in self._steps:
                    if len(self._steps) >= _CACHED:
                        self._steps.clear()
                    self._steps[place] = self._step(day, i, amount)
                return self._steps[place]
        return None

    def _step(self, day: int, i: int, amount: int) -> timedelta | None:
        here = self._intervals(day)[i]
        step = self._days_later(here[0], amount) - here[0]
        there = here[0] + step, here[1] + step
        local = [at.astimezone(self._zone) for at in (*here, *there)]
        same_hours = there in self._intervals(local[2].toordinal()) and local[0].time() == local[2].time()
        steady = local[0].utcoffset() == local[1].utcoffset() and local[2].utcoffset() == local[3].utcoffset()
        return step if same_hours and steady else None

    def _later(self, start: datetime, left: timedelta) -> datetime:
        for _, opens, closes in self._open_after(start):
            end = max(start, opens) + left
            if end <= closes:
                return end
            left = end - closes
        return LATEST

    def _days_later(self, start: datetime, amount: int) -> datetime:
        after = self._open_after(start)
        for first, opens, _ in after:
            day = first
            wall = furthest_wall(max(start, opens), self._zone) - _midnight(first)
            for later, _, _ in after:
                amount -= later > day
                day = later
                if not amount:
                    return self._clipped(day, wall)
        return LATEST

    def _clipped(self, day: int, since_midnight: timedelta) -> datetime:
        """Return the open instant of a working day that is nearest before a local time, or its opening."""
        intervals = self._intervals(day)
        moment = first_at(_midnight(day) + since_midnight, self._zone)
        reached = [min(moment, closes) for opens, closes in intervals if opens <= moment]
        return reached[-1] if reached else intervals[0][0]

    def _open_after(self, at: datetime) -> Iterator[tuple[int, datetime, datetime]]:
        """Yield the intervals that close after an instant, in order, with the ordinals of their days."""
        day = at.astimezone(self._zone).toordinal()
        latest = day
        while day <= _LAST_DAY:
            for opens, closes in self._intervals(day):
                if closes > at:
                    latest = day
                    yield day, opens, closes
            day += 1
            if day - latest > MOST_CLOSED:
                what = f"no open day within {MOST_CLOSED:,} days"
                got = Kind(f"nothing open after {date.fromordinal(latest)}")
                hint = "Let the holidays hold single days, not every day."
                raise ModelError([Problem(where="holidays", what=what, got=got, hint=hint)])

    def _intervals(self, day: int) -> tuple[_Interval, ...]:
        """Return the open intervals of a local day, given by its ordinal, as instants."""
        known = self._found.get(day)
        if known is not None:
            return known
        if len(self._found) >= _CACHED:
            self._found.clear()
        found = tuple(self._resolved(date.fromordinal(day)))
        self._found[day] = found
        return found

    def _resolved(self, day: date) -> Iterator[_Interval]:
        if day in self._own or day in self.holidays:
            return
        midnight = datetime.combine(day, time())
        for opens, closes in self._week[day.weekday()]:
            interval = first_at(midnight + opens, self._zone), first_at(midnight + closes, self._zone)
            if interval[0] < interval[1]:  # otherwise the clocks jump over it
                yield interval


def _midnight(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), time())
