"""How an interest runs on if nothing happens: what counts of each rule, and bounds between two days."""

from collections.abc import Iterator

from attrs import field, frozen

from leadqual.interest.measure import Subtotals, counted, quiet_grains
from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import RulePlan, factor
from leadqual.interest.state import State
from leadqual.points import MILLIONTHS, clamp, half_up


def counted_rows(plan: InterestPlan, state: State) -> Iterator[tuple[RulePlan, list[tuple[int, int]]]]:
    """Yield the rules with events that count, each with what its days earn in hundredths before decay.

    Which events count does not depend on the day of the score, so this is worked out once for all days.

    Args:
        plan: The interest.
        state: What was folded.
    """
    for i, days in state.by_rule(plan).items():
        rule = plan.rules[i]
        rows = [(day, earned) for day, _, earned in counted(rule, days) if earned]
        if rows:
            yield rule, rows


@frozen(eq=False)
class Course:
    """How an interest runs on from a state if nothing happens.

    What one rule earns moves one way only as time passes, towards nothing by decay or away from it by inactivity. So
    between two days it lies between what it is on these days; and bounds of rules make bounds of groups and interest.

    Attributes:
        plan: The interest.
        state: What was folded; it must not change meanwhile.
    """

    plan: InterestPlan
    state: State
    _rows: tuple[tuple[RulePlan, list[tuple[int, int]]], ...] = field(init=False, repr=False)
    _known: dict[int, list[int]] = field(init=False, factory=dict, repr=False)

    @_rows.default
    def _all_rows(self) -> tuple[tuple[RulePlan, list[tuple[int, int]]], ...]:
        return tuple(counted_rows(self.plan, self.state))

    def between(self, first: int, last: int) -> tuple[Subtotals, Subtotals]:
        """Return the lowest and the highest that interest and its groups can be from one day to another.

        Args:
            first: A day not before any event's.
            last: A day not before it.

        Returns:
            Bounds that hold on each of these days; they are the interest itself where both days are the same.
        """
        ends = list(zip(self._earned(first), self._earned(last), strict=True))
        return self._joined([min(pair) for pair in ends]), self._joined([max(pair) for pair in ends])

    def _earned(self, today: int) -> list[int]:
        """Return what each rule earns on a day in grains, after its caps."""
        known = self._known.get(today)
        if known is None:
            known = [
                clamp(sum(earned * factor(rule, today - day) for day, earned in rows), rule.low, rule.high)
                for rule, rows in self._rows
            ]
            quiet = ((self.plan.rules[i], last) for i, last in self.state.quiet.items())
            known += [clamp(quiet_grains(rule, last, today), rule.low, rule.high) for rule, last in quiet]
            self._known[today] = known
        return known

    def _joined(self, grains: list[int]) -> Subtotals:
        rules = [rule for rule, _ in self._rows] + [self.plan.rules[i] for i in self.state.quiet]
        total = 0
        groups = [0] * len(self.plan.caps)
        for rule, earned in zip(rules, grains, strict=True):
            if rule.group is None:
                total += earned
            else:
                groups[rule.group] += earned
        bounded = tuple(clamp(part, *cap) for part, cap in zip(groups, self.plan.caps, strict=True))
        total = clamp(total + sum(bounded), self.plan.low, self.plan.high)
        return Subtotals(half_up(total, MILLIONTHS), bounded)
