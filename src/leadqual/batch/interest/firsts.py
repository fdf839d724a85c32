"""Rules of distinct values: of each lead, rule and value the earliest day."""

from collections.abc import Sequence

from leadqual.batch.interest.keys import counts_now
from leadqual.batch.interest.matching import Matching
from leadqual.batch.program import Step
from leadqual.batch.sql.nodes import Expr, aliased, all_of, any_of, as_text, column, integer, max_
from leadqual.batch.sql.template import filtered, grouped, listing, statement, united
from leadqual.batch.textjoin import TextJoins
from leadqual.batch.when import When
from leadqual.fold import normal
from leadqual.interest.rules import RulePlan


def first_steps(matching: Matching, when: When, joins: TextJoins, *, since: bool) -> list[Step]:
    """Return the steps to the earliest days of values.

    Args:
        matching: How events are matched.
        when: The instant of asking.
        joins: What conditions and values need of texts.
        since: Whether events of some leads count only from an instant on.

    Returns:
        Steps; the last makes ``lq_first(lq_no, lq_rule, lq_age)``, a row for each value; none without such rules.
    """
    rules = distinct_rules(matching.plan.rules)
    if not rules:
        return []
    types = matching.plan.properties
    values = {f"p_{rule.rule.distinct_by}": types[str(rule.rule.distinct_by)] == "text" for _, rule in rules}
    read = ("lq_kind", *values, *matching.read(i for i, _ in rules))
    hits = [(f"lq_hit{i}", _matches(rule, matching)) for i, rule in rules]
    dialect = matching.properties.dialect
    columns = [
        ("lq_no", column("lq_no", "l")),
        ("lq_age", when.age(column("lq_us", "e"))),
        *(
            (name, joins.column(name).composed(dialect)) if text else (name, column(name, "e"))
            for name, text in values.items()
        ),
        *hits,
    ]
    events = statement("SELECT 0 FROM lq_once AS e JOIN lq_lead AS l ON l.lq_lead = e.lq_lead")
    events = joins.to(events, tuple(dict.fromkeys(read)))
    counted = [*counts_now(when, since=since), any_of(part for _, part in hits)]
    valued = Step(
        name="lq_valued",
        query=filtered(listing(events, columns), counted),
        kept=len(rules) > 1,
        says="events that count by a value",
    )
    return [
        valued,
        Step(
            name="lq_first",
            query=united([_earliest(i, rule) for i, rule in rules]),
            kept=True,
            says="the earliest day of each value",
        ),
    ]


def distinct_rules(rules: Sequence[RulePlan]) -> list[tuple[int, RulePlan]]:
    """Return the rules that count distinct values, with their numbers."""
    return [(i, rule) for i, rule in enumerate(rules) if rule.read is not None]


def value_query(i: int, rule: RulePlan) -> Expr:
    """Return the query of each lead's values of a rule with their earliest days, for a tally: values as text.

    Args:
        i: The rule's number.
        rule: The rule.
    """
    query = _earliest(i, rule)
    query.args["expressions"].append(aliased(as_text(column(f"p_{rule.rule.distinct_by}", "v")), "lq_text"))
    return query


def _earliest(i: int, rule: RulePlan) -> Expr:
    listed = [
        ("lq_no", column("lq_no", "v")),
        ("lq_rule", integer(i)),
        ("lq_age", max_(column("lq_age", "v"))),
    ]
    keys = [column("lq_no", "v"), column(f"p_{rule.rule.distinct_by}", "v")]
    query = statement("SELECT 0 FROM lq_valued AS v WHERE $hit", hit=column(f"lq_hit{i}", "v"))
    return grouped(listing(query, listed), keys)


def _matches(rule: RulePlan, matching: Matching) -> Expr:
    """Return whether an event matches a rule: a named kind whoever did it, any kind if the lead did."""
    kinds = [kind for kind in rule.rule.event if kind != "*"]
    of_kind = any_of([matching.is_kind(normal(kind)) for kind in kinds])
    anything = [matching.own] if "*" in rule.rule.event else []
    condition = [] if rule.rule.when is None else [matching.condition(rule)]
    return all_of([any_of([of_kind, *anything]), *condition])
