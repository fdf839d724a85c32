"""Tables that DuckDB reads itself: one pass counts what is wrong, and what the footers say is not looked at again."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.border.bound import Bound, any_bad
from leadqual.batch.border.extra import run
from leadqual.batch.border.parquet import Footer
from leadqual.batch.sql.nodes import (
    Expr,
    aliased,
    boolean,
    call,
    coalesce,
    column,
    count,
    never,
)
from leadqual.files.bind import row_problems
from leadqual.files.notes import FIRST, Notes

_ROW: Final = "lq_row"


@frozen(kw_only=True)
class Native:
    """A table that DuckDB reads itself.

    Attributes:
        scans: For each file: its name for messages, and what stands after ``FROM``.
        scan: The same for all files together.
        cells: The columns that it has, by our names.
        footers: What the footers say, by the names in the statement.
        rows: How many rows there are, if the footers say.
    """

    scans: Sequence[tuple[str, Expr]]
    scan: Expr
    cells: Mapping[str, Bound]
    footers: Mapping[str, Footer]
    rows: int | None


@frozen(kw_only=True)
class Counts:
    """What the rows of a table came to.

    Attributes:
        rows: How many there are.
        bad: How many values cannot be read, by our names of the columns.
        blank: Our names of the columns of text in which a word for a missing value occurs.
        foreign: Our names of those that hold more than ASCII.
    """

    rows: int
    bad: Mapping[str, int]
    blank: frozenset[str]
    foreign: frozenset[str]

    @property
    def problems(self) -> int:
        """How many values cannot be read."""
        return sum(self.bad.values())


def counted(connection: Any, native: Native) -> Counts:
    """Count what is wrong with a table, in one pass over the columns that need it."""
    parts: dict[tuple[str, str], Expr] = {}
    for ours, cell in native.cells.items():
        reading = cell.reading
        if not never(cell.bad) and not _shown_good(cell, native.footers.get(cell.name)):
            parts[ours, "bad"] = cell.bad
        if reading.missing is not None and not cell.column.required:
            parts[ours, "blank"] = reading.missing
        if reading.foreign is not None and ours != "event_id":
            parts[ours, "foreign"] = reading.foreign
    counts = [call("COUNT_IF", part) for part in parts.values()]
    rows = native.rows
    if rows is None:
        counts.append(count())
    found = list(_only_row(connection, selecting(counts, native.scan))) if counts else []
    if rows is None:
        rows = found.pop()
    numbers = {key: int(number or 0) for key, number in zip(parts, found, strict=True)}
    return Counts(
        rows=rows,
        bad={ours: number for (ours, what), number in numbers.items() if what == "bad" and number},
        blank=frozenset(ours for (ours, what), number in numbers.items() if what == "blank" and number),
        foreign=frozenset(ours for (ours, what), number in numbers.items() if what == "foreign" and number),
    )


def tell(connection: Any, native: Native, counts: Counts, notes: Notes) -> int:
    """Note what is wrong with a table: the first rows in the words of the readers of files, the others by number.

    Returns:
        How many rows are bad.
    """
    bad = coalesce(any_bad(native.cells.values()), boolean(0))
    told = 0
    for name, scan in native.scans:
        if len(notes.rows) >= FIRST:
            break
        for line, row in _first_rows(connection, native, scan, bad, FIRST - len(notes.rows)):
            problems = row_problems([cell.column for cell in native.cells.values()], row, f"{name}:{line}")
            notes.add(problems)
            told += len(problems)
    (bad_rows,) = _only_row(connection, selecting([call("COUNT_IF", bad)], native.scan))
    notes.total += max(counts.problems - told, 0)
    notes.bad_rows += int(bad_rows)
    return int(bad_rows)


def _first_rows(connection: Any, native: Native, scan: Expr, bad: Expr, most: int) -> Sequence[tuple[int, list[Any]]]:
    """Return the first bad rows of a file with their numbers, and their cells as the readers of files take them."""
    cells = sorted(native.cells.values(), key=lambda cell: cell.column.position)
    number = exp.Window(this=exp.RowNumber())
    raws = [aliased(cell.reading.raw, f"r{place}") for place, cell in enumerate(cells)]
    inner = selecting([aliased(number, _ROW), aliased(bad, "lq_bad"), *raws], scan)
    rows = exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.Identifier(this="lq_rows")))
    query = selecting([column(_ROW), *(column(f"r{place}") for place in range(len(cells)))], rows)
    query.set("where", exp.Where(this=column("lq_bad")))
    query.set("order", exp.Order(expressions=[exp.Ordered(this=column(_ROW))]))
    query.set("limit", exp.Limit(expression=exp.Literal.number(most)))
    width = max(cell.column.position for cell in cells) + 1
    found = []
    for line, *values in run(connection, query.sql("duckdb")):
        row: list[Any] = [None] * width
        for cell, value in zip(cells, values, strict=True):
            row[cell.column.position] = value
        found.append((line, row))
    return found


def _shown_good(cell: Bound, footer: Footer | None) -> bool:
    """Tell whether the footers show that every value can be read."""
    if footer is None or (cell.column.required and footer.nulls != 0):
        return False
    reading = cell.reading
    if reading.missing is not None:  # what a text holds is not in a footer
        return False
    if reading.bounds is None:
        return cell.column.required and never(reading.bad)
    low, high = reading.bounds
    return footer.low is not None and footer.high is not None and low <= footer.low and footer.high <= high


def selecting(values: Sequence[Expr], scan: Expr) -> exp.Select:
    """Return a query of these values."""
    query = exp.Select(expressions=list(values))
    query.set("from_", exp.From(this=scan.copy()))
    return query


def _only_row(connection: Any, query: Expr) -> tuple[Any, ...]:
    return run(connection, query.sql("duckdb"))[0]
