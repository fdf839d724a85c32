"""Limits over days in SQL leave what the reference leaves."""

from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch.engines.duck import Duck
from leadqual.batch.interest.limits import limited_steps
from leadqual.batch.interest.smalls import rule_small, share_small
from leadqual.batch.interest.worths import worths_of
from leadqual.batch.program import Small
from leadqual.batch.sql.dialects import DUCKDB
from leadqual.batch.sql.nodes import integer
from leadqual.batch.sql.template import statement
from leadqual.interest import Interest
from leadqual.interest.measure import counted
from leadqual.scoring.model import ScoringModel

from .drawing import PROPERTIES, rules

TODAY = 20_758
LEADS = range(1, 6)


@pytest.fixture(scope="module")
def duck():
    """Return a database."""
    opened = Duck.open(threads=1)
    yield opened
    opened.close()


@given(drawn=st.lists(rules(), min_size=1, max_size=4), seed=st.integers(0, 1 << 32))
def test_days_earn_what_the_reference_counts(duck, drawn, seed):
    """`per`, `times` and `weights` of any rule over days of any size: number and points of each day are the same."""
    random = Random(seed)
    limited = [evolve(rule, distinct_by=None) for rule in drawn if rule.inactivity is None]
    plan = ScoringModel(properties=PROPERTIES, interest=Interest(rules=limited)).plans.interest
    if not limited:
        return
    days = {
        (lead, i): {TODAY - random.randrange(60): random.randrange(1, 6) for _ in range(random.randrange(12))}
        for lead in LEADS
        for i in range(len(limited))
    }
    rows = tuple((lead, i, TODAY - day, n) for (lead, i), found in days.items() for day, n in found.items())
    columns = tuple((name, "BIGINT") for name in ("lq_no", "lq_rule", "lq_age", "lq_n"))
    worths = worths_of(plan)
    steps = limited_steps(plan.rules, integer(TODAY), DUCKDB)
    smalls = (Small(name="lq_day", columns=columns, rows=rows), rule_small(plan, worths), share_small(plan, worths))
    for made in (*smalls, *steps):
        duck.make(made)
    query = "SELECT e.lq_no, e.lq_rule, e.lq_age, e.lq_n, e.lq_earned FROM lq_earned AS e WHERE e.lq_n > 0"
    expected = [
        (lead, i, TODAY - day, n, earned)
        for (lead, i), found in days.items()
        for day, n, earned in counted(plan.rules[i], found)
    ]
    assert sorted(duck.ask(statement(query))) == sorted(expected)
