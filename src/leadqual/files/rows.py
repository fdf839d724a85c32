"""What every kind of file gives: names of columns, rows of cells and a reader for each column."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from leadqual.files.cells import Reader
from leadqual.files.notes import Notes
from leadqual.playbook.mapping import FileFormat

Row = tuple[int, Sequence[Any]]
"""Number of the line (or of the row, in Parquet) and the cells."""


@frozen(kw_only=True)
class Ask:
    """What to open and how.

    Attributes:
        path: The file.
        table: ``leads``, ``events`` or ``verdicts``.
        format: How its cells are written.
        notes: Where bad rows go.
        wanted: Columns to give, by the file's names; all of them if nothing is said.
        tick: Called with the number of bytes done.
    """

    path: Path
    table: str
    format: FileFormat
    notes: Notes
    wanted: Collection[str] | None = None
    tick: Callable[[int], object] = lambda _: None


@frozen(kw_only=True)
class Rows:
    """An opened file.

    Attributes:
        name: The file's name for messages.
        names: The columns it has, as far as known when it is opened.
        positions: Where a wanted column stands in each row.
        reader: Gives the reader for a column's name and a type.
        rows: The rows that have the right shape; the others are noted.
        absent: Gives the wanted columns that have not been seen so far.
        types: Types of columns that the file itself declares.
    """

    name: str
    names: Sequence[str]
    positions: dict[str, int]
    reader: Callable[[str, str], Reader]
    rows: Iterator[Row]
    absent: Callable[[], Collection[str]]
    types: dict[str, str] = field(factory=dict)
