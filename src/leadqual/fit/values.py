"""What of a profile earns points: criteria, tables, groups, gates and grades."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

import attrs
from attrs import frozen

from leadqual.axis import Cap, copied, listed
from leadqual.conditions.nodes import Condition
from leadqual.points import Points


@frozen(kw_only=True)
class Criterion:
    """A condition on the lead that earns points when it holds.

    Attributes:
        when: What must hold.
        points: What it earns, at most 10 000 points in size; negative for a penalty.
        name: How people call it; its condition in words when absent.
        group: The group it belongs to.
        missing: What it earns when the answer is unknown, between 0 and its points.
    """

    when: Condition
    points: Points
    name: str | None = None
    group: str | None = None
    missing: Points | None = None


@frozen(kw_only=True)
class Band:
    """One row of a table by size.

    Attributes:
        points: What it earns.
        below: Its upper end, not in it; the last band has none.
    """

    points: Points
    below: Points | None = None


@frozen(kw_only=True)
class Table:
    """Points by the value of one attribute: in bands of a number, or by named values.

    Attributes:
        field: The attribute.
        bands: Rows in ascending order; the last has no upper end.
        values: Points by value.
        other: What a value that is not named earns; 0 when absent.
        missing: What a missing value earns; 0 when absent.
        name: How people call it; the attribute's name when absent.
        group: The group it belongs to.
    """

    field: str
    bands: tuple[Band, ...] = attrs.field(default=(), converter=listed)
    values: Mapping[str, Points] = attrs.field(factory=dict, converter=copied, hash=False)
    other: Points | None = None
    missing: Points | None = None
    name: str | None = None
    group: str | None = None


@frozen(kw_only=True)
class Gate:
    """A veto with a reason code: a gated lead keeps its scores and never qualifies.

    Attributes:
        reason: A word such as ``"competitor"``.
        when: What must hold.
    """

    reason: str
    when: Condition


class FitScorer(Protocol):
    """An extension of fit that every engine can run: it lowers to criteria and tables.

    Attributes:
        kind: Tag that a saved playbook carries; vendors prefix theirs, as in ``"acme/company-size"``.
    """

    kind: ClassVar[str]

    def lower(self) -> Sequence[Criterion | Table]:
        """Return the criteria and tables that say the same."""
        ...


@frozen(kw_only=True)
class Fit:
    """How well a profile matches the ideal customer.

    Attributes:
        max: Highest fit; absent is up to 1 000 000 points.
        min: Lowest fit, 0 unless given.
        criteria: Conditions that earn points.
        tables: Points by the value of one attribute.
        groups: Bounds of the groups that criteria and tables name.
        gates: Vetoes, in the order in which they are tried.
        grades: Lowest fit of each letter from A to F.
        scorers: Extensions, each lowered to criteria and tables.
    """

    max: Points | None = None
    min: Points = 0
    criteria: tuple[Criterion, ...] = attrs.field(default=(), converter=listed)
    tables: tuple[Table, ...] = attrs.field(default=(), converter=listed)
    groups: Mapping[str, Cap] = attrs.field(factory=dict, converter=copied, hash=False)
    gates: tuple[Gate, ...] = attrs.field(default=(), converter=listed)
    grades: Mapping[str, Points] = attrs.field(factory=dict, converter=copied, hash=False)
    scorers: tuple[FitScorer, ...] = attrs.field(default=(), converter=listed)
