"""Elapsed time as a playbook writes it: 30m, 2h, 3d, 2w."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from leadqual.errors import Problem

LONGEST: Final = timedelta(days=3_650)
"""The longest time that something may wait."""
_UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_MOST_DIGITS: Final = 7


def elapsed_of(text: object) -> timedelta | None:
    """Return elapsed time; ``None`` if it is written in another way, or longer than 3,650 days.

    Args:
        text: A whole amount, which may be 0, and m, h, d (24 hours) or w (7 days); without sign, spaces or leading
            zeros.

    >>> elapsed_of("90m"), elapsed_of("0m"), elapsed_of("2w"), elapsed_of("1.5h")
    (datetime.timedelta(seconds=5400), datetime.timedelta(0), datetime.timedelta(days=14), None)
    """
    if not isinstance(text, str) or text[-1:] not in _UNITS:
        return None
    digits = text[:-1]
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS or (digits[0] == "0" != digits):
        return None
    span = int(digits) * _UNITS[text[-1]]
    return span if span <= LONGEST else None


def elapsed_problems(text: object, where: str, *, least: timedelta = timedelta(0)) -> Iterator[Problem]:
    """Yield the problem of elapsed time that is written in another way, or out of range.

    Args:
        text: What came.
        where: Its path.
        least: The shortest time allowed.

    >>> [str(problem) for problem in elapsed_problems("3 days", "sequences.welcome.again_after")]
    ["sequences.welcome.again_after: elapsed time was expected (got '3 days'). Write 30m, 2h, 3d or 2w; at most 3650d."]
    """
    span = elapsed_of(text)
    if span is None:
        hint = f"Write 30m, 2h, 3d or 2w; at most {LONGEST.days}d."
        yield Problem(where=where, what="elapsed time was expected", got=text, hint=hint)
    elif span < least:
        hint = f"Write at least {least // _UNITS['m']}m."
        yield Problem(where=where, what="the time is too short", got=text, hint=hint)
