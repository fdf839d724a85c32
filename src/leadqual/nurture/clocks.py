"""How the clocks of a zone run: stretches of time in which they keep one offset from UTC."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Final

DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


def steady(zone: tzinfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield the stretches of a time in which the clocks of a zone keep one offset, in order and without a gap.

    No zone has changed its clocks twice within a day since 1970, and each change is at a whole second; both are relied
    on.

    Args:
        zone: A zone of the IANA database.
        start: Beginning of the time, in UTC.
        end: Its end, in UTC, which is not part of it.

    Yields:
        Beginning and end of a stretch, in UTC, and the offset.

    >>> from datetime import UTC
    >>> from zoneinfo import ZoneInfo
    >>> night = datetime(2026, 3, 29, tzinfo=UTC)
    >>> for since, until, offset in steady(ZoneInfo("Europe/Madrid"), night, night + DAY):
    ...     print(f"{since:%H:%M} {until:%H:%M} {offset}")
    00:00 01:00 1:00:00
    01:00 00:00 2:00:00
    """
    since, offset = start, _offset(zone, start)
    step = start
    while step < end:
        until = min(step + DAY, end)
        if _offset(zone, until) != offset:
            change = _change(zone, step, until)
            yield since, change, offset
            since, offset = change, _offset(zone, change)
        step = until
    if since < end:
        yield since, end, offset


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _change(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """Return the instant of the one change of offset that comes after an instant, and not after another."""
    base = before.replace(microsecond=0)
    old = _offset(zone, before)
    seconds = range((after - base) // _SECOND)
    return base + _SECOND * bisect_left(seconds, x=True, key=lambda n: _offset(zone, base + _SECOND * n) != old)
