"""Instants, days and ages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def offset(day_starts: str) -> timedelta:
    """Return the fixed offset that `day_starts` names, such as "-06:00"."""
    size = timedelta(hours=int(day_starts[1:3]), minutes=int(day_starts[4:6]))
    return -size if day_starts[0] == "-" else size


def day(at: datetime, day_starts: str) -> int:
    """Return the days since 1970-01-01 of the date that an instant has at the playbook's offset."""
    return (at - EPOCH + offset(day_starts)) // timedelta(days=1)


def age(at: datetime, now: datetime, day_starts: str) -> int:
    """Return the whole days between the day of an instant and the day of now."""
    return day(now, day_starts) - day(at, day_starts)


def bucket(of_day: int, length: int) -> int:
    """Return which stretch of `length` days a day lies in; weeks begin on Monday (1970-01-01 was a Thursday)."""
    return (of_day + 3) // length
