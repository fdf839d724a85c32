"""All that a playbook says of nurturing, as a lead's life goes through it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import field, frozen

from leadqual.conditions.bind import Bound, bound_of
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Condition
from leadqual.errors import InstantError
from leadqual.fold import normal
from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.nurture.deeds import DeedsPlan, plan_deeds
from leadqual.nurture.elapsed import elapsed_of
from leadqual.nurture.people import Need, Persona
from leadqual.nurture.plan import NurturePlan, plan_nurture
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.scope import state_scope
from leadqual.nurture.settings import Nurture
from leadqual.nurture.who import WhoPlan, plan_who
from leadqual.playbook import Playbook
from leadqual.qualifier.acts import Acts
from leadqual.qualifier.tracks import Track, tracks_of
from leadqual.qualifier.upcoming import Upcoming
from leadqual.scoring.model import ScoringModel

_AT_ONCE: Final = timedelta()


@frozen(kw_only=True, eq=False)
class Nurturing:
    """All that a playbook says of nurturing.

    Attributes:
        plan: What planners work with.
        planner: Says what is to come.
        who: Who a lead may be and what it may want.
        deeds: What is remembered of its acts.
        tracks: The sequences: the highest priority first, then by name.
        scope: What conditions on a lead may read.
        business: The calendar of the business.
        meetings: Kinds of acts that are meetings.
        bounces: Kinds of events that say that an address does not exist.
        auto_replies: Kinds of acts of machines that answer.
        postpone: By how much such an answer postpones.
        expires: How long after it was due a touch that nobody has confirmed is given up.
        by_name: The sequences by name.
        channels: All channels of their steps.
        remembered: The forks that ask for what was done since the enrolment: sequence and step, and what they ask for.
        upcoming: What was last worked out to be going to happen to a lead.
    """

    plan: NurturePlan
    planner: SequencePlanner
    who: WhoPlan
    deeds: DeedsPlan
    tracks: tuple[Track, ...]
    scope: Scope
    meetings: frozenset[str]
    bounces: frozenset[str]
    auto_replies: frozenset[str]
    postpone: Duration
    expires: timedelta
    by_name: Mapping[str, Track] = field(init=False)
    channels: frozenset[str] = field(init=False)
    remembered: tuple[tuple[tuple[str, str], Acts], ...] = field(init=False)
    upcoming: Upcoming = field(init=False, factory=Upcoming, repr=False)
    _bound: dict[Condition, Bound] = field(init=False, factory=dict)

    @by_name.default
    def _by_name(self) -> Mapping[str, Track]:
        return {track.name: track for track in self.tracks}

    @channels.default
    def _channels(self) -> frozenset[str]:
        return frozenset(step.channel for track in self.tracks for step in track.plan.steps.values())

    @remembered.default
    def _remembered(self) -> tuple[tuple[tuple[str, str], Acts], ...]:
        return tuple(
            ((track.name, step.name), track.forks[step.name])
            for track in self.tracks
            for step in track.sequence.steps
            if step.branch is not None and step.branch.since == "enrolment"
        )

    @property
    def settings(self) -> Nurture:
        """What holds for every sequence."""
        return self.plan.nurture

    def bound(self, condition: Condition) -> Bound:
        """Return a condition on a lead, ready to be asked."""
        known = self._bound.get(condition)
        if known is None:
            known = self._bound[condition] = bound_of(condition, self.scope)
        return known

    def back(self, at: datetime) -> datetime | None:
        """Return until when nothing goes after a machine has answered; ``None`` if that is never over."""
        try:
            return self.plan.business.due(at, self.postpone)
        except InstantError:
            return None


def nurturing_of(book: Playbook, lifecycle: LifecyclePlan, model: ScoringModel) -> Nurturing:
    """Return what a playbook says of nurturing, ready to be run.

    Args:
        book: The playbook.
        lifecycle: Its lifecycle.
        model: Its model, or that of one of its objectives.

    Raises:
        ModelError: If a condition asks for more than the model has.
    """
    plan = plan_nurture(
        book.sequences,
        nurture=book.nurture,
        contents=book.content,
        caps=book.caps,
        business=lifecycle.business,
        stages=lifecycle.stages.values(),
    )
    return _ready(plan, book.personas, book.needs, model)


def no_nurturing(lifecycle: LifecyclePlan, model: ScoringModel) -> Nurturing:
    """Return what a playbook without sequences says of nurturing, for leads that are in those of an earlier one.

    Args:
        lifecycle: Its lifecycle.
        model: Its model.
    """
    stages = lifecycle.stages.values()
    return _ready(plan_nurture({}, business=lifecycle.business, stages=stages), (), {}, model)


def _ready(
    plan: NurturePlan, personas: tuple[Persona, ...], needs: Mapping[str, Need], model: ScoringModel
) -> Nurturing:
    settings = plan.nurture
    return Nurturing(
        plan=plan,
        planner=SequencePlanner(plan),
        who=plan_who(personas, needs, model),
        deeds=plan_deeds(settings.offers, needs, model),
        tracks=tracks_of(plan, model),
        scope=state_scope(model, personas, needs),
        meetings=frozenset(map(normal, settings.meetings)),
        bounces=frozenset(map(normal, settings.bounces)),
        auto_replies=frozenset(map(normal, settings.auto_replies)),
        postpone=Duration.parse(settings.postpone, "nurture.postpone"),
        expires=elapsed_of(settings.expires) or _AT_ONCE,
    )
