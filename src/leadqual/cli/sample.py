"""Looks at the columns of a user's files: how full they are, and how their cells are written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen

from leadqual.errors import InputError
from leadqual.files.cells import Reader
from leadqual.files.notes import BadCell, Notes, Unusable
from leadqual.files.open import open_rows
from leadqual.files.rows import Ask
from leadqual.playbook.mapping import FileFormat

DISTINCT: Final = 2000
"""So many different values of a column are kept; what a file holds beyond them shows when it is read with the draft."""
_OTHER_ENCODING: Final = "cp1252"


@define
class Column:
    """What one column holds.

    Attributes:
        name: As in the file.
        filled: Rows with a value.
        typed: Whether the file itself says that it holds instants, as Parquet does.
        naive: Whether those instants name no zone.
        values: Up to `DISTINCT` different values and how often each came, in order of appearance.
    """

    name: str
    filled: int = 0
    typed: bool = False
    naive: bool = False
    values: dict[Any, int] = field(factory=dict)

    def add(self, cell: Any) -> None:
        """Count one cell."""
        if cell is None or cell == "":
            return
        self.filled += 1
        value = cell if isinstance(cell, str | int | float | bool) else str(cell)
        if value in self.values:
            self.values[value] += 1
        elif len(self.values) < DISTINCT:
            self.values[value] = 1


@frozen(kw_only=True)
class Sample:
    """What the files of one table hold.

    Attributes:
        table: ``leads`` or ``events``.
        rows: How many rows could be read.
        columns: By the file's names.
        encoding: What the files are saved in, unless it is UTF-8.
    """

    table: str
    rows: int
    columns: dict[str, Column]
    encoding: str | None = None


def take_sample(table: str, paths: Sequence[Path]) -> Sample:
    """Read files without any mapping and note what their columns hold.

    Args:
        table: ``leads`` or ``events``.
        paths: CSV, JSON Lines or Parquet files.

    Returns:
        The sample; rows of the wrong shape are passed over.

    Raises:
        InputError: If a file cannot be used at all.
        MissingExtra: If a file is Parquet and pyarrow is not installed.
    """
    sample, flawed = _taken(table, paths, None)
    return _taken(table, paths, _OTHER_ENCODING)[0] if flawed else sample


def _taken(table: str, paths: Sequence[Path], encoding: str | None) -> tuple[Sample, bool]:
    notes = Notes()
    columns: dict[str, Column] = {}
    rows = 0
    try:
        for path in paths:
            opened = open_rows(Ask(path=path, table=table, format=FileFormat(encoding=encoding), notes=notes))
            for name in opened.names:
                columns.setdefault(name, Column(name)).typed |= opened.types.get(name) == "instant"
            typed = {name: opened.reader(name, "instant") for name, kind in opened.types.items() if kind == "instant"}
            for _, cells in opened.rows:
                rows += 1
                for name, place in opened.positions.items():
                    columns.setdefault(name, Column(name)).add(cells[place])
                for name, read in typed.items():
                    columns[name].naive = columns[name].naive or _refused(read, cells[opened.positions[name]])
    except Unusable as unusable:
        if encoding is None and any("utf-8" in problem.what for problem in unusable.problems):
            return Sample(table=table, rows=0, columns={}), True
        raise InputError(unusable.problems) from None
    flawed = any("not utf-8" in problem.what for problem in notes.first)
    return Sample(table=table, rows=rows, columns=columns, encoding=encoding), flawed


def _refused(read: Reader, cell: Any) -> bool:
    try:
        read(cell)
    except BadCell:
        return True
    return False
