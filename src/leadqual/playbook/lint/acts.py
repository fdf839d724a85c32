"""How much the behaviour can come to: the least and the most of each rule, each group and of interest."""

from collections.abc import Mapping
from itertools import islice
from typing import Final, NamedTuple

from attrs import field, frozen

from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import RulePlan
from leadqual.playbook.lint.parts import Parts
from leadqual.playbook.lint.search import can_hold
from leadqual.points import BOUND_LIMIT, MILLIONTHS, clamp, half_up

LAST_AGE: Final = 84_008
"""Days from 1970-01-01 to 2199-12-31, and one more on either side for the start of the day."""
WITHOUT_END: Final = BOUND_LIMIT * MILLIONTHS
"""The silent bound in grains: what nothing limits comes to this."""


class Range(NamedTuple):
    """The least and the most that something can come to."""

    low: int
    high: int

    def clamped(self, low: int, high: int) -> "Range":
        """Return the range after caps."""
        return Range(clamp(self.low, low, high), clamp(self.high, low, high))


NOTHING: Final = Range(0, 0)


@frozen
class Acts:
    """What the behaviour of a lead can come to.

    Attributes:
        rules: Each rule in grains, before its caps.
        capped: Each rule in grains, after its caps.
        groups: Each group in grains, before its caps.
        total: All of it in grains, before the caps of interest.
        interest: In hundredths, after all caps.
    """

    rules: tuple[Range, ...]
    capped: tuple[Range, ...]
    groups: Mapping[str, Range] = field(hash=False)
    total: Range
    interest: Range


def acts_of(parts: Parts, *, fades: bool = True) -> Acts:
    """Return what the behaviour of a lead can come to, under all limits.

    Args:
        parts: The parts of the model.
        fades: Whether the decay curves are at work.

    Returns:
        Ranges that hold every score there can be; their ends need not be reached.
    """
    plan = parts.model.plans.interest
    sums: dict[tuple[int, ...], int] = {}
    rules = tuple(
        _rule_range(rule, plan, sums, fades=fades) if matches(rule, parts) else NOTHING for rule in plan.rules
    )
    capped = tuple(own.clamped(rule.low, rule.high) for rule, own in zip(plan.rules, rules, strict=True))
    groups = [NOTHING] * len(plan.groups)
    total = NOTHING
    for rule, own in zip(plan.rules, capped, strict=True):
        if rule.group is None:
            total = _sum(total, own)
        else:
            groups[rule.group] = _sum(groups[rule.group], own)
    for own, caps in zip(groups, plan.caps, strict=True):
        total = _sum(total, own.clamped(*caps))
    low, high = total.clamped(plan.low, plan.high)
    interest = Range(half_up(low, MILLIONTHS), half_up(high, MILLIONTHS))
    return Acts(rules, capped, dict(zip(plan.groups, groups, strict=True)), total, interest)


def matches(rule: RulePlan, parts: Parts) -> bool:
    """Return whether some event may match a rule; `False` is certain."""
    return rule.rule.when is None or can_hold(rule.rule.when, parts.of_event)


def _sum(one: Range, other: Range) -> Range:
    return Range(one.low + other.low, one.high + other.high)


def _rule_range(rule: RulePlan, plan: InterestPlan, sums: dict[tuple[int, ...], int], *, fades: bool) -> Range:
    size = most(rule, plan, sums, fades=fades)
    return Range(0, size) if rule.points > 0 else Range(-size, 0)


def once(rule: RulePlan) -> int:
    """Return what one event earns on its first day, in grains; of a rule of inactivity, one period."""
    points = rule.points if rule.weights is None else rule.weights[0]
    if rule.factors is None:
        return points * MILLIONTHS
    return points * rule.factors[0] if rule.factors else 0


def most(rule: RulePlan, plan: InterestPlan, sums: dict[tuple[int, ...], int], *, fades: bool) -> int:
    """Return the greatest size of what a rule can earn at one instant, in grains, before its caps.

    Events are as new as the limits let them be: as many as may count today, then in the buckets before.

    Args:
        rule: The rule.
        plan: The interest it belongs to.
        sums: Sums of factors that were worked out before; takes those that are new.
        fades: Whether the decay curve is at work.
    """
    if rule.rule.inactivity is not None:
        return min(LAST_AGE // int(rule.rule.inactivity) * abs(rule.points) * MILLIONTHS, WITHOUT_END)
    number = _number(rule, plan)
    factors = rule.factors if fades else None
    if not once(rule):
        return 0
    if rule.weights is not None:
        shares = [abs(weight) for weight in rule.weights[:number]]
        if rule.bucket is None or factors is None:
            return sum(shares) * (MILLIONTHS if factors is None else factors[0])
        newest = [factors[0], *islice(factors, 1, None, rule.bucket)]
        ranks = (newest[rank // rule.most] for rank in range(min(len(shares), len(newest) * rule.most)))
        return sum(share * factor for share, factor in zip(shares, ranks, strict=False))
    size = abs(rule.points)
    if number is None and (rule.bucket is None or factors is None):
        return WITHOUT_END
    if rule.bucket is None or factors is None:
        return min(size * (number or 0) * (MILLIONTHS if factors is None else factors[0]), WITHOUT_END)
    return min(size * _bucketed(factors, rule.bucket, rule.most, number, sums), WITHOUT_END)


def _number(rule: RulePlan, plan: InterestPlan) -> int | None:
    """Return how many events of a rule can count at most, whatever their days; ``None`` for no such limit."""
    limits = [] if rule.times is None else [rule.times]
    if rule.weights is not None:
        limits.append(len(rule.weights))
    if rule.rule.distinct_by is not None and plan.properties[rule.rule.distinct_by] == "boolean":
        limits.append(3)  # true, false, and all without an answer together
    return min(limits, default=None)


def _bucketed(
    factors: tuple[int, ...], length: int, each: int, number: int | None, sums: dict[tuple[int, ...], int]
) -> int:
    """Return the sum of the factors of the newest events, so many in each bucket of days.

    It is greatest on the first day of a bucket: those of today have age 0, those of the bucket before age 1.
    """
    buckets = 1 + -(-(len(factors) - 1) // length)
    full, rest = (buckets, 0) if number is None or number >= each * buckets else divmod(number, each)
    key = (id(factors), length, full)
    if key not in sums:
        sums[key] = (factors[0] + sum(factors[1 : 1 + (full - 1) * length : length])) if full else 0
    age = 0 if full == 0 else 1 + (full - 1) * length
    return each * sums[key] + (rest * factors[age] if rest else 0)
