"""Calendar months of rest, and the day on which a lead that rests wakes."""

import hashlib
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from leadqual.calendar import utc
from leadqual.errors import ModelError
from leadqual.lifecycle.zones import day_start, zone_named, zone_problems


@lru_cache(maxsize=1_024)
def _months(months: int) -> relativedelta:
    return relativedelta(months=months)


@lru_cache(maxsize=4_096)
def add_months(anchor: date, months: int) -> date:
    """Return the same day of the month so many calendar months later, or the last day of a month that is shorter.

    Args:
        anchor: A date; the clipping is always from it, so that a day lost in February comes back in March.
        months: Whole calendar months.

    >>> add_months(date(2026, 8, 31), 6), add_months(date(2026, 8, 31), 7)
    (datetime.date(2027, 2, 28), datetime.date(2027, 3, 31))
    """
    return anchor + _months(months)


def spread(key: str, days: int) -> int:
    """Return a number of days that a key always gets, on every machine, and that keys share out evenly.

    Args:
        key: Any text, such as a lead's id and the number of its rest.
        days: The most it may be; zero or more.

    Returns:
        A whole number from 0 to `days`, both included.

    Source:
        The first eight bytes of the SHA-256 of the UTF-8 text, modulo `days` + 1.

    >>> spread("L1", 30), spread("L2", 30), spread("L2", 0)
    (4, 24, 0)
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % (days + 1)


def wake_day(anchor: date, *, months: int, bounds: tuple[int, int], spread_days: int, key: str) -> date:
    """Return the day on which a lead that rests from one date on wakes.

    Leads that begin to rest on one day wake on the days of a window, which begins `months` later and is `spread_days`
    long. It lies within the bounds: one that would reach past the upper bound is moved earlier, and shortened when
    the lower bound leaves it no room.

    Args:
        anchor: The date on which the rest begins.
        months: Calendar months until the window begins.
        bounds: The fewest and the most calendar months of rest.
        spread_days: Days that the window is long.
        key: Decides the day in the window, by `spread`.

    >>> wake_day(date(2026, 8, 31), months=3, bounds=(3, 6), spread_days=30, key="L1")
    datetime.date(2026, 12, 4)
    """
    lowest, highest = add_months(anchor, bounds[0]), add_months(anchor, bounds[1])
    length = min(spread_days, (highest - lowest).days)
    first = max(lowest, min(add_months(anchor, months), highest - timedelta(days=length)))
    return first + timedelta(days=spread(key, length))


def wake_at(
    anchor: datetime,
    zone: str | None,
    home: str,
    *,
    months: int,
    bounds: tuple[int, int],
    spread_days: int,
    key: str,
) -> datetime:
    """Return the instant at which a lead that rests from an instant on wakes: its `wake_day` begins where it lives.

    Args:
        anchor: The instant at which the rest begins, an aware datetime in the years 1970 to 2199.
        zone: IANA name of the lead's zone; `home` is taken when it is absent or no such name.
        home: IANA name of the zone of the business.
        months: As for `wake_day`, like the rest.
        bounds: The fewest and the most calendar months of rest.
        spread_days: Days that the window is long.
        key: Decides the day in the window.

    Returns:
        The first instant of the local day, in UTC.

    Raises:
        InstantError: If the anchor is no such instant, or if the lead would not wake before the year 2200.
        ModelError: If `home` is no zone.

    >>> rested = datetime.fromisoformat("2026-08-31T22:30:00Z")  # the first of September in Madrid
    >>> str(wake_at(rested, None, "Europe/Madrid", months=3, bounds=(3, 6), spread_days=0, key="L1"))
    '2026-11-30 23:00:00+00:00'
    """
    where = _zone(zone, home)
    day = utc(anchor, "anchor").astimezone(where).date()
    woken = wake_day(day, months=months, bounds=bounds, spread_days=spread_days, key=key)
    return utc(day_start(woken, where), "wake")


def day_begins(day: date, zone: str | None, home: str) -> datetime:
    """Return the instant at which a date begins where a lead lives: a date that somebody named for it to wake on.

    Args:
        day: The date.
        zone: IANA name of the lead's zone; `home` is taken when it is absent or no such name.
        home: IANA name of the zone of the business.

    Returns:
        The first instant of the local day, in UTC. Where the clocks jump over midnight, it is the jump.

    Raises:
        InstantError: If it is not in the years 1970 to 2199.
        ModelError: If `home` is no zone.

    >>> str(day_begins(date(2026, 9, 6), "America/Santiago", "UTC"))  # 00:00 did not exist there
    '2026-09-06 04:00:00+00:00'
    """
    return utc(day_start(day, _zone(zone, home)), "day")


def _zone(zone: str | None, home: str) -> tzinfo:
    found = (zone_named(zone) if zone else None) or zone_named(home)
    if found is None:
        raise ModelError(zone_problems(home, "home"))
    return found
