"""How a lead goes from a stage to another: the facts of it, and what the host has to do."""

from datetime import date, datetime, timedelta
from typing import Final

from leadqual.errors import InstantError, ModelError
from leadqual.fold import normal
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.draft import Draft, blank
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.rest import day_begins, wake_at
from leadqual.lifecycle.values import Stage, Transition

_TICK: Final = timedelta(microseconds=1)


class Move:
    """Why and when a lead goes on.

    Args:
        draft: The lead.
        at: The instant from which it holds; not before it entered its stage.
        cause: What brought it about.
        actor: Who, if a person did.
        reason: Why.
        wake_on: Day that the buyer named.
        woken: Whether the end of its rest, if it had one, is a fact already.

    Attributes:
        at: The instant from which it holds.
        restart_at: From when on events count if interest starts anew.
        score: The score at this moment.
    """

    __slots__ = ("actor", "at", "cause", "reason", "restart_at", "score", "wake_on", "woken")

    def __init__(
        self,
        draft: Draft,
        at: datetime,
        cause: Cause,
        *,
        actor: str | None = None,
        reason: str | None = None,
        wake_on: date | None = None,
        woken: bool = False,
    ) -> None:
        state = draft.state
        entered_at, since = state.entered_at, state.since
        at = max(at, entered_at)
        late = at == draft.now and draft.folded_to == at  # what happened at this very instant came before
        self.at = at
        restart_at = at + _TICK if late else at
        self.restart_at = restart_at if since is None else max(restart_at, since)
        self.cause = cause
        self.score = draft.score()
        self.actor = actor
        self.reason = reason
        self.wake_on = wake_on
        self.woken = woken


def enter(draft: Draft, transition: Transition, move: Move) -> None:
    """Take a transition.

    Args:
        draft: The decision in the making.
        transition: The transition.
        move: Why and when.
    """
    state, plan = draft.state, draft.plan
    here, aim = plan.stages[state.stage], plan.stages[transition.to]
    stage = aim if aim.kind != "rest" else aim_of(draft, transition, move.wake_on)
    if state.sla is not None:
        end_sla(draft, move.at, move.cause, move.actor)
    if transition.cycle == "next":
        cycle, reason = state.cycle + 1, state.reason
        draft.add(made.CycleStarted, move.at, move.cause, cycle=cycle, since=move.restart_at, previous_reason=reason)
        draft.begin_anew()
        move.score = draft.score()
    elif here.kind == "rest" and stage.kind != "rest" and not move.woken:
        end_rest(draft, move.at, move.cause)
    attempt = _attempt(draft) if aim.kind == "rest" else 0
    was_ours = here.hand_off and not stage.hand_off and move.cause.kind != "verdict"
    _change_stage(draft, transition, stage, move)
    if was_ours:
        draft.emit(done.WithdrawHandOff, reason=move.reason or transition.reason)
    if attempt:
        _recycle(draft, stage, move, move.reason or transition.reason, attempt)
    _tell(draft, transition, stage, move)
    own = transition.sla
    start_sla(draft, own if own is not None and own in plan.slas else stage.name, move.cause)


def aim_of(draft: Draft, transition: Transition, wake_on: date | None) -> Stage:
    """Return where a transition leads: a maybe rests, or goes back into the funnel if its policy says so.

    Into the funnel it goes only while it has attempts left, and if the buyer named no day.

    Args:
        draft: The lead.
        transition: The transition.
        wake_on: Day that the buyer named.
    """
    plan, state = draft.plan, draft.state
    aim = plan.stages[transition.to]
    if aim.kind != "rest":
        return aim
    policy = plan.policy(state.acquisition)
    wished = aim if policy.to is None else plan.stages[policy.to]
    spent = policy.attempts is not None and _attempt(draft) > policy.attempts
    return aim if wished.kind == "open" and (spent or wake_on is not None) else wished


def end_rest(draft: Draft, at: datetime, cause: Cause, actor: str | None = None) -> None:
    """End the rest of a lead that is about to go on, if it rests."""
    state = draft.state
    if draft.plan.stages[state.stage].kind == "rest":
        early = cause.kind == "event"
        draft.add(made.Woken, max(at, state.entered_at), cause, actor, early=early, previous_reason=state.reason)


def end_sla(draft: Draft, at: datetime, cause: Cause, actor: str | None = None) -> None:
    """End the SLA that runs, if one does: a person who says something has met it, else it is withdrawn."""
    running = draft.state.sla
    if running is not None:
        kind = made.SlaMet if cause.kind == "verdict" else made.SlaWithdrawn
        draft.add(kind, at, cause, actor, sla=running.sla)


def due_of(draft: Draft, name: str) -> datetime | None:
    """Return until when an SLA that starts now leaves time; ``None`` if business is never open so long before 2200."""
    try:
        return draft.plan.business.due(draft.now, draft.plan.slas[name][0])
    except (InstantError, ModelError):
        return None


def start_sla(draft: Draft, name: str, cause: Cause) -> None:
    """Start an SLA if the playbook has it and the lead stands in an open stage."""
    state, plan = draft.state, draft.plan
    if name not in plan.slas or state.accepted or plan.stages[state.stage].kind != "open":
        return
    due = due_of(draft, name)
    if due is None:
        return
    lead_id, seq = state.lead_id, state.seq + 1
    fact, task, recheck = blank(made.SlaStarted), blank(done.CreateTask), blank(done.RecheckAt)
    made.SlaStarted.__init__(
        fact, lead_id=lead_id, seq=seq, at=draft.now, known_at=draft.known_at, cause=cause, sla=name, due=due
    )
    draft.note(fact)
    prefix, effects = f"{lead_id}:{seq}:", draft.effects
    done.CreateTask.__init__(task, key=prefix + done.CreateTask.name, lead_id=lead_id, task="act", due=due)
    done.RecheckAt.__init__(recheck, key=prefix + done.RecheckAt.name, lead_id=lead_id, at=due)
    effects.append(task)
    effects.append(recheck)


def withdraw(draft: Draft, cause: Cause, why: str, reason: str | None, actor: str | None = None) -> None:
    """Take back what was started for a lead that is not ours to win.

    Args:
        draft: The lead.
        cause: What brought it about.
        why: ``"gate"`` or ``"disqualified"``.
        reason: The reason of the gate.
        actor: Who, if a person did.
    """
    state = draft.state
    if state.sla is not None:
        draft.add(made.SlaWithdrawn, draft.now, cause, actor, sla=state.sla.sla)
    draft.emit(done.Unenrol, reason=why)
    if draft.plan.stages[state.stage].hand_off:
        draft.emit(done.WithdrawHandOff, reason=reason)


def take_up(draft: Draft, cause: Cause) -> None:
    """Give back what a gate had taken from a lead: the hand-off, and the time to act."""
    state = draft.state
    if draft.plan.stages[state.stage].hand_off:
        _hand_off(draft)
    if state.sla is None:
        start_sla(draft, state.stage, cause)


def _hand_off(draft: Draft) -> None:
    state = draft.state
    reason = state.reason or state.previous_reason
    draft.emit(done.HandOff, stage=state.stage, owner=state.owner, previous_reason=reason)


def _change_stage(draft: Draft, transition: Transition, stage: Stage, move: Move) -> None:
    state, ranks = draft.state, draft.plan.ranks
    here, there = ranks.get(state.stage), ranks.get(stage.name)
    won = stage.kind == "ended" and "yes" in transition.on
    skipped: tuple[str, ...] = ()
    furthest = state.furthest
    if there is not None and (stage.kind == "open" or won):
        if here is not None and there - here > 1:
            skipped = tuple(name for name, rank in ranks.items() if here < rank < there)
        if there >= ranks.get(furthest, -1):
            furthest = stage.name
    reading = move.score.reading
    fact = blank(made.StageChanged)
    made.StageChanged.__init__(
        fact,
        lead_id=state.lead_id,
        seq=state.seq + 1,
        at=move.at,
        known_at=draft.known_at,
        cause=move.cause,
        actor=move.actor,
        from_=state.stage,
        to=stage.name,
        transition=transition.name,
        skipped=skipped,
        furthest=furthest,
        cycle=state.cycle,
        reason=move.reason or transition.reason,
        fit=reading.profile.fit,
        interest=reading.subtotals.interest,
        total=reading.total,
        label=reading.label,
        model=state.model,
    )
    draft.note(fact)


def _attempt(draft: Draft) -> int:
    """Return the number of the rest that begins; a maybe of a lead that rests already is no further attempt."""
    state = draft.state
    resting = draft.plan.stages[state.stage].kind == "rest"
    return max(state.attempts, 1) if resting else state.attempts + 1


def _recycle(draft: Draft, stage: Stage, move: Move, reason: str | None, attempt: int) -> None:
    policy = draft.plan.policy(draft.state.acquisition)
    until = _until(draft, stage, move, reason, attempt)
    draft.add(
        made.Recycled,
        move.at,
        move.cause,
        move.actor,
        reason=reason,
        attempt=attempt,
        wake_at=until,
        dormant=stage.kind == "rest" and until is None,
        since=move.restart_at if policy.interest == "restart" else None,
    )
    draft.emit(done.Unenrol, reason="recycle")
    if policy.nurture is not None:
        draft.emit(done.Enrol, sequence=policy.nurture)
    if until is not None:
        draft.emit(done.RecheckAt, at=until)


def _until(draft: Draft, stage: Stage, move: Move, reason: str | None, attempt: int) -> datetime | None:
    """Return when a rest ends by itself; ``None`` if it does not, or if there is none."""
    state, plan, zone = draft.state, draft.plan, draft.lead.zone
    home = plan.business.hours.zone
    if move.wake_on is not None:
        return day_begins(move.wake_on, zone, home)
    policy = plan.policy(state.acquisition)
    spent = policy.attempts is not None and attempt > policy.attempts
    if stage.kind != "rest" or policy.rest_months is None or spent:
        return None
    months = {normal(name): count for name, count in policy.reasons.items()}
    try:
        return wake_at(
            move.at,
            zone,
            home,
            months=months.get(normal(reason or ""), policy.rest_months[0]),
            bounds=policy.rest_months,
            spread_days=policy.spread_days,
            key=f"{state.lead_id}:{state.cycle}:{attempt}",
        )
    except InstantError:  # after the year 2199
        return None


def _tell(draft: Draft, transition: Transition, stage: Stage, move: Move) -> None:
    """Add what the host has to do about a new stage."""
    if stage.kind == "ended":
        draft.emit(done.Unenrol, reason=stage.name)
    if stage.hand_off:
        draft.emit(done.Unenrol, reason=stage.name)
        _hand_off(draft)
    elif stage.kind != "rest":
        lead_id, seq = draft.state.lead_id, draft.state.seq
        key, notify = f"{lead_id}:{seq}:{done.Notify.name}", blank(done.Notify)
        done.Notify.__init__(notify, key=key, lead_id=lead_id, stage=stage.name, because=transition.name)
        draft.effects.append(notify)
    if move.cause.kind == "time" and stage.kind == "open":
        draft.emit(done.CreateTask, task="contact_again")
