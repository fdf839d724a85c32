"""A record: everything that is kept of one lead."""

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from leadqual.calendar import utc
from leadqual.errors import Kind, Problem, shown
from leadqual.event import Event
from leadqual.hints import did_you_mean
from leadqual.interest.tally import Tally
from leadqual.lead import Lead
from leadqual.lifecycle.state import LeadState
from leadqual.nurture.deeds import Deeds
from leadqual.qualifier.memory import NO_MEMORY, Memory
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.profile import Profile
from leadqual.scoring.score import Score


@frozen
class Traces:
    """When a lead and we last had to do with each other.

    Attributes:
        interaction: The lead's newest interaction.
        first_act: Its first act of any kind.
        last_act: Its newest.
        first_contact: Our first act.
        last_contact: Our newest.
    """

    interaction: datetime | None = None
    first_act: datetime | None = None
    last_act: datetime | None = None
    first_contact: datetime | None = None
    last_contact: datetime | None = None

    def plus(self, event: Event, *, interaction: bool) -> "Traces":
        """Return the traces after one more event.

        Args:
            event: The event.
            interaction: Whether it is an interaction.
        """
        at = event.at
        own = event.by == "lead"
        first, last = (self.first_act, self.last_act) if own else (self.first_contact, self.last_contact)
        newest = self.interaction
        if interaction and (newest is None or at > newest):
            newest = at
        first = at if first is None or at < first else first
        last = at if last is None or at > last else last
        if own:
            return Traces(newest, first, last, self.first_contact, self.last_contact)
        return Traces(newest, self.first_act, self.last_act, first, last)


@frozen(eq=False, repr=False)
class Record:
    """All that is kept of one lead; made and changed by a `Qualifier` only, each change making a new one.

    Attributes:
        model: How it is scored.
        profile: Its profile, read by the model.
        state: Where it stands: what follows from its facts.
        tally: What follows from its events.
        traces: When it and we last had to do with each other.
        as_of: Up to when everything is decided.
        pending: Events that are dated a little ahead and not due yet, the earliest first.
        stale: Whether its events have to be folded anew before a score can decide anything.
        memory: What is remembered of its acts for its nurturing; nothing under a playbook without sequences.
    """

    model: ScoringModel
    profile: Profile
    state: LeadState
    tally: Tally
    traces: Traces
    as_of: datetime
    pending: tuple[Event, ...] = ()
    stale: bool = False
    memory: Memory = NO_MEMORY

    @property
    def lead(self) -> Lead:
        """Its profile as it was given."""
        return self.profile.lead

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.state.stage

    @property
    def deeds(self) -> Deeds:
        """The offers that it took, and what else it did, as far as its nurturing remembers."""
        return self.memory.deeds

    def _parts(self) -> tuple[object, ...]:
        own = (self.model.fingerprint, self.lead, self.state, self.traces, self.as_of, self.pending, self.stale)
        return (*own, self.memory, self.tally.since, self.tally.state.parts())

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Record) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.state.lead_id, self.state.seq, self.as_of))

    def __repr__(self) -> str:
        state = self.state
        return f"<Record of {state.lead_id!r}: {state.stage}, cycle {state.cycle}, as of {self.as_of.isoformat()}>"

    def to_json(self) -> str:
        """Return the record as text, to be kept; it holds personal data. `Qualifier.load` reads it again.

        Returns:
            JSON on one line, under 2 KB for a lead with twenty events.
        """
        from leadqual.qualifier.stored import record_to_json

        return record_to_json(self)

    def score(self, now: datetime | None = None) -> Score:
        """Return the score, with the lead's state for bars that read it.

        Args:
            now: As of when; everything that is decided is up to `as_of`, which is meant when absent.

        Raises:
            InstantError: If it is naive or out of range.
            TooEarly: If it is before the newest event.
        """
        at = self.as_of if now is None else utc(now, "now")
        state = self.tally.state_at(at, self.model, self.lead.since)
        return self.model.score_state(self.profile, state, at, None, self.state)


def out_of_time(record: Record, now: datetime) -> Problem:
    """Return why a record cannot be handled at an instant."""
    where = f"lead {shown(record.state.lead_id)}"
    into = record.state.absorbed_into
    if into is not None:
        got, hint = Kind(f"merged into lead {shown(into)}"), "Handle the record of that lead."
        return Problem(where=where, what="the lead has gone into another", got=got, hint=hint)
    what = f"everything up to {record.as_of.isoformat()} is decided"
    got, hint = Kind(now.isoformat()), "Time goes one way; pass an instant that is not before it."
    return Problem(where=where, what=what, got=got, hint=hint)


def unknown_stage(record: Record, stages: Iterable[str]) -> Problem:
    """Return why a lifecycle cannot say what becomes of a lead: it does not have its stage."""
    where, stage = f"lead {shown(record.state.lead_id)}", record.state.stage
    hint = did_you_mean(stage, stages, "Keep the stage in the lifecycle for as long as leads stand in it.")
    return Problem(where=where, what="the lifecycle has no such stage", got=stage, hint=hint)


def not_folded(record: Record) -> Problem:
    """Return why a record's score cannot decide anything: its events have to be folded anew."""
    where, got = f"lead {shown(record.state.lead_id)}", Kind("a record that is stale")
    hint = "Call Qualifier.refold(record, events, now=…) with all its events first."
    return Problem(where=where, what="its events have to be folded anew", got=got, hint=hint)
