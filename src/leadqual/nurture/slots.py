"""When a touch may go for its windows and for all caps together."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from attrs import frozen

from leadqual.nurture.asked import Asked
from leadqual.nurture.counting import CountedTouch, next_allowed
from leadqual.nurture.opening import next_open
from leadqual.nurture.plan import NurturePlan, StepPlan


@frozen(kw_only=True)
class Slot:
    """When a touch may go.

    Attributes:
        at: The first instant, in UTC; ``None`` if there is none.
        zones: The zones by whose clocks it goes.
        moved_by: What moved it.
        withheld: Why there is none.
    """

    at: datetime | None
    zones: tuple[str, ...] = ()
    moved_by: tuple[str, ...] = ()
    withheld: str | None = None


def slot_of(
    plan: NurturePlan,
    asked: Asked,
    step: StepPlan,
    at: datetime,
    counted: Iterable[CountedTouch],
    *,
    moved_by: tuple[str, ...] = (),
) -> Slot:
    """Return when the touch of a step may go: the first instant from one on that its windows and all caps allow.

    Args:
        plan: What the playbook says.
        asked: The lead.
        step: The step.
        at: The instant, in UTC.
        counted: What caps count.
        moved_by: What has moved it there.
    """
    home, without_zone = plan.nurture.home, step.without_zone
    moment = at
    while True:
        opening = next_open(moment, step.times, asked.candidates, home=home, without_zone=without_zone)
        if opening.at is None:
            return Slot(at=None, zones=opening.zones, moved_by=moved_by, withheld=opening.withheld)
        if opening.at > moment:
            moved_by = _and(moved_by, "window")
        channel, purpose, zones = step.channel, step.purpose, opening.zones
        free = next_allowed(opening.at, counted, plan.caps, channel=channel, purpose=purpose, zones=zones)
        if free.at is None:
            return Slot(at=None, zones=zones, moved_by=moved_by, withheld="cap")
        if free.at == opening.at:
            return Slot(at=free.at, zones=zones, moved_by=moved_by)
        moment, moved_by = free.at, _and(moved_by, "cap")


def held_until(
    plan: NurturePlan, asked: Asked, step: StepPlan, at: datetime, counted: Iterable[CountedTouch]
) -> tuple[str, ...]:
    """Return what kept the touch of a step from going right before an instant: its windows, caps, or both.

    Args:
        plan: What the playbook says.
        asked: The lead.
        step: The step.
        at: When it may go, in UTC.
        counted: What caps count.
    """
    before = at - timedelta.resolution
    opening = next_open(before, step.times, asked.candidates, home=plan.nurture.home, without_zone=step.without_zone)
    channel, purpose, zones = step.channel, step.purpose, opening.zones
    free = next_allowed(before, counted, plan.caps, channel=channel, purpose=purpose, zones=zones)
    held = {"window": opening.at != before, "cap": free.at != before}
    return tuple(word for word, holds in held.items() if holds)


def _and(moved_by: tuple[str, ...], word: str) -> tuple[str, ...]:
    return moved_by if word in moved_by else (*moved_by, word)
