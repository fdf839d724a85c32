"""Whether a touch goes, when and with what, or why it is withheld."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from attrs import evolve, frozen

from leadqual.lifecycle.enrolment import Enrolment
from leadqual.lifecycle.zones import day_start
from leadqual.nurture.asked import Asked
from leadqual.nurture.counting import CountedTouch
from leadqual.nurture.effort import allowed_cost
from leadqual.nurture.permission import permission
from leadqual.nurture.plan import NurturePlan, StepPlan
from leadqual.nurture.planned import Rejected, Touch, Withheld
from leadqual.nurture.pool import Situation, choose, phases_of, seen_content, withheld_content
from leadqual.nurture.purposes import EVERY, REQUESTED, TASK
from leadqual.nurture.slots import Slot, held_until, slot_of
from leadqual.nurture.waiting import LAST
from leadqual.nurture.zones import zones_named


@frozen
class _Brought:
    """What a touch brings, or why nothing, or from which day on something."""

    content: str | None = None
    withheld: str | None = None
    rejected: tuple[Rejected, ...] = ()
    starts: date | None = None


def touch_or_not(
    plan: NurturePlan,
    asked: Asked,
    enrolment: Enrolment,
    step: StepPlan,
    *,
    wished: datetime,
    counted: Iterable[CountedTouch],
) -> Touch | Withheld:
    """Return the touch of a step, or why it is withheld.

    Args:
        plan: What the playbook says.
        asked: The lead, which nothing else keeps from touches.
        enrolment: Its place in the sequence.
        step: The step.
        wished: When it would go if nothing moved it.
        counted: What caps count.
    """
    floor = max(wished, asked.now)
    allowed = permission(
        plan.bases,
        asked.consents,
        channel=step.channel,
        purpose=step.purpose,
        countries=asked.countries,
        at=floor,
        requested_at=asked.requested_at,
        suppressed=step.channel in asked.suppressed or EVERY in asked.suppressed,
    )
    withheld = partial(Withheld, sequence=enrolment.sequence, step=step.name, channel=step.channel, at=floor)
    reason = _unfit(asked, enrolment, step) or allowed.withheld
    if reason == "unconfirmed":  # it waits, and is skipped once the time to confirm is over
        until = min(allowed.until or floor, LAST)
        return withheld(reason=reason, at=max(floor, until), skips=allowed.until is not None)
    if reason is not None:
        return withheld(reason=reason)
    first = wished
    moved_by: tuple[str, ...] = ()
    if enrolment.postponed is not None and enrolment.postponed > wished:
        first, moved_by = min(enrolment.postponed, LAST), ("postponed",)
    slot, found = _placed(plan, asked, step, first, counted, moved_by=moved_by)
    if first < asked.now and (slot.at is None or slot.at < asked.now):  # it was not planned for then, or is late
        slot, found = _late(plan, asked, step, counted)
    if slot.at is None:
        return withheld(reason=slot.withheld or "closed")
    if found.withheld is not None:
        skips = found.withheld != "exhausted"
        return withheld(reason=found.withheld, skips=skips, rejected=found.rejected)
    return Touch(
        key=touch_key(asked, enrolment, step.name),
        at=slot.at,
        sequence=enrolment.sequence,
        step=step.name,
        channel=step.channel,
        purpose=step.purpose,
        content=found.content,
        task=step.step.task,
        basis=allowed.basis,
        zones=slot.zones,
        wished=wished,
        moved_by=slot.moved_by,
        rejected=found.rejected,
        one_click=step.one_click,
    )


def _placed(
    plan: NurturePlan,
    asked: Asked,
    step: StepPlan,
    first: datetime,
    counted: Iterable[CountedTouch],
    *,
    moved_by: tuple[str, ...] = (),
) -> tuple[Slot, _Brought]:
    """Return when the touch of a step may go, from an instant on, with what it brings then."""
    while True:
        slot = slot_of(plan, asked, step, first, counted, moved_by=moved_by)
        if slot.at is None:
            return slot, _Brought()
        zone = zones_named(slot.zones[:1])[0]
        found = _content(plan, asked, step, slot.at.astimezone(zone).date())
        if found.starts is None:
            return slot, found
        first = day_start(found.starts, zone)
        moved_by = tuple(dict.fromkeys((*slot.moved_by, "content")))


def _late(plan: NurturePlan, asked: Asked, step: StepPlan, counted: Iterable[CountedTouch]) -> tuple[Slot, _Brought]:
    """Return when a touch may go from now on; what moved it is what held it to the last, whenever one asks."""
    slot, found = _placed(plan, asked, step, asked.now, counted)
    if slot.at is None or slot.at == asked.now:
        return slot, found
    return evolve(slot, moved_by=held_until(plan, asked, step, slot.at, counted) or ("content",)), found


def touch_key(asked: Asked, enrolment: Enrolment, step: str) -> str:
    """Return what identifies a touch over the whole base: lead, sequence, enrolment, step, and its how manieth time.

    Args:
        asked: The lead.
        enrolment: Its place in the sequence.
        step: Name of the step.
    """
    stem = f"{enrolment_stem(asked, enrolment)}{step}:"
    times = sum(touch.step == step and touch.key.startswith(stem) for touch in asked.touches)
    return f"{stem}{times + 1}"


def enrolment_stem(asked: Asked, enrolment: Enrolment) -> str:
    """Return how the keys of all touches of an enrolment begin.

    Args:
        asked: The lead.
        enrolment: Its place in the sequence.
    """
    return f"{asked.lead_id}:{enrolment.sequence}:{enrolment.number}:"


def _unfit(asked: Asked, enrolment: Enrolment, step: StepPlan) -> str | None:
    """Return why a step is not for a lead, whatever it permits, or ``None``."""
    if step.step.arm is not None and step.step.arm != enrolment.arm:
        return "arm"
    if step.step.when is not None and not asked.holds(step.step.when):
        return "when"
    if asked.reachable is not None and step.channel != TASK and step.channel not in asked.reachable:
        return "no_address"
    return None


def _content(plan: NurturePlan, asked: Asked, step: StepPlan, on: date) -> _Brought:
    """Return what a touch brings on a day of the lead's calendar, or why nothing."""
    name, pool = step.step.content, step.step.pool
    if name is None and pool is None:
        return _Brought()
    situation = Situation(
        on=on,
        channel=step.channel,
        who=asked.who,
        phases=() if pool is None else phases_of(pool, asked.phase),
        seen=seen_content(asked.touches),
        cost=allowed_cost(plan.nurture.effort, asked.missing),
    )
    if name is None:
        found = choose(step.items, situation)
        return _Brought(found.content, found.withheld, found.rejected, found.starts)
    content = plan.contents[name]
    against = withheld_content(name, content, situation, answers=step.purpose == REQUESTED)
    if against == "not_yet":
        return _Brought(starts=content.starts)
    return _Brought(None if against else name, against)
