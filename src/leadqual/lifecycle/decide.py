"""What becomes of a lead upon an event, a new profile, a release, or time alone."""

from datetime import datetime, timedelta
from typing import Final

from leadqual.event import Event
from leadqual.fold import normal
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.draft import Draft
from leadqual.lifecycle.facts import Cause, cause_of
from leadqual.lifecycle.moves import due_of, end_sla, start_sla, take_up, withdraw
from leadqual.lifecycle.quick import CAPTURE, INTERACTION, REPLY
from leadqual.lifecycle.quick import HAND_RAISE as HAND_RAISE_AT_HAND
from leadqual.lifecycle.routes import try_routes
from leadqual.lifecycle.state import LeadState, RunningSla
from leadqual.lifecycle.values import HAND_RAISE

TIME: Final = Cause("time")
_DAY: Final = timedelta(days=1)
_UNKNOWN_SLA: Final = (None, None)
"""An SLA that another playbook had started."""


def on_event(draft: Draft, event: Event, *, interaction: bool) -> None:
    """Decide upon an event that has been folded.

    Args:
        draft: The lead.
        event: The event.
        interaction: Whether it is an interaction.
    """
    plan, state = draft.plan, draft.state
    kind = event.kind if event.kind.isascii() else normal(event.kind)
    marks = INTERACTION if interaction else 0
    raised = False
    if event.by == "lead":
        if kind in plan.replies:
            marks |= REPLY
        if kind in plan.captures:
            marks |= CAPTURE
        if kind in plan.hand_raise:
            raised = raise_hand(draft, event, kind)
            marks |= HAND_RAISE_AT_HAND
    elif kind in plan.touches:
        _touch(draft, event, kind)
    aside = plan.stages[state.stage].kind != "open"
    if aside and not (event.at > state.entered_at and (raised or _may_wake(draft))):
        return
    moved = try_routes(draft, "event", event.at, None, event=event, marks=marks)
    if moved and aside and interaction:
        _add_bonus(draft, event, state)
    if raised and not moved and not aside:
        _hurry(draft, event)


def raise_hand(draft: Draft, event: Event, kind: str) -> bool:
    """Remember a hand-raise, and say whether it counts: it is not too old, and newer than what was decided since.

    Args:
        draft: The lead.
        event: The event.
        kind: Its kind.
    """
    state = draft.state
    until = event.at + draft.plan.lifecycle.hand_raise_days * _DAY
    ended = draft.plan.stages[state.stage].kind == "ended"
    after = state.entered_at if ended else state.shut_since
    if until <= draft.now or (after is not None and event.at <= after):
        return False
    cause = cause_of(event)
    draft.add(made.HandRaised, event.at, cause, key=event.key, kind=kind, until=until)
    return True


def on_profile(draft: Draft, at: datetime, *, before: tuple[str, ...]) -> None:
    """Decide upon a new profile.

    Args:
        draft: The lead, with the new profile.
        at: From when on it holds.
        before: The gates that held before.
    """
    cause = Cause("profile")
    gates = draft.profile.gates
    if gates and not before and draft.state.disqualified is None:
        withdraw(draft, cause, "gate", gates[0])
    list_outbound(draft, at, cause)
    runs = draft.plan.stages[draft.state.stage].kind != "ended"
    if runs and not try_routes(draft, "profile", at, cause) and before and not draft.score().gates:
        take_up(draft, cause)


def list_outbound(draft: Draft, at: datetime, cause: Cause) -> None:
    """List an outbound lead for an approach if its profile alone is worth one; that is no MQL."""
    state = draft.state
    if state.acquisition != "outbound" or state.listed or state.stage != draft.plan.initial or draft.stale:
        return
    score = draft.score()
    if not score.gates and state.disqualified is None and draft.plan.approach.holds(score.reading):
        draft.add(made.Listed, max(at, state.entered_at), cause)
        draft.emit(done.CreateTask, task="approach")


def on_release(draft: Draft, cause: Cause) -> None:
    """Decide without a new input, since a person has released it: after an import or under a new model."""
    list_outbound(draft, draft.now, cause)
    try_routes(draft, "release", draft.now, cause)


def breach_sla(draft: Draft, running: RunningSla) -> None:
    """Note that nobody has acted in time.

    Args:
        draft: The lead.
        running: The SLA that is due.
    """
    _, escalate = draft.plan.slas.get(running.sla, _UNKNOWN_SLA)
    draft.add(made.SlaBreached, running.due, TIME, sla=running.sla)
    draft.emit(done.Escalate, sla=running.sla, to=escalate)


def on_tick(draft: Draft) -> None:
    """Decide upon time alone, which promotes nobody: first the end of a rest, then what has cooled."""
    due, now = draft.state.wake_at, draft.now
    if due is None or due > now or not try_routes(draft, "wake", max(due, draft.state.entered_at), TIME):
        try_routes(draft, "tick", now, TIME)


def _touch(draft: Draft, event: Event, kind: str) -> None:
    """Remember the first act of a person of ours in a stage; it meets the SLA that runs."""
    state = draft.state
    if state.touched or event.at < state.entered_at or draft.plan.stages[state.stage].kind != "open":
        return
    cause = cause_of(event)
    running = state.sla
    draft.add(made.Touched, event.at, cause, kind=kind)
    if running is not None:
        draft.add(made.SlaMet, event.at, cause, sla=running.sla)


def _may_wake(draft: Draft) -> bool:
    """Tell whether an act of the lead can end its rest before its time."""
    state = draft.state
    return draft.plan.stages[state.stage].kind == "rest" and draft.plan.policy(state.acquisition).wake == "early"


def _add_bonus(draft: Draft, event: Event, before: LeadState) -> None:
    """Add an event that says that the lead came back by itself, if the playbook gives something for that."""
    kind = draft.plan.policy(before.acquisition).bonus_event
    if kind is None or draft.plan.stages[before.stage].kind != "rest":
        return
    name = f"{before.lead_id}:{before.cycle}:{before.attempts}"
    bonus = Event(id=name, source="leadqual", lead_id=before.lead_id, kind=kind, at=event.at)
    draft.add(made.BonusAdded, event.at, cause_of(event), key=bonus.key, kind=kind)
    draft.emit(done.AddEvent, event=bonus)


def _hurry(draft: Draft, event: Event) -> None:
    """Start the short SLA for a hand-raise that changes no stage, unless one runs that is due earlier."""
    plan, state = draft.plan, draft.state
    if HAND_RAISE not in plan.slas or state.accepted or draft.score().gates:
        return
    cause = cause_of(event)
    if state.sla is not None:
        due = due_of(draft, HAND_RAISE)
        if due is None or state.sla.due <= due:
            return
        end_sla(draft, draft.now, cause)
    start_sla(draft, HAND_RAISE, cause)
