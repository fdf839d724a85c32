"""An interest checked as a whole, and made ready to be run."""

from collections.abc import Mapping
from typing import Any, Final

from leadqual.axis import bound_problems, bounds_of, cap_problems, in_order, lowered, name_problems
from leadqual.calendar import DayStart
from leadqual.conditions.bind import Holds
from leadqual.conditions.fieldtypes import READERS
from leadqual.conditions.leafcheck import Scope
from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.exact import scaled
from leadqual.fold import normal
from leadqual.interest.check import ANY_KIND, bind_rule, rule_problems
from leadqual.interest.decay import decay_problems, decay_table, table_size
from leadqual.interest.plan import InterestPlan, Matcher
from leadqual.interest.rules import RulePlan
from leadqual.interest.values import Interest, InterestRule
from leadqual.points import MILLIONTHS, caps_problem, number_problem, to_hundredths

MOST_RULES: Final = 10_000
MOST_FACTORS: Final = 2_000_000
DIGITS: Final = "123456789"


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
