"""What one event is worth by rule and age, as small tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch.interest.smalls import curve_small
from leadqual.batch.interest.worths import UNGROUPED, worths_of
from leadqual.interest import Cap, Interest, InterestRule, Per, Window
from leadqual.interest.rules import MOST_COUNTED, factor
from leadqual.scoring.model import ScoringModel

from .drawing import PROPERTIES, rules


def plan_of(found, **groups):
    """Return the plan of some rules."""
    return ScoringModel(properties=PROPERTIES, interest=Interest(rules=found, groups=groups)).plans.interest


@given(found=st.lists(rules(), max_size=6), age=st.integers(0, 84_007))
def test_curve_says_the_factor_of_every_rule_at_every_age(found, age):
    """Rules share curves, and beyond the last age of each there is one place for all that follow."""
    plan = plan_of(found)
    worths = worths_of(plan)
    curve = dict(curve_small(worths).rows)
    assert set(worths.rules) == {i for i, rule in enumerate(plan.rules) if rule.rule.inactivity is None}
    for i, worth in worths.rules.items():
        assert curve[worth.first + min(age, worth.last)] == factor(plan.rules[i], age)
        assert worth.points == plan.rules[i].points
        assert worth.plain == (not any([found[i].per, found[i].times, found[i].weights]))


def test_equal_curves_are_kept_once():
    """A table of a hundred rules with the axis's curve is as long as that of one."""
    one, many = (plan_of([InterestRule(event="a", points=at, decay=Window(9)) for at in range(n)]) for n in (1, 100))
    assert worths_of(one).curve == worths_of(many).curve


def test_rule_knows_its_group_and_whether_it_has_caps():
    """Where no rule has, sums go straight to groups."""
    found = [
        InterestRule(event="a", points=1),
        InterestRule(event="a", points=1, group="b"),
        InterestRule(event="a", points=1, max=3),
        InterestRule(event="a", points=-1, min=-3),
        InterestRule(event="a", points=1, per=Per(days=1, times=2)),
    ]
    worths = worths_of(plan_of(found, a=Cap(), b=Cap())).rules
    assert [worth.group for worth in worths.values()] == [UNGROUPED, 1, *[UNGROUPED] * 3]
    assert [worth.capped for worth in worths.values()] == [False, False, True, True, False]
    assert [worth.daily for worth in worths.values()] == [MOST_COUNTED + 1] * 4 + [2]


@pytest.mark.parametrize(
    ("points", "events", "few"),
    [
        (10_000, 100, True),
        (10_000, 101, False),
        (-10_000, 101, False),
        (1, 1_000_000, True),
        (1, 1_000_001, False),
        (0, 4_000_000, True),
        (0, 4_000_001, False),
    ],
)
def test_few_events_reach_no_silent_bound(points, events, few):
    """A million points or four million events of one lead, all rules together, are looked at more closely."""
    assert worths_of(plan_of([InterestRule(event="a", points=points)])).few(events) is few
