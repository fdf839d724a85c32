"""Limits that look at more than one day: the earliest of a period, the newest few, shares by rank.

All events of a rule weigh alike, so only days matter: windows go over counts by day, never over events.
"""

from collections.abc import Sequence

from leadqual.batch.program import Step
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr, add, column, integer, subtract
from leadqual.batch.sql.template import statement, united
from leadqual.interest.rules import RulePlan


def limited_steps(rules: Sequence[RulePlan], today: Expr, dialect: Dialect) -> list[Step]:
    """Return the steps from gathered days to what they earn.

    Args:
        rules: The rules whose days have been gathered in ``lq_day(lq_no, lq_rule, lq_age, lq_n)``.
        today: The day of asking.
        dialect: How the engine speaks.

    Returns:
        Steps; the last makes ``lq_earned(lq_no, lq_rule, lq_age, lq_n, lq_earned)``, in hundredths before decay.
    """
    periods = [rule.bucket is not None and rule.bucket > 1 for rule in rules]
    kept = [] if all(periods) else [statement(_BY_DAY)]
    if any(periods):
        day = add(subtract(today, column("lq_age", "d")), integer(3))
        kept.append(statement(_BY_PERIOD, bucket=dialect.quotient(day, column("lq_bucket", "r"))))
    steps = [Step(name="lq_kept", query=united(kept), says="what `per` leaves of each day: the earliest of a period")]
    earned = []
    if any(rule.weights is None and rule.times is None for rule in rules):
        earned.append(statement(_ALL))
    if any(rule.weights is not None or rule.times is not None for rule in rules):
        says = "how many events are as new as those of a day, or newer"
        steps.append(Step(name="lq_ranked", query=statement(_RANKED), says=says))
    if any(rule.times is not None for rule in rules):
        earned.append(statement(_NEWEST))
    if any(rule.weights is not None for rule in rules):
        earned.append(statement(_SHARES))
    steps.append(Step(name="lq_earned", query=united(earned), says="what the events of a day earn, before decay"))
    return steps


_BY_DAY = """
SELECT d.lq_no, d.lq_rule, d.lq_age, LEAST(d.lq_n, r.lq_most) AS lq_n
FROM lq_day AS d JOIN lq_rule AS r ON r.lq_rule = d.lq_rule WHERE r.lq_bucket = 1
"""
_BY_PERIOD = """
SELECT s.lq_no, s.lq_rule, s.lq_age, LEAST(s.lq_n, GREATEST(0, s.lq_most + s.lq_n - s.lq_until)) AS lq_n
FROM (
    SELECT d.lq_no, d.lq_rule, d.lq_age, d.lq_n, r.lq_most, CAST(SUM(d.lq_n) OVER (
        PARTITION BY d.lq_no, d.lq_rule, $bucket ORDER BY d.lq_age DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS lq_until
    FROM lq_day AS d JOIN lq_rule AS r ON r.lq_rule = d.lq_rule WHERE r.lq_bucket > 1
) AS s
"""
_ALL = """
SELECT k.lq_no, k.lq_rule, k.lq_age, k.lq_n, k.lq_n * r.lq_points AS lq_earned
FROM lq_kept AS k JOIN lq_rule AS r ON r.lq_rule = k.lq_rule WHERE r.lq_times < 0 AND r.lq_shares < 0
"""
_RANKED = """
SELECT k.lq_no, k.lq_rule, k.lq_age, k.lq_n, r.lq_times, r.lq_shares, r.lq_share, r.lq_points, CAST(SUM(k.lq_n) OVER (
    PARTITION BY k.lq_no, k.lq_rule ORDER BY k.lq_age ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
) AS BIGINT) AS lq_newer
FROM lq_kept AS k JOIN lq_rule AS r ON r.lq_rule = k.lq_rule WHERE r.lq_times >= 0 OR r.lq_shares >= 0
"""
_NEWEST = """
SELECT s.lq_no, s.lq_rule, s.lq_age, s.lq_n, s.lq_n * s.lq_points AS lq_earned
FROM (
    SELECT k.lq_no, k.lq_rule, k.lq_age, k.lq_points,
        LEAST(k.lq_n, GREATEST(0, k.lq_times + k.lq_n - k.lq_newer)) AS lq_n
    FROM lq_ranked AS k WHERE k.lq_times >= 0
) AS s
"""
_SHARES = """
SELECT k.lq_no, k.lq_rule, k.lq_age, LEAST(k.lq_newer, k.lq_shares) - LEAST(k.lq_newer - k.lq_n, k.lq_shares) AS lq_n,
    u.lq_earned - b.lq_earned AS lq_earned
FROM lq_ranked AS k
JOIN lq_share AS u ON u.lq_place = k.lq_share + LEAST(k.lq_newer, k.lq_shares)
JOIN lq_share AS b ON b.lq_place = k.lq_share + LEAST(k.lq_newer - k.lq_n, k.lq_shares)
WHERE k.lq_shares >= 0
"""
