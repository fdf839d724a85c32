"""What must not go, rule by rule: each looks at a touch as it goes, with a count and a clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from leadqual.lifecycle.facts import Enrolled

from .contact import ALWAYS, ARMS, CAPS, COOL, HOLIDAYS, HOURS, LOUD, OPEN, OWN_HOURS, PRIORITIES, STAGES, WAITS
from .known import Known, Sent

_CLOCKS: Final = cache(ZoneInfo)


def _walls(known: Known, at: datetime) -> list[datetime]:
    """Return what the clocks show, everywhere that the lead may be."""
    return [at.astimezone(_CLOCKS(zone)) for zone in known.zones]


def _last_said(known: Known, touch: Sent) -> tuple[datetime, bool] | None:
    """Return when the lead last decided on such touches, and whether it withdrew."""
    about = (
        (at, not given)
        for (channel, purpose), (at, given) in known.decisions.items()
        if channel in (touch.channel, "*") and purpose in (touch.purpose, "*")
    )
    return max(about, default=None)


def withdrawn(known: Known, touch: Sent) -> bool:
    """Nothing goes after a withdrawal but what the lead has asked for since."""
    at, out = _last_said(known, touch) or (touch.at, False)
    return out and not (touch.kind == "requested" and known.asked is not None and known.asked > at)


def not_agreed(known: Known, touch: Sent) -> bool:
    """Nobody gets text messages who has not agreed to."""
    said = _last_said(known, touch)
    return touch.channel == "sms" and (said is None or said[1] or said[0] > touch.at)


def spared(known: Known, touch: Sent) -> bool:
    """Nothing goes to who stands on a list."""
    return bool({touch.channel, "*"} & known.spared)


def bounced(known: Known, touch: Sent) -> bool:
    """Nothing goes to an address that does not exist."""
    return touch.channel == "email" and known.email in known.dead


def no_address(known: Known, touch: Sent) -> bool:
    """Nothing goes to nowhere."""
    has = {"email": known.email, "phone": known.phone, "sms": known.phone}
    return bool(known.email or known.phone) and not has.get(touch.channel, True)


def closed(known: Known, touch: Sent) -> bool:
    """Nothing goes in quiet hours, or outside of the window of its channel and its step."""
    for wall in _walls(known, touch.at):
        minute = wall.hour * 60 + wall.minute
        spans = HOURS.get(touch.channel)
        opens, closes = OWN_HOURS.get((touch.sequence, touch.step), LOUD)
        if not (LOUD[0] <= minute < LOUD[1] and opens <= minute < closes):
            return True
        if spans is not None and (wall.isoweekday() > 5 or not any(one <= minute < end for one, end in spans)):
            return True
    return False


def holiday(known: Known, touch: Sent) -> bool:
    """On a holiday nothing goes but answers to requests."""
    return touch.kind != "requested" and any(wall.date() in HOLIDAYS for wall in _walls(known, touch.at))


def _period(day: date, per: int | str) -> tuple[int, ...]:
    if per == "day":
        return day.year, day.month, day.day
    return (day.year, day.month) if per == "month" else tuple(day.isocalendar()[:2])


def above_cap(known: Known, touch: Sent) -> bool:
    """Of touches of one kind, no span and no period that ends with this one holds more than allowed."""
    near = touch.at - timedelta(days=33)
    alike = [one for one in known.sent.values() if one.counts and one.kind == touch.kind and near < one.at]
    alike = [one for one in alike if one.at <= touch.at and one.key != touch.key]
    for scope in (touch.channel, "*"):
        counted = [one.at for one in alike if scope in (one.channel, "*")]
        for span, times in CAPS.get((touch.kind, scope), ()):
            if isinstance(span, int):
                begin = touch.at - timedelta(days=span)
                if 1 + sum(at > begin for at in counted) > times:
                    return True
                continue
            for name in known.zones:
                zone = _CLOCKS(name)
                period = _period(touch.at.astimezone(zone).date(), span)
                if 1 + sum(_period(at.astimezone(zone).date(), span) == period for at in counted) > times:
                    return True
    return False


def elsewhere(known: Known, touch: Sent) -> bool:
    """Nothing goes in a stage in which the sequence does not run: not after an end, nor once sales has the lead."""
    return known.stage not in STAGES.get(touch.sequence, OPEN)


def resting(known: Known, touch: Sent) -> bool:
    """Nothing goes in the rolodex, whether the lead wakes at an instant or not at all."""
    return known.stage == "recycle" and (known.wakes is not None or known.acquisition == "outbound")


def shut(known: Known, touch: Sent) -> bool:
    """Nothing goes to whom a gate or a person keeps out."""
    return known.gated or known.disqualified


def not_in_it(known: Known, touch: Sent) -> bool:
    """Nothing goes of a sequence in which the lead is not."""
    place = known.places.get(touch.sequence)
    return place is None or place.ended is not None


def paused(known: Known, touch: Sent) -> bool:
    """Nothing goes of a sequence that stands still."""
    place = known.places.get(touch.sequence)
    return place is not None and place.paused


def postponed(known: Known, touch: Sent) -> bool:
    """Nothing goes while a machine answers."""
    place = known.places.get(touch.sequence)
    return place is not None and place.postponed is not None and touch.at < place.postponed


def held_out(known: Known, touch: Sent) -> bool:
    """Nothing goes to whom the others are compared with."""
    place = known.places.get(touch.sequence)
    return place is not None and place.held_out


def other_arm(known: Known, touch: Sent) -> bool:
    """Nothing goes of the other arm."""
    place = known.places.get(touch.sequence)
    arm = ARMS.get((touch.sequence, touch.step))
    return arm is not None and place is not None and place.arm != arm


def seen(known: Known, touch: Sent) -> bool:
    """Nobody gets twice what it has not asked for."""
    had = {one.content for one in known.sent.values() if one.counts and one.key != touch.key}
    return touch.content is not None and touch.kind != "requested" and touch.content in had


def early(known: Known, touch: Sent) -> bool:
    """Nothing goes before its wait is over."""
    place = known.places.get(touch.sequence)
    wait = WAITS.get((touch.sequence, touch.step), timedelta())
    return place is not None and touch.at < place.since + wait


RULES: Final[Mapping[str, Callable[[Known, Sent], bool]]] = {
    rule.__name__: rule
    for rule in (
        withdrawn, not_agreed, spared, bounced, no_address, closed, holiday, above_cap, elsewhere, resting, shut,
        not_in_it, paused, postponed, held_out, other_arm, seen, early,
    )
}  # fmt: skip
"""By name, what tells that a touch must not go."""


def broken(known: Known, touch: Sent, keys: set[str]) -> Iterator[str]:
    """Yield the rules that a touch breaks; its key becomes one of those that are known."""
    if touch.key in keys:
        yield "doubled"
    keys.add(touch.key)
    for name, breaks in RULES.items():
        if breaks(known, touch):
            yield name


def wrong_entry(known: Known, fact: Enrolled) -> Iterator[str]:
    """Yield what keeps a lead out of a sequence into which it has come."""
    name, place = fact.sequence, known.places.get(fact.sequence)
    if name == "once" and name in known.been:
        yield "once"
    if place is not None and place.ended is None:
        yield "active"
    gap = None if place is None or place.ended is None else fact.at - place.ended
    if gap is not None and gap < COOL.get(name, gap) and (gap or name not in ALWAYS):
        yield "cooling"
    rivals = [other for other, place in known.places.items() if place.ended is None and other in PRIORITIES]
    if name in PRIORITIES and rivals:
        yield "exclusive"
    if known.arms.get(name, (fact.arm, fact.held_out)) != (fact.arm, fact.held_out):
        yield "arm drawn anew"
    if known.gated or known.disqualified:
        yield "shut"
    if known.stage not in STAGES.get(name, OPEN):
        yield "elsewhere"
