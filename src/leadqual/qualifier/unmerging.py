"""A merge is undone: both leads stand again where they stood."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from attrs import evolve

from leadqual.errors import HistoryError, Kind, Problem, shown
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.evolve import evolve as evolved
from leadqual.lifecycle.facts import Absorbed, Cause, Merged, Unmerged
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.state import LeadState
from leadqual.qualifier.folding import restore
from leadqual.qualifier.mergedtouches import touches_apart
from leadqual.qualifier.record import Record
from leadqual.qualifier.step import Step
from leadqual.qualifier.steps import step_of

if TYPE_CHECKING:
    from leadqual.qualifier.nurturing import Nurturing

_MERGE: Final = Cause("merge")


def unmerge(
    plan: LifecyclePlan,
    nurturing: "Nurturing | None",
    record: Record,
    merged: Merged,
    leads: tuple[Lead, Lead],
    *,
    events: tuple[Event, ...],
    now: datetime,
) -> tuple[Step, Step]:
    """Undo a merge; see `Qualifier.unmerge`."""
    step = step_of(plan, nurturing, record, now)
    step.settle()
    mine, theirs = _unmerged(step, merged, leads)
    ids = {*leads[1].merged_ids, leads[1].id}
    own = [event for event in events if event.lead_id not in ids]
    others = [event for event in events if event.lead_id in ids]
    model = record.model
    first = restore(model, nurturing, leads[0], evolved(step.state, mine), own, now=now)
    second = restore(model, nurturing, leads[1], evolved(_absorbed(merged), theirs), others, now=now)
    one = step_of(plan, nurturing, first, now, (*step.facts, mine))
    one.effects += step.effects
    return one, step_of(plan, nurturing, second, now, (theirs,))


def _absorbed(merged: Merged) -> LeadState:
    """Return the state of the other lead right after a merge."""
    fact = Absorbed(
        lead_id=merged.other_id,
        seq=merged.other.seq + 1,
        at=merged.at,
        known_at=merged.known_at,
        cause=merged.cause,
        into=merged.lead_id,
    )
    return evolved(merged.other, fact)


def _unmerged(step: Step, merged: Merged, leads: tuple[Lead, Lead]) -> tuple[Unmerged, Unmerged]:
    """Return the facts by which a merge is undone."""
    state, now = step.state, step.now
    ids = (state.lead_id, merged.other_id) if isinstance(merged, Merged) else ()
    pair = leads if isinstance(leads, tuple) and all(isinstance(lead, Lead) for lead in leads) else ()
    is_one = bool(ids) and merged.other_id in step.lead.merged_ids
    if (
        not is_one
        or ids != tuple(lead.id for lead in pair)
        or merged.lead_id != state.lead_id
        or merged.seq > state.seq
    ):
        got, hint = Kind("another fact or other leads"), "Pass its own fact `merged` and the profiles of both leads."
        where = f"lead {shown(state.lead_id)}"
        raise HistoryError([Problem(where=where, what="a merge of this lead was expected", got=got, hint=hint)])
    befores, seqs = (merged.before, merged.other), (state.seq, merged.other.seq + 1)
    one, other = (
        Unmerged(
            lead_id=before.lead_id,
            seq=seq + 1,
            at=now,
            known_at=now,
            cause=_MERGE,
            state=_with_what_stays(state, before, merged),
        )
        for before, seq in zip(befores, seqs, strict=True)
    )
    return one, other


def _with_what_stays(current: LeadState, before: LeadState, merged: Merged) -> LeadState:
    """Return a state from before a merge, with what must not be forgotten since: withdrawals, flags, touches."""
    consents = dict(before.consents)
    for pair, consent in current.consents.items():
        known = consents.get(pair)
        if not consent.given and (known is None or consent.at >= known.at):
            consents[pair] = consent
    flagged = before.flagged | current.flagged
    return evolve(before, consents=consents, flagged=flagged, **touches_apart(current, before, merged))
