"""When the wait of a step is over: elapsed time, days or months of the lead's calendar, or business time."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from attrs import frozen
from dateutil.relativedelta import relativedelta

from leadqual.calendar import LATEST
from leadqual.errors import InstantError
from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.zones import first_at
from leadqual.nurture.clocks import DAY
from leadqual.nurture.elapsed import elapsed_of
from leadqual.nurture.waits import Wait

LAST: Final = LATEST - timedelta(microseconds=1)
"""The last instant there is; what would be later is then."""


@frozen(kw_only=True, eq=False)
class Waiting:
    """A wait, ready to be waited for.

    Attributes:
        elapsed: Time that passes anyway; ``None`` if it goes by a calendar.
        days: Days of the lead's calendar, and months of it.
        at: Local time of day.
        business: Business time.
        calendar: The calendar in which that is counted.
    """

    elapsed: timedelta | None
    days: relativedelta
    at: time | None
    business: Duration | None
    calendar: BusinessTime

    def over(self, since: datetime, zone: tzinfo) -> datetime:
        """Return when it is over: never before it began, and no later than the last instant there is.

        By the lead's calendar that is when its clocks first show the time, or jump over it.

        Args:
            since: When it began, in UTC.
            zone: The lead's zone.

        >>> from zoneinfo import ZoneInfo
        >>> eve = datetime.fromisoformat("2026-03-28T08:00:00+00:00")  # 9:00; by night the clocks are put on
        >>> for wait in (Wait(elapsed="1d"), Wait(days=1), Wait(days=0, at="08:30"), Wait(months=1)):
        ...     print(plan_wait(wait, BusinessTime()).over(eve, ZoneInfo("Europe/Madrid")))
        2026-03-29 08:00:00+00:00
        2026-03-29 07:00:00+00:00
        2026-03-29 06:30:00+00:00
        2026-04-28 07:00:00+00:00
        """
        if self.elapsed is not None:
            return min(since + self.elapsed, LAST)
        if self.business is not None:
            try:
                return self.calendar.due(since, self.business)
            except InstantError:
                return LAST
        return min(max(self._local(since, zone), since), LAST)

    def _local(self, since: datetime, zone: tzinfo) -> datetime:
        wall = since.astimezone(zone).replace(tzinfo=None, fold=0)
        goal = datetime.combine(wall.date() + self.days, self.at or wall.time())
        found = first_at(goal, zone)
        return first_at(goal + DAY, zone) if self.at is not None and found < since else found


def plan_wait(wait: Wait, calendar: BusinessTime) -> Waiting:
    """Return a wait, ready to be waited for.

    Args:
        wait: A sound wait; see `leadqual.nurture.check.waits`.
        calendar: The calendar in which business time is counted.
    """
    return Waiting(
        elapsed=elapsed_of(wait.elapsed),
        days=relativedelta(days=wait.days or 0, months=wait.months or 0),
        at=None if wait.at is None else time.fromisoformat(wait.at),
        business=None if wait.business is None else Duration.parse(wait.business),
        calendar=calendar,
    )
