"""Drops from a tally what no later instant can see."""

from leadqual.batch.engines.duck import Duck
from leadqual.batch.interest.whole import Interested
from leadqual.batch.program import Small
from leadqual.batch.sql.template import statement


def pruned(duck: Duck, interested: Interested, today: int) -> int:
    """Drop counts that are too old to earn, to be an interaction or to take the room of a period.

    The newest count of each lead and class stays: silence is counted from it. Days of distinct values stay too: a value
    that comes again is not new.

    Args:
        duck: The tally's database.
        interested: The interest.
        today: The day from which on the tally is asked.

    Returns:
        How many counts were dropped.
    """
    plan = interested.plan
    rows = []
    for one in interested.classes.classes:
        rules = [plan.rules[i] for i in one.rules]
        if any(rule.factors is None for rule in rules):
            continue
        seen = [len(rule.factors or ()) + (rule.bucket or 0) for rule in rules]
        memory = plan.memory + 1 if one.acted else 0
        rows.append((one.number, today - max([memory, *seen])))
    duck.make(Small(name="lq_oldest", columns=(("lq_class", "BIGINT"), ("lq_day", "BIGINT")), rows=tuple(rows)))
    ((before,),) = duck.ask(statement(_COUNT))
    duck.run(_DROP)
    ((after,),) = duck.ask(statement(_COUNT))
    return int(before - after)


_COUNT = "SELECT COUNT(*) FROM lq_count AS c"
_DROP = """
DELETE FROM "lq_count" USING "lq_oldest" AS o, (
    SELECT "lq_no", "lq_class", MAX("lq_day") AS "lq_newest" FROM "lq_count" GROUP BY "lq_no", "lq_class"
) AS n
WHERE "lq_count"."lq_class" = o."lq_class" AND "lq_count"."lq_day" < o."lq_day"
    AND n."lq_no" = "lq_count"."lq_no" AND n."lq_class" = "lq_count"."lq_class" AND "lq_count"."lq_day" < n."lq_newest"
"""
