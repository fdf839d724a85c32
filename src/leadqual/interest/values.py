"""What of the behaviour earns points: rules, groups and levels."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from attrs import field, frozen

from leadqual.axis import Cap, copied, listed
from leadqual.conditions.nodes import Condition
from leadqual.interest.decay import NO_DECAY, Decay
from leadqual.points import Points


@frozen(kw_only=True)
class Per:
    """A limit by period: of each fixed bucket of days, the earliest events count.

    Attributes:
        days: Length of a bucket in whole days; buckets of 7 begin on Monday.
        times: How many events of a bucket count.
    """

    days: int
    times: int


def _kinds(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _weights(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@frozen(kw_only=True)
class InterestRule:
    """Points for events of a kind, or for having been quiet.

    The order is fixed: match, `distinct_by`, `per`, `times` or `weights`, decay, `max` and `min`, group.

    Attributes:
        event: One kind or several; ``"*"`` is any kind, the lead's own acts only.
        points: What one event earns, or each full period of inactivity.
        name: How people call it; the kinds when absent.
        when: A condition on the event's declared properties.
        distinct_by: A property; of equal values only the earliest event counts.
        per: A limit by period.
        times: How many events count, the newest first.
        weights: Shares of the points by rank, the newest first; nothing beyond the list.
        decay: The rule's own curve; the axis's when absent.
        max: Upper cap of the rule, after decay.
        min: Lower cap of the rule, after decay.
        group: The group it belongs to.
        counts: Whether its events are interactions (own acts with points above 0 only).
        inactivity: Days; makes it a rule of silence: points × floor(age of the last own act / days).
    """

    event: tuple[str, ...] = field(converter=_kinds)
    points: Points
    name: str | None = None
    when: Condition | None = None
    distinct_by: str | None = None
    per: Per | None = None
    times: int | None = None
    weights: tuple[Points, ...] | None = field(default=None, converter=_weights)
    decay: Decay | None = None
    max: Points | None = None
    min: Points | None = None
    group: str | None = None
    counts: bool = True
    inactivity: int | None = None


class InterestScorer(Protocol):
    """An extension of interest that every engine can run: it lowers to rules.

    Attributes:
        kind: Tag that a saved playbook carries; vendors prefix theirs.
    """

    kind: ClassVar[str]

    def lower(self) -> Sequence[InterestRule]:
        """Return the rules that say the same."""
        ...


def _levels(value: Any) -> Any:
    return {str(digit): bound for digit, bound in value.items()} if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class Interest:
    """What the behaviour says.

    Attributes:
        max: Highest interest; absent is up to 1 000 000 points.
        min: Lowest interest, 0 unless given.
        memory: Days for which an interaction counts as one, 365 unless given.
        decay: Curve of the rules that have none of their own.
        rules: The rules.
        groups: Bounds of the groups that rules name.
        levels: Lowest interest of each digit from 1 to 9; 1 is hottest.
        scorers: Extensions, each lowered to rules.
    """

    max: Points | None = None
    min: Points = 0
    memory: int = 365
    decay: Decay = NO_DECAY
    rules: tuple[InterestRule, ...] = field(default=(), converter=listed)
    groups: Mapping[str, Cap] = field(factory=dict, converter=copied, hash=False)
    levels: Mapping[str, Points] = field(factory=dict, hash=False, converter=_levels)
    scorers: tuple[InterestScorer, ...] = field(default=(), converter=listed)
