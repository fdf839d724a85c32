"""What people and hosts say of a lead's nurturing: in or out, what became of a touch, whom to spare."""

from datetime import datetime
from typing import Final

from leadqual.errors import InputRefused, Kind, Problem, TransitionError, shown
from leadqual.hints import did_you_mean
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.qualifier.changes import when
from leadqual.qualifier.enrolling import barrier, enrol
from leadqual.qualifier.leaving import end, is_in
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.step import Step

_ENROLMENT: Final = Cause("enrolment")
_HINTS: Final = {
    "stage": "The sequence does not run in its stage.",
    "gate": "A gate holds; change its profile first.",
    "disqualified": "A person has disqualified it; reinstate it first.",
    "withdrawal": "It has withdrawn its consent to what the sequence is for.",
    "once": "It has been in it, and the sequence takes nobody twice.",
    "active": "It is in it already.",
    "again_after": "It has been in it not long ago.",
    "exclusive": "It is in another one that does not run beside others.",
}
"""Why a lead cannot come into a sequence, by what keeps it out."""


def take(
    step: Step, nurturing: Nurturing | None, said: EnrolmentChange | TouchReport | Suppression, now: datetime
) -> None:
    """Decide upon what was said; see `Qualifier.handle`."""
    match said:
        case EnrolmentChange():
            _take_change(step, nurturing, said, now)
        case TouchReport():
            _take_report(step, said, now)
        case _:
            _take_suppression(step, said, now)


def _take_change(step: Step, nurturing: Nurturing | None, change: EnrolmentChange, now: datetime) -> None:
    """Put a lead into a sequence, take it out, or let it stand still and go on."""
    track = None if nurturing is None else nurturing.by_name.get(change.sequence)
    if nurturing is None or track is None:
        known = () if nurturing is None else nurturing.by_name
        hint = did_you_mean(change.sequence, known) or "The playbook has no sequences."
        raise InputRefused([Problem(where="sequence", what="no such sequence", got=change.sequence, hint=hint)])
    at = when(change.at, now)
    if change.change == "enrol":
        reason = barrier(step, nurturing, track, at)
        if reason is not None:
            raise TransitionError([_refused(step, f"it cannot come into {track.name}", reason, _HINTS[reason])])
        enrol(step, nurturing, track, _ENROLMENT, at=at, actor=change.actor)
        return
    if not is_in(step.state, track):
        hint = "Put it in first."
        raise TransitionError([_refused(step, "it is not in the sequence", track.name, hint)])
    place = step.state.enrolments[track.name]
    if change.change == "leave":
        end(step, track.name, "left", _ENROLMENT, change.actor)
    elif change.change == "pause" and place.paused_at is None:
        step.add(made.EnrolmentPaused, max(at, place.since), _ENROLMENT, change.actor, sequence=track.name)
    elif change.change == "resume" and place.paused_at is not None:
        step.add(made.EnrolmentResumed, max(at, place.paused_at), _ENROLMENT, change.actor, sequence=track.name)


def _take_report(step: Step, report: TouchReport, now: datetime) -> None:
    """Remember what became of a touch; what is said of one whose end is known changes nothing."""
    at = when(report.at, now)
    touch = next((one for one in step.state.touches if one.key == report.key), None)
    if touch is None:
        got, hint = Kind("a key of no touch"), "Pass the touch_key of a TouchDue of this lead."
        raise InputRefused([Problem(where="key", what="no such touch has come due", got=got, hint=hint)])
    if touch.outcome == "due":
        more = {"key": report.key, "outcome": report.outcome, "reason": report.reason}
        step.add(made.TouchEnded, max(at, touch.at), Cause("touch"), **more)


def _take_suppression(step: Step, suppression: Suppression, now: datetime) -> None:
    """Remember that nothing may go to an address; of what is on its way the host is told."""
    at = when(suppression.at, now)
    if suppression.channel not in step.state.suppressed:
        more = {"channel": suppression.channel, "reason": suppression.reason}
        step.add(made.AddressSuppressed, at, Cause("suppression"), suppression.actor, **more)


def _refused(step: Step, what: str, got: str, hint: str) -> Problem:
    return Problem(where=f"lead {shown(step.state.lead_id)}", what=what, got=Kind(got), hint=hint)
