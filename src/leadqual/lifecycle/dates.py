"""Dates on which nothing is open: those of a document, and any container that a host brings."""

from collections.abc import Container, Iterator
from datetime import date, datetime
from itertools import islice

from leadqual.calendar import EARLIEST, LATEST
from leadqual.errors import MOST_PROBLEMS, Kind, Problem


def day_of(value: object) -> object:
    """Return the date that an ISO text such as ``"2026-12-25"`` writes; anything else as it is.

    >>> day_of("2026-12-25"), day_of("25/12/2026")
    (datetime.date(2026, 12, 25), '25/12/2026')
    """
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def is_date(value: object) -> bool:
    """Return whether a value is a date, and no instant.

    >>> is_date(date(2026, 12, 25)), is_date(datetime(2026, 12, 25))
    (True, False)
    """
    return isinstance(value, date) and not isinstance(value, datetime)


def date_problems(days: tuple[object, ...], where: str) -> Iterator[Problem]:
    """Yield which dates of a document are none, or out of range.

    >>> [str(problem) for problem in date_problems(("1 May",), "calendar.holidays")]
    ["calendar.holidays[0]: a date was expected (got '1 May'). Write it as 2026-12-25."]
    """
    for i, day in enumerate(days):
        place = f"{where}[{i}]"
        if not isinstance(day, date) or not is_date(day):
            yield Problem(where=place, what="a date was expected", got=day, hint="Write it as 2026-12-25.")
        elif not EARLIEST.date() <= day < LATEST.date():
            hint = "Dates lie in the years 1970 to 2199."
            yield Problem(where=place, what="the date is out of range", got=day, hint=hint)


def copied_dates(days: Container[date]) -> Container[date]:
    """Return a copy of a plain set, list, tuple or table; another container, which may make its dates, as it is.

    >>> copied_dates([date(2026, 12, 25)])
    frozenset({datetime.date(2026, 12, 25)})
    """
    plain = _plain(days)
    return days if plain is None else frozenset(day for day in plain if isinstance(day, date))


def holidays_problems(days: object, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a container that a host brings: texts and instants in it would never equal a date.

    >>> [problem.hint for problem in holidays_problems({"2026-12-25"}, "holidays")]
    ['Pass dates, such as date(2026, 12, 25); no text and no instant equals one.']
    """
    if not isinstance(days, Container) or isinstance(days, str | bytes):
        hint = "Pass a set of dates, or what leadqual.country_holidays returns."
        yield Problem(where=where, what="a container of dates was expected", got=days, hint=hint)
        return
    wrong = (day for day in _plain(days) or () if not is_date(day))
    for day in islice(wrong, MOST_PROBLEMS):
        hint = "Pass dates, such as date(2026, 12, 25); no text and no instant equals one."
        yield Problem(where=where, what="a date was expected", got=Kind(type(day).__name__), hint=hint)


def _plain(days: object) -> list[object] | None:
    """Return what a plain container holds; ``None`` for any other, such as a table that makes its days when asked."""
    if isinstance(days, list | tuple | set | frozenset | dict) and type(days).__module__ == "builtins":
        return list(days)
    return None
