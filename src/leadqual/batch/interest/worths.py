"""What one counted event is worth by rule and age, as small tables that are joined by dense integers."""

from typing import Final

from attrs import frozen

from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import MOST_COUNTED, RulePlan
from leadqual.points import BOUND_LIMIT, MILLIONTHS

UNGROUPED: Final = -1
"""Group of the rules that have none."""


@frozen(kw_only=True)
class Worth:
    """One counting rule as engines join it.

    Attributes:
        rule: Its number.
        group: Number of its group.
        points: What one event earns, in hundredths.
        first: Place in the curve table of age 0.
        last: Ages from here on have the place of this one.
        daily: How many events of a day count, where every day stands for itself; ``None`` where it does not.
        low: Lower cap in grains.
        high: Upper cap in grains.
        capped: Whether it has a cap of its own.
    """

    rule: int
    group: int
    points: int
    first: int
    last: int
    daily: int | None
    low: int
    high: int
    capped: bool

    @property
    def plain(self) -> bool:
        """Whether events add up whatever else happened on their day."""
        return self.daily is not None and self.daily > MOST_COUNTED


@frozen(kw_only=True)
class Worths:
    """All counting rules, and the curves they share.

    Attributes:
        rules: The rules by number; rules of inactivity are not among them.
        curve: Factors in millionths by place; every rule's part ends with what its oldest ages get.
        limit: Size of the most that one event of any rule earns, in hundredths.
    """

    rules: dict[int, Worth]
    curve: tuple[int, ...]
    limit: int

    def few(self, events: int) -> bool:
        """Tell whether so many events of one lead can neither reach a silent bound nor be more than may count."""
        return events <= MOST_COUNTED and events * self.limit <= BOUND_LIMIT


def worths_of(plan: InterestPlan) -> Worths:
    """Return what events are worth.

    Args:
        plan: The interest.

    >>> from leadqual.interest import Interest, InterestRule, Window
    >>> from leadqual.scoring import ScoringModel
    >>> rules = [InterestRule(event="a", points=2), InterestRule(event="b", points=1, decay=Window(1))]
    >>> worths_of(ScoringModel(interest=Interest(rules=rules)).plans.interest).curve
    (1000000, 1000000, 1000000, 0)
    """
    curve: list[int] = []
    places: dict[tuple[int, ...] | None, int] = {}
    rules: dict[int, Worth] = {}
    for i, rule in enumerate(plan.rules):
        if rule.rule.inactivity is not None:
            continue
        if rule.factors not in places:
            places[rule.factors] = len(curve)
            curve += [MILLIONTHS] if rule.factors is None else [*rule.factors, 0]
        rules[i] = Worth(
            rule=i,
            group=UNGROUPED if rule.group is None else rule.group,
            points=rule.points,
            first=places[rule.factors],
            last=0 if rule.factors is None else len(rule.factors),
            daily=rule.daily,
            low=rule.low,
            high=rule.high,
            capped=_capped(rule),
        )
    return Worths(rules=rules, curve=tuple(curve), limit=plan.largest)


def _capped(rule: RulePlan) -> bool:
    return rule.rule.max is not None or rule.rule.min is not None
