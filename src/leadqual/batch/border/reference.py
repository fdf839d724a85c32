"""Rows through the readers of files, in batches, into a table of DuckDB: the meaning is theirs."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final

from attrs import define, field

from leadqual.batch.border.canonical import sql_type
from leadqual.batch.border.extra import pyarrow, run
from leadqual.batch.border.frames import BATCH
from leadqual.batch.border.parquet import place
from leadqual.batch.border.readings import SEPARATOR
from leadqual.files.bind import Column, row_problems
from leadqual.files.columns import Columns
from leadqual.files.notes import BadCell, Notes
from leadqual.files.rows import Row, Rows

_ARROW: Final = {"TEXT": "large_string", "BIGINT": "int64", "DOUBLE": "float64", "BOOLEAN": "bool"}


@define(kw_only=True)
class Loader:
    """Fills one table of DuckDB with rows of files and frames.

    Attributes:
        connection: Where.
        name: The table; it has our columns by their places: c0, c1, …
        columns: The columns of the table.
        notes: Where bad rows go.
        rows: How many rows were read, bad ones not counted.
        have: Our names of the columns that some input had.
        foreign: Our names of those that hold more than ASCII.
        made: Whether the table is there.
    """

    connection: Any
    name: str
    columns: Columns
    notes: Notes
    rows: int = 0
    have: set[str] = field(factory=set)
    foreign: set[str] = field(factory=set)
    made: bool = False

    def load(self, rows: Rows, found: Mapping[str, Column]) -> None:
        """Read all rows of one input.

        Raises:
            Unusable: If it turns out that it cannot be read.
        """
        if not self.made:
            parts = [f"{place(i)} {sql_type(kind)}" for i, kind in enumerate(self.columns.types.values())]
            run(self.connection, f"CREATE OR REPLACE TEMP TABLE {self.name} ({', '.join(parts)})")
            self.made = True
        while batch := list(islice(rows.rows, BATCH)):
            self._add(batch, rows.name, found)
        absent = set(rows.absent())
        self.have.update(ours for ours, column in found.items() if column.name not in absent)

    def _add(self, batch: Sequence[Row], name: str, found: Mapping[str, Column]) -> None:
        values = _by_column([row for _, row in batch], found)
        if values is None:
            values = _by_column(self._sound(batch, name, found), found)
        if not values:
            return
        arrow = pyarrow()
        count = len(next(iter(values.values())))
        arrays = []
        for ours, kind in self.columns.types.items():
            arrow_kind = arrow.type_for_alias(_ARROW[sql_type(kind)])
            if ours in values:
                arrays.append(self._array(arrow, ours, kind, values[ours]).cast(arrow_kind))
            else:
                arrays.append(arrow.nulls(count, arrow_kind))
        table = arrow.Table.from_arrays(arrays, names=[place(i) for i in range(len(arrays))])
        self.connection.from_arrow(table).insert_into(self.name)
        self.rows += count

    def _sound(self, batch: Sequence[Row], name: str, found: Mapping[str, Column]) -> list[Sequence[Any]]:
        """Return the rows that can be read, and note the others."""
        sound = []
        for line, row in batch:
            problems = row_problems(found.values(), row, f"{name}:{line}")
            if problems:
                self.notes.row(*problems)
            else:
                sound.append(row)
        return sound

    def _array(self, arrow: Any, ours: str, kind: str, values: list[Any]) -> Any:
        """Return the values of a column as they are kept, and remember whether they hold more than ASCII."""
        if kind == "list":
            values = [f"{SEPARATOR}{SEPARATOR.join(parts)}{SEPARATOR}" if parts else None for parts in values]
        if kind in ("text", "list"):
            if ours not in self.foreign and not all(value is None or value.isascii() for value in values):
                self.foreign.add(ours)
            return arrow.array(values, arrow.large_string())
        if kind == "instant":
            return arrow.array(values, arrow.timestamp("us", "UTC"))
        if kind == "date":
            return arrow.array(values, arrow.date32()).cast(arrow.int32())
        return arrow.array(values)


def _by_column(rows: Sequence[Sequence[Any]], found: Mapping[str, Column]) -> dict[str, list[Any]] | None:
    """Return the values of rows by our names of the columns; nothing if some cannot be read."""
    values: dict[str, list[Any]] = {}
    if not rows:
        return values
    cells = list(zip(*rows, strict=True))
    for ours, column in found.items():
        try:
            read = list(map(column.read, cells[column.position]))
        except BadCell:
            return None
        if column.required and None in read:
            return None
        values[ours] = read
    return values
