"""Windows that can find their openings, to the instant, by the clocks of one zone or of several."""

from collections.abc import Container, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from typing import Final

from attrs import field, frozen

from leadqual.axis import container_problems, listed
from leadqual.calendar import LATEST, utc
from leadqual.errors import ModelError, Problem
from leadqual.lifecycle.dates import copied_dates, holidays_problems
from leadqual.nurture.clocks import DAY, steady
from leadqual.nurture.windows import MINUTES, Minutes, SendWindow, common
from leadqual.nurture.zones import zones_named

TOGETHER: Final = 28
"""Days within which the clocks of several zones have to agree on a time, or they never do."""
LONGEST: Final = 371
"""Days within which a window opens, or it is closed for good: 53 weeks."""
_ALWAYS: Final[tuple[Minutes, ...]] = (((0, MINUTES),),) * 7
_CACHED: Final = 32_768
_LAST_DAY: Final = LATEST.toordinal() - 1
_Stretch = tuple[datetime, datetime]
_Key = tuple[tuple[str, ...], int, bool]


@frozen(kw_only=True, eq=False)
class SendTimes:
    """Windows that can find their openings: a touch may go while all of them hold in every zone asked for.

    All instants that it takes may have any zone, those that it returns are in UTC.

    Attributes:
        windows: The windows, such as the quiet hours of a channel and the hours of a step; none is always open.
        holidays: Local dates on which nothing is open: any container of dates. Sets, lists, tuples and tables are
            copied; what another container holds must not change while this value is in use.

    Raises:
        ModelError: With every problem, if a window is none, if they have nothing in common, or if the holidays are no
            container of dates.

    >>> times = SendTimes(windows=[SendWindow(hours=["09:00-18:00"], weekdays=["mon", "tue", "wed", "thu", "fri"])])
    >>> friday = datetime.fromisoformat("2026-12-04T22:00:00Z")
    >>> str(times.first(friday, ["America/Mexico_City"]))  # 16:00 there
    '2026-12-04 22:00:00+00:00'
    >>> str(times.first(friday, ["Europe/Madrid", "Atlantic/Canary"]))
    '2026-12-07 09:00:00+00:00'
    """

    windows: tuple[SendWindow, ...] = field(default=(), converter=listed)
    holidays: Container[date] = frozenset()
    _week: tuple[Minutes, ...] = field(init=False, repr=False)
    _found: dict[_Key, tuple[_Stretch, ...]] = field(init=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        problems = [*_window_problems(self.windows), *holidays_problems(self.holidays, "holidays")]
        if problems:
            raise ModelError(problems)
        weeks = (window.week for window in self.windows)
        week = reduce(lambda one, other: tuple(map(common, one, other)), weeks, _ALWAYS)
        if not any(week):
            hint = "Let them share some hours of some weekday."
            what = "the windows are never open together"
            raise ModelError([Problem(where="windows", what=what, got=self.windows, hint=hint)])
        object.__setattr__(self, "holidays", copied_dates(self.holidays))
        object.__setattr__(self, "_week", week)

    def first(self, at: datetime, zones: Iterable[str]) -> datetime | None:
        """Return the first instant from one on at which the windows hold in all zones: the instant itself if they do.

        Args:
            at: An aware datetime in the years 1970 to 2199.
            zones: IANA names of the zones.

        Returns:
            The instant, in UTC; ``None`` if there is none within 53 weeks, or before the year 2200.

        Raises:
            InstantError: If it is no such instant.
            ModelError: If a zone is none, or if there is none at all.
        """
        moment, names = utc(at, "at"), tuple(zones)
        day = moment.toordinal()
        for later in range(day, min(day + LONGEST, _LAST_DAY) + 1):
            for opens, closes in self._day(names, later):
                if closes > moment:
                    return max(opens, moment)
        return None

    def meet(self, at: datetime, zones: Iterable[str]) -> bool:
        """Return whether the windows ever hold in all zones, holidays aside: within four weeks, whose clocks count.

        Args:
            at: Beginning of the four weeks; an aware datetime in the years 1970 to 2199.
            zones: IANA names of the zones.

        Raises:
            InstantError: If it is no such instant.
            ModelError: If a zone is none, or if there is none at all.

        >>> nine = SendTimes(windows=[SendWindow(hours=["09:00-18:00"])])
        >>> winter = datetime.fromisoformat("2026-12-04T12:00:00Z")
        >>> [nine.meet(winter, ["America/Los_Angeles", other]) for other in ("America/New_York", "Europe/Madrid")]
        [True, False]
        """
        names, day = tuple(zones), utc(at, "at").toordinal()
        return any(self._day(names, later, holidays=False) for later in range(day, day + TOGETHER + 1))

    def holds(self, at: datetime, zones: Iterable[str]) -> bool:
        """Return whether the windows hold in all zones at an instant: for the moment before something is sent.

        Args:
            at: An aware datetime in the years 1970 to 2199.
            zones: IANA names of the zones.

        Raises:
            InstantError: If it is no such instant.
            ModelError: If a zone is none, or if there is none at all.
        """
        moment = utc(at, "at")
        return any(opens <= moment < closes for opens, closes in self._day(tuple(zones), moment.toordinal()))

    def stretches(self, day: int, zones: Iterable[str]) -> tuple[_Stretch, ...]:
        """Return what is open of a day of UTC in all zones: beginnings and ends, which are not part of it, in order.

        Args:
            day: The day's ordinal, as `datetime.date.toordinal` counts, in the years 1970 to 2199.
            zones: IANA names of the zones.

        Raises:
            ModelError: If a zone is none, or if there is none at all.
        """
        return self._day(tuple(zones), day)

    def _day(self, zones: tuple[str, ...], day: int, *, holidays: bool = True) -> tuple[_Stretch, ...]:
        """Return what is open of a day of UTC, given by its ordinal, in all zones."""
        key = (zones, day, holidays)
        known = self._found.get(key)
        if known is not None:
            return known
        if len(self._found) >= _CACHED:
            self._found.clear()
        start = datetime.combine(date.fromordinal(day), time(), UTC)
        clocks = dict.fromkeys(tuple(steady(zone, start, start + DAY)) for zone in zones_named(zones))
        found: tuple[_Stretch, ...] = ((start, start + DAY),)
        for clock in clocks:
            here = [piece for stretch in clock for piece in self._open(*stretch, holidays=holidays)]
            pairs = ((max(low, opens), min(high, closes)) for opens, closes in found for low, high in here)
            found = tuple((opens, closes) for opens, closes in pairs if opens < closes)
        self._found[key] = found
        return found

    def _open(self, since: datetime, until: datetime, offset: timedelta, *, holidays: bool) -> Iterator[_Stretch]:
        """Yield what is open of a stretch of time in which a clock keeps one offset, among it pieces that are empty."""
        first, last = ((at + offset).date() for at in (since, until))
        for day in (first, last) if first < last else (first,):
            if holidays and day in self.holidays:
                continue
            midnight = datetime.combine(day, time(), UTC) - offset
            for opens, closes in self._week[day.weekday()]:
                start, end = (midnight + timedelta(minutes=minutes) for minutes in (opens, closes))
                yield max(start, since), min(end, until)


def _window_problems(windows: object) -> Iterator[Problem]:
    yield from container_problems([("windows", windows, tuple)])
    if isinstance(windows, tuple):
        yield from container_problems([(f"windows[{i}]", window, SendWindow) for i, window in enumerate(windows)])
