"""A table that an engine reads itself: how its columns are bound, counted, told of and made canonical."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen
from sqlglot import exp

from leadqual.batch.border.bound import asked, bound, rows_without
from leadqual.batch.border.canonical import as_canonical
from leadqual.batch.border.native import selecting
from leadqual.batch.border.physical import Physical
from leadqual.batch.engines.cells import Cell, Spelling, WrongType, cell_of
from leadqual.batch.sql.nodes import (
    Expr,
    aliased,
    any_of,
    bare_integer,
    boolean,
    case,
    coalesce,
    column,
    count,
    integer,
    is_in,
    negated,
    never,
    sum_,
    text,
)
from leadqual.errors import Kind, Problem, shown
from leadqual.files.bind import WORDS, Column, row_problems
from leadqual.files.columns import Columns
from leadqual.files.csvrows import refuse_doubled
from leadqual.files.notes import FIRST, Notes, Unusable, plain
from leadqual.files.rows import Rows
from leadqual.files.source import Source

Asks = Callable[[Expr], Sequence[Sequence[Any]]]
"""Runs a query and returns its rows."""
_IDS: Final = {"leads": ("lead_id", "lead"), "events": ("event_id", "event")}


@frozen(kw_only=True)
class Handed:
    """A table as an engine has it.

    Attributes:
        name: Its name, for messages.
        source: What stands after ``FROM``.
        physicals: Its columns, each with what it is.
        types: What the engine calls that, for messages.
    """

    name: str
    source: Expr
    physicals: Mapping[str, Physical]
    types: Mapping[str, str]


@frozen(kw_only=True)
class Counts:
    """What the rows of a table came to.

    Attributes:
        rows: How many there are.
        bad: How many values cannot be read.
        bad_rows: How many rows have such a value.
        foreign: Our names of the columns that hold more than ASCII.
    """

    rows: int
    bad: int
    bad_rows: int
    foreign: frozenset[str]


@frozen(kw_only=True)
class OwnTable:
    """A table that an engine reads itself.

    Attributes:
        handed: The table.
        columns: What a playbook reads of it.
        rows: What its readers are, for messages.
        found: The columns that it has, by our names.
        cells: What they mean, by our names.
    """

    handed: Handed
    columns: Columns
    rows: Rows
    found: Mapping[str, Column]
    cells: Mapping[str, Cell]

    @classmethod
    def of(cls, handed: Handed, columns: Columns, spelling: Spelling, notes: Notes) -> "OwnTable | None":
        """Return a table as the engine reads it; nothing if only the readers of files can.

        Raises:
            Unusable: If a column is absent that no row can do without, or there twice; or of a wrong type.
        """
        ask = asked(columns, Path(columns.table), notes)
        names = list(handed.physicals)
        refuse_doubled(Source(Path(handed.name), ask.format, ask.table, ask.tick), names, ask.wanted)
        rows = rows_without(ask, plain(handed.name), names, handed.physicals)
        found = bound(columns, rows)
        cells: dict[str, Cell] = {}
        wrong: list[Problem] = []
        through = False
        for ours, one in found.items():
            physical = handed.physicals[one.name]
            try:
                cell = cell_of(columns.types[ours], spelling, physical, column(one.name), columns.format)
            except WrongType as error:
                wrong.append(_of_wrong_type(handed, one.name, error))
                continue
            if cell is None:
                through = True
                continue
            words = WORDS.get((columns.table, ours))
            bad = (
                [cell.bad] if words is None else [negated(is_in(cell.value, [text(word) for word in words])), cell.bad]
            )
            cells[ours] = evolve(cell, bad=any_of([cell.absent, *bad] if one.required else bad))
        if wrong:
            raise Unusable(*wrong)
        return None if through else cls(handed=handed, columns=columns, rows=rows, found=found, cells=cells)

    def whole(self, ours: str) -> bool:
        """Tell whether an id is a whole number in every row."""
        return self.cells[ours].whole is not None

    def counted(self, ask: Asks) -> Counts:
        """Count what is wrong, in one pass."""
        bad = [cell.bad for cell in self.cells.values() if not never(cell.bad)]
        foreign = {ours: cell.foreign for ours, cell in self.cells.items() if cell.foreign is not None}
        parts = [count(), *map(_times, [*bad, any_of(bad), *foreign.values()])]
        ((rows, *numbers),) = ask(
            selecting([aliased(part, f"n{at}") for at, part in enumerate(parts)], self.handed.source)
        )
        many = [int(number or 0) for number in numbers]
        held = zip(foreign, many[len(bad) + 1 :], strict=True)
        return Counts(
            rows=int(rows),
            bad=sum(many[: len(bad)]),
            bad_rows=many[len(bad)],
            foreign=frozenset(ours for ours, number in held if number),
        )

    def tell(self, ask: Asks, counts: Counts, notes: Notes) -> None:
        """Note what is wrong: the first rows in the words of the readers of files, the others by number."""
        told = 0
        for name, row in self._first_bad(ask, FIRST - len(notes.rows)):
            problems = row_problems(self.found.values(), row, name)
            notes.add(problems or [_unreadable(name)])
            told += len(problems) or 1
        notes.total += max(counts.bad - told, 0)
        notes.bad_rows += counts.bad_rows

    def canonical(self, spelled: Mapping[str, str], whole: Mapping[str, bool], *, sound: bool) -> Expr:
        """Return the query of the canonical columns.

        Args:
            spelled: The canonical columns with our names.
            whole: Whether ids are kept as whole numbers, by canonical column.
            sound: Whether every row can be read; others are left out.
        """
        values = []
        for spelling, ours in spelled.items():
            cell = self.cells.get(ours)
            value = None if cell is None else cell.whole if whole.get(spelling) else cell.value
            values.append(aliased(as_canonical(spelling, value, self.columns.types[ours]), spelling))
        query = selecting(values, self.handed.source)
        if not sound:
            query.set("where", exp.Where(this=negated(self._bad())))
        return query

    def raw(self) -> Expr:
        """Return the query of the columns that are read, as the readers of files take them."""
        names = list(dict.fromkeys(one.name for one in self.found.values()))
        return selecting([column(name) for name in names], self.handed.source)

    def _bad(self) -> Expr:
        return coalesce(any_of([cell.bad for cell in self.cells.values()]), boolean(0))

    def _first_bad(self, ask: Asks, most: int) -> Iterator[tuple[str, list[Any]]]:
        """Yield the first bad rows, each with its name, as the readers of files take them."""
        if most <= 0:
            return
        ours, thing = _IDS[self.columns.table]
        cells = [(self.found[name], cell) for name, cell in self.cells.items()]
        query = selecting([aliased(cell.raw, f"r{at}") for at, (_, cell) in enumerate(cells)], self.handed.source)
        query.set("where", exp.Where(this=self._bad()))
        query.set("limit", exp.Limit(expression=bare_integer(most)))
        width = max(one.position for one, _ in cells) + 1
        for values in ask(query):
            row: list[Any] = [None] * width
            for (one, _), value in zip(cells, values, strict=True):
                row[one.position] = value
            name = row[self.found[ours].position]
            yield f"{plain(self.handed.name)}: {thing} {'without an id' if name is None else shown(str(name))}", row


def _times(condition: Expr) -> Expr:
    return sum_(case([(condition, integer(1))], integer(0)))


def _unreadable(where: str) -> Problem:
    return Problem(where=where, what="the row cannot be read", got=Kind("a value"), hint="Check its values.")


def _of_wrong_type(handed: Handed, name: str, error: WrongType) -> Problem:
    got = Kind(f"a column of type {plain(handed.types[name])}")
    return Problem(where=f"{plain(handed.name)}:{plain(name)}", what=error.what, got=got, hint=error.hint)
