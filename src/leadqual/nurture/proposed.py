"""What a planner's proposal comes to, once everything that keeps touches from a lead has been looked at."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from attrs import evolve

from leadqual.calendar import utc
from leadqual.errors import InstantError, Kind, PlannerError, Problem
from leadqual.hints import did_you_mean
from leadqual.lifecycle.enrolment import Enrolment
from leadqual.nurture.asked import Asked
from leadqual.nurture.counting import CountedTouch
from leadqual.nurture.plan import NurturePlan, SequencePlan, StepPlan
from leadqual.nurture.planned import PlannedEnd, Touch, Withheld
from leadqual.nurture.proposing import Option, Planner, Proposal
from leadqual.nurture.touching import enrolment_stem, touch_or_not


def proposed_move(
    plan: NurturePlan,
    sequence: SequencePlan,
    planner: Planner,
    asked: Asked,
    enrolment: Enrolment,
    *,
    counted: Iterable[CountedTouch],
    zone: tzinfo,
) -> Touch | Withheld | PlannedEnd:
    """Return what happens next to a lead in a sequence whose planner decides what comes next.

    The first touch may go at once; after that each step waits as it says since the touch before. What is withheld waits
    until something about the lead changes: a planner is not asked again and again at one instant.

    Args:
        plan: What the playbook says.
        sequence: The sequence.
        planner: Its planner.
        asked: The lead, which nothing keeps from touches.
        enrolment: Its place in the sequence.
        counted: What caps count.
        zone: The zone whose days and months are the lead's.

    Raises:
        PlannerError: If the planner proposes what the sequence does not have.
    """
    stem = enrolment_stem(asked, enrolment)
    begun = any(touch.key.startswith(stem) for touch in asked.touches)
    since = enrolment.since
    ready = {name: step.wait.over(since, zone) if begun else since for name, step in sequence.steps.items()}
    then = evolve(asked, now=since)  # what is proposed does not hang on when it is asked
    options = tuple(
        touch_or_not(plan, then, enrolment, step, wished=ready[name], counted=counted)
        for name, step in sequence.steps.items()
    )
    proposal = _asked(planner, then, enrolment, options, f"sequences.{sequence.name}.planner")
    if proposal is None:
        return PlannedEnd(sequence=sequence.name, at=max(since, asked.now))
    step, at = _checked(proposal, sequence, type(planner).kind)
    wished = ready[step.name] if at is None else max(ready[step.name], at)
    move = touch_or_not(plan, asked, enrolment, step, wished=wished, counted=counted)
    return evolve(move, skips=False) if isinstance(move, Withheld) else move


def _asked(planner: Planner, asked: Asked, place: Enrolment, options: tuple[Option, ...], where: str) -> object:
    try:
        return planner.propose(asked, place, options)
    except Exception as error:
        what = f"the planner fails: {type(error).__name__}"
        got, hint = Kind(repr(type(planner).kind)), "Mend it where it is written."
        raise PlannerError([Problem(where=where, what=what, got=got, hint=hint)]) from error


def _checked(proposal: object, sequence: SequencePlan, kind: str) -> tuple[StepPlan, datetime | None]:
    """Return the step that is proposed, with the content that it is to bring, and when."""
    where = f"sequences.{sequence.name}.planner"
    if not isinstance(proposal, Proposal):
        got = Kind(f"a value of type {type(proposal).__name__}")
        hint = "Let `propose` return a Proposal, or None when the sequence is over."
        raise PlannerError([Problem(where=where, what=f"{kind!r} proposed something else", got=got, hint=hint)])
    step = sequence.steps.get(proposal.step)
    if step is None:
        hint = did_you_mean(proposal.step, sequence.steps)
        what = f"{kind!r} proposed a step that the sequence does not have"
        raise PlannerError([Problem(where=where, what=what, got=proposal.step, hint=hint)])
    at = None
    if proposal.at is not None:
        try:
            at = utc(proposal.at, f"{where}.at")
        except InstantError as error:
            raise PlannerError(error.problems) from None
    if proposal.content is None:
        return step, at
    names = [name for name, _ in step.items] if step.step.content is None else [step.step.content]
    if proposal.content not in names:
        hint = did_you_mean(proposal.content, names)
        what = f"{kind!r} proposed content that step {step.name!r} may not bring"
        raise PlannerError([Problem(where=where, what=what, got=proposal.content, hint=hint)])
    return evolve(step, step=evolve(step.step, content=proposal.content, pool=None)), at
