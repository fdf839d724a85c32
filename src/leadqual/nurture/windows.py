"""When something may be sent, by the lead's clock: weekdays, hours of the day and quiet hours."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from leadqual.axis import container_problems, listed
from leadqual.errors import ModelError, Problem
from leadqual.lifecycle.hours import MOST_INTERVALS, WEEKDAYS, BusinessHours, calendar_problems

MINUTES: Final = 24 * 60
"""Minutes of a day by the clock."""
Minutes = tuple[tuple[int, int], ...]
"""Intervals of a day in minutes since its midnight, in ascending order; an end is not part of its interval."""
_QUIET_HINT: Final = 'Write when it begins and ends, such as "21:00-08:00".'


def _by_weekday(value: Any) -> Any:
    return {name: listed(hours) for name, hours in value.items()} if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class SendWindow:
    """When something may be sent: at any time, as far as nothing else is said.

    It speaks of the time that the lead's clock shows. An hour that a clock shows twice belongs to the window both
    times, or neither; one that it jumps over never comes.

    Attributes:
        hours: Hours of a day in ascending order, such as ``("09:00-14:00", "16:00-19:00")``; without the closing
            minute.
        weekdays: The days on which it is open, by the lead's calendar.
        days: Other hours for single weekdays, such as ``{"fri": ("09:00-14:00",)}``; what is named is open.
        quiet: Hours in which nothing is sent on any day, whatever the others say; they may cross midnight, such as
            ``("21:00-08:00",)``, and do not hold their closing minute.
        week: What is open of each weekday, Monday first.

    Raises:
        ModelError: With every problem, if a part is wrong, or if nothing of the week is left.

    >>> office = SendWindow(hours=["09:00-18:00"], weekdays=["mon", "tue", "wed", "thu", "fri"])
    >>> office.holds(datetime(2026, 12, 4, 17, 59)), office.holds(datetime(2026, 12, 5, 12))
    (True, False)
    >>> SendWindow(quiet=["21:00-08:00"]).week[0]
    ((480, 1260),)
    """

    hours: tuple[str, ...] = field(default=("00:00-24:00",), converter=listed)
    weekdays: tuple[str, ...] = field(default=WEEKDAYS, converter=listed)
    days: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=_by_weekday, hash=False)
    quiet: tuple[str, ...] = field(default=(), converter=listed)
    week: tuple[Minutes, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        hours = BusinessHours(hours=self.hours, weekdays=self.weekdays, days=self.days)
        problems = [evolve(found, where=found.where.removeprefix(".")) for found in calendar_problems(hours, "")]
        problems += _quiet_problems(self.quiet)
        if problems:
            raise ModelError(problems)
        silence = tuple(part for text in self.quiet for part in _parts(text))
        week = tuple(without(hours.intervals(day), silence) for day in range(7))
        if not any(week):
            hint = "Leave some hours of some day outside the quiet hours."
            raise ModelError([Problem(where="quiet", what="nothing is left of the week", got=self.quiet, hint=hint)])
        object.__setattr__(self, "week", week)

    def holds(self, wall: datetime) -> bool:
        """Return whether a time on the lead's clock lies in the window.

        Args:
            wall: A naive local time.
        """
        minute = 60 * wall.hour + wall.minute
        return any(opens <= minute < closes for opens, closes in self.week[wall.weekday()])


def without(intervals: Minutes, silence: Minutes) -> Minutes:
    """Return what is left of a day's intervals when others, in any order, are taken out.

    >>> without(((0, 1440),), ((1260, 1440), (0, 480)))
    ((480, 1260),)
    """
    for start, end in silence:
        pieces = ((max(low, opens), min(high, closes)) for opens, closes in intervals for low, high in
                  ((0, start), (end, MINUTES)))  # fmt: skip
        intervals = tuple((opens, closes) for opens, closes in pieces if opens < closes)
    return intervals


def common(one: Minutes, other: Minutes) -> Minutes:
    """Return what two days' intervals have in common.

    >>> common(((540, 840), (960, 1140)), ((600, 1020),))
    ((600, 840), (960, 1020))
    """
    pieces = ((max(low, opens), min(high, closes)) for opens, closes in one for low, high in other)
    return tuple((opens, closes) for opens, closes in pieces if opens < closes)


def _interval(text: object) -> tuple[int, int] | None:
    """Return the minutes at which quiet hours begin and end; the end may lie before the beginning."""
    return next(iter(BusinessHours(hours=(text,)).intervals(0)), None)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the quiet hours of one day: two parts when they cross midnight."""
    begins, ends = _interval(text) or (0, 0)
    if ends < begins:
        yield begins, MINUTES
        begins = 0
    yield begins, ends


def _quiet_problems(quiet: object) -> Iterator[Problem]:
    yield from container_problems([("quiet", quiet, tuple)])
    if not isinstance(quiet, tuple):
        return
    if len(quiet) > MOST_INTERVALS:
        hint = f"Write at most {MOST_INTERVALS}."
        yield Problem(where="quiet", what="too many intervals for one day", got=quiet, hint=hint)
        return
    for i, text in enumerate(quiet):
        interval = _interval(text)
        place = f"quiet[{i}]"
        if interval is None:
            yield Problem(where=place, what="quiet hours were expected", got=text, hint=_QUIET_HINT)
        elif interval[0] == interval[1]:
            hint = 'Let them end at another time than they begin; a whole day is "00:00-24:00".'
            yield Problem(where=place, what="the quiet hours are empty", got=text, hint=hint)
