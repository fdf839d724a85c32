"""A lead that a command has in its hands."""

from typing import TYPE_CHECKING

from leadqual.errors import Kind, Problem, shown
from leadqual.qualifier import Record
from leadqual.service.rows import LeadRow

if TYPE_CHECKING:
    from leadqual.lifecycle.effects import Effect
    from leadqual.lifecycle.facts import Fact


class Held:
    """A lead that a command has in its hands.

    Args:
        row: Its row as it was; ``None`` if it is new.
        record: Its record.

    Attributes:
        row: Its row as it was.
        record: Its record as it is now.
        facts: What has become of it by this command.
        effects: What goes into the outbox.
        held: Whether its promotion waits for a release.
        again_at: When it is to be ticked again, in microseconds, if it could not be decided upon.
    """

    def __init__(self, row: LeadRow | None, record: Record) -> None:
        self.row = row
        self.record = record
        self.facts: list[Fact] = []
        self.effects: list[Effect] = []
        self.held = None if row is None else row.held
        self.again_at: int | None = None
        self._before = record if row is not None else None

    @property
    def lead_id(self) -> str:
        """Its id."""
        return self.record.state.lead_id

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, and those under which events of it came before merges."""
        return (self.lead_id, *self.record.lead.merged_ids)

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        if self.row is None or self.record is not self._before:
            return True
        return self.row.held != self.held or self.again_at is not None

    @property
    def readdressed(self) -> bool:
        """Whether it has come to another address or number than before."""
        before, now = self._before, self.record.lead
        return before is None or (before.lead.email, before.lead.phone) != (now.email, now.phone)


def unknown(lead_id: str) -> Problem:
    """Return the problem of a lead that there is not."""
    hint = "Capture or import it first; an id is taken as it is, letter by letter."
    return Problem(where=f"lead {shown(lead_id)}", what="no such lead", got=Kind("an unknown id"), hint=hint)
