"""An interest, checked and made ready: its rules by kind of event, with numbers as integers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from attrs import field, frozen

from leadqual.axis import bound_problems, bounds_of, cap_problems, in_order, lowered, name_problems
from leadqual.calendar import DayStart
from leadqual.conditions.bind import Holds, Scope
from leadqual.conditions.fieldtypes import READERS
from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.event import Event
from leadqual.exact import scaled
from leadqual.fold import normal
from leadqual.interest.check import ANY_KIND, bind_rule, rule_problems
from leadqual.interest.decay import decay_problems, decay_table, table_size
from leadqual.interest.rules import RulePlan, factor
from leadqual.interest.slots import Slot, slots_of
from leadqual.interest.values import Interest, InterestRule
from leadqual.points import MILLIONTHS, caps_problem, number_problem, to_hundredths

MOST_RULES: Final = 10_000
MOST_FACTORS: Final = 2_000_000
DIGITS: Final = "123456789"
_MOST_WEIGHTS: Final = 1 << 17


@frozen(kw_only=True, eq=False)
class Matcher:
    """The rules that name one kind of event.

    Attributes:
        sure: Rules without a condition.
        tested: Rules with the condition that decides.
    """

    sure: tuple[int, ...] = ()
    tested: tuple[tuple[int, Holds], ...] = ()

    def hits(self, event: Event) -> tuple[int, ...]:
        """Return the rules that an event matches.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        if not self.tested:
            return self.sure
        return self.sure + tuple(i for i, holds in self.tested if holds(event.properties))


@frozen(kw_only=True, eq=False)
class InterestPlan:
    """An interest that passed its checks.

    Attributes:
        rules: The rules in ledger order.
        named: By kind, the rules that name it, whoever acts.
        any_kind: The rules for any kind, own acts only.
        caps: Bounds of each group in grains, in the order of `groups`.
        groups: Names of the groups.
        low: Lower bound of the axis in grains.
        high: Upper bound of the axis in grains.
        levels: Lowest interest in hundredths by digit, hottest first.
        memory: Days for which an interaction counts as one.
        day_start: When a day starts.
        properties: Declared properties with their types.
        width: Number of rules, by which the keys of counts are made.
        slots: Which rules' counts are kept together.
        slot_of: Slot of each rule.
        largest: Size of the most that one event earns, in hundredths.
        weights: What one event earns in grains, by place, as far as it was asked for.
    """

    rules: tuple[RulePlan, ...]
    named: Mapping[str, Matcher]
    any_kind: Matcher | None
    caps: tuple[tuple[int, int], ...]
    groups: tuple[str, ...]
    low: int
    high: int
    levels: tuple[tuple[int, int], ...]
    memory: int
    day_start: DayStart
    properties: Mapping[str, str]
    width: int = field(init=False)
    slots: tuple[Slot, ...] = field(init=False)
    slot_of: tuple[int, ...] = field(init=False)
    largest: int = field(init=False)
    weights: dict[int, int] = field(init=False, factory=dict, repr=False)
    _integers: dict[int, int] = field(init=False, factory=dict, repr=False)

    @width.default
    def _width(self) -> int:
        return len(self.rules)

    @slots.default
    def _slots(self) -> tuple[Slot, ...]:
        return slots_of(self.rules)

    @slot_of.default
    def _slot_of(self) -> tuple[int, ...]:
        places = {rule: at for at, slot in enumerate(self.slots) for rule in slot.rules}
        return tuple(places[rule] for rule in range(len(self.rules)))

    @largest.default
    def _largest(self) -> int:
        return max((abs(rule.points) for rule in self.rules), default=0)

    def weight(self, place: int) -> int:
        """Return what one event earns in grains at a place (``age × width + rule``); remembered while there is room."""
        age, i = divmod(place, self.width)
        rule = self.rules[i]
        weight = rule.points * factor(rule, age)
        if len(self.weights) < _MOST_WEIGHTS:
            self.weights[place] = weight
        return weight

    def most(self, place: int) -> int:
        """Return how many events of one day count at a place."""
        return self.rules[place % self.width].daily or 0

    def day(self, at: datetime) -> int:
        """Return the day of an instant."""
        return self.same((at - self.day_start.epoch).days)

    def same(self, key: int) -> int:
        """Return an equal integer, always the same object: tallies then are small and close together in memory."""
        return self._integers.setdefault(key, key)

    def hits(self, event: Event) -> tuple[int, ...]:
        """Return the indices of the rules that an event matches, each once.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        kind = event.kind
        matcher = self.named.get(kind)
        if matcher is None and not kind.isascii():
            matcher = self.named.get(normal(kind))
        found = () if matcher is None else matcher.hits(event)
        if self.any_kind is not None and event.by == "lead":
            found += self.any_kind.hits(event)
        return found

    def level(self, interest: int) -> int | None:
        """Return the digit of an interest in hundredths; ``None`` when there are no levels."""
        for digit, bound in self.levels:
            if interest >= bound:
                return digit
        return self.levels[-1][0] if self.levels else None


def plan_interest(
    interest: Interest, scope: Scope, day_start: DayStart, problems: list[Problem]
) -> InterestPlan | None:
    """Check an interest and make it ready.

    Args:
        interest: The interest.
        scope: The declared properties and the lists that conditions may name.
        day_start: When a day starts.
        problems: Takes everything that is wrong.

    Returns:
        The plan, or ``None`` if something is wrong.
    """
    before = len(problems)
    problems += caps_problem(interest.min, interest.max, "interest.")
    problems += number_problem(interest.memory, "interest.memory", low=0, high=36_500, places=0)
    problems += decay_problems(interest.decay, "interest.decay")
    problems += cap_problems(interest.groups, "interest.groups")
    problems += bound_problems(interest.levels, DIGITS, "interest.levels")
    rules: list[tuple[str, Any]] = [(f"interest.rules[{i}]", rule) for i, rule in enumerate(interest.rules)]
    for i, scorer in enumerate(interest.scorers):
        rules += lowered(scorer, f"interest.scorers[{i}]", problems)
    if len(rules) > MOST_RULES:
        hint = f"Write at most {MOST_RULES:,} rules; several kinds may share one."
        problems.append(Problem(where="interest.rules", what="too many rules", got=len(rules), hint=hint))
        return None
    bound = [(where, rule, _bound(rule, interest, scope, where, problems)) for where, rule in rules]
    problems += name_problems((f"{where}.name", rule.name) for where, rule in rules if isinstance(rule, InterestRule))
    if len(problems) > before or any(kind.name not in READERS for kind in scope.fields.values()):
        return None
    plans = _rule_plans(bound, interest, scope, problems)
    if len(problems) > before:
        return None
    low, high = bounds_of(interest.min, interest.max)
    named: dict[str, list[int]] = {}
    for i, plan in enumerate(plans):
        for kind in plan.rule.event:
            named.setdefault(normal(kind), []).append(i)
    matchers = {kind: _matcher(indices, plans) for kind, indices in named.items()}
    return InterestPlan(
        rules=tuple(plans),
        any_kind=matchers.pop(ANY_KIND, None),
        named=matchers,
        caps=tuple(_grains(cap.min, cap.max) for _, cap in in_order(interest.groups)),
        groups=tuple(name for name, _ in in_order(interest.groups)),
        low=low * MILLIONTHS,
        high=high * MILLIONTHS,
        levels=tuple((int(digit), to_hundredths(interest.levels[digit])) for digit in sorted(interest.levels)),
        memory=int(interest.memory),
        day_start=day_start,
        properties={name: kind.name for name, kind in scope.fields.items()},
    )


def _bound(rule: object, interest: Interest, scope: Scope, where: str, problems: list[Problem]) -> Holds | None:
    if len(problems) >= MOST_PROBLEMS:
        return None
    if not isinstance(rule, InterestRule):
        hint = "Pass an InterestRule."
        problems.append(Problem(where=where, what="a rule was expected", got=rule, hint=hint))
        return None
    problems += rule_problems(rule, interest, scope, where)
    bound = bind_rule(rule, scope, where, problems)
    return None if bound is None else bound.holds


def _grains(low: Any, high: Any) -> tuple[int, int]:
    floor, ceiling = bounds_of(low, high)
    return floor * MILLIONTHS, ceiling * MILLIONTHS


def _matcher(indices: list[int], plans: list[RulePlan]) -> Matcher:
    held = [(i, plans[i].holds) for i in indices]
    return Matcher(
        sure=tuple(i for i, holds in held if holds is None),
        tested=tuple((i, holds) for i, holds in held if holds is not None),
    )


def _rule_plans(
    rules: list[tuple[str, InterestRule, Holds | None]], interest: Interest, scope: Scope, problems: list[Problem]
) -> list[RulePlan]:
    curves = {where: interest.decay if rule.decay is None else rule.decay for where, rule, _ in rules}
    distinct = set(curves.values())
    if sum(map(table_size, distinct)) > MOST_FACTORS:
        hint = "Let rules share curves, or make the curves shorter."
        what = "the decay curves are too many and too long together"
        problems.append(Problem(where="interest.rules", what=what, got=f"{len(distinct)} curves", hint=hint))
        return []
    tables = {curve: decay_table(curve) for curve in distinct}
    groups = {name: i for i, (name, _) in enumerate(in_order(interest.groups))}
    plans = []
    for where, rule, holds in rules:
        plans.append(
            _rule_plan(rule, where=where, holds=holds, table=tables[curves[where]], groups=groups, scope=scope)
        )
    return plans


def _rule_plan(
    rule: InterestRule,
    *,
    where: str,
    holds: Holds | None,
    table: tuple[int, ...] | None,
    groups: Mapping[str, int],
    scope: Scope,
) -> RulePlan:
    points = to_hundredths(rule.points)
    low, high = _grains(rule.min, rule.max)
    return RulePlan(
        where=where,
        name=rule.name or ", ".join(rule.event),
        rule=rule,
        points=points,
        holds=holds,
        read=None if rule.distinct_by is None else READERS[scope.fields[rule.distinct_by].name],
        times=None if rule.times is None else int(rule.times),
        weights=None
        if rule.weights is None
        else tuple(points * scaled(weight, 6) // 1_000_000 for weight in rule.weights),
        factors=None if rule.inactivity is not None else table,
        low=low,
        high=high,
        group=None if rule.group is None else groups[rule.group],
        interacts=points > 0 and rule.counts and rule.inactivity is None,
    )
