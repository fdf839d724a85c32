"""Reads instants and dates, strictly: ISO 8601, the playbook's date pattern, or whole numbers with a unit."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

from leadqual.calendar import EARLIEST, LATEST
from leadqual.files.notes import BadCell
from leadqual.files.patterns import Pattern
from leadqual.playbook.mapping import FileFormat

_ISO: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,30})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII
).fullmatch
_SPACED_ZONE: Final = re.compile(r"(.{16,}) (?:(Z|[+-]\d\d(?::?\d\d)?)|UTC)", re.ASCII).fullmatch
_ISO_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII).fullmatch
_NUMBER: Final = re.compile(r"(-?\d{1,20})(?:\.(\d{1,20}))?", re.ASCII).fullmatch
_MICROS: Final = {"s": (1_000_000, 1), "ms": (1000, 1), "us": (1, 1), "ns": (1, 1000)}
LATEST_MICROS: Final = (LATEST - EARLIEST) // timedelta(microseconds=1)
"""The first microsecond after 1970 that is out of range."""
_NAIVE_EPOCH: Final = EARLIEST.replace(tzinfo=None)
_NOON: Final = time(12)
_RANGE: Final = "Instants lie in the years 1970 to 2199."


def out_of_range(cell: object) -> BadCell:
    """Return the problem of an instant outside the years that leadqual knows."""
    return BadCell("the instant is out of range", _RANGE, cell)


def from_micros(micros: int) -> datetime:
    """Return the instant so many microseconds after 1970.

    >>> from_micros(1_500_000)
    datetime.datetime(1970, 1, 1, 0, 0, 1, 500000, tzinfo=datetime.timezone.utc)
    """
    if not 0 <= micros < LATEST_MICROS:
        raise out_of_range(micros)
    return EARLIEST + timedelta(microseconds=micros)


@frozen
class InstantReader:
    """Reads the instants of one table.

    >>> InstantReader.of(FileFormat(zone="Europe/Madrid"), "events").text("2026-03-29 02:30")
    datetime.datetime(2026, 3, 29, 1, 30, tzinfo=datetime.timezone.utc)
    """

    table: str
    zone: tzinfo | None
    unit: str | None
    noon: bool
    pattern: Pattern | None

    @classmethod
    def of(cls, format: FileFormat, table: str) -> "InstantReader":
        """Return the reader for a format that has no problems."""
        zone = None if format.zone is None else ZoneInfo(format.zone)
        return cls(table, zone, format.unit, format.bare_dates == "noon", Pattern.of(format.dates))

    def reader(self, missing: frozenset[str]) -> Callable[[str], datetime | None]:
        """Return `text` for whole columns, with a short way for the commonest cells."""
        text, read = self.text, datetime.fromisoformat

        def instant(cell: str) -> datetime | None:
            if cell in missing:
                return None
            if cell[-1] == "Z" and _ISO(cell):
                try:
                    at = read(cell)
                except ValueError:
                    return text(cell)
                return at if EARLIEST <= at < LATEST else text(cell)
            return text(cell)

        return instant

    def text(self, cell: str) -> datetime:
        """Read a text that is not missing.

        Args:
            cell: The whole cell.

        Returns:
            The instant in UTC; finer than a microsecond is cut.

        Raises:
            BadCell: If it is no instant, or not a certain one.
        """
        if _ISO(cell):
            try:
                return self.settle(datetime.fromisoformat(cell), cell)
            except ValueError:
                raise self._no_such(cell) from None
        return self._other(cell)

    def settle(self, at: datetime, cell: object) -> datetime:
        """Move an instant to UTC; a naive one is in the file's zone (gap: forward, fold: first)."""
        zone = at.tzinfo
        if not 1969 <= at.year <= 2200:
            raise out_of_range(cell)
        if zone is None:
            if self.zone is None:
                raise BadCell(
                    "the time has no zone", self._add('zone = "Europe/Madrid"', "the zone it was written in"), cell
                )
            at = at.replace(tzinfo=self.zone, fold=0).astimezone(UTC)
        elif zone is not UTC:
            at = at.astimezone(UTC)
        if not EARLIEST <= at < LATEST:
            raise out_of_range(cell)
        return at

    def number(self, cell: float) -> datetime:
        """Read a number of seconds or finer units since 1970."""
        if type(cell) is int and self.unit is not None:
            micros, parts = _MICROS[self.unit]
            return from_micros(cell * micros // parts)
        return self._counted(repr(cell), cell)

    def day(self, day: date) -> datetime:
        """Read a date without a time."""
        if not self.noon:
            hint = self._add('bare_dates = "noon"', "with the zone whose noon is meant")
            raise BadCell("an instant was expected, not a bare date", hint, day)
        return self.settle(datetime.combine(day, _NOON), day)

    def micros(self, value: int, *, parts: int, times: int, aware: bool) -> datetime:
        """Read a count of ``times / parts`` microseconds since 1970, in UTC or in local time."""
        count = value * times // parts
        if aware:
            return from_micros(count)
        if not -86_400_000_000 <= count < LATEST_MICROS + 86_400_000_000:
            raise out_of_range(value)
        return self.settle(_NAIVE_EPOCH + timedelta(microseconds=count), value)

    def _counted(self, text: str, cell: object) -> datetime:
        found = _NUMBER(text)
        if found is None:
            raise BadCell("an instant was expected", self._how(), cell)
        if self.unit is None:
            raise BadCell("the time is a number without a unit", self._add('unit = "ms"', "or s, us, ns"), cell)
        micros, parts = _MICROS[self.unit]
        fraction = found[2] or ""
        return from_micros(int(found[1] + fraction) * micros // (parts * 10 ** len(fraction)))

    def _other(self, cell: str) -> datetime:
        if found := _SPACED_ZONE(cell):
            joined = found[1] + (found[2] or "Z")
            if _ISO(joined):
                return self.text(joined)
        try:
            if _ISO_DATE(cell):
                return self.day(date.fromisoformat(cell))
            at = self.pattern.read(cell) if self.pattern else None
            if isinstance(at, datetime):
                return self.settle(at, cell)
            if at is not None:
                return self.day(at)
        except ValueError:
            raise self._no_such(cell) from None
        return self._counted(cell, cell)

    def date_text(self, cell: str) -> date:
        """Read a date that is not missing; a time of day is refused."""
        try:
            if _ISO_DATE(cell):
                return date.fromisoformat(cell)
            at = self.pattern.read(cell) if self.pattern else None
        except ValueError:
            raise self._no_such(cell) from None
        if isinstance(at, datetime) or (at is None and _ISO(cell)):
            hint = "Declare it `instant`, or write the date alone."
            raise BadCell("a date was expected, not a time of day", hint, cell)
        if at is None:
            raise BadCell("a date was expected", self._how(), cell)
        return at

    def _no_such(self, cell: object) -> BadCell:
        return BadCell(
            "there is no such date or time", "Correct it where it comes from; mind the order of day and month.", cell
        )

    def _how(self) -> str:
        return self._add('dates = "dd/mm/yyyy"', "the order the file uses; ISO 8601 is always read")

    def _add(self, line: str, why: str) -> str:
        return f"Add under [files.{self.table}]: {line} ({why})."
