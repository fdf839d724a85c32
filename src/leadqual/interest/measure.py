"""What the counts of a tally come to on a day: limits, weights, decay, caps."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from leadqual.interest.plan import MOST_COUNTED, InterestPlan, RulePlan
from leadqual.interest.state import Days, State
from leadqual.points import MILLIONTHS, clamp, half_up


class Subtotals(NamedTuple):
    """Interest of a lead on a day.

    Attributes:
        interest: In hundredths, rounded once, after the last cap.
        groups: Each group's subtotal after its caps, in grains.
    """

    interest: int
    groups: tuple[int, ...]


def counted(rule: RulePlan, days: Days) -> Iterator[tuple[int, int, int]]:
    """Yield what counts of a rule's days, the newest first, before decay.

    Args:
        rule: The rule.
        days: Its events by day, after `distinct_by`.

    Yields:
        Day, number of events that count, and what they earn in hundredths.
    """
    if rule.bucket is not None:
        days = _within_buckets(days, rule.bucket, rule.most)
    rank = 0
    for day in sorted(days, reverse=True):
        events = days[day]
        if rule.weights is not None:
            weights = rule.weights[rank : rank + events]
            events, earned = len(weights), sum(weights)
        else:
            if rule.times is not None:
                events = min(events, rule.times - rank)
            earned = events * rule.points
        if not events:
            return
        rank += events
        yield day, events, earned


def _within_buckets(days: Days, length: int, most: int) -> Days:
    """Return of each bucket of days its earliest events, as many as may count."""
    left: Days = {}
    kept: Days = {}
    for day in sorted(days):
        bucket = (day + 3) // length
        room = left.get(bucket, most)
        if room:
            kept[day] = min(days[day], room)
            left[bucket] = room - kept[day]
    return kept


def rule_grains(rule: RulePlan, days: Days, today: int) -> int:
    """Return what a rule earns on a day in grains, before its caps."""
    if rule.daily is None:
        return sum(earned * factor(rule, today - day) for day, _, earned in counted(rule, days))
    events = ((day, min(number, rule.daily)) for day, number in days.items())
    return rule.points * sum(number * factor(rule, today - day) for day, number in events)


def factor(rule: RulePlan, age: int) -> int:
    """Return the decay factor of a rule at an age, in millionths."""
    if rule.factors is None:
        return MILLIONTHS
    return rule.factors[age] if age < len(rule.factors) else 0


def quiet_grains(rule: RulePlan, last: int, today: int) -> int:
    """Return what a rule of inactivity earns on a day in grains, before its caps."""
    return (today - last) // int(rule.rule.inactivity or 1) * rule.points * MILLIONTHS


def measure(plan: InterestPlan, state: State, today: int) -> Subtotals:
    """Return the interest that a state comes to on a day.

    Args:
        plan: The interest.
        state: What was folded.
        today: The day, not before any event's.

    Returns:
        Interest and the subtotals of the groups.

    Raises:
        ModelLimit: If more than 4 000 000 events of one rule count.
    """
    rules = plan.rules
    if state.count > MOST_COUNTED:
        _check_counts(rules, state)
    groups = [0] * len(plan.caps)
    total = 0
    for i, days in state.days.items():
        factors, most, points, low, high, group = plan.sums[i]
        grains = 0
        try:
            for day, events in days.items():
                grains += factors[today - day] if events == 1 else factors[today - day] * min(events, most)
            grains *= points
        except IndexError:  # a rule with other limits or without decay, or an event beyond the horizon
            plan.sums[i].reach(today - min(days))
            grains = rule_grains(rules[i], days, today)
        if not low <= grains <= high:
            grains = low if grains < low else high
        if group is None:
            total += grains
        else:
            groups[group] += grains
    for i, last in state.quiet.items():
        rule = rules[i]
        grains = min(max(quiet_grains(rule, last, today), rule.low), rule.high)
        if rule.group is None:
            total += grains
        else:
            groups[rule.group] += grains
    for i, (low, high) in enumerate(plan.caps):
        grains = groups[i]
        if not low <= grains <= high:
            groups[i] = grains = low if grains < low else high
        total += grains
    total = clamp(total, plan.low, plan.high)
    return Subtotals(half_up(total, MILLIONTHS), tuple(groups))


def _check_counts(rules: Sequence[RulePlan], state: State) -> None:
    for i, days in state.days.items():
        events = sum(number for _, number, _ in counted(rules[i], days))
        if events > MOST_COUNTED:
            raise rules[i].too_many(events)
