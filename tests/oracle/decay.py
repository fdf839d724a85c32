"""Decay factors in millionths: the exact real number rounded half to even."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

MILLION = 1_000_000
EXACT = Context(prec=60)


def factor(curve: Any, age: int) -> int:
    """Return what an event of this age still counts, in millionths."""
    return round(share(curve, age) * MILLION)  # round() of a Fraction is half to even


def share(curve: Any, age: int) -> Fraction:
    """Return the share itself, exact but for a half-life that is no whole number of times in the age."""
    if curve == "none":
        return Fraction(1)
    assert isinstance(curve, Mapping)
    ((name, said),) = curve.items()
    if name == "half_life":
        return half_life(Fraction(said), age)
    if name == "linear":
        return max(Fraction(0), 1 - age / Fraction(said))
    if name == "window":
        return Fraction(age <= said)
    assert name == "steps"
    return next((Fraction(step) for last, step in said if age <= last), Fraction(0))


def half_life(days: Fraction, age: int) -> Fraction:
    """Return 2 ** (-age / days): exact where that is rational, else to 60 places (an irrational is no tie)."""
    times = age / days
    if times.denominator == 1:
        return Fraction(1, 2**times.numerator)
    power = EXACT.divide(Decimal(-times.numerator), Decimal(times.denominator))
    return Fraction(EXACT.power(Decimal(2), power))
