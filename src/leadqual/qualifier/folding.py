"""A lead's events folded from scratch, as one by one would have done."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from attrs import frozen

from leadqual.conditions.fieldtypes import WrongType
from leadqual.errors import EventError, HistoryError, Kind, LeadError, Problem, kind_of, shown
from leadqual.event import Event, Key
from leadqual.interest.tally import Tally
from leadqual.lead import Lead
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.state import LeadState
from leadqual.qualifier.memory import NO_MEMORY, Memory, Remembers
from leadqual.qualifier.record import Record, Traces
from leadqual.qualifier.reviews import open_review
from leadqual.qualifier.step import Step
from leadqual.qualifier.steps import step_of
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.once import events_of_one

if TYPE_CHECKING:
    from leadqual.qualifier.nurturing import Nurturing

_MOST_AHEAD: Final = timedelta(days=1)


@frozen(kw_only=True, eq=False)
class FoldedEvents:
    """What follows from events.

    Attributes:
        tally: What scores need of those that are due.
        traces: When the lead and we last had to do with each other.
        pending: Those that are not due yet, the earliest first.
        due: Those that are, the earliest first.
        memory: What nurturing remembers of those that are.
    """

    tally: Tally
    traces: Traces
    pending: tuple[Event, ...]
    due: tuple[Event, ...]
    memory: Memory


def ahead_problems(event: Event, now: datetime) -> Iterator[Problem]:
    """Yield the problem of an event that is dated more than a day ahead.

    Args:
        event: The event.
        now: The instant at which it becomes known.
    """
    if event.at - now > _MOST_AHEAD:
        got, hint = Kind(event.at.isoformat()), "Check its date; an event may be dated at most a day ahead."
        what = f"it is long after now, {now.isoformat()}"
        yield Problem(where=f"event {shown(event.id)}.at", what=what, got=got, hint=hint)


def fold_events(
    model: ScoringModel,
    lead: Lead,
    events: Iterable[Event],
    until: datetime,
    *,
    now: datetime,
    flagged: Container[Key],
    nurturing: Remembers | None = None,
) -> FoldedEvents:
    """Fold all events of a lead.

    Args:
        model: How it is scored.
        lead: The lead; its ``since`` and merged ids matter.
        events: All its events, in any order.
        until: Events after it are not due yet.
        now: The instant; none may be dated more than a day after it.
        flagged: Keys of events that do not exist while they are flagged.
        nurturing: What nurturing remembers of them; ``None`` for nothing.

    Raises:
        EventConflict: If one id came with two contents.
        EventError: If an event is another lead's, or a property is of another type than declared.
    """
    once = events_of_one(events, lead, model.properties, flagged)
    problems = [problem for event in once for problem in ahead_problems(event, now)]
    if problems:
        raise EventError(problems)
    once = tuple(sorted(once, key=lambda one: (one.at, one.source, one.id)))
    due = tuple(event for event in once if event.at <= until)
    tally = model.tally(lead=lead)
    traces = Traces()
    for event in due:
        counts = lead.since is None or event.at >= lead.since
        try:
            acted = tally.state.add(event, model.plans.interest) if counts else False
        except WrongType as error:
            raise EventError([error.problem(f"event {shown(event.id)}.properties")]) from None
        traces = traces.plus(event, interaction=acted)
    memory = NO_MEMORY if nurturing is None else NO_MEMORY.plus_all(due, nurturing)
    return FoldedEvents(tally=tally, traces=traces, pending=once[len(due) :], due=due, memory=memory)


def restore(
    model: ScoringModel,
    nurturing: Remembers | None,
    lead: Lead,
    state: LeadState,
    events: Iterable[Event],
    *,
    now: datetime,
) -> Record:
    """Return a record from a state and all events; see `Qualifier.restore`."""
    if not isinstance(lead, Lead):
        raise LeadError([Problem(where="lead", what="a lead was expected", got=kind_of(lead), hint="Pass a Lead.")])
    if state.lead_id != lead.id:
        got, hint = Kind(f"lead {shown(lead.id)}"), "Pass the facts and the profile of one lead."
        what = f"the profile of lead {shown(state.lead_id)} was expected"
        raise HistoryError([Problem(where="lead", what=what, got=got, hint=hint)])
    if now < state.known_at:
        got, hint = Kind(now.isoformat()), "Pass an instant that is not before the newest fact."
        raise HistoryError([Problem(where="now", what="the newest fact is later", got=got, hint=hint)])
    lead = lead.counting_from(state.since)
    folded = fold_events(model, lead, events, now, now=now, flagged=state.flagged, nurturing=nurturing)
    stale, profile = state.model != model.fingerprint, model.profile(lead)
    return Record(model, profile, state, folded.tally, folded.traces, now, folded.pending, stale, folded.memory)


def refold(
    plan: LifecyclePlan,
    nurturing: "Nurturing | None",
    model: ScoringModel,
    record: Record,
    events: Iterable[Event],
    *,
    now: datetime,
) -> Step:
    """Fold a lead's events anew; see `Qualifier.refold`."""
    state, known = record.state, record.model.fingerprint == record.state.model
    lead = record.lead.counting_from(state.since)
    folded = fold_events(model, lead, events, record.as_of, now=now, flagged=state.flagged, nurturing=nurturing)
    profile, tally, traces = model.profile(lead), folded.tally, folded.traces
    fresh = Record(model, profile, state, tally, traces, record.as_of, folded.pending, memory=folded.memory)
    step = step_of(plan, nurturing, fresh, now)
    cause = Cause("refold")
    step.add(made.Refolded, now, cause, model=model.fingerprint)
    step.settle()
    after = step.outcome({}).record
    stood = not known or _stands(record, now)  # what another model had said cannot be asked any more
    if stood and after.stage == record.stage and _has_bar(after) and not _stands(after, now):
        open_review(step, cause, "flag" if model.fingerprint == state.model else "model")
    return step


def _has_bar(record: Record) -> bool:
    """Tell whether there is a bar by the name of the lead's stage."""
    return record.stage in {bar.name for bar in record.model.plans.bars}


def _stands(record: Record, now: datetime) -> bool:
    """Tell whether a lead is where its score keeps it."""
    return _has_bar(record) and record.stage in record.score(now).stays
