"""Turns rows of events files into events, keeps where each stood, and leaves copies out."""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable

from attrs import define, field

from leadqual.errors import EventError, Kind, Problem
from leadqual.event import Event, Key
from leadqual.files.bind import bind, row_problems, warn_absent
from leadqual.files.columns import Columns
from leadqual.files.notes import BadCell, Notes, plain
from leadqual.files.open import open_rows
from leadqual.files.rows import Ask
from leadqual.interest.dedupe import dedupe


@define
class EventRows:
    """All rows of the events files that can be read, in their order.

    Attributes:
        events: One for each row, copies included.
        lines: The line of each.
        starts: Index of the first event of each file.
        files: Names of the files.
    """

    events: list[Event] = field(factory=list)
    lines: "array[int]" = field(factory=lambda: array("Q"))
    starts: list[int] = field(factory=list)
    files: list[str] = field(factory=list)

    def read(self, columns: Columns, ask: Ask) -> None:
        """Read one file.

        Raises:
            Unusable: If it cannot be used.
            MissingExtra: If it is Parquet and pyarrow is not installed.
        """
        rows = open_rows(ask)
        found = bind(columns, rows)
        self.starts.append(len(self.events))
        self.files.append(rows.name)
        an_id, a_lead, a_kind, an_at = (found[name] for name in ("event_id", "lead_id", "kind", "at"))
        read_id, read_lead, read_kind, read_at = an_id.read, a_lead.read, a_kind.read, an_at.read
        i_id, i_lead, i_kind, i_at = an_id.position, a_lead.position, a_kind.position, an_at.position
        source, by = found.get("source"), found.get("by")
        properties = [(name, found[name].position, found[name].read) for name in columns.declared if name in found]
        nothing: dict[str, object] = {}  # shared by all events without properties
        same: dict[str, str] = {}  # one text object for all events of a lead or a kind
        once = same.setdefault
        keep, keep_line = self.events.append, self.lines.append
        for line, row in rows.rows:
            try:
                lead_id, kind = read_lead(row[i_lead]), read_kind(row[i_kind])
                event = Event(
                    id=read_id(row[i_id]),
                    lead_id=once(lead_id, lead_id),
                    kind=once(kind, kind),
                    at=read_at(row[i_at]),
                    properties={name: v for name, at, read in properties if (v := read(row[at])) is not None}
                    or nothing,
                    by=by.read(row[by.position]) or "lead" if by else "lead",
                    source=source.read(row[source.position]) or "" if source else "",
                )
            except BadCell:
                ask.notes.row(*row_problems(found.values(), row, f"{rows.name}:{line}"))
            except EventError as error:
                where = f"{rows.name}:{line}"
                problems = row_problems(found.values(), row, where)
                ask.notes.row(*(problems or (problem.under(where) for problem in error.problems)))
            else:
                keep(event)
                keep_line(line)
        warn_absent(columns, rows, ask.notes)

    def where(self, index: int) -> str:
        """Return file and line of the event with this index."""
        return f"{self.files[bisect_right(self.starts, index) - 1]}:{self.lines[index]}"

    def distinct(self, columns: Columns, notes: Notes, flagged: Collection[Key] = ()) -> "Distinct":
        """Leave out copies, and every copy of an id that stands for two contents.

        Args:
            columns: The declared properties are part of an event's content.
            notes: Where conflicts go, with both places and what differs.
            flagged: Keys of events that do not exist.
        """
        present = [event for event in self.events if event.key not in flagged] if flagged else self.events
        deduped = dedupe(present, columns.declared)
        conflicts = deduped.conflicts
        if conflicts:
            ids = {id(event) for conflict in conflicts for event in (conflict.first, conflict.other)}
            places = {id(event): index for index, event in enumerate(self.events) if id(event) in ids}
            for conflict in conflicts:
                first, other = places[id(conflict.first)], places[id(conflict.other)]
                notes.add([self._conflict(first, other, conflict.differs, columns)])
        return Distinct(events=deduped.events, copies=deduped.copies, conflicts=len({c.key for c in conflicts}))

    def _conflict(self, first: int, other: int, differs: Iterable[str], columns: Columns) -> Problem:
        shown = ", ".join(plain(name) for name in [*differs][:10])
        what = f"the id already stands for another event, {self.where(first)}, that differs in {shown}"
        hint = "Give every event its own id, or name their systems in the column `source`."
        where = f"{self.where(other)}:{plain(columns.names['event_id'])}"
        return Problem(where=where, what=what, got=Kind("two events"), hint=hint)


@define
class Distinct:
    """The events of a base, each once."""

    events: tuple[Event, ...]
    copies: int
    conflicts: int
