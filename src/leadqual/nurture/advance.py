"""What happens to a lead in a sequence next: a touch, a step that sends nothing, a fork, or the end."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Final

from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.nurture.asked import Asked
from leadqual.nurture.counting import CountedTouch
from leadqual.nurture.plan import NurturePlan, SequencePlan, StepPlan
from leadqual.nurture.planned import Fork, Move, PlannedEnd, Withheld
from leadqual.nurture.proposed import proposed_move
from leadqual.nurture.touching import touch_or_not
from leadqual.nurture.zones import zones_named

GONE: Final = ("due", "sent")
"""Outcomes of the touches that caps count."""


def counted_of(touches: Iterable[PastTouch]) -> tuple[CountedTouch, ...]:
    """Return what caps count of the touches that have come due: those that were sent, or may yet be.

    Args:
        touches: The touches.
    """
    return tuple(
        CountedTouch(at=touch.at, channel=touch.channel, purpose=touch.purpose)
        for touch in touches
        if touch.outcome in GONE
    )


def advance(
    plan: NurturePlan, asked: Asked, enrolment: Enrolment, counted: Iterable[CountedTouch] | None = None
) -> Move:
    """Return what happens to a lead in a sequence next, if nothing happens before.

    It comes to pass at its instant: a touch comes due, a step is skipped, a fork goes the way of inaction, and from
    then on the lead waits for the next step. A step that is withheld and not skipped waits: nothing happens until
    something about the lead changes.

    Args:
        plan: What the playbook says.
        asked: The lead.
        enrolment: Its place in the sequence.
        counted: What caps count; what has come due when absent.

    Returns:
        The move; its instant is not before now. The end, without a step, if the sequence has none of that name.
    """
    sequence = plan.sequences[enrolment.sequence]
    step, planner = sequence.place(enrolment.step), sequence.sequence.planner
    if step is None:
        return PlannedEnd(sequence=sequence.name, at=max(enrolment.since, asked.now))
    zone = zone_of(plan, asked)
    wished = step.wait.over(enrolment.since, zone) if planner is None else enrolment.since
    waits = _waits(sequence, asked, enrolment)
    if waits is not None:
        channel = step.channel if step.kind == "touch" else None
        at = max(wished, asked.now)
        return Withheld(sequence=sequence.name, step=step.name, channel=channel, reason=waits, at=at, skips=False)
    gone = counted_of(asked.touches) if counted is None else counted
    if planner is not None:
        return proposed_move(plan, sequence, planner, asked, enrolment, counted=gone, zone=zone)
    if step.kind == "end":
        return PlannedEnd(sequence=sequence.name, step=step.name, at=max(wished, asked.now))
    if step.kind == "fork":
        reached = wished if is_answered(asked, enrolment, step) else step.within.over(wished, zone)
        return Fork(sequence=sequence.name, step=step.name, at=max(reached, asked.now), yes=step.yes, no=step.no)
    return touch_or_not(plan, asked, enrolment, step, wished=wished, counted=gone)


def zone_of(plan: NurturePlan, asked: Asked) -> tzinfo:
    """Return the zone whose days and months are the lead's: the first in which it may be, else the home zone.

    Args:
        plan: What the playbook says.
        asked: The lead.
    """
    return zones_named((asked.candidates.zones or (plan.nurture.home,))[:1])[0]


def is_answered(asked: Asked, enrolment: Enrolment, step: StepPlan) -> bool:
    """Return whether a lead has done since its enrolment what a fork asks for, if it asks for that.

    Args:
        asked: The lead.
        enrolment: Its place in the sequence.
        step: The fork.
    """
    branch = step.step.branch
    if branch is None or branch.since != "enrolment":
        return False
    answer = asked.answers.get((enrolment.sequence, step.name))
    return answer is not None and answer >= enrolment.at


def _waits(sequence: SequencePlan, asked: Asked, enrolment: Enrolment) -> str | None:
    """Return why a lead gets nothing of a sequence for now, or ``None``."""
    if enrolment.paused_at is not None:
        return "paused"
    if enrolment.held_out:
        return "held_out"
    if asked.disqualified:
        return "disqualified"
    if asked.gates:
        return "gate"
    if sequence.stages is not None and asked.stage not in sequence.stages:
        return "stage"
    return "rest" if asked.resting else None
