"""Time zones by name, and the instant at which the clocks of a zone show a time."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from leadqual.errors import Problem
from leadqual.hints import did_you_mean

_MACHINES_OWN: Final = frozenset({"localtime", "Factory"})
"""Names that a machine's files may hold and that mean another zone on each, or none."""
_SECOND: Final = timedelta(seconds=1)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones()) - _MACHINES_OWN


@lru_cache(maxsize=1_024)
def zone_named(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, or ``None`` when there is none of that name.

    Names are compared letter by letter, so that they mean the same on every file system. ``"UTC"`` needs no zone data.

    >>> zone_named("Europe/Madrid"), zone_named("europe/madrid"), zone_named("UTC")
    (zoneinfo.ZoneInfo(key='Europe/Madrid'), None, datetime.timezone.utc)
    """
    if name == "UTC":
        return UTC
    return ZoneInfo(name) if name in _names() else None


def zone_problems(name: object, where: str, known: Collection[str] | None = None) -> Iterator[Problem]:
    """Yield the problem of a zone that is none.

    Args:
        name: What came.
        where: Its path.
        known: The names that exist; by default those of this machine's zone data.

    >>> [problem.hint for problem in zone_problems("Europe/Madird", "calendar.zone")]
    ['Did you mean `Europe/Madrid`?']
    """
    names = _names() if known is None else known
    if isinstance(name, str) and (name == "UTC" or name in names):
        return
    hint = 'Write an IANA name such as "Europe/Madrid".'
    if not names:
        hint = "This machine has no zone data: pip install tzdata."
    elif isinstance(name, str):
        text = name[:64].casefold()
        region = text.partition("/")[0]
        near = [other for other in names if other.casefold().partition("/")[0] == region]
        cities = [other for other in names if other.casefold().rpartition("/")[2] == text.rpartition("/")[2]]
        hint = did_you_mean(name, near, hint) if near or not cities else f"Did you mean `{min(cities)}`?"
    yield Problem(where=where, what="unknown zone", got=name, hint=hint)


def first_at(wall: datetime, zone: tzinfo) -> datetime:
    """Return the first instant at which the clocks of a zone show a local time or a later one.

    Args:
        wall: A naive local time.
        zone: The zone.

    Returns:
        The instant in UTC. Where the clocks jump over the time, it is the instant of the jump; where they show it
        twice, the first of the two.

    >>> first_at(datetime(2026, 3, 29, 2, 30), ZoneInfo("Europe/Madrid"))
    datetime.datetime(2026, 3, 29, 1, 0, tzinfo=datetime.timezone.utc)
    """
    found = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    return _change(zone, wall.replace(tzinfo=zone, fold=1).astimezone(UTC), found)


def furthest_wall(at: datetime, zone: tzinfo) -> datetime:
    """Return the local time up to which the clocks of a zone have run.

    It is the local time itself, but in an hour that the clocks show for the second time, where it is the end of that
    hour: what is counted from it never falls back.

    Args:
        at: An instant.
        zone: The zone.

    Returns:
        A naive local time.

    >>> str(furthest_wall(datetime(2026, 10, 25, 1, 10, tzinfo=UTC), ZoneInfo("Europe/Madrid")))
    '2026-10-25 03:00:00'
    """
    local = at.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0)
    if not local.fold:
        return wall
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    return wall + (_change(zone, first, at) - first)


def day_start(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a local day, in UTC.

    >>> day_start(date(2026, 9, 6), ZoneInfo("America/Santiago"))
    datetime.datetime(2026, 9, 6, 4, 0, tzinfo=datetime.timezone.utc)
    """
    return first_at(datetime.combine(day, time()), zone)


def _change(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """Return the instant at which the offset of a zone changes; instants of a change are whole seconds.

    Args:
        zone: The zone.
        before: An instant before the change.
        after: An instant at or after it.
    """
    start = before.replace(microsecond=0)
    old = start.astimezone(zone).utcoffset()
    seconds = range((after - start) // _SECOND)
    return start + _SECOND * bisect_left(
        seconds, x=True, key=lambda second: (start + _SECOND * second).astimezone(zone).utcoffset() != old
    )
