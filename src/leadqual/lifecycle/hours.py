"""When business is open: the hours, weekdays and holidays of a playbook's calendar."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final

import attrs
from attrs import frozen

from leadqual.axis import container_problems, listed
from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.lifecycle.dates import date_problems, day_of
from leadqual.lifecycle.zones import zone_problems

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The weekdays as a playbook writes them, in the order of `date.weekday`."""
MOST_INTERVALS: Final = 24
"""Open intervals of one day."""
_DAY: Final = 24 * 60
_HINT: Final = 'Write when it opens and closes, such as "09:00-14:00"; "24:00" is the end of a day.'


def _dates(value: object) -> object:
    items = listed(sorted(value, key=str) if isinstance(value, set | frozenset) else value)
    return tuple(day_of(item) for item in items) if isinstance(items, tuple) else items


def _by_weekday(value: object) -> object:
    return {name: listed(hours) for name, hours in value.items()} if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class BusinessHours:
    """When business is open: by default on Monday to Friday, 09:00 to 18:00 UTC.

    An interval opens and closes when the clocks of the zone first show its times: where they jump over one, at the
    jump; where they show one twice, at the first. Nothing is open on a holiday.

    Attributes:
        zone: IANA name of the zone whose clocks are meant.
        hours: Open intervals of a working day, in ascending order, such as ``("09:00-14:00", "16:00-19:00")``.
        weekdays: The working days.
        days: Other hours for single weekdays, such as ``{"fri": ("09:00-14:00",)}``; what is named is a working day.
        holidays: Dates on which nothing is open, also as ISO texts.
    """

    zone: str = "UTC"
    hours: tuple[str, ...] = attrs.field(default=("09:00-18:00",), converter=listed)
    weekdays: tuple[str, ...] = attrs.field(default=WEEKDAYS[:5], converter=listed)
    days: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, converter=_by_weekday, hash=False)
    holidays: tuple[date, ...] = attrs.field(default=(), converter=_dates)

    def intervals(self, weekday: int) -> tuple[tuple[int, int], ...]:
        """Return the open intervals of a weekday in minutes of its day; none if it is no working day.

        Args:
            weekday: 0 for Monday to 6 for Sunday.

        >>> BusinessHours(hours=["09:00-14:00", "16:00-19:00"]).intervals(0)
        ((540, 840), (960, 1140))
        """
        name = WEEKDAYS[weekday]
        hours = self.days.get(name, self.hours if name in self.weekdays else ())
        return tuple(interval for text in hours if (interval := _interval(text)) is not None)


def calendar_problems(value: object, where: str = "calendar") -> Iterator[Problem]:
    """Yield everything that is wrong with a calendar, up to 500 problems.

    Args:
        value: What came; sound if it is `BusinessHours` that open at least once a week.
        where: Its path.

    >>> [str(problem) for problem in calendar_problems(BusinessHours(hours=["18:00-09:00"]))]
    ["calendar.hours[0]: the interval crosses midnight (got '18:00-09:00'). End it at 24:00, begin another at 00:00."]
    """
    yield from islice(_problems(value, where), MOST_PROBLEMS)


def _problems(value: object, where: str) -> Iterator[Problem]:
    if not isinstance(value, BusinessHours):
        yield from container_problems([(where, value, BusinessHours)])
        return
    yield from zone_problems(value.zone, f"{where}.zone")
    lists = [(f"{where}.hours", value.hours, tuple), (f"{where}.weekdays", value.weekdays, tuple)]
    wrong = list(container_problems([*lists, (f"{where}.days", value.days, dict)]))
    yield from wrong
    if not wrong:
        yield from _weekday_problems(value, where)
        yield from _interval_problems(value.hours, f"{where}.hours")
        for name, hours in value.days.items():
            place = f"{where}.days.{name}"
            yield from _name_problem(name, place)
            yield from container_problems([(place, hours, tuple)])
            if isinstance(hours, tuple):
                yield from _interval_problems(hours, place, needed=True)
    place = f"{where}.holidays"
    yield from container_problems([(place, value.holidays, tuple)])
    if isinstance(value.holidays, tuple):
        yield from date_problems(value.holidays, place)


def _weekday_problems(value: BusinessHours, where: str) -> Iterator[Problem]:
    for i, name in enumerate(value.weekdays[:8]):  # among eight, one is wrong
        place = f"{where}.weekdays[{i}]"
        yield from _name_problem(name, place)
        if name in value.weekdays[:i]:
            yield Problem(where=place, what="the weekday comes twice", got=name, hint="Name each weekday once.")
    if not value.weekdays and not value.days:
        hint = "Name at least one weekday, or there is no business time."
        yield Problem(where=f"{where}.weekdays", what="no day is a working day", got=value.weekdays, hint=hint)
    if not value.hours and any(name not in value.days for name in WEEKDAYS if name in value.weekdays):
        hint = 'Write at least one interval, such as "09:00-18:00", or take the days out of `weekdays`.'
        yield Problem(where=f"{where}.hours", what="a working day has no hours", got=value.hours, hint=hint)


def _name_problem(name: object, where: str) -> Iterator[Problem]:
    if name not in WEEKDAYS:
        short = name[:3].lower() if isinstance(name, str) else ""
        hint = f"Did you mean `{short}`?" if short in WEEKDAYS else f"Known: {', '.join(WEEKDAYS)}."
        yield Problem(where=where, what="unknown weekday", got=name, hint=hint)


def _interval_problems(hours: tuple[object, ...], where: str, *, needed: bool = False) -> Iterator[Problem]:
    if needed and not hours:
        hint = "Write at least one interval, or take the weekday out of `days` and `weekdays` to close it."
        yield Problem(where=where, what="a working day has no hours", got=hours, hint=hint)
    if len(hours) > MOST_INTERVALS:
        hint = f"Write at most {MOST_INTERVALS}."
        yield Problem(where=where, what="too many intervals for one day", got=hours, hint=hint)
        return
    latest = 0
    for i, text in enumerate(hours):
        place = f"{where}[{i}]"
        interval = _interval(text)
        if interval is None:
            yield Problem(where=place, what="an interval of the day was expected", got=text, hint=_HINT)
            continue
        opens, closes = interval
        if closes < opens:
            hint = "End it at 24:00, begin another at 00:00."
            yield Problem(where=place, what="the interval crosses midnight", got=text, hint=hint)
        elif closes == opens:
            yield Problem(where=place, what="the interval is empty", got=text, hint="Let it close after it opens.")
        elif opens < latest:
            hint = "Write the intervals of a day in ascending order, without overlap."
            yield Problem(where=place, what="the interval opens before the one before it closes", got=text, hint=hint)
        latest = max(latest, closes)


def _interval(text: object) -> tuple[int, int] | None:
    """Return the minutes at which an interval such as ``"09:00-18:00"`` opens and closes, if it is one."""
    if not isinstance(text, str) or len(text) != 11 or text[5] != "-":
        return None
    opens, closes = _minute(text[:5]), _minute(text[6:])
    return None if opens is None or closes is None or opens == _DAY else (opens, closes)


def _minute(text: str) -> int | None:
    """Return the minute of the day that ``"09:30"`` writes, if it is one; ``"24:00"`` is the last."""
    digits = text[:2] + text[3:]
    if text[2] != ":" or not digits.isascii() or not digits.isdigit():
        return None
    hour, minute = int(digits[:2]), int(digits[2:])
    return 60 * hour + minute if minute < 60 and 60 * hour + minute <= _DAY else None
