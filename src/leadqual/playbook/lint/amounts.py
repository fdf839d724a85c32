"""Amounts of points that something can come to: a few, or a range of them."""

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from leadqual.playbook.lint.acts import Range
from leadqual.points import clamp

_MOST: Final = 20_000
"""Sums worked out one by one; with more, only their least and their greatest are known."""


@frozen
class Amounts:
    """What something can come to.

    Attributes:
        low: The least.
        high: The greatest.
        only: The only amounts there are, if they are known.
    """

    low: int
    high: int
    only: frozenset[int] | None = None

    @classmethod
    def among(cls, amounts: Iterable[int]) -> "Amounts":
        """Return some amounts, at least one.

        >>> Amounts.among([5, 0]).high
        5
        """
        only = frozenset(amounts)
        return cls(min(only), max(only), only)

    @property
    def range(self) -> Range:
        """The least and the greatest."""
        return Range(self.low, self.high)

    def plus(self, other: "Amounts") -> "Amounts":
        """Return what two things can come to together, if neither tells anything about the other.

        >>> sorted(Amounts.among([0, 5]).plus(Amounts.among([0, 3])).only)
        [0, 3, 5, 8]
        """
        if self.only is None or other.only is None or len(self.only) * len(other.only) > _MOST:
            return Amounts(self.low + other.low, self.high + other.high)
        return Amounts.among(one + more for one in self.only for more in other.only)

    def clamped(self, low: int, high: int) -> "Amounts":
        """Return the amounts after caps."""
        if self.only is None:
            return Amounts(clamp(self.low, low, high), clamp(self.high, low, high))
        return Amounts.among(clamp(amount, low, high) for amount in self.only)
