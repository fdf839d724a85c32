"""Whole plans of plain stretches of sequences, where only time decides when touches go."""

from datetime import datetime

from leadqual.nurture.ahead import HORIZON
from leadqual.nurture.asked import Asked
from leadqual.nurture.instants import quick_instants
from leadqual.nurture.lanes import Lane, Lanes
from leadqual.nurture.planned import Plan, PlannedEnd, Touch
from leadqual.nurture.touching import enrolment_stem, touch_key
from leadqual.nurture.zones import zones_named


def quick_plan(lanes: Lanes, asked: Asked) -> Plan | None:
    """Return what lies ahead of a lead, if only time decides: the same as `plan_ahead`; ``None`` otherwise.

    Args:
        lanes: The lanes of the playbook.
        asked: The lead at the moment of planning.
    """
    moved_by: list[tuple[str, ...]] = []
    found = quick_instants(lanes, asked, moved_by)
    if found is None:
        return None
    place = asked.enrolments[0]
    lane = lanes.lane(place.sequence, place.step, asked.candidates.zones[0])
    if lane is None or (found and place.since + lane.stops[0][0] < asked.now):
        return None  # it is late: what moved it is another story
    stem, zones, countries = enrolment_stem(asked, place), asked.candidates.zones, asked.countries
    touches, since = [], place.since
    for step, stop, at, words in zip(lane.steps, lane.stops, found, moved_by, strict=False):
        touches.append(
            Touch(
                key=touch_key(asked, place, step.name) if asked.touches else f"{stem}{step.name}:1",
                at=at,
                sequence=place.sequence,
                step=step.name,
                channel=step.channel,
                purpose=step.purpose,
                content=step.step.content,
                task=step.step.task,
                basis=lanes.basis(step.channel, step.purpose, countries),
                zones=zones,
                wished=since + stop[0],
                moved_by=words,
                one_click=step.one_click,
            )
        )
        since = at
    over = len(found) == len(lane.stops)
    return Plan(as_of=asked.now, touches=tuple(touches), ends=_ends(lane, asked, since) if over else ())


def _ends(lane: Lane, asked: Asked, since: datetime) -> tuple[PlannedEnd, ...]:
    """Return the end after the last touch, unless it lies too far ahead."""
    sequence = asked.enrolments[0].sequence
    if lane.end is None:
        return (PlannedEnd(sequence=sequence, at=since),)
    at = lane.end.wait.over(since, zones_named(asked.candidates.zones)[0])
    return (PlannedEnd(sequence=sequence, step=lane.end.name, at=at),) if at <= asked.now + HORIZON else ()
