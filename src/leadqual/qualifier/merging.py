"""Two leads turn out to be one: what of their states goes on."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from attrs import evolve

from leadqual.errors import InputRefused, Kind, Problem, shown
from leadqual.event import Event
from leadqual.fold import normal
from leadqual.lead import Lead
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.consents import of_both
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.moves import withdraw
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.state import Consent, LeadState, Visit
from leadqual.qualifier.boxes import is_shared_box
from leadqual.qualifier.folding import fold_events
from leadqual.qualifier.mergedtouches import leave_sequences, touches_of_both
from leadqual.qualifier.record import Record
from leadqual.qualifier.step import Step
from leadqual.qualifier.steps import step_of

if TYPE_CHECKING:
    from leadqual.qualifier.nurturing import Nurturing

_MERGE: Final = Cause("merge")
_Consents = Mapping[tuple[str, str], Consent]


def check_merge(a: Record, b: Record, *, confirmed: bool) -> None:
    """Refuse to merge a lead with itself, or two that share no more than a box that several people read.

    Raises:
        InputRefused: If it is refused.
    """
    where = f"leads {shown(a.lead.id)} and {shown(b.lead.id)}"
    if a.lead.id == b.lead.id:
        got, hint = Kind("one lead twice"), "Pass the records of two leads."
        raise InputRefused([Problem(where=where, what="two leads were expected", got=got, hint=hint)])
    one, other = a.lead.email, b.lead.email
    if one and other and not confirmed and normal(one).lower() == normal(other).lower() and is_shared_box(one):
        got = Kind("an address such as info@")
        hint = "If it is one person all the same, pass confirmed=True."
        what = "what they share is a box that several people read"
        raise InputRefused([Problem(where=where, what=what, got=got, hint=hint)])


def merge(
    plan: LifecyclePlan,
    nurturing: "Nurturing | None",
    a: Record,
    b: Record,
    events: Iterable[Event],
    *,
    now: datetime,
) -> Step:
    """Let one lead go on for two; see `Qualifier.merge`."""
    one, other = (step_of(plan, nurturing, record, now) for record in (a, b))
    one.settle()
    other.settle()
    ahead, behind = (one, other) if _place(one.state, plan) >= _place(other.state, plan) else (other, one)
    shut = ahead.score().gates
    running = behind.state.sla
    if running is not None:
        behind.add(made.SlaWithdrawn, now, _MERGE, sla=running.sla)
    leave_sequences(other, _MERGE)
    before, gone = one.state, other.state
    joined = evolve(_joined(ahead.state, behind.state, plan, before.lead_id), **touches_of_both(before, gone))
    one.add(made.Merged, now, _MERGE, other_id=gone.lead_id, before=before, other=gone, state=joined)
    other.add(made.Absorbed, now, _MERGE, into=before.lead_id)
    other.emit(done.Unenrol, reason="merged")
    state = one.state
    lead = merged_lead(one.lead, other.lead, state)
    added = [effect.event for effect in (*one.effects, *other.effects) if isinstance(effect, done.AddEvent)]
    events = [*events, *added]
    folded = fold_events(a.model, lead, events, now, now=now, flagged=state.flagged, nurturing=nurturing)
    profile, tally, traces = a.model.profile(lead), folded.tally, folded.traces
    record = Record(a.model, profile, state, tally, traces, now, folded.pending, memory=folded.memory)
    step = step_of(plan, nurturing, record, now, (*one.facts, *other.facts))
    step.effects += [*one.effects, *other.effects]
    gates = step.score().gates
    if gates and not shut:
        withdraw(step, _MERGE, "gate" if state.disqualified is None else "disqualified", gates[0])
    return step


def _place(state: LeadState, plan: LifecyclePlan) -> tuple[bool, int, int]:
    """Return how far a lead is: an open cycle beats a closed one, then the furthest stage, then the present one."""
    ranks = plan.ranks
    is_open = plan.stages[state.stage].kind != "ended"
    return is_open, ranks.get(state.furthest, -1), ranks.get(state.stage, -1)


def _joined(ahead: LeadState, behind: LeadState, plan: LifecyclePlan, lead_id: str) -> LeadState:
    """Return the state of both: where they stand is that of the one ahead."""
    both = (ahead, behind)
    first = min(both, key=lambda state: state.opened_at)
    furthest = max((ahead.furthest, behind.furthest), key=lambda stage: plan.ranks.get(stage, -1))
    hands = [state.hand_raise for state in both if state.hand_raise is not None]
    return evolve(
        ahead,
        lead_id=lead_id,
        opened_at=first.opened_at,
        acquisition=first.acquisition or ahead.acquisition or behind.acquisition,
        furthest=furthest,
        visits=_visits(ahead.visits, behind.visits),
        since=_latest(state.since for state in both),
        shut_since=_latest(state.shut_since for state in both),
        shut_until=_latest(state.shut_until for state in both),
        hand_raise=max(hands, key=lambda hand: hand.until, default=None),
        touched=ahead.touched or (behind.touched and behind.stage == ahead.stage),
        accepted=ahead.accepted or (behind.accepted and behind.stage == ahead.stage),
        owner=ahead.owner or behind.owner,
        listed=ahead.listed or behind.listed,
        disqualified=ahead.disqualified or behind.disqualified,
        review=ahead.review or behind.review,
        superseded=ahead.superseded + behind.superseded,
        profile_at=_latest(state.profile_at for state in both),
        consents=_consents(ahead.consents, behind.consents),
        flagged=ahead.flagged | behind.flagged,
    )


def _latest(instants: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in instants if at is not None), default=None)


def _visits(one: Mapping[str, Visit], other: Mapping[str, Visit]) -> Mapping[str, Visit]:
    both = dict(one)
    for stage, visit in other.items():
        mine = both.get(stage)
        if mine is None:
            both[stage] = visit
        else:
            both[stage] = Visit(min(mine.first, visit.first), max(mine.last, visit.last), mine.times + visit.times)
    return both


def _consents(one: _Consents, other: _Consents) -> _Consents:
    """Return what both consent to, and what either has withdrawn."""
    both: dict[tuple[str, str], Consent] = {}
    for pair in sorted(one.keys() | other.keys()):
        known = [consents[pair] for consents in (one, other) if pair in consents]
        if len(known) == 2:
            both[pair] = of_both(*known)
        elif not known[0].given:
            both[pair] = known[0]
    return both


def merged_lead(a: Lead, b: Lead, state: LeadState) -> Lead:
    """Return the profile of both: what the one that goes on does not say, the other does.

    Args:
        a: The profile of the lead that goes on.
        b: The other.
        state: What follows from both.
    """
    created = [at for at in (a.created_at, b.created_at) if at is not None]
    return Lead(
        id=a.id,
        kind=a.kind or b.kind,
        email=a.email or b.email,
        phone=a.phone or b.phone,
        company_id=a.company_id or b.company_id,
        acquisition=a.acquisition if a.acquisition == state.acquisition else b.acquisition or a.acquisition,
        channel=a.channel or b.channel,
        source=a.source or b.source,
        zone=a.zone or b.zone,
        language=a.language or b.language,
        created_at=min(created, default=None),
        since=state.since,
        stage=a.stage,
        merged_ids=tuple(dict.fromkeys((*a.merged_ids, b.id, *b.merged_ids))),
        attributes={**b.attributes, **{name: value for name, value in a.attributes.items() if value is not None}},
    )
