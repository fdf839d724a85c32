"""Looks at a file without a playbook: columns, likely types, kinds of events, suspicious instants."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final, Literal, cast

from attrs import evolve, field, frozen

from leadqual.errors import InputError
from leadqual.files.guess import guess
from leadqual.files.notes import BadCell, Notes, Unusable
from leadqual.files.open import open_rows
from leadqual.files.rows import Ask, Rows
from leadqual.playbook.mapping import FileFormat

_SAMPLE: Final = 1000
_MOST: Final = 1000
_UNIT: Final[Mapping[str, Literal["s", "ms", "us", "ns"]]] = {"s": "s", "ms": "ms", "us": "us", "ns": "ns"}


@frozen(kw_only=True)
class ColumnSurvey:
    """A column as it looks; never holds what is in its cells.

    Attributes:
        name: The file's name of it.
        filled: Rows with a value.
        distinct: Distinct values, counted up to 1000.
        type: Likely type: text, integer, number, boolean, date, instant or list.
        form: How it is written where that matters: ``no zone``, ``dd/mm/yyyy``, ``mm/dd/yyyy``, ``dd.mm.yyyy``,
            ``decimal comma``, or a unit ``s``, ``ms``, ``us``, ``ns``. Days up to 12 throughout give ``dd/mm/yyyy``.
    """

    name: str
    filled: int
    distinct: int
    type: str
    form: str = ""


@frozen(kw_only=True)
class Survey:
    """A file as it looks.

    Attributes:
        rows: Rows of the right shape.
        columns: In the order of the file.
        bad_rows: Rows that are not like the others, or no JSON.
        kinds: Kinds of events with their counts, the most frequent first; at most 1000.
        instants: Rows whose time could be read.
        first: The earliest of them.
        last: The latest of them.
        commonest: Rows at the most common instant; many of them suggest an upload's date instead of the event's.
    """

    rows: int
    columns: tuple[ColumnSurvey, ...]
    bad_rows: int = 0
    kinds: Mapping[str, int] = field(factory=dict)
    instants: int = 0
    first: datetime | None = None
    last: datetime | None = None
    commonest: int = 0


def survey(
    path: str | PathLike[str],
    format: FileFormat | None = None,
    *,
    table: str = "leads",
    columns: Mapping[str, str] | None = None,
) -> Survey:
    r"""Look at a file: its columns and their likely types; of events also the kinds and the times.

    Args:
        path: A CSV, JSON Lines or Parquet file.
        format: What is known of how it is written. Times without a zone are read as UTC unless it names one.
        table: ``"leads"`` or ``"events"``.
        columns: Our names with the file's, where they differ; ``kind`` and ``at`` are read.

    Returns:
        What was seen.

    Raises:
        InputError: If the file cannot be read.
        MissingExtra: If it is Parquet and pyarrow is not installed.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "leads.csv")
    ...     _ = path.write_text("Id;Alta\n1;31/12/2025\n2;\n")
    ...     found = survey(path)
    >>> [(column.name, column.type, column.form, column.filled) for column in found.columns]
    [('Id', 'integer', '', 2), ('Alta', 'date', 'dd/mm/yyyy', 1)]
    """
    cells, mapped, path = format or FileFormat(), columns or {}, Path(fspath(path))
    wrong = list(cells.problems(f"files.{table}"))
    if wrong:
        raise InputError(wrong)
    try:
        ask = Ask(path=path, table=table, format=cells, notes=Notes())
        guesses = _guesses(open_rows(ask), cells)
        if table != "events":
            return _count(open_rows(evolve(ask, notes=Notes())), ask, guesses)
        at, kind = mapped.get("at", "at"), mapped.get("kind", "kind")
        ask = Ask(path=path, table=table, format=_as_guessed(cells, *guesses.get(at, ("", ""))), notes=Notes())
        return _count(open_rows(ask), ask, guesses, at, kind)
    except Unusable as unusable:
        raise InputError(unusable.problems) from None


def _as_guessed(format: FileFormat, kind: str, form: str) -> FileFormat:
    """Return the format under which a column of this form can be read as instants."""
    return evolve(
        format,
        zone=format.zone or "UTC",
        unit=format.unit or _UNIT.get(form),
        dates=format.dates or (form if "yyyy" in form else None),
        bare_dates="noon" if kind == "date" else format.bare_dates,
    )


def _guesses(rows: Rows, format: FileFormat) -> dict[str, tuple[str, str]]:
    missing, sample = {"", *format.missing}, list(islice(rows.rows, _SAMPLE))
    guesses = {}
    for name, position in rows.positions.items():
        cells = [row[position] for _, row in sample]
        filled = [cell for cell in cells if cell is not None and not (type(cell) is str and cell in missing)]
        guesses[name] = (rows.types[name], "") if name in rows.types else guess(name, filled)
    return guesses


def _count(rows: Rows, ask: Ask, guesses: Mapping[str, tuple[str, str]], at: str = "", kind: str = "") -> Survey:
    missing = {"", *ask.format.missing}
    columns = [(name, position, set[Any]()) for name, position in rows.positions.items()]
    filled = dict.fromkeys(rows.positions, 0)
    read_at = rows.reader(at, "instant") if at in rows.positions else None
    times, kinds, count = Counter[datetime](), Counter[str](), 0
    for _, row in rows.rows:
        count += 1
        for name, position, distinct in columns:
            cell = row[position]
            if cell is None or (type(cell) is str and cell in missing):
                continue
            filled[name] += 1
            if len(distinct) < _MOST:
                distinct.add(cell if type(cell) in (str, int) else repr(cell))
        if read_at:
            with suppress(BadCell):
                times[read_at(row[rows.positions[at]])] += 1
        if kind in rows.positions:
            name = row[rows.positions[kind]]
            if type(name) is str and name not in missing and (len(kinds) < _MOST or name in kinds):
                kinds[name] += 1
    times.pop(cast("Any", None), None)
    surveyed = (
        ColumnSurvey(
            name=name, filled=filled[name], distinct=len(distinct), type=guesses[name][0], form=guesses[name][1]
        )
        for name, _, distinct in columns
    )
    return Survey(
        rows=count,
        columns=tuple(surveyed),
        bad_rows=ask.notes.bad_rows,
        kinds=dict(kinds.most_common()),
        instants=times.total(),
        first=min(times, default=None),
        last=max(times, default=None),
        commonest=max(times.values(), default=0),
    )
