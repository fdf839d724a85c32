"""Instants at and after everything that a case holds, within the years that are allowed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .bases import Case

LAST = datetime(2199, 12, 31, 23, 59, 59, 999999, UTC)
DAYS = (1, 7, 8, 30, 31, 366, 400)


def newest(case: Case) -> datetime:
    """Return the latest of now and the instants of all events."""
    return max([case.now, *(event["at"] for event in case.events)])


def later_than(at: datetime) -> list[datetime]:
    """Return the instant, some days after it and the edges of its day."""
    end_of_day = at.replace(hour=23, minute=59, second=59, microsecond=999999)
    after = [at, end_of_day, end_of_day + timedelta(microseconds=1), *(at + timedelta(days=days) for days in DAYS)]
    return sorted(instant for instant in after if instant <= LAST)
