"""Reads the cells of CSV files: one function a column, made once."""

import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from leadqual.files.instants import InstantReader
from leadqual.files.notes import BadCell
from leadqual.playbook.mapping import FileFormat
from leadqual.texts import text_flaw

Reader = Callable[[Any], Any]
"""Takes a cell, gives its value or nothing when it is missing, or raises `BadCell`."""

TRUTHS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
INT64: Final = 2**63
_INTEGER: Final = re.compile(r"[+-]?\d{1,40}", re.ASCII).fullmatch
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,20})?", re.ASCII).fullmatch
_LONGEST_NUMBER: Final = 1000
_PLAIN: Final = re.compile(r"[+-]?[\d.]+", re.ASCII).fullmatch
_LONGEST_AMOUNT: Final = 40


def integer_in_range(value: int, cell: object) -> int:
    """Return the integer if it fits 64 bits."""
    if not -INT64 <= value < INT64:
        raise BadCell("the integer does not fit 64 bits", "Declare it `number` or `text`.", cell)
    return value


def finite(value: float, cell: object) -> float:
    """Return the number if it is finite."""
    if not math.isfinite(value):
        raise BadCell("a finite number was expected", "Leave the cell empty where there is no value.", cell)
    return value


def truth(cell: str) -> bool:
    """Read a yes or no.

    >>> truth("Yes"), truth("0")
    (True, False)
    """
    known = TRUTHS.get(cell.lower()) if len(cell) <= 5 and cell.isascii() else None
    if known is None:
        raise BadCell("a yes or no was expected", "Write true or false, yes or no, 1 or 0.", cell)
    return known


def parted(cell: str) -> tuple[str, ...] | None:
    """Read a list: a JSON array of texts, or parts between ``|``.

    >>> parted('["a|b", "c"]'), parted("a|b")
    (('a|b', 'c'), ('a', 'b'))
    """
    if not cell.startswith("["):
        return tuple(part for part in cell.split("|") if part) or None
    try:
        items = json.loads(cell)
    except (ValueError, RecursionError):
        items = None
    return texts(items, cell)


def texts(items: object, cell: object) -> tuple[str, ...] | None:
    """Return a list's texts, without the empty ones; nothing if none is left."""
    if not isinstance(items, list) or not all(item is None or type(item) is str for item in items):
        raise BadCell("a list of texts was expected", 'Write a JSON array such as ["a", "b"], or a|b.', cell)
    for item in items:
        if item and (flaw := text_flaw(item)):
            raise BadCell(f"the text cannot be used: {flaw}", "Clean it where it comes from.", cell)
    return tuple(item for item in items if item) or None


@frozen
class CellReaders:
    """Makes the readers of one CSV table.

    >>> readers = CellReaders(FileFormat(decimal=",", missing=["n/a"]), "leads")
    >>> readers.of("number")("12,5"), readers.of("number")("n/a"), readers.of("integer")("12")
    (12.5, None, 12)
    """

    format: FileFormat
    table: str

    @property
    def missing(self) -> frozenset[str]:
        """The whole cells that stand for no value."""
        return frozenset({"", *self.format.missing})

    def of(self, type_name: str) -> Reader:
        """Return the reader of a column.

        Args:
            type_name: text, integer, number, amount, boolean, date, instant or list.

        Returns:
            A function from a cell to its value, or to ``None`` where it is missing.
        """
        missing, instants = self.missing, InstantReader.of(self.format, self.table)
        if type_name == "text":
            return lambda cell: None if cell in missing else cell
        if type_name == "instant":
            return instants.reader(missing)
        readers: dict[str, Reader] = {
            "integer": self._integer,
            "number": self._number,
            "amount": self._amount,
            "boolean": truth,
            "date": instants.date_text,
            "list": parted,
        }
        read = readers[type_name]
        return lambda cell: None if cell in missing else read(cell)

    def _integer(self, cell: str) -> int:
        if _INTEGER(cell):
            return integer_in_range(int(cell), cell)
        hint = "Write digits only, without a decimal sign or separators; or declare it `number`."
        raise BadCell("a whole number was expected", hint, cell)

    def _number(self, cell: str) -> float:
        return finite(float(self._digits(cell)), cell)

    def _amount(self, cell: str) -> Decimal:
        digits = self._digits(cell)
        if len(digits) > _LONGEST_AMOUNT or not _PLAIN(digits):
            raise BadCell("an amount was expected", "Write at most 40 digits, without an exponent.", cell)
        return Decimal(digits)

    def _digits(self, cell: str) -> str:
        """Return a number with a decimal point."""
        comma = self.format.decimal == ","
        point = cell.replace(",", ".") if comma and "." not in cell else cell
        if len(cell) <= _LONGEST_NUMBER and _NUMBER(point) and not (comma and "." in cell):
            return point
        if not comma and re.fullmatch(r"[+-]?\d+,\d+", cell[:_LONGEST_NUMBER], re.ASCII):
            hint = f'Add under [files.{self.table}]: decimal = "," (if the comma is the decimal sign).'
        else:
            hint = f'Write digits with at most one decimal sign "{self.format.decimal}" and no thousands separators.'
        raise BadCell("a number was expected", hint, cell)
