"""Openings of one zone as a table: where an instant lies is looked up, not worked out."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time
from typing import Final

from attrs import field, frozen

from leadqual.nurture.clocks import DAY
from leadqual.nurture.sendtimes import LONGEST, SendTimes

_MOST_DAYS: Final = 4_096
"""Days of one zone that are remembered."""
Bounds = tuple[datetime, ...]
"""When windows open and close on a day of UTC, by turns, and when they open next after it."""


@frozen(kw_only=True, eq=False)
class Timetable:
    """The openings of windows by the clocks of one zone.

    Attributes:
        times: The windows.
        zone: IANA name of the zone.
        days: What is known of days of UTC, by their ordinals.
    """

    times: SendTimes
    zone: str
    days: dict[int, Bounds] = field(init=False, factory=dict, repr=False)

    def first(self, at: datetime) -> datetime | None:
        """Return the first instant from one on at which the windows hold: as `SendTimes.first` does.

        Args:
            at: An instant in UTC, before the last two years that there are.

        >>> from leadqual.nurture.windows import SendWindow
        >>> nine = Timetable(times=SendTimes(windows=[SendWindow(hours=["09:00-18:00"])]), zone="Europe/Madrid")
        >>> print(nine.first(datetime(2026, 12, 4, 18, tzinfo=UTC)))
        2026-12-05 08:00:00+00:00
        """
        bounds = self.bounds(at.toordinal())
        place = bisect_right(bounds, at)
        if place & 1:
            return at
        return bounds[place] if place < len(bounds) else None

    def bounds(self, day: int) -> Bounds:
        """Return when the windows open and close on a day of UTC.

        Args:
            day: Its ordinal.

        Returns:
            By turns openings and closings, and at last the next opening after the day, unless that is too far away.
        """
        known = self.days.get(day)
        if known is None:
            if len(self.days) >= _MOST_DAYS:
                self.days.clear()
            known = self.days[day] = self._made(day)
        return known

    def _made(self, day: int) -> Bounds:
        zones = (self.zone,)
        found = [at for stretch in self.times.stretches(day, zones) for at in stretch]
        later = self.times.first(datetime.combine(date.fromordinal(day), time(), UTC) + DAY, zones)
        if later is not None and later.toordinal() <= day + LONGEST:
            found.append(later)
        return tuple(found)
