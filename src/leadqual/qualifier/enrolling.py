"""Into a sequence, and through it to its end."""

from datetime import datetime, timedelta
from typing import Final

from leadqual.errors import TransitionError
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.enrolment import Enrolment
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.inputs import Verdict
from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.verdicts import on_verdict
from leadqual.nurture.experiments import draw
from leadqual.nurture.sequences import Ending
from leadqual.qualifier.leaving import end, end_what_is_over, is_in, is_withdrawn
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.step import Step
from leadqual.qualifier.tracks import Track

_TIME: Final = Cause("time")
_AT_ONCE: Final = timedelta()
_MOMENT: Final = timedelta(microseconds=1)


def barrier(step: Step, nurturing: Nurturing, track: Track, at: datetime) -> str | None:
    """Return what keeps a lead out of a sequence, or ``None`` if nothing does.

    Args:
        step: The lead in the making.
        nurturing: What the playbook says of nurturing.
        track: The sequence.
        at: When it would come in.

    Returns:
        ``"stage"``, ``"gate"``, ``"disqualified"``, ``"withdrawal"``, ``"once"``, ``"active"``, ``"again_after"`` or
        ``"exclusive"``.
    """
    state, sequence = step.state, track.sequence
    if not track.runs_in(state.stage):
        return "stage"
    if state.disqualified is not None:
        return "disqualified"
    if step.profile.gates:
        return "gate"
    if is_withdrawn(state, track):
        return "withdrawal"
    place = state.enrolments.get(track.name)
    if place is not None:
        if sequence.again == "once":
            return "once"
        if place.ended is None and sequence.again == "if_not_active":
            return "active"
        if place.ended_at is not None and at < place.ended_at + _cool_down(place, track):
            return "again_after"
    strongest = max((rival.sequence.priority for rival in _rivals(state, nurturing, track)), default=None)
    return "exclusive" if strongest is not None and strongest >= sequence.priority else None


def _cool_down(place: Enrolment, track: Track) -> timedelta:
    """Return how long after its end a lead stays out; who went through does not begin anew at the very instant."""
    least = _MOMENT if place.ended == "finished" else _AT_ONCE
    return least if track.again_after is None else max(track.again_after, least)


def _rivals(state: LeadState, nurturing: Nurturing, track: Track) -> list[Track]:
    """Return the sequences that the lead is in and that do not run beside another."""
    if not track.sequence.exclusive:
        return []
    others = (other for other in nurturing.tracks if other.sequence.exclusive and other.name != track.name)
    return [other for other in others if is_in(state, other)]


def enrol(
    step: Step,
    nurturing: Nurturing,
    track: Track,
    cause: Cause,
    *,
    at: datetime | None = None,
    actor: str | None = None,
) -> bool:
    """Put a lead into a sequence, unless something keeps it out.

    Args:
        step: The lead in the making.
        nurturing: What the playbook says of nurturing.
        track: The sequence.
        cause: What brings it about.
        at: From when on it is in; the instant of the decision when absent.
        actor: Who, if a person did.

    Returns:
        Whether it came in.
    """
    since = step.now if at is None else at
    if barrier(step, nurturing, track, since) is not None:
        return False
    known = step.state.enrolments.get(track.name)
    for other in (*_rivals(step.state, nurturing, track), track):
        if is_in(step.state, other):
            end(step, other.name, "superseded", cause)
    drawn = draw(track.name, track.sequence, step.state.lead_id)
    step.add(
        made.Enrolled,
        since,
        cause,
        actor,
        sequence=track.name,
        number=1 if known is None else known.number + 1,
        version=track.sequence.version,
        step=track.first,
        arm=drawn.arm,
        held_out=drawn.held_out,
    )
    return True


def enrol_itself(step: Step, nurturing: Nurturing, track: Track, cause: Cause) -> bool:
    """Put a lead into a sequence as the playbook says, and tell the host; return whether it came in."""
    came_in = enrol(step, nurturing, track, cause)
    if came_in:
        step.emit(done.Enrol, sequence=track.name)
    return came_in


def finish(step: Step, nurturing: Nurturing, track: Track, last: str | None, cause: Cause = _TIME) -> None:
    """End a sequence that a lead has gone through, and do what follows.

    Args:
        step: The lead in the making.
        nurturing: What the playbook says of nurturing.
        track: The sequence.
        last: Name of its last step.
        cause: What brought it about.
    """
    end(step, track.name, "finished", cause)
    here = track.place(last)
    own = None if here is None else here.step.on_end
    ending = track.sequence.on_end if own is None else own
    if ending is not None:
        _conclude(step, nurturing, ending, cause)


def _conclude(step: Step, nurturing: Nurturing, ending: Ending, cause: Cause) -> None:
    if ending.verdict is not None:
        try:
            on_verdict(step, Verdict(ending.verdict, reason=ending.reason), step.now)
        except TransitionError:  # the lead cannot take it as it stands
            return
        step.decided()
        end_what_is_over(step, nurturing)
    following = nurturing.by_name.get(ending.sequence or "")
    if following is not None:
        enrol_itself(step, nurturing, following, cause)
