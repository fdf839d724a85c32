"""Instants and days: aware datetimes kept in UTC, and the day a score steps at."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from attrs import field, frozen

from leadqual.errors import InstantError, Kind, Problem

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_RANGE_HINT: Final = "Instants lie in the years 1970 to 2199."


def utc(at: object, where: str = "") -> datetime:
    """Return an instant in UTC.

    Args:
        at: An aware datetime in the years 1970 to 2199.
        where: Its path, for the error.

    Returns:
        The same instant with `datetime.UTC` as its zone.

    Raises:
        InstantError: If it is not a datetime, is naive or out of range.

    >>> utc(datetime(2026, 1, 1, 6, tzinfo=timezone(timedelta(hours=6))))
    datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if type(at) is datetime and at.tzinfo is UTC and EARLIEST <= at < LATEST:
        return at
    if not isinstance(at, datetime):
        hint = "Pass a datetime with a zone, such as datetime(2026, 1, 1, tzinfo=UTC)."
        raise InstantError(
            [Problem(where=where, what="an instant was expected", got=Kind(type(at).__name__), hint=hint)]
        )
    try:
        moved = None if at.tzinfo is None or at.utcoffset() is None else at.astimezone(UTC)
    except OverflowError:
        moved = LATEST
    except Exception as error:
        got = Kind(f"a zone that raises {type(error).__name__}")
        raise InstantError(
            [Problem(where=where, what="the zone fails", got=got, hint="Use zoneinfo.ZoneInfo.")]
        ) from None
    if moved is None:
        hint = "Give it a zone, for example at.replace(tzinfo=ZoneInfo('Europe/Madrid'))."
        raise InstantError(
            [Problem(where=where, what="the instant has no zone", got=Kind("a naive datetime"), hint=hint)]
        )
    if not EARLIEST <= moved < LATEST:
        got = Kind(f"year {at.year}")
        raise InstantError([Problem(where=where, what="the instant is out of range", got=got, hint=_RANGE_HINT)])
    if type(moved) is not datetime:  # a subclass, such as a data frame library's finer one: cut to microseconds
        moved = datetime.combine(moved.date(), moved.time(), UTC)
    return moved


@frozen
class DayStart:
    """When a day starts: at midnight UTC, or at midnight of one fixed offset for the whole playbook.

    Attributes:
        minutes: Offset from UTC in minutes, from -1439 to 1439.
        epoch: 1970-01-01 00:00 at that offset; `(at - epoch).days` is the day of an instant.

    >>> DayStart.parse("-06:00").day(datetime(1970, 1, 2, 5, 59, tzinfo=UTC))
    0
    """

    minutes: int = 0
    epoch: datetime = field(init=False, eq=False, repr=False)

    @epoch.default
    def _epoch(self) -> datetime:
        return datetime(1970, 1, 1, tzinfo=timezone(timedelta(minutes=self.minutes)) if self.minutes else UTC)

    @classmethod
    def parse(cls, text: object, where: str = "day_starts") -> "DayStart":
        """Read an offset such as ``"-06:00"``.

        Args:
            text: Sign, two digits of hours (up to 23), a colon, two digits of minutes.
            where: Its path, for the error.

        Returns:
            The day start.

        Raises:
            InstantError: If the text is no offset.
        """
        ok = isinstance(text, str) and len(text) == 6 and text[0] in "+-" and text[3] == ":" and text.isascii()
        if isinstance(text, str) and ok and (text[1:3] + text[4:]).isdigit():
            hours, minutes = int(text[1:3]), int(text[4:])
            if hours < 24 and minutes < 60:
                return cls((60 * hours + minutes) * (-1 if text[0] == "-" else 1))
        hint = 'Write a fixed offset such as "+00:00" or "-06:00"; a zone with summer time has no single offset.'
        raise InstantError([Problem(where=where, what="an offset was expected", got=text, hint=hint)])

    def __str__(self) -> str:
        hours, minutes = divmod(abs(self.minutes), 60)
        return f"{'-' if self.minutes < 0 else '+'}{hours:02}:{minutes:02}"

    def day(self, at: datetime) -> int:
        """Return the day of an instant, counted from 1970-01-01 at this offset; may be -1 just after 1970-01-01 UTC.

        >>> DayStart().day(datetime(2026, 1, 1, 23, 59, tzinfo=UTC))
        20454
        """
        return (at - self.epoch).days

    def at(self, day: int) -> datetime:
        """Return the instant at which a day starts, in UTC.

        >>> DayStart.parse("-06:00").at(1)
        datetime.datetime(1970, 1, 2, 6, 0, tzinfo=datetime.timezone.utc)
        """
        return (self.epoch + day * _DAY).astimezone(UTC)
