"""Whether a touch that has come due may still go: asked again when it is about to be sent."""

from datetime import datetime
from typing import Final

from attrs import evolve

from leadqual.errors import InputRefused, Kind, Problem
from leadqual.lifecycle.enrolment import PastTouch
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.nurture.advance import counted_of
from leadqual.nurture.planned import Touch, Withheld
from leadqual.nurture.touching import touch_or_not
from leadqual.qualifier.nurturedstep import NurturedStep
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.record import Record

_HINT: Final = "Pass the touch_key of a TouchDue of this lead."


def still_goes(
    lifecycle: LifecyclePlan, nurturing: Nurturing | None, record: Record, key: str, now: datetime
) -> Touch | Withheld:
    """Return whether a touch may still go; see `Qualifier.still_goes`."""
    past = next((touch for touch in record.state.touches if touch.key == key), None)
    if past is None:
        problem = Problem(where="key", what="no such touch has come due", got=Kind("a key of no touch"), hint=_HINT)
        raise InputRefused([problem])
    if past.outcome != "due":
        return _withheld(past, past.outcome, now)
    sequence = None if nurturing is None else nurturing.plan.sequences.get(past.sequence)
    step = None if sequence is None else sequence.steps.get(past.step)
    place = record.state.enrolments.get(past.sequence)
    if nurturing is None or sequence is None or step is None or place is None:
        return _withheld(past, "removed", now)
    at_work = NurturedStep(lifecycle, nurturing, record, now)
    whole = at_work.asked()
    asked = evolve(whole, touches=tuple(touch for touch in whole.touches if touch.key != key))
    if asked.disqualified or asked.gates:
        return _withheld(past, "disqualified" if asked.disqualified else "gate", now)
    plain = evolve(step.step, content=None, pool=None, when=None, arm=None)  # decided when it came due
    own = evolve(step, step=plain)
    there = evolve(place, step=past.step, postponed=None)
    counted = counted_of(asked.touches)
    move = touch_or_not(nurturing.plan, asked, there, own, wished=now, counted=counted)
    return move if isinstance(move, Withheld) else evolve(move, key=key, content=past.content)


def _withheld(touch: PastTouch, reason: str, now: datetime) -> Withheld:
    return Withheld(sequence=touch.sequence, step=touch.step, channel=touch.channel, reason=reason, at=now)
