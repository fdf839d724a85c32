"""Writes scores to CSV, JSON, JSON Lines or Parquet: sorted, exact, all or nothing."""

from collections.abc import Callable, Iterable, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Final

from leadqual.errors import InputError, Kind, Problem
from leadqual.files.atomic import complete_file, complete_path
from leadqual.files.notes import plain
from leadqual.files.scored import Chosen, Scored
from leadqual.files.writers import Row, writers

COLUMNS: Final = ("lead_id", "fit", "interest", "total", "grade", "level", "label", "qualifies", "gate")
"""The columns of a scores file, in their order."""
CHOICE: Final = ("objective", "margin")
"""The columns after them where several objectives were tried."""


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
    return write_rows(path, COLUMNS, map(_cells, scores), safe=safe_for_spreadsheets)


def write_best(path: str | PathLike[str], found: Iterable[Chosen], *, safe_for_spreadsheets: bool = False) -> int:
    """Write the scores of leads under the objective that each suits best, as `write_scores` does.

    Args:
        path: Where to.
        found: What `best` found for each lead, in any order.
        safe_for_spreadsheets: As for `write_scores`.

    Returns:
        How many rows were written: `COLUMNS`, then `CHOICE`: the objective, and the points by which it is ahead of
        the next one (empty when there is no other).

    Raises:
        InputError: If the ending is not known or the file cannot be written.
        MissingExtra: If it is Parquet and pyarrow is not installed.
    """
    rows = ((*_cells(one.score), *choice_cells(one)) for one in found)
    return write_rows(path, (*COLUMNS, *CHOICE), rows, safe=safe_for_spreadsheets)


def choice_cells(one: Chosen) -> tuple[str, str]:
    """Return the cells of `CHOICE` as text.

    Args:
        one: A lead's score under the objective that it suits best.
    """
    return one.name, "" if one.margin is None else f"{one.margin:.2f}"


def write_rows(path: str | PathLike[str], columns: Sequence[str], cells: Iterable[Row], *, safe: bool) -> int:
    """Write rows to a file, sorted by their first cell; rows that begin alike keep their order.

    Args:
        path: Where to.
        columns: Names of the columns.
        cells: The rows.
        safe: Whether text cells of a CSV file that a spreadsheet would run are disarmed.

    Returns:
        How many rows were written.

    Raises:
        InputError: If the ending is not known or the file cannot be written.
        MissingExtra: If it is Parquet and pyarrow is not installed.
    """
    target = Path(fspath(path))
    writer = writers(safe=safe).get(target.suffix.lower())
    if writer is None:
        raise _unwritable(target, "the kind of file is not known", plain(target.suffix) or "no ending", _ENDINGS_HINT)
    once: dict[str, str] = {}
    rows = sorted(((*map(once.setdefault, row, row),) for row in cells), key=_first)
    try:
        with complete_file(target) as file:
            writer(file, columns, rows)
    except (OSError, UnicodeEncodeError) as error:
        got = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise _unwritable(
            target, "the file cannot be written", got, "Check its path, its rights and the disk."
        ) from None
    return len(rows)


def write_whole(path: str | PathLike[str], write: Callable[[str], object]) -> None:
    """Let somebody else write a file, all or nothing.

    Args:
        path: Where to.
        write: Writes a file of the path that it is given, which lies beside.

    Raises:
        InputError: If the file cannot be written.
    """
    target = Path(fspath(path))
    try:
        with complete_path(target) as beside:
            write(str(beside))
    except OSError as error:
        hint = "Check its path, its rights and the disk."
        raise _unwritable(target, "the file cannot be written", error.strerror or type(error).__name__, hint) from None


_ENDINGS_HINT: Final = "Give it the ending .csv, .json, .jsonl or .parquet."


def _unwritable(target: Path, what: str, got: str, hint: str) -> InputError:
    return InputError([Problem(where=plain(str(target)), what=what, got=Kind(got), hint=hint)])


def _first(row: Row) -> str:
    return row[0]


def _cells(score: Scored) -> Row:
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
