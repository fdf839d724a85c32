"""Durations in business time, as a playbook writes them: 30m, 2h, 1d."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, Literal

from attrs import frozen

from leadqual.errors import ModelError, Problem

MOST: Final = 10_000
"""Largest amount of a duration, in its own unit."""
_UNITS: Final = ("m", "h", "d")
_HINT: Final = 'Write a whole amount and m, h or d, such as "30m", "2h" or "1d"; they are counted in business time.'


@frozen
class Duration:
    """A span of business time.

    Attributes:
        amount: How many, from 1 to 10 000.
        unit: ``"m"`` and ``"h"`` are minutes and hours in which business is open, ``"d"`` are working days.

    Raises:
        ModelError: If the amount or the unit is another.

    >>> print(Duration(2, "h"))
    2h
    """

    amount: int
    unit: Literal["m", "h", "d"]

    def __attrs_post_init__(self) -> None:
        if type(self.amount) is not int or not 1 <= self.amount <= MOST:
            hint = f"Pass a whole number from 1 to {MOST:,}."
            raise ModelError([Problem(where="amount", what="amount out of range", got=self.amount, hint=hint)])
        if not isinstance(self.unit, str) or self.unit not in _UNITS:
            raise ModelError([Problem(where="unit", what="unknown unit", got=self.unit, hint='Pass "m", "h" or "d".')])

    @classmethod
    def parse(cls, text: object, where: str = "") -> "Duration":
        """Read a duration such as ``"2h"``.

        Args:
            text: A whole amount from 1 to 10 000 and a unit, without sign, spaces or leading zeros.
            where: Its path, for the error.

        Returns:
            The duration.

        Raises:
            ModelError: If the text is no such duration.

        >>> Duration.parse("30m")
        Duration(amount=30, unit='m')
        """
        read = _read(text)
        if isinstance(read, Duration):
            return read
        what, hint = read
        raise ModelError([Problem(where=where, what=what, got=text, hint=hint)])

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def open_time(self) -> timedelta | None:
        """How much open time it is; ``None`` for working days, which have no length of their own.

        >>> Duration(90, "m").open_time
        datetime.timedelta(seconds=5400)
        """
        if self.unit == "d":
            return None
        return timedelta(minutes=self.amount) if self.unit == "m" else timedelta(hours=self.amount)


def duration_problems(text: object, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a duration as it is written.

    Args:
        text: What came.
        where: Its path.

    >>> [problem.what for problem in duration_problems("2 hours", "sla.mql.within")]
    ['a duration was expected']
    """
    read = _read(text)
    if not isinstance(read, Duration):
        what, hint = read
        yield Problem(where=where, what=what, got=text, hint=hint)


def _read(text: object) -> Duration | tuple[str, str]:
    """Return the duration, or what is wrong and what to do."""
    if not isinstance(text, str) or text[-1:] not in _UNITS:
        return "a duration was expected", _HINT
    digits, unit = text[:-1], text[-1]
    if not (digits.isascii() and digits.isdigit()) or digits.startswith("0"):
        return "a duration was expected", _HINT
    if len(digits) > 5 or int(digits) > MOST:
        return "the duration is too long", f"Write an amount of at most {MOST:,}."
    return Duration(int(digits), "m" if unit == "m" else "h" if unit == "h" else "d")
