"""What else a lead's events say: interactions, active days, kinds, and how long ago anything happened."""

from collections.abc import Sequence

from leadqual.batch.axes.needs import Needs
from leadqual.batch.interest.classes import Asked
from leadqual.batch.program import Step
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import (
    Expr,
    clamp,
    column,
    integer,
    max_,
    multiply,
)
from leadqual.batch.sql.template import selecting, statement, united
from leadqual.interest.plan import InterestPlan
from leadqual.points import MILLIONTHS


def asked_of(needs: Needs, kinds: Sequence[str]) -> Asked:
    """Return what has to be known of events beside points.

    Args:
        needs: What the bars read.
        kinds: Kinds to tell apart.
    """
    return Asked(
        acts=needs.acts, own_day=needs.days_since_activity, our_day=needs.days_since_contact, kinds=tuple(kinds)
    )


def act_steps(plan: InterestPlan, needs: Needs) -> list[Step]:
    """Return the steps to the interactions of each lead.

    Args:
        plan: The interest.
        needs: What the bars read.

    Returns:
        Steps; the last makes ``lq_act(lq_no, lq_interactions, lq_active_days, lq_kind0, …)``; none if nothing is asked.
    """
    if not needs.acts:
        return []
    kinds = [f"lq_kind{at}" for at in range(len(needs.kinds))]
    by_day = selecting(
        statement(_BY_DAY, memory=integer(plan.memory)), [(name, max_(column(name, "c"))) for name in kinds]
    )
    by_lead = selecting(statement(_BY_LEAD), [(name, max_(column(name, "d"))) for name in kinds])
    return [
        Step(name="lq_act_day", query=by_day, says="days with interactions, within memory"),
        Step(name="lq_act", query=by_lead, says="interactions by lead"),
    ]


def age_steps(needs: Needs) -> list[Step]:
    """Return the step to the ages of each lead's newest acts: ``lq_age(lq_no, lq_own_age, lq_our_age)``.

    Args:
        needs: What the bars read.
    """
    if not (needs.days_since_activity or needs.days_since_contact):
        return []
    return [Step(name="lq_seen", query=statement(_AGES), says="how many days ago the newest acts were")]


def quiet_query(plan: InterestPlan, dialect: Dialect) -> Expr | None:
    """Return the query of what inactivity earns, by lead and rule after the caps of rules; nothing without such rules.

    Args:
        plan: The interest.
        dialect: How the engine speaks.
    """
    parts = []
    for i, rule in enumerate(plan.rules):
        if rule.rule.inactivity is None:
            continue
        periods = dialect.quotient(column("lq_age", "q"), integer(int(rule.rule.inactivity)))
        grains = clamp(multiply(periods, integer(rule.points * MILLIONTHS)), rule.low, rule.high)
        group = integer(-1 if rule.group is None else rule.group)
        parts.append(statement(_QUIET, rule=integer(i), group=group, grains=grains))
    return united(parts) if parts else None


def silence_step() -> Step:
    """Return the step to how long each lead has been quiet by rule: ``lq_silence(lq_no, lq_rule, lq_age)``."""
    return Step(name="lq_silence", query=statement(_SILENCE), kept=True, says="days since the last act that matters")


_BY_DAY = """
SELECT t.lq_no, t.lq_age, CAST(SUM(t.lq_n) AS BIGINT) AS lq_n
FROM lq_tally AS t JOIN lq_class AS c ON c.lq_class = t.lq_class
WHERE c.lq_acted = 1 AND t.lq_age <= $memory GROUP BY t.lq_no, t.lq_age
"""
_BY_LEAD = """
SELECT d.lq_no, CAST(SUM(d.lq_n) AS BIGINT) AS lq_interactions, CAST(COUNT(*) AS BIGINT) AS lq_active_days
FROM lq_act_day AS d GROUP BY d.lq_no
"""
_AGES = """
SELECT t.lq_no, MIN(CASE WHEN c.lq_own = 1 THEN t.lq_age END) AS lq_own_age,
    MIN(CASE WHEN c.lq_own = 0 THEN t.lq_age END) AS lq_our_age
FROM lq_tally AS t JOIN lq_class AS c ON c.lq_class = t.lq_class GROUP BY t.lq_no
"""
_SILENCE = """
SELECT t.lq_no, q.lq_rule, MIN(t.lq_age) AS lq_age
FROM lq_tally AS t JOIN lq_quiet AS q ON q.lq_class = t.lq_class GROUP BY t.lq_no, q.lq_rule
"""
_QUIET = """
SELECT q.lq_no, $group AS lq_group, 0 AS lq_n, 0 AS lq_told, $grains AS lq_grains
FROM lq_silence AS q WHERE q.lq_rule = $rule
"""
