"""The columns of a table that DuckDB reads itself, each with its place and its reading."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from leadqual.batch.border.physical import Physical
from leadqual.batch.border.readings import SEPARATOR, Reading, reading_of
from leadqual.batch.sql.nodes import Expr, any_of, is_in, negated, text
from leadqual.files.arrowrows import StampedReaders
from leadqual.files.bind import WORDS, Column, bind
from leadqual.files.cells import Reader
from leadqual.files.columns import Columns
from leadqual.files.notes import BadCell, Notes
from leadqual.files.rows import Ask, Rows


@frozen(kw_only=True)
class Bound:
    """A column that DuckDB reads itself.

    Attributes:
        column: How the readers of files read it.
        name: Its name in the statement.
        physical: What it is.
        reading: How DuckDB reads it.
        bad: Whether a row's value cannot be read, or is missing where one is needed; null is no.
    """

    column: Column
    name: str
    physical: Physical
    reading: Reading
    bad: Expr


def asked(columns: Columns, path: Path, notes: Notes) -> Ask:
    """Return what is asked of one input."""
    return Ask(path=path, table=columns.table, format=columns.format, notes=notes, wanted=columns.wanted)


def rows_without(ask: Ask, name: str, names: Sequence[str], physicals: Mapping[str, Physical]) -> Rows:
    """Return an opened table of which no row is read here: names and readers alone."""
    wanted = names if ask.wanted is None else ask.wanted
    read = [column for column in wanted if column in physicals]
    reader = StampedReaders.of(ask).of_column
    return Rows(
        name=name,
        names=names,
        positions={column: position for position, column in enumerate(read)},
        reader=lambda column, type_name: reader(physicals[column].stamp, type_name),
        rows=iter(()),
        absent=lambda: [column for column in wanted if column not in physicals],
    )


def bound(columns: Columns, rows: Rows) -> dict[str, Column]:
    """Return the columns that a table has, by our names; texts of lists may not hold what is put around them.

    Raises:
        Unusable: If one is absent that no row can do without.
    """
    found = bind(columns, rows)
    for ours, column in found.items():
        if columns.types[ours] == "list":
            found[ours] = evolve(column, read=_without_separator(column.read))
    return found


def natively(
    columns: Columns, found: Mapping[str, Column], physicals: Mapping[str, Physical], places: Mapping[str, str]
) -> dict[str, Bound] | None:
    """Return how DuckDB reads every column, or nothing if it cannot read some exactly.

    Args:
        columns: The columns of the table.
        found: Those that were found.
        physicals: What they are, by the table's own names.
        places: Their names in the statement, by the table's own names.
    """
    result: dict[str, Bound] = {}
    for ours, column in found.items():
        physical, place = physicals[column.name], places[column.name]
        reading = reading_of(columns.types[ours], physical, place, columns.format)
        if reading is None:
            return None
        bad = any_of([*_worded(columns.table, ours, reading), reading.bad])
        if column.required:
            bad = any_of([reading.absent, bad])
        result[ours] = Bound(column=column, name=place, physical=physical, reading=reading, bad=bad)
    return result


def any_bad(cells: Iterable[Bound]) -> Expr:
    """Return whether a row has any value that cannot be read."""
    return any_of([cell.bad for cell in cells])


def _worded(table: str, ours: str, reading: Reading) -> Iterable[Expr]:
    words = WORDS.get((table, ours))
    return [] if words is None else [negated(is_in(reading.value, [text(word) for word in words]))]


def _without_separator(read: Reader) -> Reader:
    def texts(cell: object) -> object:
        found = read(cell)
        if found and any(SEPARATOR in part for part in found):
            hint = "Clean it where it comes from."
            raise BadCell("the text cannot be used: it holds a unit separator (U+001F)", hint, cell)
        return found

    return texts
