"""Sequences as a lead's life goes through them: what puts it in, what ends them, and what its acts decide there."""

from collections.abc import Mapping
from datetime import timedelta

from attrs import frozen

from leadqual.nurture.deeds import event_scope
from leadqual.nurture.elapsed import elapsed_of
from leadqual.nurture.plan import NurturePlan, SequencePlan, StepPlan
from leadqual.nurture.sequences import Sequence
from leadqual.qualifier.acts import NO_ACTS, Acts, acts_of
from leadqual.scoring.model import ScoringModel


@frozen(kw_only=True, eq=False)
class Track:
    """A sequence, ready to be followed.

    Attributes:
        name: Its name.
        plan: The sequence as planners know it.
        first: Name of the step with which it begins.
        asks: Channels and purposes of the touches that it is for.
        enters: Acts that put a lead into it.
        enter_stages: Stages upon whose entry a lead comes into it.
        goals: Acts that end it because it has reached its aim.
        forks: By step, the acts that take its one way.
        again_after: How long after its end a lead may come in again.
    """

    name: str
    plan: SequencePlan
    first: str
    asks: tuple[tuple[str, str], ...]
    enters: Acts
    enter_stages: frozenset[str]
    goals: Acts
    forks: Mapping[str, Acts]
    again_after: timedelta | None

    @property
    def sequence(self) -> Sequence:
        """The sequence as it was written."""
        return self.plan.sequence

    def runs_in(self, stage: str) -> bool:
        """Tell whether it runs in a stage."""
        return self.plan.stages is None or stage in self.plan.stages

    def place(self, step: str | None) -> StepPlan | None:
        """Return the step at which a lead stands; another stands in for one that was taken out.

        Args:
            step: Name of the step that it waits for.
        """
        return self.plan.place(step)


def tracks_of(plan: NurturePlan, model: ScoringModel) -> tuple[Track, ...]:
    """Return sequences ready to be followed: the highest priority first, then by name.

    Args:
        plan: The sequences; one without steps is left out.
        model: The model that declares the properties of acts.

    Raises:
        ModelError: If a condition on acts is wrong.
    """
    order = sorted(plan.sequences.values(), key=lambda part: (-part.sequence.priority, part.name))
    return tuple(_track(part, next(iter(part.steps)), model) for part in order if part.steps)


def _track(plan: SequencePlan, first: str, model: ScoringModel) -> Track:
    scope, sequence = event_scope(model), plan.sequence
    enter, after = sequence.enter, sequence.again_after
    touches = [(step.channel, step.purpose) for step in plan.steps.values() if step.kind == "touch"]
    own = [touch for touch in touches if touch[1] == sequence.purpose]
    return Track(
        name=plan.name,
        plan=plan,
        first=first,
        asks=tuple(dict.fromkeys(own or touches)),
        enters=NO_ACTS if enter is None else acts_of([(enter.on, enter.properties)], scope),
        enter_stages=frozenset() if enter is None else frozenset(enter.stages),
        goals=acts_of([(goal.on, goal.when) for goal in sequence.goals], scope),
        forks={
            step.name: acts_of([(step.branch.on, step.branch.when)], scope)
            for step in sequence.steps
            if step.branch is not None
        },
        again_after=None if after is None else elapsed_of(after),
    )
