"""What becomes of a lead upon a verdict; an illegal one changes nothing and says what is allowed."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from leadqual.conditions.describe import describe
from leadqual.errors import Kind, Problem, TransitionError, shown
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.draft import Draft
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.inputs import Verdict
from leadqual.lifecycle.moves import Move, aim_of, end_rest, end_sla, enter, take_up, withdraw
from leadqual.lifecycle.plan import LifecyclePlan, Route
from leadqual.lifecycle.rest import day_begins
from leadqual.lifecycle.routes import holds, try_routes
from leadqual.lifecycle.situation import Situation
from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.values import VERDICTS

_VERDICT: Final = Cause("verdict")
_DAY: Final = timedelta(days=1)
_MOVES: Final = frozenset(VERDICTS) - {"disqualify", "reinstate"}
"""Verdicts by which a lead goes on."""


def allowed_verdicts(plan: LifecyclePlan, state: LeadState) -> tuple[str, ...]:
    """Return the verdicts that a lead can take as it stands; a guard may still ask for more.

    Args:
        plan: The lifecycle.
        state: Where the lead stands.
    """
    if state.disqualified is not None:
        return ("disqualify", "reinstate")
    stage = plan.stages[state.stage]
    own = {"disqualify"} if stage.kind != "ended" else set()
    if stage.hand_off:
        own.add("accept")
    return tuple(name for name in VERDICTS if name in own or (name in _MOVES and plan.routes_on(state.stage, name)))


def possible_verdicts(draft: Draft) -> tuple[str, ...]:
    """Return the verdicts that a lead can take, as far as that does not depend on their reason.

    Args:
        draft: The lead.
    """
    plan, stage = draft.plan, draft.state.stage
    row = Situation(draft.state, draft.score(), draft.now, draft.newest)
    return tuple(
        name
        for name in allowed_verdicts(plan, draft.state)
        if name not in _MOVES
        or not (routes := plan.routes_on(stage, name))
        or any(holds(route, row) for route in routes)
    )


def on_verdict(draft: Draft, verdict: Verdict, at: datetime) -> None:
    """Decide upon a verdict.

    Args:
        draft: The lead.
        verdict: The verdict.
        at: When it was said, not before the lead entered its stage.

    Raises:
        TransitionError: If the lead cannot take it.
    """
    plan, state = draft.plan, draft.state
    allowed = possible_verdicts(draft)
    if verdict.verdict not in allowed_verdicts(plan, state):
        raise TransitionError([_refused(plan, state, verdict, allowed)], allowed)
    _check_day(draft, verdict, allowed)
    route = _route(draft, verdict, allowed)
    returned = verdict.verdict == "return"
    if route is not None and aim_of(draft, route.transition, verdict.wake_on).kind != "rest":
        end_rest(draft, at, _VERDICT, verdict.actor)
    draft.add(
        made.VerdictGiven,
        at,
        _VERDICT,
        verdict.actor,
        verdict=verdict.verdict,
        reason=verdict.reason,
        amount=None if verdict.amount is None else Decimal(verdict.amount),
        currency=verdict.currency,
        closed_on=verdict.closed_on,
        wake_on=verdict.wake_on,
        shut_until=at + plan.lifecycle.return_days * _DAY if returned else None,
    )
    if verdict.verdict == "disqualify":
        withdraw(draft, _VERDICT, "disqualified", verdict.reason, verdict.actor)
    elif verdict.verdict == "reinstate":
        if not try_routes(draft, "reinstate", at, _VERDICT) and not draft.profile.gates:
            take_up(draft, _VERDICT)
    elif route is None:
        end_sla(draft, at, _VERDICT, verdict.actor)
    else:
        move = Move(
            draft, at, _VERDICT, actor=verdict.actor, reason=verdict.reason, wake_on=verdict.wake_on, woken=True
        )
        enter(draft, route.transition, move)


def _refused(plan: LifecyclePlan, state: LeadState, verdict: Verdict, allowed: tuple[str, ...]) -> Problem:
    """Return why a verdict is illegal."""
    name = verdict.verdict
    if state.disqualified is not None:
        what = f"`{name}` is not possible while the lead is disqualified"
    elif name == "reinstate":
        what = "the lead is not disqualified"
    elif plan.stages[state.stage].kind == "ended":
        what = f"`{name}` is not possible: the cycle has ended"
    else:
        what = f"`{name}` is not possible in this stage"
    hint = f"Allowed are: {', '.join(allowed)}." if allowed else "No verdict is possible here."
    return Problem(where=f"lead {shown(state.lead_id)}", what=what, got=Kind(f"stage {state.stage}"), hint=hint)


def _check_day(draft: Draft, verdict: Verdict, allowed: tuple[str, ...]) -> None:
    """Refuse a named day that has begun already."""
    if verdict.wake_on is None:
        return
    begins = day_begins(verdict.wake_on, draft.lead.zone, draft.plan.business.hours.zone)
    if begins <= draft.now:
        got, hint = Kind(verdict.wake_on.isoformat()), "Name a later day, or leave `wake_on` out."
        raise TransitionError([Problem(where="wake_on", what="the day has come already", got=got, hint=hint)], allowed)


def _route(draft: Draft, verdict: Verdict, allowed: tuple[str, ...]) -> Route | None:
    """Return the transition that a verdict takes, or ``None`` if it changes no stage.

    Raises:
        TransitionError: If the guards of all of them say no.
    """
    name = verdict.verdict
    routes = draft.plan.routes_on(draft.state.stage, name)
    if not routes or name in ("disqualify", "reinstate"):
        return None
    row = Situation(draft.state, draft.score(), draft.now, draft.newest, reason=verdict.reason)
    for route in routes:
        if holds(route, row):
            return route
    asked = "; or ".join(describe(route.guard.condition) for route in routes if route.guard is not None)
    where = f"lead {shown(draft.state.lead_id)}"
    what = f"`{name}` asks for more: {asked}"
    left = tuple(other for other in allowed if other != name)
    hint = f"Allowed are: {', '.join(left)}." if left else "Nothing else is possible here."
    got = Kind(f"stage {draft.state.stage}")
    raise TransitionError([Problem(where=where, what=what, got=got, hint=hint)], left)
