"""What every kind of file gives: names of columns, rows of cells and a reader for each column."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from leadqual.errors import Kind, Problem
from leadqual.files.cells import Reader
from leadqual.files.notes import Notes, Unusable, plain
from leadqual.playbook.mapping import FileFormat

Row = tuple[int, Sequence[Any]]
"""Number of the line (or of the row, in Parquet) and the cells."""
ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
"""The endings of files that are read; CSV and JSON Lines also with ``.gz`` behind."""


@frozen(kw_only=True)
class Ask:
    """What to open and how.

    Attributes:
        path: The file.
        table: ``leads`` or ``events``.
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


def kind_of_file(path: Path) -> str:
    """Return ``csv``, ``jsonl`` or ``parquet`` from the file's ending.

    Raises:
        Unusable: If the ending is none of theirs.

    >>> kind_of_file(Path("events.csv.gz"))
    'csv'
    """
    name = path.name.lower().removesuffix(".gz")
    ending = name[name.rfind(".") :] if "." in name else ""
    if ending in ENDINGS:
        return ENDINGS[ending]
    hint = "Give it the ending .csv, .jsonl (both also .gz) or .parquet."
    if ending in (".xlsx", ".xls", ".ods"):
        hint = "Save the sheet as CSV."
    elif ending == ".json":
        hint = "Write JSON Lines: one object a line, ending .jsonl."
    raise Unusable(
        Problem(
            where=plain(str(path)),
            what="the kind of file is not known",
            got=Kind(plain(ending) or "no ending"),
            hint=hint,
        )
    )


def open_rows(ask: Ask) -> Rows:
    """Open a file of any kind.

    Raises:
        Unusable: If it cannot be used at all.
        MissingExtra: If it is Parquet and pyarrow is not installed.
    """
    kind = kind_of_file(ask.path)
    if kind == "csv":
        from leadqual.files.csvrows import open_csv

        return open_csv(ask)
    if kind == "jsonl":
        from leadqual.files.jsonrows import open_json_lines

        return open_json_lines(ask)
    from leadqual.files.parquetrows import open_parquet

    return open_parquet(ask)
