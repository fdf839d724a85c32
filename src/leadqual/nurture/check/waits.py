"""What is wrong with waits, and which let no time pass."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from leadqual.axis import container_problems
from leadqual.errors import Kind, Problem
from leadqual.lifecycle.check.words import whole_problem
from leadqual.lifecycle.duration import duration_problems
from leadqual.nurture.elapsed import elapsed_of, elapsed_problems
from leadqual.nurture.waits import Wait

_MOST_DAYS: Final = 3_650
_MOST_MONTHS: Final = 120
_HINT: Final = 'Write "3d", or one of elapsed, days, months and business.'


def wait_problems(wait: object, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a wait.

    Args:
        wait: What came.
        where: Its path.
    """
    yield from container_problems([(where, wait, Wait)])
    if not isinstance(wait, Wait):
        return
    parts = (wait.elapsed, wait.days, wait.months, wait.business)
    count = sum(part is not None for part in parts)
    if count != 1:
        got = Kind("none" if not count else f"{count} kinds")
        yield Problem(where=where, what="a wait is of one kind", got=got, hint=_HINT)
    if wait.elapsed is not None:
        yield from elapsed_problems(wait.elapsed, f"{where}.elapsed")
    if wait.days is not None:
        yield from whole_problem(wait.days, f"{where}.days", 0, _MOST_DAYS)
    if wait.months is not None:
        yield from whole_problem(wait.months, f"{where}.months", 0, _MOST_MONTHS)
    if wait.business is not None:
        yield from duration_problems(wait.business, f"{where}.business")
    if wait.at is not None:
        yield from _clock_problems(wait, where)


def passes(wait: object) -> bool:
    """Return whether a wait lets time pass for certain; so does one that is wrong.

    Args:
        wait: The wait. The next half past nine may be now.

    >>> passes(Wait(elapsed="0m")), passes(Wait(days=0, at="09:30")), passes(Wait(days=1, at="09:30"))
    (False, False, True)
    """
    if not isinstance(wait, Wait):
        return True
    return elapsed_of(wait.elapsed) != timedelta(0) and wait.days != 0 and wait.months != 0


def _clock_problems(wait: Wait, where: str) -> Iterator[Problem]:
    if wait.days is None and wait.months is None:
        hint = "Add days or months; `days = 0` is the next time that the clock shows it."
        yield Problem(where=f"{where}.at", what="a time of day goes with days or months", got=wait.at, hint=hint)
    if not _is_clock(wait.at):
        hint = 'Write hours and minutes, such as "09:30".'
        yield Problem(where=f"{where}.at", what="a time of day was expected", got=wait.at, hint=hint)


def _is_clock(text: object) -> bool:
    """Tell whether a text is a time of day, from 00:00 to 23:59."""
    if not isinstance(text, str) or len(text) != 5 or text[2] != ":":
        return False
    digits = text[:2] + text[3:]
    return digits.isascii() and digits.isdigit() and int(text[:2]) < 24 and int(text[3:]) < 60
