"""Lifecycle, recycling and time as one pure function of a record, an input and an instant."""

from collections.abc import Container, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen

from leadqual.calendar import utc
from leadqual.errors import InputRefused, Problem, TransitionError, kind_of
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.decide import on_release
from leadqual.lifecycle.evolve import replay
from leadqual.lifecycle.facts import Cause, Fact, Merged
from leadqual.lifecycle.inputs import ConsentChange, Flag, Input, ProfileChange, Tick, Verdict
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.verdicts import possible_verdicts
from leadqual.playbook import Playbook
from leadqual.qualifier.arguments import (
    check_flag,
    check_model,
    check_playbook,
    check_record,
    check_records,
    check_word,
)
from leadqual.qualifier.backlog import Backlog, backlog
from leadqual.qualifier.changes import take_consent, take_event, take_flag, take_profile, take_verdict
from leadqual.qualifier.folding import refold, restore
from leadqual.qualifier.lifecycles import lifecycle_of
from leadqual.qualifier.merging import check_merge, merge
from leadqual.qualifier.opening import open_lead
from leadqual.qualifier.outcome import Outcome
from leadqual.qualifier.record import Record, not_folded, out_of_time, unknown_stage
from leadqual.qualifier.steps import step_of
from leadqual.qualifier.stored import record_from_json
from leadqual.qualifier.unmerging import unmerge
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.once import checked_events

if TYPE_CHECKING:
    from leadqual.nurture.planned import Plan, Touch, Withheld
    from leadqual.qualifier.nurturing import Nurturing

_HINT: Final = (
    "Pass an Event, Verdict, ProfileChange, ConsentChange, Flag, Tick, EnrolmentChange, TouchReport or Suppression."
)


@frozen(eq=False, repr=False)
class Qualifier:
    """What a playbook makes of leads over time: pure, so that it can be embedded, replayed and trusted.

    Attributes:
        playbook: The playbook.
        objective: The goal or buyer under which leads are priced; the playbook's own model when absent.
        holidays: Days on which business is closed, besides those of the playbook: any container of dates.
        model: How leads are scored.
        lifecycle: The lifecycle, ready to be run.
        nurturing: The sequences with all that belongs to them, ready to be run; ``None`` if there are none.

    Raises:
        ModelError: If the holidays are no container of dates.
        UnknownName: If the playbook has no such objective.

    >>> from datetime import UTC, datetime
    >>> from leadqual import Event, Lead, loads
    >>> from leadqual.presets import preset_text
    >>> qualifier = Qualifier(loads(preset_text("saas")))
    >>> now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead(id="L1", email="ana@b.example", acquisition="inbound", attributes={"job_title": "CTO"})
    >>> record = qualifier.open(lead, now=now).record
    >>> asked = Event(id="e1", lead_id="L1", kind="demo_request", at=now)
    >>> qualifier.handle(record, asked, now=now).record.stage
    'sql'
    """

    playbook: Playbook
    objective: str | None = field(default=None, kw_only=True)
    holidays: Container[date] = field(default=frozenset(), kw_only=True)
    model: ScoringModel = field(init=False)
    lifecycle: LifecyclePlan = field(init=False)
    nurturing: "Nurturing | None" = field(init=False)

    @model.default
    def _model(self) -> ScoringModel:
        check_playbook(self.playbook)
        return self.playbook.model_for(self.objective)

    @lifecycle.default
    def _lifecycle(self) -> LifecyclePlan:
        return lifecycle_of(self.playbook, self.model, self.holidays)

    @nurturing.default
    def _nurturing(self) -> "Nurturing | None":
        if not self.playbook.sequences:
            return None
        from leadqual.qualifier.nurturing import nurturing_of

        return nurturing_of(self.playbook, self.lifecycle, self.model)

    def __repr__(self) -> str:
        return f"Qualifier({self.playbook.name!r})"

    def open(self, lead: Lead, events: Iterable[Event] = (), *, now: datetime, imported: bool = False) -> Outcome:
        """Take a lead under qualification.

        Args:
            lead: Its profile.
            events: What it did before, in any order.
            now: The instant.
            imported: Whether it comes with a back-fill: then its events are folded, but promote and notify nobody;
                `release` does that later.

        Returns:
            Its record, and what follows already.

        Raises:
            EventConflict: If one id came with two contents.
            EventError: If an event is another lead's, or a property is of another type than declared.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than declared.
        """
        now = utc(now, "now")
        check_flag(imported, "imported")
        step = open_lead(self.lifecycle, self.nurturing, self.model, lead, events, now=now, imported=imported)
        return step.outcome(self.playbook.labels)

    def handle(self, record: Record, input: Input, *, now: datetime) -> Outcome:
        """Decide what becomes of a lead upon an input; what has fallen due before comes first.

        Args:
            record: The lead's record; it stays as it is.
            input: An `Event` (each once), `Verdict`, `ProfileChange`, `ConsentChange`, `Flag`, `Tick`,
                `EnrolmentChange`, `TouchReport` or `Suppression`.
            now: The instant, not before the record's ``as_of``.

        Returns:
            The record after it, with facts and effects.

        Raises:
            EventError: If an event is another lead's, is dated more than a day ahead, or holds a property of another
                type than declared.
            InputRefused: If the input is dated after `now`, or names a sequence or a touch that there is not.
            InstantError: If `now` is naive or out of range.
            LeadError: If a new profile is another lead's, or an attribute is of another type than declared.
            TallyMismatch: If the record belongs to another model: `refold` it first.
            TransitionError: If the lead cannot take the input as it stands; it says what is allowed.
        """
        now = self._checked(record, now)
        step = step_of(self.lifecycle, self.nurturing, record, now)
        if isinstance(input, Event):
            take_event(step, input, now)
            return step.outcome(self.playbook.labels)
        if isinstance(input, Tick):
            step.let_time_pass()
            return step.outcome(self.playbook.labels)
        step.settle()
        match input:
            case Verdict():
                take_verdict(step, input, now)
            case ProfileChange():
                take_profile(step, input, now)
            case ConsentChange():
                take_consent(step, input, now)
            case Flag():
                take_flag(step, input, now)
            case EnrolmentChange() | TouchReport() | Suppression():
                from leadqual.qualifier.reports import take

                take(step, self.nurturing, input, now)
            case _:
                got = kind_of(input)
                raise InputRefused([Problem(where="input", what="an input was expected", got=got, hint=_HINT)])
        return step.outcome(self.playbook.labels)

    def refold(self, record: Record, events: Iterable[Event], *, now: datetime) -> Outcome:
        """Fold a lead's events anew: under this qualifier's model, after a flag, or after a change of ``since``.

        Nobody is moved by it. A lead that no longer stands where it is gets a review; what it may be promoted to waits
        for `release`.

        Args:
            record: The lead's record.
            events: All its events, in any order.
            now: The instant, not before the record's ``as_of``.

        Returns:
            The record with this qualifier's model.

        Raises:
            EventConflict: If one id came with two contents.
            EventError: If an event is another lead's, or a property is of another type than declared.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than this model declares.
            TransitionError: If `now` is before the record's ``as_of``, or the lead has gone into another.
        """
        step = refold(self.lifecycle, self.nurturing, self.model, record, events, now=self._after(record, now))
        return step.outcome(self.playbook.labels)

    def merge(
        self, a: Record, b: Record, events: Iterable[Event], *, now: datetime, confirmed: bool = False
    ) -> Outcome:
        """Let one lead go on for two that turned out to be one; scores are never added, events are united.

        An open cycle beats a closed one, else the furthest stage stays. What either has withdrawn is withdrawn, a
        consent stays if both gave it. The earliest capture stays the acquisition. Nobody is promoted by it.

        Args:
            a: The record of the lead that goes on.
            b: The record of the other.
            events: All events of both; each keeps its lead's id, so that `unmerge` can undo it.
            now: The instant.
            confirmed: Merge even if they share no more than an address such as ``info@``.

        Returns:
            The record of the first with facts of both; ``lead_id`` tells whose each is.

        Raises:
            EventConflict: If one id came with two contents.
            EventError: If an event is a third lead's, or a property is of another type than declared.
            InputRefused: If they are one lead already, or share only a box that several people read.
            InstantError: If `now` is naive or out of range.
            TallyMismatch: If a record belongs to another model: `refold` it first.
            TransitionError: If `now` is before a record's ``as_of``, or a lead has gone into another.
        """
        for record in (a, b):
            check_record(record)
        check_flag(confirmed, "confirmed")
        check_merge(a, b, confirmed=confirmed)
        now = max(self._checked(a, now), self._checked(b, now))
        return merge(self.lifecycle, self.nurturing, a, b, checked_events(events), now=now).outcome(
            self.playbook.labels
        )

    def unmerge(
        self, record: Record, merged: Merged, leads: tuple[Lead, Lead], *, events: Iterable[Event], now: datetime
    ) -> tuple[Outcome, Outcome]:
        """Undo a merge: both leads stand again where they stood before; withdrawals and flags since then stay.

        Args:
            record: The record that went on for both.
            merged: The fact of the merge.
            leads: The profiles of the lead that went on, and of the other, as they are to be.
            events: All events of both.
            now: The instant.

        Returns:
            The outcomes of the one and of the other.

        Raises:
            EventConflict: If one id came with two contents.
            EventError: If an event is a third lead's, or a property is of another type than declared.
            HistoryError: If the fact is no merge of this lead, or the profiles are of others.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than declared.
            TallyMismatch: If the record belongs to another model: `refold` it first.
            TransitionError: If `now` is before the record's ``as_of``, or the lead has gone into another.
        """
        now = self._checked(record, now)
        one, other = unmerge(
            self.lifecycle, self.nurturing, record, merged, leads, events=checked_events(events), now=now
        )
        return one.outcome(self.playbook.labels), other.outcome(self.playbook.labels)

    def waiting(self, records: Iterable[Record], *, now: datetime) -> Backlog:
        """Return who would be promoted by `release`, without promoting anybody: after an import or under a new model.

        Args:
            records: The records.
            now: The instant.

        Returns:
            How many would enter each stage, and who, the most promising first: release so many of them a day.

        Raises:
            InstantError: If `now` is naive or out of range.
            TallyMismatch: If a record belongs to another model: `refold` it first.
            TransitionError: If `now` is before a record's ``as_of``, or a lead has gone into another.
        """
        check_records(records)
        return backlog((self.release(record, now=now) for record in records), now)

    def release(self, record: Record, *, now: datetime, cause: Literal["import", "rescore"] = "rescore") -> Outcome:
        """Let a lead be promoted without a new act of its own: after an import, or under a new model.

        Args:
            record: The lead's record.
            now: The instant.
            cause: What the facts say brought it about.

        Raises:
            InstantError: If `now` is naive or out of range.
            TransitionError: If `now` is before the record's ``as_of``, the lead has gone into another, or its events
                have to be folded anew before.
            TallyMismatch: If the record belongs to another model: `refold` it first.
        """
        check_word(cause, "cause", ("import", "rescore"))
        now = self._checked(record, now)
        if record.stale:
            raise TransitionError([not_folded(record)])
        step = step_of(self.lifecycle, self.nurturing, record, now)
        step.settle()
        on_release(step, Cause(cause))
        step.decided()
        return step.outcome(self.playbook.labels)

    def next_due(self, record: Record) -> datetime | None:
        """Return when the host should send the next `Tick`, if nothing else comes before.

        Args:
            record: The lead's record.

        Returns:
            The first instant at which something happens by itself: never too late, exact for 400 days after the
            record's ``as_of``; ``None`` if nothing ever does.

        Raises:
            TransitionError: If the lead stands in a stage that this lifecycle does not have.
        """
        self._known(record)
        if record.state.absorbed_into is not None:
            return None
        return step_of(self.lifecycle, self.nurturing, record, record.as_of).next_due()

    def plan(self, record: Record, *, now: datetime | None = None) -> "Plan":
        """Return what is to become of a lead in its sequences, if nothing happens before.

        Args:
            record: The lead's record.
            now: The instant; the record's ``as_of`` when absent.

        Returns:
            What is to be sent and when, what is withheld and why, where it may go another way, and which sequences end.
            A tick at the instant of the first touch lets that come due, under the same key.

        Raises:
            InstantError: If `now` is naive or out of range.
            TransitionError: If `now` is before the record's ``as_of``, the lead has gone into another, it stands in a
                stage that this lifecycle does not have, or its events have to be folded anew before.
            TallyMismatch: If the record belongs to another model: `refold` it first.
        """
        from leadqual.qualifier.planning import plan_of

        check_record(record)
        at = self._checked(record, record.as_of if now is None else now)
        if record.stale:
            raise TransitionError([not_folded(record)])
        return plan_of(self.lifecycle, self.nurturing, record, at)

    def still_goes(self, record: Record, touch_key: str, *, now: datetime) -> "Touch | Withheld":
        """Return whether a touch that has come due may still go: asked when it is about to be sent.

        Permission, suppression, gates, windows, quiet hours and caps are looked at again, as of now.

        Args:
            record: The lead's record, after a `Tick` at this instant.
            touch_key: The touch: `TouchDue.touch_key`.
            now: The instant.

        Returns:
            The touch with the first instant at which it may go, which is `now` if it may go at once; or why it may not.

        Raises:
            InputRefused: If no such touch has come due.
            InstantError: If `now` is naive or out of range.
            TallyMismatch: If the record belongs to another model: `refold` it first.
            TransitionError: If `now` is before the record's ``as_of``, or the lead has gone into another.
        """
        from leadqual.qualifier.emitting import still_goes

        check_record(record)
        return still_goes(self.lifecycle, self.nurturing, record, touch_key, self._checked(record, now))

    def allowed(self, record: Record, *, now: datetime | None = None) -> tuple[str, ...]:
        """Return the verdicts that a lead can take; one that carries a reason may still be refused for it.

        Args:
            record: The lead's record.
            now: The instant; the record's ``as_of`` when absent.

        Raises:
            InstantError: If `now` is naive or out of range.
            TransitionError: If `now` is before the record's ``as_of``, the lead has gone into another, or it stands in
                a stage that this lifecycle does not have.
            TallyMismatch: If the record belongs to another model: `refold` it first.
        """
        check_record(record)
        at = self._checked(record, record.as_of if now is None else now)
        step = step_of(self.lifecycle, self.nurturing, record, at)
        step.settle()
        return possible_verdicts(step)

    def replay(self, facts: Iterable[Fact]) -> LeadState:
        """Return the state that facts make; no effect comes of it, and no playbook is asked.

        Args:
            facts: All facts of one lead, in order.

        Raises:
            HistoryError: If they are no history of a lead.
        """
        return replay(facts)

    def restore(self, lead: Lead, facts: Iterable[Fact], events: Iterable[Event], *, now: datetime) -> Record:
        """Return a lead's record from what the host has stored of it.

        Args:
            lead: Its profile as it is now.
            facts: All its facts, in order.
            events: All its events, in any order.
            now: The instant of the last input that was handled; the record is as of then. If the facts are of another
                model, the record is stale until `refold`.

        Raises:
            EventConflict: If one id came with two contents.
            EventError: If an event is another lead's, or a property is of another type than declared.
            HistoryError: If the facts are no history of this lead.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than declared.
        """
        return restore(self.model, self.nurturing, lead, replay(facts), events, now=utc(now, "now"))

    def load(self, text: str) -> Record:
        """Return a record that `Record.to_json` made.

        Args:
            text: The text.

        Raises:
            HistoryError: If it is no such text, or of another model or a newer schema; `restore` makes a record anew.
            LeadError: If an attribute is of another type than declared.
        """
        return record_from_json(text, self.model)

    def _after(self, record: Record, now: datetime) -> datetime:
        """Return `now` in UTC, if a record can be handled then."""
        check_record(record)
        now = utc(now, "now")
        if record.state.absorbed_into is not None or now < record.as_of:
            raise TransitionError([out_of_time(record, now)])
        self._known(record)
        return now

    def _known(self, record: Record) -> None:
        check_record(record)
        stages = self.lifecycle.stages
        if record.state.stage not in stages:
            raise TransitionError([unknown_stage(record, stages)])

    def _checked(self, record: Record, now: datetime) -> datetime:
        now = self._after(record, now)
        check_model(record, self.model)
        return now
