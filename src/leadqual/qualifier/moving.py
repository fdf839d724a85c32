"""What time does to a lead in its sequences: touches come due, steps are skipped, forks decided, ends reached."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Literal

from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.facts import Cause
from leadqual.nurture.advance import advance, counted_of, is_answered
from leadqual.nurture.planned import Fork, Touch, Withheld
from leadqual.nurture.waiting import LAST
from leadqual.qualifier.asking import asked_of, places
from leadqual.qualifier.enrolling import finish
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.step import Step
from leadqual.qualifier.tracks import Track
from leadqual.qualifier.upcoming import Due

_TIME: Final = Cause("time")


def moves_of(step: Step, nurturing: Nurturing) -> tuple[Due, ...]:
    """Return what is going to happen next to a lead, before the last instant there is: what is later never happens.

    Args:
        step: The lead, as of the instant of the decision.
        nurturing: What the playbook says of nurturing.
    """
    own = (step.plan, step.model, step.profile, step.tally, step.state, step.memory, step.newest, step.stale, step.now)
    return nurturing.upcoming.of(own, lambda: (due for due in _all_moves(step, nurturing) if due.at < LAST))


def _all_moves(step: Step, nurturing: Nurturing) -> Iterator[Due]:
    """Yield what happens next in each sequence and to each touch on its way, but for what waits for something else."""
    for touch in step.state.touches:
        if touch.outcome == "due":
            yield Due(_later(touch.at, nurturing.expires), None, touch.key)
    if step.stale or not places(step.state, nurturing):
        return
    asked = asked_of(step, nurturing, step.memory)
    counted = counted_of(asked.touches)
    for place in asked.enrolments:
        move = advance(nurturing.plan, asked, place, counted)
        if not isinstance(move, Withheld) or move.skips:
            yield Due(move.at, move, place)


def _later(at: datetime, span: timedelta) -> datetime:
    return min(at + span, LAST)


def happen(step: Step, nurturing: Nurturing, due: Due) -> None:
    """Let something happen whose time has come.

    Args:
        step: The lead in the making, as of the instant at which it happens.
        nurturing: What the playbook says of nurturing.
        due: What happens.
    """
    if isinstance(due.place, str):
        step.add(made.TouchEnded, step.now, _TIME, key=due.place, outcome="expired")
        return
    track, move = nurturing.by_name[due.place.sequence], due.move
    match move:
        case Touch():
            to = _following(track, move.step)
            _come_due(step, nurturing, move, to)
        case Withheld():
            to = _following(track, move.step)
            step.add(made.StepSkipped, step.now, _TIME, sequence=track.name, step=move.step, reason=move.reason, to=to)
        case Fork():
            here = track.place(move.step)
            answered = here is not None and is_answered(asked_of(step, nurturing, step.memory), due.place, here)
            to = take_fork(step, move, "yes" if answered else "no", _TIME)
        case _:
            to = None
    if to is None:
        finish(step, nurturing, track, None if move is None else move.step)


def _following(track: Track, step: str) -> str | None:
    here = track.place(step)
    return None if here is None else here.following


def take_fork(step: Step, fork: Fork, way: Literal["yes", "no"], cause: Cause) -> str | None:
    """Let a lead go one of two ways, and return where it leads; ``None`` for the end.

    Args:
        step: The lead in the making.
        fork: The fork.
        way: Which way.
        cause: What brings it about.
    """
    to = fork.yes if way == "yes" else fork.no
    step.add(made.ForkTaken, step.now, cause, sequence=fork.sequence, step=fork.step, way=way, to=to)
    return to


def _come_due(step: Step, nurturing: Nurturing, touch: Touch, to: str | None) -> None:
    same = {"sequence": touch.sequence, "step": touch.step, "channel": touch.channel, "purpose": touch.purpose}
    step.add(made.TouchCameDue, step.now, _TIME, key=touch.key, content=touch.content, to=to, **same)
    step.emit(
        done.TouchDue,
        touch_key=touch.key,
        content=touch.content,
        task=touch.task,
        basis=touch.basis,
        one_click=touch.one_click,
        expires_at=_later(step.now, nurturing.expires),
        **same,
    )
