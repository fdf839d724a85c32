"""What becomes of a maybe."""

import pytest

from tests.core.lifecycle.check.support import STAGES, TRANSITIONS, Recycle, RecyclePolicy, found, problems, table


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"to": "recylce"}, "to", "no such stage"),
        ({"to": 7}, "to", "no such stage"),
        ({"to": "lost"}, "to", "a maybe is no end"),
        ({"interest": "begin"}, "interest", "no such way"),
        ({"then": "lost"}, "then", "no such way"),
        ({"wake": None}, "wake", "no such way"),
        ({"nurture": 7}, "nurture", "a text was expected"),
        ({"bonus_event": ["x"]}, "bonus_event", "a text was expected"),
        ({"rest_months": 3}, "rest_months", "two numbers were expected"),
        ({"rest_months": (3,)}, "rest_months", "two numbers were expected"),
        ({"rest_months": (0, 3)}, "rest_months[0]", "the number is out of range"),
        ({"rest_months": (1, 61)}, "rest_months[1]", "the number is out of range"),
        ({"rest_months": (True, 3)}, "rest_months[0]", "a whole number was expected"),
        ({"rest_months": (6, 3)}, "rest_months", "the ends are the wrong way round"),
        ({"spread_days": 367}, "spread_days", "the number is out of range"),
        ({"spread_days": -1}, "spread_days", "the number is out of range"),
        ({"spread_days": 1.5}, "spread_days", "a whole number was expected"),
        ({"attempts": 0}, "attempts", "the number is out of range"),
        ({"attempts": 101}, "attempts", "the number is out of range"),
        ({"attempts": "3"}, "attempts", "a whole number was expected"),
        ({"rest_months": None}, "attempts", "attempts are counted only where a rest has a length"),
        ({"reasons": {"budget": 7}}, "reasons.budget", "the number is out of range"),
        ({"reasons": {"budget": 2}}, "reasons.budget", "the number is out of range"),
        ({"reasons": {"budget": "3"}}, "reasons.budget", "a whole number was expected"),
        ({"reasons": {"": 3}}, "reasons", "a text was expected"),
        ({"reasons": 7}, "reasons", "a table was expected"),
    ],
)
def test_a_policy_is_told_what_it_cannot_be(changes, where, what):
    """Each wrong part is one problem with its path."""
    policy = RecyclePolicy(**({"rest_months": (3, 6), "attempts": 3} | changes))
    assert found(recycle=Recycle(outbound=policy)) == [(f"recycle.outbound.{where}", what)]
    assert found(recycle=Recycle(partner=policy)) == [(f"recycle.partner.{where}", what)]


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "recycle", "interest": "keep", "wake": "never", "nurture": "news", "bonus_event": "return"},
        {"rest_months": (1, 60), "spread_days": 0, "attempts": 100, "reasons": {"budget": 60, "time": 1}},
        {"rest_months": (4, 4), "spread_days": 366, "attempts": 1, "reasons": {"budget": 4}},
        {"to": "mql", "nurture": "", "bonus_event": None},
    ],
)
def test_a_policy_may_be_anything_within_its_bounds(changes):
    """The least and the most that a policy can say."""
    assert found(recycle=Recycle(inbound=RecyclePolicy(**changes))) == []


def test_reasons_set_the_length_of_a_rest_that_has_one():
    """A policy without months has nothing for a reason to set."""
    policy = RecyclePolicy(reasons={"budget": 61, "time": 3})
    assert found(recycle=Recycle(inbound=policy)) == [
        ("recycle.inbound.reasons.budget", "the number is out of range"),
        ("recycle.inbound.reasons", "a reason sets the length of a rest that has none"),
    ]


def test_reasons_are_checked_where_the_months_are_wrong():
    """Months that are wrong themselves bound nothing."""
    policy = RecyclePolicy(rest_months=(6, 3), reasons={"budget": 50})
    assert found(recycle=Recycle(inbound=policy)) == [
        ("recycle.inbound.rest_months", "the ends are the wrong way round")
    ]


def test_recycling_is_a_value_of_its_class():
    """What is no such value is one problem."""
    assert found(recycle="maybe") == [("recycle", "a Recycle was expected")]


def test_a_hint_names_the_stages_of_rest():
    """Where a name is close to none, the stages that it could be are named."""
    asked = table(recycle=Recycle(inbound=RecyclePolicy(to="zzz")))
    assert [problem.hint for problem in problems(asked)] == ["Name a stage of rest: recycle."]
    awake = tuple(part for part in TRANSITIONS if part.name not in ("maybe", "rested"))
    asked = table(awake, (*STAGES[:3], *STAGES[4:]), recycle=Recycle(inbound=RecyclePolicy(to="won")))
    assert [problem.hint for problem in problems(asked)] == ['Declare a stage of kind = "rest", or remove it.']
