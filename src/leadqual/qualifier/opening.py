"""A lead comes under qualification."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.decide import list_outbound
from leadqual.lifecycle.evolve import evolve as evolved
from leadqual.lifecycle.facts import Cause, Opened
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.routes import try_routes
from leadqual.qualifier.folding import fold_events
from leadqual.qualifier.record import Record, Traces
from leadqual.qualifier.step import Step
from leadqual.qualifier.steps import step_of
from leadqual.scoring.model import ScoringModel

if TYPE_CHECKING:
    from leadqual.qualifier.nurturing import Nurturing


def open_lead(
    plan: LifecyclePlan,
    nurturing: "Nurturing | None",
    model: ScoringModel,
    lead: Lead,
    events: Iterable[Event],
    *,
    now: datetime,
    imported: bool,
) -> Step:
    """Take a lead under qualification; see `Qualifier.open`."""
    profile = model.profile(lead)
    at = lead.created_at if lead.created_at is not None and lead.created_at <= now else now
    cause = Cause("import" if imported else "open")
    opened = Opened(
        lead_id=lead.id,
        seq=1,
        at=at,
        known_at=now,
        cause=cause,
        stage=plan.initial,
        model=model.fingerprint,
        acquisition=lead.acquisition,
        since=lead.since,
        imported=imported,
    )
    state = evolved(None, opened)
    folded = fold_events(model, lead, events, now, now=now, flagged=frozenset(), nurturing=nurturing)
    tally, traces = model.tally(lead=lead), Traces()
    if imported:
        record = Record(model, profile, state, folded.tally, folded.traces, now, folded.pending, memory=folded.memory)
        step = step_of(plan, nurturing, record, now, (opened,))
        step.remember_hand_raises(folded.due)
        return step
    record = Record(model, profile, state, tally, traces, now, folded.pending)
    step = step_of(plan, nurturing, record, now, (opened,))
    step.begin(opened)
    list_outbound(step, now, cause)
    try_routes(step, "profile", now, cause)
    for event in folded.due:
        step.take(event)
    return step
