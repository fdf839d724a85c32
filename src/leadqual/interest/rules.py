"""One rule of interest, checked and made ready, with numbers as integers."""

from collections.abc import Callable
from typing import Any, Final

from attrs import field, frozen

from leadqual.conditions.bind import Holds
from leadqual.errors import ModelLimit, shown
from leadqual.interest.values import InterestRule
from leadqual.points import MILLIONTHS

MOST_COUNTED: Final = 4_000_000
"""Events of one rule and lead that may count: with more, sums would leave 64 bits."""


@frozen(kw_only=True, eq=False)
class RulePlan:
    """One rule, ready to be folded and summed.

    Attributes:
        where: Its path.
        name: How people call it.
        rule: The rule as written.
        points: What one event earns, in hundredths.
        holds: Its condition on an event's properties.
        read: How the property of `distinct_by` is read.
        times: How many events count, the newest first.
        weights: What the events earn by rank, in hundredths.
        factors: Decay by age in millionths; ``None`` for no decay.
        low: Lower cap in grains.
        high: Upper cap in grains.
        group: Index of its group.
        interacts: Whether an own act that matches is an interaction.
        bucket: Length of the buckets of `per` in days.
        most: How many events of a bucket count.
        daily: How many events of a day count, if nothing else limits them.
    """

    where: str
    name: str
    rule: InterestRule
    points: int
    holds: Holds | None
    read: Callable[[object], Any] | None
    times: int | None
    weights: tuple[int, ...] | None
    factors: tuple[int, ...] | None
    low: int
    high: int
    group: int | None
    interacts: bool
    bucket: int | None = field(init=False)
    most: int = field(init=False)
    daily: int | None = field(init=False)

    @bucket.default
    def _bucket(self) -> int | None:
        return None if self.rule.per is None else int(self.rule.per.days)

    @most.default
    def _most(self) -> int:
        return 0 if self.rule.per is None else int(self.rule.per.times)

    @daily.default
    def _daily(self) -> int | None:
        """Return how many events of a day count, if every day stands for itself; no limit is a high one."""
        if self.times is not None or self.weights is not None or self.bucket not in (None, 1):
            return None
        return self.most if self.bucket == 1 else MOST_COUNTED + 1

    @property
    def horizon(self) -> int | None:
        """Greatest age at which an event still earns, or ``None`` without decay."""
        return None if self.factors is None else len(self.factors) - 1

    def too_many(self, counted: int) -> ModelLimit:
        """Return the error for more counted events than exact arithmetic allows."""
        return ModelLimit(
            f"{self.where}: {counted:,} counted events of rule {shown(self.name)} and one lead; at most "
            f"{MOST_COUNTED:,} are allowed. Limit the rule with `per`, `times` or a window."
        )


def factor(rule: RulePlan, age: int) -> int:
    """Return the decay factor of a rule at an age, in millionths."""
    if rule.factors is None:
        return MILLIONTHS
    return rule.factors[age] if age < len(rule.factors) else 0
