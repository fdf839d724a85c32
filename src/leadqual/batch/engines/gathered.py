"""Leads and events as one canonical table each, out of an engine's own tables and of what goes through DuckDB."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol

from attrs import define, evolve, field
from sqlglot import exp

from leadqual.batch.border import Staged, StagedTable
from leadqual.batch.border.canonical import IDS, as_canonical, canonical, type_of
from leadqual.batch.border.native import selecting
from leadqual.batch.border.stage import AsItIs
from leadqual.batch.border.staged import Made
from leadqual.batch.engines.cells import Spelling
from leadqual.batch.engines.tables import Counts, Handed, OwnTable
from leadqual.batch.engines.through import Through
from leadqual.batch.program import Step
from leadqual.batch.sql.nodes import Expr, aliased, as_bigint, as_text, boolean, column
from leadqual.batch.sql.template import table as named
from leadqual.batch.sql.template import united
from leadqual.errors import InputError, Problem
from leadqual.files.base import refuse
from leadqual.files.bind import warn_absent
from leadqual.files.columns import Columns, Declared, FilesPlaybook
from leadqual.files.notes import FIRST, Notes, RowsError, Unusable, plain
from leadqual.files.source import Progress

_INPUTS = 10


class Holds(Protocol):
    """What an engine does for the tables that it is handed."""

    @property
    def spelling(self) -> Spelling:
        """How it reads columns."""
        ...

    def ask_source(self, query: Expr) -> Sequence[Sequence[Any]]:
        """Return the rows of a query over tables that were handed in."""
        ...

    def held(self, table: Handed, wanted: Sequence[str]) -> Handed:
        """Return a table that does not change while it is read."""
        ...

    def streamed(self, table: Handed, names: Sequence[str]) -> object:
        """Return columns of a table that was handed in, with the Arrow C stream interface."""
        ...

    def load(self, name: str, through: Through, table: StagedTable) -> None:
        """Make a table of canonical rows that went through DuckDB."""
        ...

    def make_source(self, step: Step) -> None:
        """Make a table or a view over tables that were handed in."""
        ...


@define(kw_only=True)
class _Table:
    """One table, as it is gathered."""

    columns: Columns
    own: list[OwnTable] = field(factory=list)
    counts: list[Counts] = field(factory=list)
    rest: list[object] = field(factory=list)
    inputs: list[str] = field(factory=list)

    @property
    def name(self) -> str:
        return self.columns.table


def gather(
    engine: Holds,
    model: FilesPlaybook | Declared,
    *,
    leads: Iterable[Handed | object],
    events: Iterable[Handed | object],
    bad_rows: Literal["fail", "skip"],
    progress: Progress | None,
) -> Staged:
    """Make ``lq_leads`` and ``lq_events``.

    Args:
        engine: The engine.
        model: A playbook, or a scoring model.
        leads: Tables that the engine has, and other things, which go through DuckDB.
        events: The events, likewise.
        bad_rows: Whether rows that cannot be read are refused or left out and counted.
        progress: Called with the bytes read and the bytes of all files.

    Raises:
        RowsError: If rows cannot be read, with the first hundred problems and their number.
        InputError: If something cannot be used at all; `RowsError` is one too.
        MissingExtra: If DuckDB or PyArrow is needed and not installed.
    """
    if bad_rows not in ("fail", "skip"):
        hint = 'Write "fail" or "skip".'
        raise InputError([Problem(where="bad_rows", what="a known word was expected", got=bad_rows, hint=hint)])
    playbook = model if isinstance(model, FilesPlaybook) else AsItIs(model)
    notes = Notes()
    tables = [_Table(columns=Columns.of(playbook, name)) for name in ("leads", "events")]
    for table, items in zip(tables, (leads, events), strict=True):
        _sort(engine, table, items, notes)
    through = _through(model, tables, notes, bad_rows, progress)
    try:
        for table in tables:
            _count(engine, table, notes)
        refuse(notes, bad_rows)
        return _staged(engine, tables, through, notes)
    finally:
        if through is not None:
            through.close()


def _sort(engine: Holds, table: _Table, items: Iterable[Handed | object], notes: Notes) -> None:
    """Tell what the engine reads itself from what goes through DuckDB."""
    for item in items:
        if not isinstance(item, Handed):
            table.rest.append(item)
            continue
        table.inputs.append(plain(item.name))
        wanted = [name for name in item.physicals if name in table.columns.wanted]
        try:
            own = OwnTable.of(item, table.columns, engine.spelling, notes)
        except Unusable as unusable:
            notes.file(unusable)
            continue
        if own is None:
            table.rest.append(engine.streamed(item, wanted))
        else:
            table.own.append(evolve(own, handed=engine.held(item, wanted)))
            warn_absent(table.columns, own.rows, notes)


def _through(
    model: FilesPlaybook | Declared,
    tables: Sequence[_Table],
    notes: Notes,
    bad_rows: Literal["fail", "skip"],
    progress: Progress | None,
) -> Through | None:
    """Read the rest by DuckDB; what is wrong with it is noted, together with what is wrong elsewhere."""
    leads, events = (table.rest for table in tables)
    if not (leads or events):
        return None
    try:
        through = Through.of(model, leads=leads, events=events, bad_rows=bad_rows, progress=progress)
    except RowsError as error:
        notes.rows += error.problems[: FIRST - len(notes.rows)]
        notes.total += error.total
        return None
    except InputError as error:
        notes.files += error.problems
        notes.total += error.total
        return None
    staged = through.staged
    notes.rows += staged.problems
    notes.total += staged.total
    for warning in staged.warnings:
        notes.warn(warning)
    return through


def _count(engine: Holds, table: _Table, notes: Notes) -> None:
    for own in table.own:
        counts = own.counted(engine.ask_source)
        table.counts.append(counts)
        if counts.bad_rows:
            own.tell(engine.ask_source, counts, notes)


def _staged(engine: Holds, tables: Sequence[_Table], through: Through | None, notes: Notes) -> Staged:
    leads, events = tables
    whole = {
        "lq_lead": _whole(tables, "lead_id") and (through is None or through.staged.lead_id_type == "BIGINT"),
        "lq_event": _whole([events], "event_id") and (through is None or through.staged.event_id_type == "BIGINT"),
    }
    rest = {"leads": None, "events": None} if through is None else _rest(through)
    dated = all("valid_from" in own.cells for own in leads.own)
    if leads.rest and through is not None:
        dated = dated and through.staged.dated
    return Staged(
        leads=_made(engine, leads, through, rest["leads"], whole),
        events=_made(engine, events, through, rest["events"], whole),
        lead_id_type="BIGINT" if whole["lq_lead"] else "TEXT",
        event_id_type="BIGINT" if whole["lq_event"] else "TEXT",
        dated=dated,
        problems=tuple(notes.first),
        total=notes.total,
        warnings=tuple(notes.warnings),
        made=Made(None),
    )


def _rest(through: Through) -> dict[str, StagedTable | None]:
    return {"leads": through.staged.leads, "events": through.staged.events}


def _whole(tables: Sequence[_Table], ours: str) -> bool:
    return all(own.whole(ours) for table in tables for own in table.own)


def _made(
    engine: Holds, table: _Table, through: Through | None, rest: StagedTable | None, whole: Mapping[str, bool]
) -> StagedTable:
    """Make the canonical table and tell what is in it."""
    spelled = canonical(table.columns)
    have = set[str]().union(*(own.cells for own in table.own))
    foreign = set[str]().union(*(counts.foreign for counts in table.counts))
    if rest is not None:
        have |= {ours for spelling, ours in spelled.items() if spelling in rest.columns and spelling not in rest.absent}
        foreign |= {spelled[spelling] for spelling in rest.non_ascii}
    if "valid_from" not in have:
        spelled.pop("lq_valid_from", None)
    parts = [
        own.canonical(spelled, whole, sound=not counts.bad_rows)
        for own, counts in zip(table.own, table.counts, strict=True)
    ]
    if through is not None and rest is not None and (table.rest or not parts):
        engine.load(f"lq_read_{table.name}", through, rest)
        parts.append(_loaded(table, rest, spelled, whole))
    query = united(parts) if parts else _nothing(table, spelled, whole)
    engine.make_source(Step(name=f"lq_{table.name}", query=query, says="what was handed in"))
    types = {spelling: type_of(spelling, ours, table.columns) for spelling, ours in spelled.items()}
    own_inputs = table.inputs if rest is None else [*table.inputs, *rest.inputs]
    return StagedTable(
        view=f"lq_{table.name}",
        columns=types,
        absent=frozenset(spelling for spelling, ours in spelled.items() if ours not in have),
        non_ascii=frozenset(
            spelling
            for spelling, ours in spelled.items()
            if ours in foreign and types[spelling] in ("text", "list") and spelling not in IDS
        ),
        rows=sum(counts.rows for counts in table.counts) + (0 if rest is None else rest.rows),
        bad_rows=sum(counts.bad_rows for counts in table.counts) + (0 if rest is None else rest.bad_rows),
        native=rest is None,
        inputs=tuple(dict.fromkeys(own_inputs))[:_INPUTS],
    )


def _loaded(table: _Table, rest: StagedTable, spelled: Mapping[str, str], whole: Mapping[str, bool]) -> Expr:
    values = []
    for spelling, ours in spelled.items():
        value = column(spelling, "r") if spelling in rest.columns else None
        value = as_canonical(spelling, None, table.columns.types[ours]) if value is None else value
        if spelling in IDS:
            value = as_bigint(value) if whole.get(spelling) else as_text(value)
        values.append(aliased(value, spelling))
    return selecting(values, named(f"lq_read_{table.name}", "r"))


def _nothing(table: _Table, spelled: Mapping[str, str], whole: Mapping[str, bool]) -> Expr:
    values = []
    for spelling, ours in spelled.items():
        null = as_canonical(spelling, None, table.columns.types[ours])
        values.append(aliased(as_bigint(null) if whole.get(spelling) else null, spelling))
    query = exp.Select(expressions=values)
    query.set("where", exp.Where(this=boolean(0)))
    return query
