"""Time alone wakes and cools; it promotes nobody."""

import pytest
from attrs import evolve

from tests.core.lifecycle.check.support import (
    STAGES,
    TRANSITIONS,
    Recycle,
    RecyclePolicy,
    Transition,
    changed,
    found,
    renewed,
)

PROMOTES = "time promotes nobody"


def _also(**parts):
    return (*TRANSITIONS, Transition(name="other", **parts))


@pytest.mark.parametrize(("leaves", "to"), [("lead", "mql"), ("mql", "sql"), ("recycle", "mql"), ("mql", "won")])
def test_a_tick_promotes_nobody(leaves, to):
    """Neither up the open stages, nor out of a rest beyond the first of them, nor to what a yes leads to."""
    assert found(_also(from_=leaves, to=to, on=("event", "tick")))[0] == ("lifecycle.transitions[8].on[1]", PROMOTES)


@pytest.mark.parametrize(("leaves", "to"), [("sql", "mql"), ("mql", "recycle"), ("recycle", "lead"), ("mql", "lost")])
def test_a_tick_may_lead_down_or_out(leaves, to):
    """What cools goes down, rests or ends without a sale."""
    assert found(_also(from_=leaves, to=to, on="tick")) == []


def test_a_wake_leads_to_where_leads_begin():
    """A lead that has slept long enough is no MQL by that."""
    assert found(changed("rested", to="mql")) == [("lifecycle.transitions[5].on[0]", PROMOTES)]
    assert found(changed("rested", to="won")) == [("lifecycle.transitions[5].on[0]", PROMOTES)]
    begin = changed("score", from_="mql", to="lead")
    woken = tuple(evolve(part, to="mql") if part.name == "rested" else part for part in begin)
    assert found(woken, initial="mql") == []


def test_a_wake_may_lead_to_another_stage_of_the_first_phase():
    """A subscriber that rested wakes as a lead: both are at the top."""
    both = tuple(evolve(part, phase="TOFU") if part.name in ("lead", "mql") else part for part in STAGES)
    assert found(changed("rested", to="mql"), both) == []
    one = renewed("lead", phase="TOFU")
    assert found(changed("rested", to="mql"), one) == [("lifecycle.transitions[5].on[0]", PROMOTES)]


def test_a_wake_is_not_judged_where_nobody_knows_where_leads_begin():
    """A wrong first stage is one problem, not two."""
    assert found(changed("rested", to="mql"), initial="nowhere") == [("lifecycle.initial", "no such stage")]


def test_only_a_rest_is_woken_from():
    """An open stage has no wake."""
    assert found(changed("rested", from_=("recycle", "mql"))) == [
        ("lifecycle.transitions[5].on[0]", "only a stage of rest is woken from")
    ]


def test_a_policy_does_not_promote_by_time():
    """What cools into a rest that a policy turns into a promotion is a promotion."""
    recycle = Recycle(inbound=RecyclePolicy(to="sql"))
    places = found(_also(from_="mql", to="recycle", on="tick"), recycle=recycle)
    assert places == [("lifecycle.transitions[8].on[0]", PROMOTES)]
