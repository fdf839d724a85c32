"""Points: exact decimals with two places, held as whole hundredths.

Three scales are used inside, all of them integers: hundredths of a point (scores, bounds), millionths (decay factors)
and their product, *grains* (what an axis adds up before it rounds once).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from leadqual.errors import Problem
from leadqual.exact import scaled, unscaled

HUNDREDTHS: Final = 100
MILLIONTHS: Final = 1_000_000
EARNED_LIMIT: Final = 10_000 * HUNDREDTHS
"""Largest size of what one rule, criterion or table cell earns, in hundredths."""
BOUND_LIMIT: Final = 1_000_000 * HUNDREDTHS
"""Largest size of a cap, floor, grade, level or matrix cell, in hundredths; also the silent bound of every axis."""

Points = int | Decimal
"""What users write: whole numbers or decimals with at most two places."""


def to_hundredths(value: Points) -> int:
    """Return points as whole hundredths; the value must have passed `points_problem`.

    >>> to_hundredths(Decimal("6.5")), to_hundredths(-3)
    (650, -300)
    """
    return scaled(value, 2)


def to_decimal(hundredths: int) -> Decimal:
    """Return hundredths as points with two places.

    >>> to_decimal(1250)
    Decimal('12.50')
    """
    return unscaled(hundredths, 2)


def grains_to_decimal(grains: int) -> Decimal:
    """Return grains (hundredths × millionths) as exact points.

    >>> grains_to_decimal(123_456_789)
    Decimal('1.23456789')
    """
    return unscaled(grains, 8)


def half_up(numerator: int, denominator: int) -> int:
    """Return the quotient rounded half up, floor(x + ½), also below zero.

    >>> half_up(5, 2), half_up(-5, 2), half_up(-7, 2)
    (3, -2, -3)
    """
    return (2 * numerator + denominator) // (2 * denominator)


def clamp(value: int, low: int, high: int) -> int:
    """Return the value bounded from above, then from below.

    >>> clamp(12, 0, 10), clamp(-3, 0, 10), clamp(4, 0, 10)
    (10, 0, 4)
    """
    value = min(value, high)
    return max(value, low)


def decimal_places(value: Decimal) -> int:
    """Return how many places a finite decimal needs.

    >>> decimal_places(Decimal("6.50")), decimal_places(Decimal("65e-1")), decimal_places(Decimal("1E+3"))
    (1, 1, 0)
    """
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or not any(digits):
        return 0
    zeros = next(i for i, digit in enumerate(reversed(digits)) if digit)
    return max(0, -exponent - zeros)


def number_problem(value: object, where: str, *, low: Points, high: Points, places: int = 2) -> Iterator[Problem]:
    """Yield the problem of a value that should be an exact number within bounds, if it has one.

    Args:
        value: What came; `int` and `Decimal` are numbers, booleans and floats are not.
        where: Its path.
        low: Smallest value allowed.
        high: Largest value allowed.
        places: Most decimal places allowed.

    Yields:
        At most one problem.
    """
    hint = f"Write a number from {low} to {high}" + (f" with at most {places} decimal places." if places else ".")
    if type(value) is float:
        yield Problem(where=where, what="an exact number was expected", got=value, hint="Use int or decimal.Decimal.")
    elif type(value) is not int and type(value) is not Decimal:
        yield Problem(where=where, what="a number was expected", got=value, hint=hint)
    elif isinstance(value, Decimal) and not value.is_finite():
        yield Problem(where=where, what="a finite number was expected", got=value, hint=hint)
    elif not low <= value <= high:
        yield Problem(where=where, what="the number is out of range", got=value, hint=hint)
    elif isinstance(value, Decimal) and decimal_places(value) > places:
        yield Problem(where=where, what="the number has too many decimal places", got=value, hint=hint)


def earned_problem(value: object, where: str) -> Iterator[Problem]:
    """Yield the problem of points that something earns (at most 10 000 in size), if it has one.

    >>> [problem.what for problem in earned_problem(True, "points")]
    ['a number was expected']
    """
    yield from number_problem(value, where, low=-10_000, high=10_000)


def bound_problem(value: object, where: str) -> Iterator[Problem]:
    """Yield the problem of a bound (at most 1 000 000 points in size), if it has one.

    >>> list(bound_problem(60, "fit.max"))
    []
    """
    yield from number_problem(value, where, low=-1_000_000, high=1_000_000)


def caps_problem(low: Points | None, high: Points | None, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a pair of caps: `min` is zero or less, `max` is zero or more.

    >>> [str(problem) for problem in caps_problem(None, -5, "fit.")]
    ['fit.max: an upper cap is zero or more (got -5). Use `min` to bound a penalty.']
    """
    for value, name in ((high, "max"), (low, "min")):
        if value is None:
            continue
        found = list(bound_problem(value, f"{where}{name}"))
        yield from found
        if found:
            continue
        if name == "max" and value < 0:
            hint = "Use `min` to bound a penalty."
            yield Problem(where=f"{where}max", what="an upper cap is zero or more", got=value, hint=hint)
        if name == "min" and value > 0:
            hint = "Use `max` to bound what is earned."
            yield Problem(where=f"{where}min", what="a lower cap is zero or less", got=value, hint=hint)
