"""Reads a whole base: leads and their events, everything that is wrong counted."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import Literal, Protocol

from leadqual.calendar import utc
from leadqual.errors import InputError, Problem
from leadqual.event import Event, Key
from leadqual.files.columns import Columns, FilesPlaybook
from leadqual.files.eventrows import Distinct, EventRows
from leadqual.files.leadrows import LeadRows
from leadqual.files.notes import Notes, RowsError, Unusable
from leadqual.files.report import Base, Report
from leadqual.files.rows import Ask
from leadqual.files.source import Progress
from leadqual.lead import Lead

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]
"""One file or several."""


class ReadsFiles(Protocol):
    """The rows of a table, read one file after the other."""

    def read(self, columns: Columns, ask: Ask) -> None:
        """Read one file; raise `Unusable` if it cannot be used."""


def read_base(
    playbook: FilesPlaybook,
    *,
    leads: Paths,
    events: Paths | None = None,
    now: datetime,
    bad_rows: Literal["fail", "skip"] = "fail",
    flagged: Collection[Key] = (),
    progress: Progress | None = None,
) -> Base:
    r"""Read leads and events from CSV, JSON Lines and Parquet files.

    Args:
        playbook: Says which columns are read, of which types, and how the files are written.
        leads: A file, or several.
        events: A file, or several; the same event may come in more than one.
        now: The instant whose profile is wanted, where the leads files have ``valid_from``.
        bad_rows: ``"fail"`` refuses a base with anything wrong in it; ``"skip"`` leaves out bad rows, events in
            conflict and doubled leads, and counts them. A file that cannot be used at all is refused either way.
        flagged: Keys of events that do not exist while they are flagged.
        progress: Called now and then with the bytes read and the bytes of all files.

    Returns:
        The base, with a report.

    Raises:
        RowsError: If rows are wrong, with the first hundred problems (file, line, column) and their number; ``"skip"``
            would leave them out.
        InputError: If a file cannot be used at all, with the same; `RowsError` is one too.
        InstantError: If `now` is naive or out of range.
        MissingExtra: If a file is Parquet and pyarrow is not installed.

    >>> from datetime import UTC
    >>> from tempfile import TemporaryDirectory
    >>> from leadqual.playbook import loads
    >>> playbook = loads('schema = 1\nname = "mine"\nversion = "1"')
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "leads.csv")
    ...     _ = path.write_text("lead_id;language\n007;es\n")
    ...     base = read_base(playbook, leads=path, now=datetime(2026, 1, 1, tzinfo=UTC))
    >>> base.leads["007"].language, base.report.lead_rows
    ('es', 1)
    """
    now = utc(now, "now")
    if bad_rows not in ("fail", "skip"):
        hint = 'Write "fail" or "skip".'
        raise InputError([Problem(where="bad_rows", what="a known word was expected", got=bad_rows, hint=hint)])
    lead_columns, event_columns = Columns.of(playbook, "leads"), Columns.of(playbook, "events")
    lead_paths, event_paths = paths_of(leads), () if events is None else paths_of(events)
    tick = ticker([*lead_paths, *event_paths], progress)
    notes, lead_rows, event_rows = Notes(), LeadRows(), EventRows()
    read_all(lead_rows, lead_columns, lead_paths, notes, tick)
    bad_leads = notes.bad_rows
    read_all(event_rows, event_columns, event_paths, notes, tick)
    settled = lead_rows.settle(now, notes, lead_columns.names["lead_id"])
    distinct = event_rows.distinct(event_columns, notes, flagged)
    refuse(notes, bad_rows)
    by_lead, orphans = _by_lead(distinct, settled.leads)
    report = Report(
        lead_rows=lead_rows.rows + bad_leads,
        event_rows=len(event_rows.events) + notes.bad_rows - bad_leads,
        leads=len(settled.leads),
        events=len(distinct.events) - orphans,
        copies=distinct.copies,
        orphans=orphans,
        conflicts=distinct.conflicts,
        doubled_leads=settled.doubled,
        bad_rows=notes.bad_rows,
        later_leads=settled.later,
        total=notes.total,
        problems=tuple(notes.first),
        warnings=tuple(notes.warnings),
        profile_dated=lead_rows.dated,
    )
    return Base(leads=settled.leads, events=by_lead, report=report)


def read_leads(leads: Paths, playbook: FilesPlaybook, *, now: datetime) -> dict[str, Lead]:
    """Read leads alone; any bad row is an error.

    Args:
        leads: A file, or several.
        playbook: Says which columns are read and how the files are written.
        now: The instant whose profile is wanted, where the files have ``valid_from``.

    Returns:
        Leads by id, in the order of the files.

    Raises:
        InputError: With the first hundred problems (file, line, column) and their number.
    """
    return dict(read_base(playbook, leads=leads, now=now).leads)


def read_events(events: Paths, playbook: FilesPlaybook) -> tuple[Event, ...]:
    """Read events alone, each once; any bad row or conflict is an error.

    Args:
        events: A file, or several.
        playbook: Says which columns are read and how the files are written.

    Returns:
        The events in the order of the files.

    Raises:
        InputError: With the first hundred problems (file, line, column) and their number.
    """
    columns, notes, rows, paths = Columns.of(playbook, "events"), Notes(), EventRows(), paths_of(events)
    read_all(rows, columns, paths, notes, lambda _path, _done: None)
    distinct = rows.distinct(columns, notes)
    refuse(notes, "fail")
    return distinct.events


def refuse(notes: Notes, bad_rows: str) -> None:
    """Raise what was noted, if it is not to be skipped."""
    if notes.broken:
        raise InputError(notes.first, notes.total)
    if notes.total and bad_rows == "fail":
        raise RowsError(notes.first, notes.total)


def read_all(
    rows: ReadsFiles,
    columns: Columns,
    paths: Sequence[Path],
    notes: Notes,
    tick: Callable[[Path, int], object],
) -> None:
    """Read all files of a table; one that cannot be used is noted."""
    for path in paths:
        ask = Ask(
            path=path,
            table=columns.table,
            format=columns.format,
            notes=notes,
            wanted=columns.wanted,
            tick=partial(tick, path),
        )
        try:
            rows.read(columns, ask)
        except Unusable as unusable:
            notes.file(unusable)


def _by_lead(distinct: Distinct, leads: Mapping[str, Lead]) -> tuple[dict[str, list[Event]], int]:
    by_lead: dict[str, list[Event]] = {}
    orphans = 0
    for event in distinct.events:
        if event.lead_id in leads:
            by_lead.setdefault(event.lead_id, []).append(event)
        else:
            orphans += 1
    return by_lead, orphans


def paths_of(paths: Paths) -> Sequence[Path]:
    """Return the paths of one file or of several."""
    if isinstance(paths, str | PathLike):
        return (Path(fspath(paths)),)
    return tuple(Path(fspath(path)) for path in paths)


def ticker(paths: Sequence[Path], progress: Progress | None) -> Callable[[Path, int], object]:
    """Return what is called with a file and the bytes of it that are read, and tells of all files together."""
    if progress is None:
        return lambda _path, _done: None
    sizes = {path: path.stat().st_size if path.is_file() else 0 for path in paths}
    total, done = sum(sizes.values()), dict.fromkeys(paths, 0)

    def tick(path: Path, bytes_done: int) -> None:
        done[path] = bytes_done
        progress(sum(done.values()), total)

    return tick
