"""Instants as stores keep them: whole microseconds since 1970."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Return an instant as microseconds since 1970.

    Args:
        at: The instant.

    >>> micros(datetime(1970, 1, 1, 0, 0, 2, tzinfo=UTC))
    2000000
    """
    return (at - _EPOCH) // _MICROSECOND


def instant(at: int) -> datetime:
    """Return the instant of so many microseconds since 1970, in UTC.

    Args:
        at: How many.

    >>> instant(2_000_001).isoformat()
    '1970-01-01T00:00:02.000001+00:00'
    """
    return _EPOCH + timedelta(microseconds=at)
