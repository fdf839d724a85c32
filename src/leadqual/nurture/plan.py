"""Sequences with all that belongs to them, ready to be planned."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Literal

from attrs import evolve, field, frozen

from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.values import Stage
from leadqual.nurture.basis import Bases
from leadqual.nurture.caps import Caps
from leadqual.nurture.content import Content
from leadqual.nurture.opening import WithoutZone, without_zone_default
from leadqual.nurture.pool import Items, items_of
from leadqual.nurture.presets import one_click, with_presets
from leadqual.nurture.purposes import EVERY, REQUESTED, TASK
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.sequences import Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waiting import Waiting, plan_wait
from leadqual.nurture.windows import SendWindow


@frozen(kw_only=True, eq=False)
class StepPlan:
    """A step, ready to be planned.

    Attributes:
        name: Its name.
        step: The step.
        kind: What it is.
        wait: How long it waits after the step before.
        following: Name of the step that comes next; ``None`` for the end.
        channel: Channel of its touch.
        purpose: Purpose of its touch.
        times: When its touch may go.
        without_zone: What becomes of its touch when the lead's local time stays open.
        items: Content of its pool, in the order of the names.
        one_click: Whether its touch carries the data for leaving the list with one click.
        within: How long the act has time that its fork waits for.
        yes: Name of the step to which that act leads; ``None`` for the end.
        no: Name of the step to which its absence leads; ``None`` for the end.
    """

    name: str
    step: Step
    kind: Literal["touch", "fork", "end"]
    wait: Waiting
    following: str | None
    channel: str
    purpose: str
    times: SendTimes
    without_zone: WithoutZone
    items: Items
    one_click: bool
    within: Waiting
    yes: str | None
    no: str | None


@frozen(kw_only=True, eq=False)
class SequencePlan:
    """A sequence, ready to be planned.

    Attributes:
        name: Its name.
        sequence: The sequence.
        steps: Its steps by name, in their order.
        stages: The stages in which it runs; ``None`` for every one.
    """

    name: str
    sequence: Sequence
    steps: Mapping[str, StepPlan]
    stages: frozenset[str] | None

    def place(self, step: str | None) -> StepPlan | None:
        """Return the step at which a lead stands; another stands in for one that was taken out.

        Args:
            step: Name of the step that it waits for.

        Returns:
            The step; ``None`` if there is none of that name, or if the sequence is over.
        """
        if step is None:
            return None
        found = self.steps.get(step)
        if found is not None:
            return found
        if self.sequence.planner is not None:  # which steps it was that went is of no matter
            return next(iter(self.steps.values()), None)
        return self.steps.get(self.sequence.moved.get(step, ""))


@frozen(kw_only=True, eq=False)
class NurturePlan:
    """All that a planner needs to know of a playbook.

    Attributes:
        sequences: The sequences by name.
        nurture: What holds for every sequence, with the windows and bases of its presets.
        contents: All content by name.
        caps: How often a lead may be touched.
        bases: By which permission.
        business: The calendar of business.
        holidays: Dates, by the lead's calendar, on which nothing goes but answers to requests.
        stages: The stages in which a sequence runs that names none; ``None`` for every one.
    """

    sequences: Mapping[str, SequencePlan] = field(factory=dict)
    nurture: Nurture
    contents: Mapping[str, Content]
    caps: Caps
    bases: Bases
    business: BusinessTime
    holidays: Container[date]
    stages: frozenset[str] | None
    _times: dict[tuple[tuple[SendWindow, ...], bool], SendTimes] = field(init=False, factory=dict, repr=False)

    def times(self, channel: str, purpose: str, window: SendWindow | None) -> SendTimes:
        """Return when a touch may go.

        Args:
            channel: Its channel.
            purpose: Its purpose.
            window: The window of its step, beside those of its channel and of all channels.

        Raises:
            ModelError: If the windows have nothing in common.
        """
        by_channel = self.nurture.windows
        found = (by_channel.get(channel), by_channel.get(EVERY), window)
        windows = tuple(dict.fromkeys(one for one in found if one is not None))
        key = (windows, purpose == REQUESTED)
        if key not in self._times:
            holidays: Container[date] = frozenset() if purpose == REQUESTED else self.holidays
            self._times[key] = SendTimes(windows=windows, holidays=holidays)
        return self._times[key]


@frozen
class _Holidays:
    """Dates that one container holds or another."""

    one: Container[date]
    other: Container[date]

    def __contains__(self, day: object) -> bool:
        return day in self.one or day in self.other


def plan_nurture(
    sequences: Mapping[str, Sequence],
    *,
    nurture: Nurture | None = None,
    contents: Mapping[str, Content] | None = None,
    caps: Caps | None = None,
    business: BusinessTime | None = None,
    stages: Iterable[Stage] | None = None,
) -> NurturePlan:
    """Return sequences with all that belongs to them, ready to be planned.

    Args:
        sequences: Sound sequences by name; see `leadqual.nurture.check`.
        nurture: What holds for every sequence.
        contents: All content by name.
        caps: How often a lead may be touched; without them there is no limit.
        business: The calendar of business; its holidays hold for touches too.
        stages: The stages of the lifecycle: a sequence that names none runs in those that are open and not handed to
            sales. Without them it runs in every stage.

    Raises:
        ModelError: If the windows of a step have nothing in common, or if a preset is unknown.
    """
    settings = with_presets(Nurture() if nurture is None else nurture)
    calendar = BusinessTime() if business is None else business
    plan = NurturePlan(
        nurture=settings,
        contents={} if contents is None else contents,
        caps=Caps() if caps is None else caps,
        bases=Bases(rules=settings.bases),
        business=calendar,
        holidays=_Holidays(frozenset(calendar.hours.holidays), calendar.holidays),
        stages=None
        if stages is None
        else frozenset(stage.name for stage in stages if stage.kind == "open" and not stage.hand_off),
    )
    return evolve(plan, sequences={name: plan_sequence(plan, name, sequences[name]) for name in sorted(sequences)})


def plan_sequence(plan: NurturePlan, name: str, sequence: Sequence) -> SequencePlan:
    """Return a sequence, ready to be planned.

    Args:
        plan: What it belongs to.
        name: Its name.
        sequence: The sequence.

    Raises:
        ModelError: If the windows of a step have nothing in common.
    """
    following = _following(sequence)
    return SequencePlan(
        name=name,
        sequence=sequence,
        steps={step.name: _step(plan, step, sequence.purpose, following[i]) for i, step in enumerate(sequence.steps)},
        stages=frozenset(sequence.stages) if sequence.stages else plan.stages,
    )


def _following(sequence: Sequence) -> list[str | None]:
    """Return by place which step comes after each; with a planner it stays there until the planner is asked again."""
    if sequence.planner is not None:
        return [step.name for step in sequence.steps]
    after: list[str | None] = [*(step.name for step in sequence.steps[1:]), None]
    return [None if step.end else step.next or following for step, following in zip(sequence.steps, after, strict=True)]


def _step(plan: NurturePlan, step: Step, usual: str, following: str | None) -> StepPlan:
    channel = TASK if step.channel is None else step.channel
    purpose = usual if step.purpose is None else step.purpose
    branch = step.branch
    wait = plan_wait(step.wait, plan.business)
    return StepPlan(
        name=step.name,
        step=step,
        kind="fork" if branch is not None else "end" if step.end and step.is_bare else "touch",
        wait=wait,
        following=following,
        channel=channel,
        purpose=purpose,
        times=plan.times(channel, purpose, step.window),
        without_zone=plan.nurture.without_zone.get(channel, without_zone_default(channel)),
        items=() if step.pool is None else items_of(step.pool, plan.contents),
        one_click=one_click(plan.nurture.presets, channel, purpose),
        within=wait if branch is None else plan_wait(branch.within, plan.business),
        yes=following if branch is None or branch.yes is None else branch.yes,
        no=following if branch is None or branch.no is None else branch.no,
    )
