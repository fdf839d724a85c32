"""What counted events come to: decay, caps of rules, caps of groups, the axis; one row for each lead."""

from collections.abc import Sequence
from typing import Final

from leadqual.batch.interest.worths import UNGROUPED
from leadqual.batch.program import Step
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr, add, case, clamp, coalesce, column, equals, half_up, integer, is_in, sum_
from leadqual.batch.sql.template import selecting, statement, united
from leadqual.interest.plan import InterestPlan
from leadqual.points import MILLIONTHS

_ENDS: Final = {"low": integer(-(1 << 62)), "high": integer(1 << 62)}
"""Sums end here, far beyond what any cap lets through; with more events than may count they would leave 64 bits."""


def direct_grains() -> Expr:
    """Return the query of grains out of ``lq_tally`` and ``lq_direct``: one row for each lead, rule and age.

    Returns:
        ``lq_no, lq_rule, lq_group, lq_n, lq_told, lq_grains``, as of the other queries of grains.
    """
    return statement(_DIRECT)


def valued_grains(rules: Sequence[int]) -> Expr:
    """Return the query of grains out of ``lq_first``, each row of which counts once.

    Args:
        rules: The rules that have no limit beside that of values; the others' days are gathered first.
    """
    return statement(_VALUED, plain=is_in(column("lq_rule", "f"), [integer(i) for i in rules]))


def limited_grains() -> Expr:
    """Return the query of grains out of ``lq_earned``."""
    return statement(_LIMITED)


def sum_steps(plan: InterestPlan, grains: Sequence[Expr], quiet: Expr | None, *, by_rule: bool) -> list[Step]:
    """Return the steps from grains to one row for each lead.

    Args:
        plan: The interest.
        grains: Queries of grains.
        quiet: The query of what inactivity earns, in the same columns, after caps.
        by_rule: Whether the caps of rules, silent ones too, may cut anything.

    Returns:
        Steps; the last makes ``lq_summed(lq_no, lq_told, lq_counted, lq_loose, lq_group0, …)``: how many events there
        were, how many rules counted where that may be more, and sums in grains where there is anything to sum.
    """
    steps: list[Step] = []
    summed: list[Expr] = []
    if grains:
        steps.append(Step(name="lq_grain", query=united(grains), says="what events are worth today, in millionths"))
        summed.append(statement(_BY_RULE if by_rule else _TOGETHER))
    if quiet is not None:
        summed.append(quiet)
    if not summed:
        return steps
    steps.append(Step(name="lq_worked", query=united(summed), says="what each rule comes to"))
    groups = [(f"lq_group{at}", _of_group(at)) for at in range(len(plan.caps))]
    loose = [("lq_loose", _of_group(UNGROUPED))] if _is_loose(plan) else []
    counted = [] if len(grains) == 1 else [("lq_counted", sum_(column("lq_n", "g")))]
    by_lead = selecting(statement(_BY_LEAD), [*counted, *loose, *groups])
    says = "the same by lead and group, before the caps of groups"
    steps.append(Step(name="lq_summed", query=by_lead, kept=True, says=says))
    return steps


def interest_of(plan: InterestPlan, dialect: Dialect) -> tuple[Expr, list[Expr]]:
    """Return the interest in hundredths and the groups' subtotals in grains, of a row of ``lq_summed`` under ``i``.

    A lead without a row has 0 of everything, which the caps, each with 0 between its bounds, leave as it is.

    Args:
        plan: The interest.
        dialect: How the engine speaks.
    """

    def of(name: str) -> Expr:
        return coalesce(column(name, "i"), integer(0))

    groups = [clamp(of(f"lq_group{at}"), low, high) for at, (low, high) in enumerate(plan.caps)]
    loose = [of("lq_loose")] if _is_loose(plan) else []
    total = clamp(add(*loose, *groups), plan.low, plan.high)
    return half_up(total, MILLIONTHS, dialect), groups


def _is_loose(plan: InterestPlan) -> bool:
    """Tell whether a rule has no group."""
    return any(rule.group is None for rule in plan.rules)


def _of_group(group: int) -> Expr:
    chosen = case([(equals(column("lq_group", "g"), integer(group)), column("lq_grains", "g"))], integer(0))
    summed = statement("SELECT CAST(GREATEST($low, LEAST($high, SUM($chosen))) AS BIGINT)", chosen=chosen, **_ENDS)
    only: Expr = summed.expressions[0]
    return only


_DIRECT = """
SELECT t.lq_no, d.lq_rule, d.lq_group, LEAST(t.lq_n, d.lq_most) AS lq_n,
    t.lq_n * d.lq_told AS lq_told, LEAST(t.lq_n, d.lq_most) * d.lq_points * c.lq_factor AS lq_grains
FROM lq_tally AS t
JOIN lq_direct AS d ON d.lq_class = t.lq_class
JOIN lq_curve AS c ON c.lq_place = d.lq_first + LEAST(t.lq_age, d.lq_last)
"""
_VALUED = """
SELECT f.lq_no, r.lq_rule, r.lq_group, 1 AS lq_n, 0 AS lq_told, r.lq_points * c.lq_factor AS lq_grains
FROM lq_first AS f
JOIN lq_rule AS r ON r.lq_rule = f.lq_rule
JOIN lq_curve AS c ON c.lq_place = r.lq_first + LEAST(f.lq_age, r.lq_last)
WHERE $plain
"""
_LIMITED = """
SELECT e.lq_no, r.lq_rule, r.lq_group, e.lq_n, 0 AS lq_told, e.lq_earned * c.lq_factor AS lq_grains
FROM lq_earned AS e
JOIN lq_rule AS r ON r.lq_rule = e.lq_rule
JOIN lq_curve AS c ON c.lq_place = r.lq_first + LEAST(e.lq_age, r.lq_last)
"""
_BY_RULE = """
SELECT s.lq_no, r.lq_group, s.lq_n, s.lq_told,
    CAST(GREATEST(r.lq_low, LEAST(r.lq_high, s.lq_grains)) AS BIGINT) AS lq_grains
FROM (
    SELECT g.lq_no, g.lq_rule, CAST(SUM(g.lq_n) AS BIGINT) AS lq_n,
        CAST(SUM(g.lq_told) AS BIGINT) AS lq_told, SUM(g.lq_grains) AS lq_grains
    FROM lq_grain AS g GROUP BY g.lq_no, g.lq_rule
) AS s JOIN lq_rule AS r ON r.lq_rule = s.lq_rule
"""
_TOGETHER = "SELECT g.lq_no, g.lq_group, g.lq_n, g.lq_told, g.lq_grains FROM lq_grain AS g"
_BY_LEAD = """
SELECT g.lq_no, CAST(SUM(g.lq_told) AS BIGINT) AS lq_told
FROM lq_worked AS g GROUP BY g.lq_no
"""
