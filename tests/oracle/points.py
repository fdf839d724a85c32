"""Points as whole hundredths, caps, and the one way of rounding."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

BOUND = 1_000_000 * 100
"""The silent bound of every rule, group and axis, in hundredths."""


def hundredths(value: int | Decimal) -> int:
    """Return points as a whole number of hundredths."""
    exact = Fraction(value) * 100
    assert exact.denominator == 1, value
    return exact.numerator


def half_up(value: Fraction | int) -> int:
    """Return floor(x + 1/2)."""
    return math.floor(value + Fraction(1, 2))


def capped(value: Fraction | int, bounds: Mapping[str, Any], *, low: int = -BOUND) -> Fraction:
    """Return the value after `max`, then `min` of a rule, a group or an axis; `low` is what an absent `min` means."""
    high = hundredths(bounds["max"]) if "max" in bounds else BOUND
    low = hundredths(bounds["min"]) if "min" in bounds else low
    value = min(Fraction(value), Fraction(high))
    return max(value, Fraction(low))
