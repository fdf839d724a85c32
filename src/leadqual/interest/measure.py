"""What the counts of a tally come to on a day: limits, weights, decay, caps."""

from collections.abc import Iterator
from typing import NamedTuple

from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import MOST_COUNTED, RulePlan, factor
from leadqual.interest.slots import Days, days_of
from leadqual.interest.state import State
from leadqual.points import BOUND_LIMIT, MILLIONTHS, clamp, half_up


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
    groups = [0] * len(plan.caps)
    total = 0
    few = _are_few(state.count, plan)
    weights = plan.weights
    newest = (today + 1) * plan.width - 1
    for i, counts in state.counts.items():
        slot = plan.slots[i]
        grains = 0
        if not slot.together or not (few or _are_few(sum(counts.values()), plan)):
            grains = sum(_capped(plan.rules[rule], days_of(counts, rule, plan.width), today) for rule in slot.rules)
        else:
            try:
                for key, events in counts.items():
                    place = newest - key
                    grains += weights[place] if events == 1 else weights[place] * min(events, plan.most(place))
            except KeyError:  # asked for the first time
                places = ((newest - key, events) for key, events in counts.items())
                grains = sum(plan.weight(place) * min(events, plan.most(place)) for place, events in places)
        if slot.group is None:
            total += grains
        else:
            groups[slot.group] += grains
    for i, last in state.quiet.items():
        rule = plan.rules[i]
        grains = clamp(quiet_grains(rule, last, today), rule.low, rule.high)
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


def _are_few(events: int, plan: InterestPlan) -> bool:
    """Tell whether a number of events cannot take a rule to its silent bound, nor be more than may count."""
    return events <= MOST_COUNTED and events * plan.largest <= BOUND_LIMIT


def _capped(rule: RulePlan, days: Days, today: int) -> int:
    """Return what a rule earns on a day in grains, after its caps.

    Raises:
        ModelLimit: If more than 4 000 000 of its events count.
    """
    if sum(days.values()) > MOST_COUNTED:
        events = sum(number for _, number, _ in counted(rule, days))
        if events > MOST_COUNTED:
            raise rule.too_many(events)
    return clamp(rule_grains(rule, days, today), rule.low, rule.high)
