"""Plain stretches of sequences, where only time decides when touches go: nothing to choose, and no fork."""

from datetime import timedelta

from attrs import field, frozen

from leadqual.fold import normal
from leadqual.nurture.ahead import MOST_TOUCHES
from leadqual.nurture.basis import Basis
from leadqual.nurture.plan import NurturePlan, SequencePlan, StepPlan
from leadqual.nurture.purposes import TASK, TouchKind, scopes_of, touch_kind
from leadqual.nurture.timetable import Timetable

Limit = tuple[int, timedelta, int]
"""A rolling cap: how many touches, in which span, and the place of the instants that it counts."""
Stop = tuple[timedelta, Timetable, tuple[Limit, ...], tuple[int, ...]]
"""A touch: how long it waits, when it may go, the caps that it keeps, and the places in which it is counted."""


@frozen(kw_only=True, eq=False)
class Lane:
    """The touches of a sequence from one of its steps on, by the clock of one zone.

    Attributes:
        steps: The steps of the touches.
        end: The step that ends the sequence after them; ``None`` if it is over with the last touch.
        stops: What decides when each touch goes.
        scopes: What is counted in which place: a kind of touches on a channel, or on all.
        pairs: The channels and purposes of the touches, each pair once.
        channels: The channels that need an address.
        contents: Names of the content that is sent.
        offers: Names of the offers that it is.
        stages: The stages in which the sequence runs; ``None`` for every one.
    """

    steps: tuple[StepPlan, ...]
    end: StepPlan | None
    stops: tuple[Stop, ...]
    scopes: tuple[tuple[TouchKind, str], ...]
    pairs: tuple[tuple[str, str], ...]
    channels: frozenset[str]
    contents: frozenset[str]
    offers: frozenset[str]
    stages: frozenset[str] | None


@frozen(kw_only=True, eq=False)
class Lanes:
    """All lanes of a playbook, each made when it is first asked for.

    Attributes:
        plan: What the playbook says.
    """

    plan: NurturePlan
    _made: dict[tuple[str, str | None, str], Lane | None] = field(init=False, factory=dict, repr=False)
    _tables: dict[tuple[int, str], Timetable] = field(init=False, factory=dict, repr=False)
    _bases: dict[tuple[str, str, tuple[str, ...]], Basis] = field(init=False, factory=dict, repr=False)

    def lane(self, sequence: str, step: str | None, zone: str) -> Lane | None:
        """Return the lane of a lead; ``None`` if anything but time has to be asked.

        Args:
            sequence: Name of its sequence.
            step: Name of the step that it waits for.
            zone: IANA name of its zone.
        """
        key = (sequence, step, zone)
        try:
            return self._made[key]
        except KeyError:
            found = self.plan.sequences.get(sequence)
            lane = self._made[key] = None if found is None else self._lane(found, step, zone)
            return lane

    def basis(self, channel: str, purpose: str, countries: tuple[str, ...]) -> Basis:
        """Return by which permission a touch goes.

        Args:
            channel: Its channel.
            purpose: Its purpose.
            countries: ISO 3166-1 codes of the countries in which the lead may be.
        """
        key = (channel, purpose, countries)
        known = self._bases.get(key)
        if known is None:
            known = self._bases[key] = self.plan.bases.of(channel, purpose, countries)
        return known

    def _lane(self, sequence: SequencePlan, first: str | None, zone: str) -> Lane | None:
        if sequence.sequence.planner is not None:
            return None
        steps: dict[str, StepPlan] = {}
        step = sequence.place(first)
        while step is not None and step.kind != "end":
            if step.name in steps or len(steps) >= MOST_TOUCHES or not self._is_plain(step):
                return None
            steps[step.name] = step
            step = sequence.place(step.following)
        touches = tuple(steps.values())
        names = [touch.step.content for touch in touches if touch.step.content is not None]
        if not touches or len(set(names)) < len(names):
            return None
        caps = [self.plan.caps.of(touch.channel, touch_kind(touch.purpose)) for touch in touches]
        scopes = tuple(
            dict.fromkeys(
                (touch_kind(touch.purpose), scope)
                for touch, limits in zip(touches, caps, strict=True)
                for _, scope in limits
            )
        )
        return Lane(
            steps=touches,
            end=step,
            stops=tuple(self._stop(touch, scopes, zone) for touch in touches),
            scopes=scopes,
            pairs=tuple(dict.fromkeys((touch.channel, touch.purpose) for touch in touches)),
            channels=frozenset(touch.channel for touch in touches) - {TASK},
            contents=frozenset(names),
            offers=frozenset(normal(offer) for name in names if (offer := self.plan.contents[name].offer) is not None),
            stages=sequence.stages,
        )

    def _is_plain(self, touch: StepPlan) -> bool:
        """Tell whether only time decides about a step."""
        step, waits = touch.step, touch.wait.elapsed
        if touch.kind != "touch" or waits is None or step.when or step.arm or step.pool:
            return False
        content = None if step.content is None else self.plan.contents[step.content]
        if content is not None and (content.starts or content.ends or (content.cost and self.plan.nurture.effort)):
            return False
        return all(cap.times and cap.days for cap, _ in self.plan.caps.of(touch.channel, touch_kind(touch.purpose)))

    def _stop(self, touch: StepPlan, scopes: tuple[tuple[TouchKind, str], ...], zone: str) -> Stop:
        kind = touch_kind(touch.purpose)
        limits = tuple(
            (cap.times, cap.span, scopes.index((kind, scope))) for cap, scope in self.plan.caps.of(touch.channel, kind)
        )
        counted = tuple(
            i for i, (other, scope) in enumerate(scopes) if other == kind and scope in scopes_of(touch.channel)
        )
        table = self._tables.setdefault((id(touch.times), zone), Timetable(times=touch.times, zone=zone))
        return touch.wait.elapsed or timedelta(), table, limits, counted
