"""Writes scores to CSV, JSON, JSON Lines or Parquet: sorted, exact, all or nothing."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, Final

from leadqual.errors import InputError, Kind, Problem
from leadqual.files.atomic import complete_file
from leadqual.files.notes import plain
from leadqual.files.scored import Scored

COLUMNS: Final = ("lead_id", "fit", "interest", "total", "grade", "level", "label", "qualifies", "gate")
"""The columns of a scores file, in their order."""
_NUMBERS: Final = ("fit", "interest", "total")
_TO_QUOTE: Final = re.compile('[",\r\n]').search
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_Row = tuple[str, ...]


def score_rows(score: Scored) -> dict[str, str]:
    """Return the cells of a score as text, by column.

    Args:
        score: A score.

    Returns:
        `COLUMNS` in their order; numbers with two decimals, ``qualifies`` joined by ``;`` in alphabetical order,
        nothing as the empty text.
    """
    return dict(zip(COLUMNS, _cells(score), strict=True))


def write_scores(path: str | PathLike[str], scores: Iterable[Scored], *, safe_for_spreadsheets: bool = False) -> int:
    """Write scores to a file, sorted by lead id by code point.

    CSV is UTF-8 with LF line ends and quotes only where a cell needs them. The file appears when it is complete:
    it is written beside its place under another name and renamed; on any failure nothing is left and an older file
    of that name stays.

    Args:
        path: Where to; the ending says the format: ``.csv``, ``.json`` (one array), ``.jsonl`` or ``.parquet``.
        scores: What to write, in any order.
        safe_for_spreadsheets: Put ``'`` before text cells of a CSV file that begin with ``=``, ``+``, ``-``, ``@``,
            a tab or a carriage return, which a spreadsheet would run as a formula. Off by default: the file is for
            machines, and ids must come back as they were. Turn it on for files that people open.

    Returns:
        How many rows were written.

    Raises:
        InputError: If the ending is not known or the file cannot be written.
        MissingExtra: If it is Parquet and pyarrow is not installed.

    >>> from datetime import UTC, datetime
    >>> from tempfile import TemporaryDirectory
    >>> from leadqual.lead import Lead
    >>> from leadqual.scoring import ScoringModel
    >>> score = ScoringModel().score(Lead(id="L1"), [], now=datetime(2026, 1, 1, tzinfo=UTC))
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "scores.csv")
    ...     write_scores(path, [score])
    ...     print(path.read_text().splitlines()[0])
    1
    lead_id,fit,interest,total,grade,level,label,qualifies,gate
    """
    target = Path(fspath(path))
    writer = _writers(safe=safe_for_spreadsheets).get(target.suffix.lower())
    if writer is None:
        raise _unwritable(target, "the kind of file is not known", plain(target.suffix) or "no ending", _ENDINGS_HINT)
    once: dict[str, str] = {}
    rows = sorted(((*map(once.setdefault, row, row),) for row in map(_cells, scores)), key=_first)
    try:
        with complete_file(target) as file:
            writer(file, rows)
    except (OSError, UnicodeEncodeError) as error:
        got = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise _unwritable(
            target, "the file cannot be written", got, "Check its path, its rights and the disk."
        ) from None
    return len(rows)


_ENDINGS_HINT: Final = "Give it the ending .csv, .json, .jsonl or .parquet."


def _unwritable(target: Path, what: str, got: str, hint: str) -> InputError:
    return InputError([Problem(where=plain(str(target)), what=what, got=Kind(got), hint=hint)])


def _first(row: _Row) -> str:
    return row[0]


def _cells(score: Scored) -> _Row:
    return (
        score.lead_id,
        f"{score.fit:.2f}",
        f"{score.interest:.2f}",
        f"{score.total:.2f}",
        score.grade or "",
        "" if score.level is None else str(score.level),
        score.label,
        ";".join(sorted(score.qualifies)),
        score.gate or "",
    )


_Writer = Callable[[IO[bytes], Sequence[_Row]], None]


def _writers(*, safe: bool) -> dict[str, _Writer]:
    def csv(file: IO[bytes], rows: Sequence[_Row]) -> None:
        file.write(f"{','.join(COLUMNS)}\n".encode())
        for row in rows:
            cells = map(_safe, COLUMNS, row) if safe else row
            file.write(f"{','.join(map(_quoted, cells))}\n".encode())

    def array(file: IO[bytes], rows: Sequence[_Row]) -> None:
        file.write(b"[")
        for i, row in enumerate(rows):
            file.write(f"{',' if i else ''}\n{_object(row)}".encode())
        file.write(b"\n]\n")

    def lines(file: IO[bytes], rows: Sequence[_Row]) -> None:
        for row in rows:
            file.write(f"{_object(row)}\n".encode())

    return {".csv": csv, ".json": array, ".jsonl": lines, ".parquet": _parquet}


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE(cell) else cell


def _safe(name: str, cell: str) -> str:
    return f"'{cell}" if name not in _NUMBERS and cell.startswith(_FORMULA) else cell


def _object(row: _Row) -> str:
    """Return a row as a JSON object: numbers as numbers with two decimals, nothing as null."""
    members = []
    for name, cell in zip(COLUMNS, row, strict=True):
        plain_number = name in _NUMBERS or (name == "level" and cell)
        empty = not cell and name in ("grade", "level", "gate")
        value = "null" if empty else cell if plain_number else json.dumps(cell, ensure_ascii=False)
        members.append(f'"{name}": {value}')
    return f"{{{', '.join(members)}}}"


def _parquet(file: IO[bytes], rows: Sequence[_Row]) -> None:
    from leadqual.files.parquetrows import pyarrow

    arrow = pyarrow()
    columns: dict[str, Any] = {}
    for i, name in enumerate(COLUMNS):
        cells = [row[i] for row in rows]
        if name in _NUMBERS:
            columns[name] = arrow.array(list(map(Decimal, cells)), arrow.decimal128(18, 2))
        elif name == "level":
            columns[name] = arrow.array([int(cell) if cell else None for cell in cells], arrow.int32())
        else:
            empty = None if name in ("grade", "gate") else ""
            columns[name] = arrow.array([cell or empty for cell in cells], arrow.string())
    arrow.parquet.write_table(arrow.table(columns), file)
