"""Which values a field of ordered values can have: a range, or some values of it."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from attrs import evolve, frozen

from leadqual.calendar import EARLIEST, LATEST
from leadqual.conditions.fieldtypes import INT64

_GREATEST: Final = math.nextafter(math.inf, 0)
_MOMENT: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1)
_RANGES: Final[Mapping[str, tuple[Any, Any]]] = {
    "boolean": (False, True),
    "integer": (-INT64, INT64 - 1),
    "number": (-_GREATEST, _GREATEST),
    "date": (date.min, date.max),
    "instant": (EARLIEST, LATEST - _MOMENT),
}


@frozen
class Sizes:
    """Values from a lowest to a highest, both in it.

    Attributes:
        low: The lowest.
        high: The highest.
        only: The only values there are, if they are few.
        without: Values that are left out.
    """

    low: Any
    high: Any
    only: frozenset[Any] | None = None
    without: frozenset[Any] = frozenset()

    @classmethod
    def of_type(cls, type_name: str) -> "Sizes":
        """Return every value of a type.

        >>> Sizes.of_type("boolean").high
        True
        """
        low, high = _RANGES[type_name]
        return cls(low, high, frozenset({False, True}) if type_name == "boolean" else None)

    def within(self, low: Any, high: Any) -> "Sizes | None":
        """Return the values from one to another, or ``None`` if there are none."""
        return _settled(evolve(self, low=max(self.low, low), high=min(self.high, high)))

    def narrowed(self, op: str, literals: Sequence[Any]) -> "Sizes | None":
        """Return the values of which a comparison holds, or ``None`` if there are none.

        Args:
            op: An operator for equality or order.
            literals: What it compares with, as the type of the field.

        >>> Sizes(0, 10).narrowed("gt", [7])
        Sizes(low=8, high=10, only=None, without=frozenset())
        >>> Sizes(0, 10).narrowed("gt", [10]) is None
        True
        """
        first, last = literals[0], literals[-1]
        if op in ("eq", "in"):
            some = frozenset(literals)
            return _settled(evolve(self, only=some if self.only is None else some & self.only))
        if op in ("ne", "not_in"):
            return _settled(evolve(self, without=self.without.union(literals)))
        if op == "ge":
            return self.within(first, self.high)
        if op == "le":
            return self.within(self.low, first)
        if op == "gt":
            return None if first >= self.high else self.within(_after(first), self.high)
        if op == "lt":
            return None if first <= self.low else self.within(self.low, _before(first))
        return self.within(first, last)


def _settled(sizes: Sizes) -> Sizes | None:
    """Return the same values with ends that are among them, or ``None`` if there are none."""
    low, high = sizes.low, sizes.high
    if sizes.only is not None:
        only = frozenset(value for value in sizes.only if low <= value <= high) - sizes.without
        return Sizes(min(only), max(only), only) if only else None
    while low <= high and low in sizes.without:
        if low == high:
            return None
        low = _after(low)
    while low < high and high in sizes.without:
        high = _before(high)
    return Sizes(low, high, None, sizes.without) if low <= high else None


def _after(value: Any) -> Any:
    """Return the next value of the same type."""
    if isinstance(value, float):
        return math.nextafter(value, math.inf)
    if isinstance(value, datetime):
        return value + _MOMENT
    return value + (_DAY if isinstance(value, date) else 1)


def _before(value: Any) -> Any:
    """Return the value before it of the same type."""
    if isinstance(value, float):
        return math.nextafter(value, -math.inf)
    if isinstance(value, datetime):
        return value - _MOMENT
    return value - (_DAY if isinstance(value, date) else 1)
