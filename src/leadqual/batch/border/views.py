"""The two views: every part of a table as the canonical columns, one part under the other."""

from collections.abc import Sequence

from attrs import frozen
from sqlglot import exp

from leadqual.batch.border.bound import Bound, any_bad
from leadqual.batch.border.canonical import IDS, as_canonical, canonical, type_of
from leadqual.batch.border.extra import run
from leadqual.batch.border.frames import scan_of
from leadqual.batch.border.gather import Gathered
from leadqual.batch.border.native import Counts, Native, selecting
from leadqual.batch.border.parquet import place
from leadqual.batch.border.physical import digits_of
from leadqual.batch.border.staged import StagedTable
from leadqual.batch.sql.nodes import Expr, aliased, boolean, case, coalesce, column, double, equals, negated
from leadqual.batch.sql.template import united

_INPUTS = 10


@frozen(kw_only=True)
class Numbered:
    """Which ids are kept as whole numbers.

    Attributes:
        lead: Whether lead ids are.
        event: Whether event ids are.
    """

    lead: bool
    event: bool

    def of(self, name: str) -> bool:
        """Tell whether the ids of a canonical column are whole numbers."""
        return {"lq_lead": self.lead, "lq_event": self.event}.get(name, False)


def whole_numbers(tables: Sequence[Gathered], ours: str) -> bool:
    """Tell whether every id of a kind that was handed in is a whole number of 64 bits."""
    return all(
        not table.loader.rows
        and all(
            native.cells[ours].physical.family == "integer" and native.cells[ours].physical.fits
            for native, _ in table.natives
        )
        for table in tables
    )


def view(table: Gathered, name: str, numbered: Numbered) -> StagedTable:
    """Make the view of a table and tell what is in it."""
    columns = table.columns
    spelled = canonical(columns)
    have = set(table.loader.have).union(*(native.cells for native, _ in table.natives))
    if "valid_from" not in have:
        spelled.pop("lq_valid_from", None)
    parts = [_native(table, native, counts, spelled, numbered) for native, counts in table.natives]
    if table.loader.made:
        parts.append(_loaded(table, spelled))
    query = united(parts) if parts else _nothing(table, spelled, numbered)
    run(table.connection, f"CREATE OR REPLACE TEMP VIEW {name} AS {query.sql('duckdb')}")
    table.made.views.append(name)
    foreign = set(table.loader.foreign).union(*(counts.foreign for _, counts in table.natives))
    types = {spelling: type_of(spelling, ours, columns) for spelling, ours in spelled.items()}
    return StagedTable(
        view=name,
        columns=types,
        absent=frozenset(spelling for spelling, ours in spelled.items() if ours not in have),
        non_ascii=frozenset(
            spelling
            for spelling, ours in spelled.items()
            if ours in foreign and types[spelling] in ("text", "list") and spelling not in IDS
        ),
        rows=table.rows,
        bad_rows=table.bad_rows,
        native=not table.loader.made,
        inputs=tuple(table.inputs[:_INPUTS]),
    )


def _native(table: Gathered, native: Native, counts: Counts, spelled: dict[str, str], numbered: Numbered) -> exp.Select:
    values = []
    for spelling, ours in spelled.items():
        cell = native.cells.get(ours)
        value = None if cell is None else _value(cell, ours in counts.blank, whole=numbered.of(spelling))
        values.append(aliased(_canonical(table, spelling, ours, value), spelling))
    query = selecting(values, native.scan)
    if counts.problems:
        sound = negated(coalesce(any_bad(native.cells.values()), boolean(0)))
        query.set("where", exp.Where(this=sound))
    return query


def _value(cell: Bound, blank: int, *, whole: bool) -> Expr:
    """Return what a cell holds; texts as they are, if none of them is a word for a missing value."""
    if whole:
        return digits_of(cell.physical, cell.name)
    if cell.reading.missing is not None and not blank:
        return cell.reading.raw
    return cell.reading.value


def _loaded(table: Gathered, spelled: dict[str, str]) -> exp.Select:
    places = {ours: column(place(number)) for number, ours in enumerate(table.columns.types)}
    values = []
    for spelling, ours in spelled.items():
        value = places[ours] if ours in table.loader.have else None
        if value is not None and table.columns.types[ours] == "number":
            value = case([(equals(value, double(0.0)), double(0.0))], value)
        values.append(aliased(_canonical(table, spelling, ours, value), spelling))
    return selecting(values, scan_of(table.loader.name))


def _nothing(table: Gathered, spelled: dict[str, str], numbered: Numbered) -> exp.Select:
    values = []
    for spelling, ours in spelled.items():
        null = _canonical(table, spelling, ours, None)
        values.append(aliased(null if not numbered.of(spelling) else exp.cast(null, "BIGINT"), spelling))
    query = exp.Select(expressions=values)
    query.set("where", exp.Where(this=boolean(0)))
    return query


def _canonical(table: Gathered, spelling: str, ours: str, value: Expr | None) -> Expr:
    return as_canonical(spelling, value, table.columns.types[ours])
