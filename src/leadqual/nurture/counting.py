"""The first instant at which one more touch keeps every cap: a touch is moved, not dropped."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from attrs import field, frozen

from leadqual.calendar import LATEST, utc
from leadqual.errors import EventError, Problem
from leadqual.nurture.caps import Caps, FrequencyCap, Period
from leadqual.nurture.clocks import DAY, steady
from leadqual.nurture.purposes import TouchKind, scopes_of, touch_kind
from leadqual.nurture.zones import zones_named
from leadqual.texts import word_problem

_STEPS: Final = {"day": DAY, "week": 7 * DAY, "month": 31 * DAY}
"""From the first day of a period to a day of the next one."""
_NEAR: Final = {"day": timedelta(days=3), "week": timedelta(days=9), "month": timedelta(days=33)}
"""Longer than any local day, week or month, also when a clock is put back by a day in it."""


def _instant(value: object) -> datetime:
    return utc(value, "at")


@frozen(kw_only=True)
class CountedTouch:
    """A touch that has gone, or that is planned: what the caps count.

    Attributes:
        at: When it went, or is to go; kept in UTC.
        channel: Its channel.
        purpose: Its purpose; what is neither ``"requested"`` nor ``"sales"`` is marketing.
        kind: Its kind.

    Raises:
        InstantError: If the instant is none.
        EventError: With every problem, if the channel or the purpose is no word.
    """

    at: datetime = field(converter=_instant)
    channel: str
    purpose: str
    kind: TouchKind = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = [*word_problem(self.channel, "channel"), *word_problem(self.purpose, "purpose")]
        if problems:
            raise EventError(problems)
        object.__setattr__(self, "kind", touch_kind(self.purpose))


@frozen(kw_only=True)
class Allowed:
    """When a touch may go for all that the caps say.

    Attributes:
        at: The first instant, in UTC; ``None`` if there is none.
        cap: The cap that moved it last, or that allows none at all; ``None`` if it was not moved.
        scope: The channel that the cap counts, or ``"*"``.
    """

    at: datetime | None
    cap: FrequencyCap | None = None
    scope: str | None = None


def next_allowed(
    at: datetime,
    touches: Iterable[CountedTouch],
    caps: Caps,
    *,
    channel: str,
    purpose: str,
    zones: Sequence[str],
) -> Allowed:
    """Return when one more touch keeps every cap: not before an instant, and with those that lie after it too.

    Only touches of its kind are counted. If more than a cap allows have gone already, such as by an import, the next
    goes when no window with it holds more than that.

    Args:
        at: The instant before which it must not go; an aware datetime in the years 1970 to 2199.
        touches: What has gone to the lead, and what is planned, in any order.
        caps: The caps.
        channel: Channel of the touch.
        purpose: Its purpose.
        zones: Names of the zones whose days, weeks and months count; a cap has to hold in each.

    Returns:
        The instant, and what moved it there.

    Raises:
        InstantError: If it is no such instant.
        ModelError: If a cap goes by a calendar and a zone is none, or there is none at all.

    >>> weekly = Caps(marketing={"email": [FrequencyCap(times=1, days=7)]})
    >>> monday = datetime(2026, 12, 7, 9, tzinfo=UTC)
    >>> sent = [CountedTouch(at=monday, channel="email", purpose="newsletter")]
    >>> str(next_allowed(monday + DAY, sent, weekly, channel="email", purpose="offer", zones=["Europe/Madrid"]).at)
    '2026-12-14 09:00:00+00:00'
    """
    moment = utc(at, "at")
    kind = touch_kind(purpose)
    limits = caps.of(channel, kind)
    if not limits:
        return Allowed(at=moment)
    never = next(((cap, scope) for cap, scope in limits if not cap.times), None)
    if never is not None:
        return Allowed(at=None, cap=never[0], scope=never[1])
    clocks = zones_named(zones) if any(cap.per for cap, _ in limits) else ()
    alike = [touch for touch in touches if touch.kind == kind]
    counted = {
        scope: sorted(touch.at for touch in alike if scope in scopes_of(touch.channel))
        for scope in {name for _, name in limits}
    }
    binding: tuple[FrequencyCap, str] | tuple[None, None] = (None, None)
    before = None
    while moment != before:  # until none of them moves it any more
        before = moment
        for cap, scope in limits:
            free = _free(moment, counted[scope], cap, clocks)
            if free > moment:
                moment, binding = free, (cap, scope)
    return Allowed(at=moment if moment < LATEST else None, cap=binding[0], scope=binding[1])


def _free(at: datetime, touches: list[datetime], cap: FrequencyCap, clocks: Iterable[tzinfo]) -> datetime:
    """Return the first instant from one on at which one cap admits one more touch."""
    if len(touches) < cap.times:
        return at
    if cap.per is None:
        return _rolled(at, touches, cap.times, cap.span)
    free = at
    for zone in clocks:
        free = _turned(free, touches, cap.times, cap.per, zone)
    return free


def _rolled(at: datetime, touches: list[datetime], times: int, window: timedelta) -> datetime:
    """Return the first instant from one on at which no span as long as a window holds more touches than allowed."""
    if touches[-1] <= at:  # nothing lies ahead
        return max(at, touches[-times] + window)
    free = at
    while True:
        place = bisect_left(touches, free)
        firsts = range(max(0, place - times), min(place, len(touches) - times) + 1)  # of so many touches in a row
        near = (i for i in reversed(firsts) if max(touches[i + times - 1], free) - min(touches[i], free) < window)
        last = next(near, None)
        if last is None:
            return free
        free = touches[last] + window


def _turned(at: datetime, touches: list[datetime], times: int, per: Period, zone: tzinfo) -> datetime:
    """Return the first instant from one on that lies in a local day, week or month with room for one more touch."""
    free = at
    while True:
        begin = _begin(free.astimezone(zone).date(), per)
        near = touches[bisect_left(touches, free - _NEAR[per]) : bisect_right(touches, free + _NEAR[per])]
        if sum(_begin(other.astimezone(zone).date(), per) == begin for other in near) < times:
            return free
        free = _turn(free, begin, per, zone)


def _turn(at: datetime, begin: date, per: Period, zone: tzinfo) -> datetime:
    """Return the first instant after one that is not in the period, named by its first day, in which that lies."""
    after = datetime.combine(_begin(begin + _STEPS[per], per), time(), UTC)
    stretches = steady(zone, at, at + _NEAR[per])
    while True:
        since, until, offset = next(stretches)
        if _begin((since + offset).date(), per) != begin:
            return since
        if after - offset < until:
            return after - offset


def _begin(day: date, per: Period) -> date:
    """Return the first day of the local day, week or month in which a date lies."""
    if per == "month":
        return day.replace(day=1)
    return day - day.weekday() * DAY if per == "week" else day
