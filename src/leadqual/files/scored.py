"""The part of a score that is written to a file."""

from decimal import Decimal
from typing import Protocol


class Scored(Protocol):
    """The part of a score that is written."""

    @property
    def lead_id(self) -> str:
        """Whose score it is."""

    @property
    def fit(self) -> Decimal:
        """Points of the profile."""

    @property
    def interest(self) -> Decimal:
        """Points of the behaviour."""

    @property
    def total(self) -> Decimal:
        """Both together."""

    @property
    def grade(self) -> str | None:
        """Letter of the fit."""

    @property
    def level(self) -> int | None:
        """Digit of the interest."""

    @property
    def label(self) -> str:
        """Grade and level."""

    @property
    def qualifies(self) -> frozenset[str]:
        """The bars it meets."""

    @property
    def gate(self) -> str | None:
        """The reason of the first gate that holds."""


class Chosen(Protocol):
    """The objective that a lead suits best, with its score."""

    @property
    def name(self) -> str:
        """The objective."""

    @property
    def score(self) -> Scored:
        """The score under it."""

    @property
    def margin(self) -> Decimal | None:
        """Points ahead of the next best."""
