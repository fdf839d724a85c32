"""Reads the typed values of JSON Lines and Parquet files."""

from datetime import date, datetime
from decimal import Decimal
from math import inf, isnan
from typing import Any, Final

from attrs import frozen

from leadqual.files.cells import CellReaders, Reader, finite, integer_in_range, parted, texts, truth
from leadqual.files.instants import InstantReader
from leadqual.files.notes import BadCell
from leadqual.texts import text_flaw

_LONGEST_TEXT_INTEGER: Final = 10**40


class Huge:
    """Stands for a JSON integer of more digits than anybody means."""


@frozen
class ValueReaders:
    """Makes the readers of one typed table.

    >>> from leadqual.playbook.mapping import FileFormat
    >>> readers = ValueReaders(CellReaders(FileFormat(), "leads"))
    >>> readers.of("text")(7), readers.of("integer")(7), readers.of("number")(7), readers.of("list")(["a", ""])
    ('7', 7, 7.0, ('a',))
    """

    cells: CellReaders

    def of(self, type_name: str) -> Reader:
        """Return the reader of a column.

        Args:
            type_name: text, integer, number, amount, boolean, date, instant or list.

        Returns:
            A function from a value to what it means, or to ``None`` where it is missing.
        """
        missing = self.cells.missing
        if type_name == "text":
            return _text_reader(missing)
        read: Reader = {
            "integer": _integer,
            "number": _number,
            "amount": _amount,
            "boolean": _boolean,
            "date": self._date(),
            "instant": self._instant(),
            "list": _list,
        }[type_name]

        def value(cell: Any) -> Any:
            if cell is None or (type(cell) is str and cell in missing) or (type(cell) is float and isnan(cell)):
                return None
            return read(cell)

        return value

    def _date(self) -> Reader:
        text = InstantReader.of(self.cells.format, self.cells.table).date_text

        def read(cell: Any) -> date:
            if type(cell) is str:
                return text(cell)
            if type(cell) is date:
                return cell
            raise BadCell("a date was expected", 'Write a text such as "2026-03-01".', cell)

        return read

    def _instant(self) -> Reader:
        instants = InstantReader.of(self.cells.format, self.cells.table)

        def read(cell: Any) -> datetime:
            if type(cell) is str:
                return instants.text(cell)
            if type(cell) is int or type(cell) is float:
                return instants.number(cell)
            if type(cell) is date:
                return instants.day(cell)
            raise BadCell("an instant was expected", 'Write a text such as "2026-03-01T09:30:00Z".', cell)

        return read


def _text_reader(missing: frozenset[str]) -> Reader:
    def text(cell: Any) -> str | None:
        if type(cell) is str:
            if cell in missing:
                return None
            return cell if cell.isprintable() else _text(cell)
        return None if cell is None or (type(cell) is float and isnan(cell)) else _text(cell)

    return text


def _text(cell: Any) -> str:
    if type(cell) is str:
        if flaw := text_flaw(cell):
            raise BadCell(f"the text cannot be used: {flaw}", "Clean it where it comes from.", cell)
        return cell
    if type(cell) is int and abs(cell) < _LONGEST_TEXT_INTEGER:
        return str(cell)
    raise BadCell("a text was expected", "Write a text; a whole number is read as its digits.", cell)


def _integer(cell: Any) -> int:
    if type(cell) is int:
        return integer_in_range(cell, cell)
    if isinstance(cell, Decimal) and cell.as_tuple().exponent == 0:
        return integer_in_range(int(cell), cell)
    raise BadCell(
        "a whole number was expected", "Write it without quotes or decimal sign; or declare it `number`.", cell
    )


def _number(cell: Any) -> float:
    if type(cell) is int or type(cell) is float or isinstance(cell, Decimal):
        try:
            return finite(float(cell), cell)
        except OverflowError:
            return finite(inf, cell)
    raise BadCell("a number was expected", "Write it without quotes, with a point.", cell)


def _amount(cell: Any) -> Decimal:
    if type(cell) is int:
        return Decimal(integer_in_range(cell, cell))
    if type(cell) is float:
        return Decimal(repr(finite(cell, cell)))
    if isinstance(cell, Decimal):
        finite(float(cell), cell)
        return cell
    raise BadCell("an amount was expected", "Write it without quotes, with a point.", cell)


def _boolean(cell: Any) -> bool:
    if type(cell) is bool:
        return cell
    if type(cell) is int and cell in (0, 1):
        return cell == 1
    if type(cell) is str:
        return truth(cell)
    raise BadCell("a yes or no was expected", "Write true or false.", cell)


def _list(cell: Any) -> tuple[str, ...] | None:
    return parted(_text(cell)) if type(cell) is str else texts(cell, cell)
