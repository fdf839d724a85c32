"""When the touches of a plan go, without the rest of it: for whole bases, and fast where only time decides."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from leadqual.calendar import LATEST, utc
from leadqual.lifecycle.state import Consent
from leadqual.nurture.advance import GONE
from leadqual.nurture.ahead import HORIZON, plan_ahead
from leadqual.nurture.asked import Asked
from leadqual.nurture.lanes import Lane, Lanes
from leadqual.nurture.permission import permission
from leadqual.nurture.plan import NurturePlan
from leadqual.nurture.purposes import scopes_of, touch_kind
from leadqual.nurture.timetable import Timetable

_LATE: Final = LATEST - timedelta(days=1_200)
"""Until when no table of openings meets the end of time."""


def instants_ahead(lanes: Lanes, asked: Asked) -> tuple[datetime, ...]:
    """Return when touches go: the instants of the touches of `plan_ahead`.

    Args:
        lanes: The lanes of the playbook.
        asked: The lead at the moment of planning.
    """
    found = quick_instants(lanes, asked)
    if found is None:
        return tuple(touch.at for touch in plan_ahead(lanes.plan, asked).touches)
    return tuple(found)


def quick_instants(lanes: Lanes, asked: Asked, moved_by: list[tuple[str, ...]] | None = None) -> list[datetime] | None:
    """Return when touches go, if only time decides; ``None`` otherwise.

    Args:
        lanes: The lanes of the playbook.
        asked: The lead at the moment of planning.
        moved_by: Takes what moved each of them, if that is wanted.
    """
    places, zones, now = asked.enrolments, asked.candidates.zones, asked.now
    if len(places) != 1 or len(zones) != 1:
        return None
    place = places[0]
    lane = lanes.lane(place.sequence, place.step, zones[0])
    if lane is None or place.ended or place.paused_at or place.held_out or place.postponed:
        return None
    moment = place.since
    if now.tzinfo is not UTC or moment.tzinfo is not UTC or now > _LATE:
        return None
    counted: list[list[datetime]] = [[] for _ in lane.scopes]
    if not _is_free(lanes.plan, lane, asked) or (asked.touches and not _count(lane, asked, counted)):
        return None
    end = now + HORIZON
    found = []
    for elapsed, table, limits, counts in lane.stops:
        moment = first = max(moment + elapsed, now)
        for times, span, i in limits:
            gone = counted[i]
            if len(gone) >= times and gone[-times] + span > moment:
                moment = gone[-times] + span
        free = moment
        if moment > end:
            break
        day = moment.toordinal()
        bounds = table.days.get(day) or table.bounds(day)
        spot = bisect_right(bounds, moment)
        if not spot & 1:
            if spot == len(bounds):
                return None  # no opening within 53 weeks: the step is skipped
            moment = bounds[spot]
            if moment > end:
                break
        found.append(moment)
        if moved_by is not None:
            moved_by.append(() if moment == first else _moved_by(table, first, free, moment))
        for i in counts:
            counted[i].append(moment)
    return found


def _moved_by(table: Timetable, first: datetime, free: datetime, at: datetime) -> tuple[str, ...]:
    """Return what moved a touch, the first first: windows are looked at before caps.

    Args:
        table: When it may go.
        first: When it was wished for.
        free: When caps would have let it go then.
        at: When it goes.
    """
    opens = table.first(first)
    if opens == at:
        return ("window",)
    if opens is None or opens > first:
        return ("window", "cap")
    return ("cap",) if at == free else ("cap", "window")


def _is_free(plan: NurturePlan, lane: Lane, asked: Asked) -> bool:
    """Tell whether nothing but time keeps any touch of a lane from a lead."""
    if asked.gates or asked.disqualified or asked.resting or asked.suppressed:
        return False
    if lane.stages is not None and asked.stage not in lane.stages:
        return False
    if asked.reachable is not None and not lane.channels <= asked.reachable:
        return False
    if lane.offers and not lane.offers.isdisjoint(asked.who.offers):
        return False
    consents = asked.consents
    is_enough = not plan.bases.confirms
    return all((is_enough and _has_agreed(consents, pair, asked)) or _may(plan, pair, asked) for pair in lane.pairs)


def _has_agreed(consents: Mapping[tuple[str, str], Consent], pair: tuple[str, str], asked: Asked) -> bool:
    """Tell whether a lead has agreed to just this, which is enough under every basis without a confirmation."""
    decision = consents.get(pair)
    return decision is not None and len(consents) == 1 and decision.given and decision.at <= asked.now


def _may(plan: NurturePlan, pair: tuple[str, str], asked: Asked) -> bool:
    """Tell whether touches are permitted, now and later."""
    channel, purpose = pair
    return permission(
        plan.bases,
        asked.consents,
        channel=channel,
        purpose=purpose,
        countries=asked.countries,
        at=asked.now,
        requested_at=asked.requested_at,
    ).granted


def _count(lane: Lane, asked: Asked, counted: list[list[datetime]]) -> bool:
    """Fill in what caps count of past touches; tell whether that is all that they mean for a lane."""
    if any(touch.at > asked.now or touch.content in lane.contents for touch in asked.touches):
        return False
    for touch in asked.touches:
        if touch.outcome in GONE:
            kind = touch_kind(touch.purpose)
            for gone, (other, scope) in zip(counted, lane.scopes, strict=True):
                if other == kind and scope in scopes_of(touch.channel):
                    gone.append(utc(touch.at, "at"))
    for gone in counted:
        gone.sort()
    return True
