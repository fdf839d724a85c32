"""The instant of asking, as engines count: microseconds since 1970 in UTC, and whole days."""

from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr, add, integer, subtract
from leadqual.calendar import EARLIEST, DayStart

_MICROSECOND: Final = timedelta(microseconds=1)
_DAY: Final = 86_400_000_000
_MINUTE: Final = 60_000_000


def micros(at: datetime) -> int:
    """Return an instant as microseconds since 1970.

    >>> from datetime import UTC
    >>> micros(datetime(1970, 1, 1, 0, 1, tzinfo=UTC))
    60000000
    """
    return (at - EARLIEST) // _MICROSECOND


@frozen(kw_only=True)
class When:
    """The instant of asking.

    Attributes:
        at: The instant, in UTC.
        day_start: When a day starts.
        dialect: How the engine divides.
    """

    at: datetime
    day_start: DayStart
    dialect: Dialect

    @property
    def now(self) -> Expr:
        """The instant."""
        return integer(micros(self.at))

    @property
    def today(self) -> int:
        """Its day, counted from 1970-01-01."""
        return self.day_start.day(self.at)

    def day(self, at: Expr) -> Expr:
        """Return the day of an instant, counted from 1969-12-31, so that it is never negative.

        Args:
            at: The instant in microseconds.
        """
        return self.dialect.quotient(add(at, integer(_DAY + self.day_start.minutes * _MINUTE)), integer(_DAY))

    def age(self, at: Expr) -> Expr:
        """Return how many days ago an instant lies that is not after now.

        Args:
            at: The instant in microseconds.
        """
        return subtract(integer(self.today + 1), self.day(at))
