"""Stages what users hand in: two relations of DuckDB with the meaning of the readers of files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from attrs import frozen

from leadqual.batch.border.canonical import EVENTS_VIEW, LEADS_VIEW
from leadqual.batch.border.extra import in_order
from leadqual.batch.border.gather import Gathered
from leadqual.batch.border.handed import Streamed, paths_and_frames
from leadqual.batch.border.staged import Made, Staged
from leadqual.batch.border.views import Numbered, view, whole_numbers
from leadqual.errors import InputError, Kind, Problem
from leadqual.files.base import refuse, ticker
from leadqual.files.columns import Columns, Declared, FilesPlaybook
from leadqual.files.notes import FIRST, Notes, Unusable
from leadqual.files.source import Progress
from leadqual.playbook.mapping import FileFormat

_NOTHING: Final[Mapping[str, Any]] = {}


@frozen
class AsItIs:
    """A model without a playbook: files have our names and the usual formats."""

    model: Declared
    columns: Mapping[str, Mapping[str, str]] = _NOTHING
    files: Mapping[str, FileFormat] = _NOTHING


def stage(
    connection: Any,
    model: FilesPlaybook | Declared,
    *,
    leads: object,
    events: object = None,
    bad_rows: Literal["fail", "skip"] = "fail",
    progress: Progress | None = None,
) -> Staged:
    """Make the views ``lq_leads_in`` and ``lq_events_in`` of what was handed in.

    A table is a path, a glob, a frame with the Arrow C stream interface (PyArrow, pandas, Polars), a Polars
    LazyFrame, a DuckDB relation of another connection, or a list of them. Parquet files and frames whose types
    DuckDB can read exactly stay where they are: the views read them when they are asked. The rest goes through the
    readers of `leadqual.files` into temporary tables, so that its meaning is theirs. Streams are read once.
    Staging anew on a connection takes the place of what was staged there.

    Args:
        connection: A DuckDB connection of our own.
        model: A playbook, which says how columns are called and written, or a scoring model.
        leads: The leads.
        events: Their events; none at all if nothing is passed.
        bad_rows: ``"fail"`` refuses rows that cannot be read; ``"skip"`` leaves them out and counts them.
        progress: Called now and then with the bytes read and the bytes of all files.

    Returns:
        What is staged, with what is known of it.

    Raises:
        RowsError: If rows cannot be read, with the first hundred problems and their number.
        InputError: If something cannot be used at all; `RowsError` is one too.
        MissingExtra: If pyarrow is needed and not installed.
    """
    if bad_rows not in ("fail", "skip"):
        hint = 'Write "fail" or "skip".'
        raise InputError([Problem(where="bad_rows", what="a known word was expected", got=bad_rows, hint=hint)])
    playbook = model if isinstance(model, FilesPlaybook) else AsItIs(model)
    notes, made = Notes(), Made(connection)
    columns = {table: Columns.of(playbook, table) for table in ("leads", "events")}
    items = {
        "leads": _items(leads, "leads", notes),
        "events": [] if events is None else _items(events, "events", notes),
    }
    tick = ticker([item for part in items.values() for item in part if isinstance(item, Path)], progress)
    tables = [
        Gathered(connection=connection, columns=part, notes=notes, made=made, tick=tick) for part in columns.values()
    ]
    try:
        with in_order(connection):
            for table in tables:
                table.take(items[table.columns.table])
        refuse(notes, bad_rows)
        return _staged(tables, notes, made)
    except BaseException:
        made.drop()
        raise


def unreadable(staged: Staged, error: Exception) -> InputError:
    """Return what to raise when DuckDB meets something broken while it runs a query over the views.

    Args:
        staged: What is staged.
        error: DuckDB's error; what it says may hold values, so only its kind is told.
    """
    hint = "Check the files, or write them again."
    got = Kind(type(error).__name__)
    inputs = dict.fromkeys((*staged.leads.inputs, *staged.events.inputs))
    return InputError(Problem(where=name, what="the table cannot be read", got=got, hint=hint) for name in inputs)


def _items(handed: object, table: str, notes: Notes) -> list[Path | Streamed]:
    try:
        return paths_and_frames(handed, table)
    except Unusable as unusable:
        notes.file(unusable)
        return []


def _staged(tables: list[Gathered], notes: Notes, made: Made) -> Staged:
    leads, events = tables
    numbered = Numbered(lead=whole_numbers(tables, "lead_id"), event=whole_numbers([events], "event_id"))
    return Staged(
        leads=view(leads, LEADS_VIEW, numbered),
        events=view(events, EVENTS_VIEW, numbered),
        lead_id_type="BIGINT" if numbered.lead else "TEXT",
        event_id_type="BIGINT" if numbered.event else "TEXT",
        dated=leads.dated,
        problems=tuple(notes.first[:FIRST]),
        total=notes.total,
        warnings=tuple(notes.warnings),
        made=made,
    )
