"""The formats of scores files: CSV, JSON, JSON Lines, Parquet."""

import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import IO, Any, Final

_NUMBERS: Final = ("fit", "interest", "total", "margin")
_WHOLE: Final = ("level", "seq", "cycle")
"""Columns of whole numbers."""
_NULL: Final = (
    "grade", "level", "gate", "margin", "fit", "interest", "total", "from", "to", "transition", "reason",
)  # fmt: skip
"""Columns whose empty cells are null where a format has one."""
_TO_QUOTE: Final = re.compile('[",\r\n]').search
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
Row = tuple[str, ...]
Writer = Callable[[IO[bytes], Sequence[str], Sequence[Row]], None]
"""Writes rows under the names of their columns."""


def writers(*, safe: bool) -> dict[str, Writer]:
    """Return what writes rows to an open file, by the ending of its name.

    Args:
        safe: Whether text cells of a CSV file that a spreadsheet would run are disarmed.
    """

    def csv(file: IO[bytes], columns: Sequence[str], rows: Sequence[Row]) -> None:
        file.write(f"{','.join(columns)}\n".encode())
        for row in rows:
            cells = map(_safe, columns, row) if safe else row
            file.write(f"{','.join(map(_quoted, cells))}\n".encode())

    def array(file: IO[bytes], columns: Sequence[str], rows: Sequence[Row]) -> None:
        file.write(b"[")
        for i, row in enumerate(rows):
            file.write(f"{',' if i else ''}\n{_object(columns, row)}".encode())
        file.write(b"\n]\n")

    def lines(file: IO[bytes], columns: Sequence[str], rows: Sequence[Row]) -> None:
        for row in rows:
            file.write(f"{_object(columns, row)}\n".encode())

    return {".csv": csv, ".json": array, ".jsonl": lines, ".parquet": _parquet}


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE(cell) else cell


def _safe(name: str, cell: str) -> str:
    return cell if name in _NUMBERS else disarmed(cell)


def disarmed(cell: str) -> str:
    """Return a cell with ``'`` before it if a spreadsheet would run it as a formula.

    >>> disarmed("=1+1"), disarmed("L1")
    ("'=1+1", 'L1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _object(columns: Sequence[str], row: Row) -> str:
    """Return a row as a JSON object: numbers as numbers with two decimals, nothing as null."""
    members = []
    for name, cell in zip(columns, row, strict=True):
        plain_number = name in _NUMBERS or name in _WHOLE
        empty = not cell and name in _NULL
        value = "null" if empty else cell if plain_number else json.dumps(cell, ensure_ascii=False)
        members.append(f'"{name}": {value}')
    return f"{{{', '.join(members)}}}"


def _parquet(file: IO[bytes], names: Sequence[str], rows: Sequence[Row]) -> None:
    from leadqual.files.parquetrows import pyarrow

    arrow = pyarrow()
    columns: dict[str, Any] = {}
    for i, name in enumerate(names):
        cells = [row[i] for row in rows]
        if name in _NUMBERS:
            columns[name] = arrow.array([Decimal(cell) if cell else None for cell in cells], arrow.decimal128(18, 2))
        elif name in _WHOLE:
            columns[name] = arrow.array([int(cell) if cell else None for cell in cells], arrow.int32())
        else:
            empty = None if name in _NULL else ""
            columns[name] = arrow.array([cell or empty for cell in cells], arrow.string())
    arrow.parquet.write_table(arrow.table(columns), file)
