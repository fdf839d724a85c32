"""A lifecycle made ready."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from leadqual import ModelError, loads
from leadqual.errors import Problem
from leadqual.lifecycle.hours import BusinessHours
from leadqual.lifecycle.plan import plan_lifecycle
from leadqual.lifecycle.values import Lifecycle, Recycle, RecyclePolicy, Sla
from tests.core.lifecycle.small import BIG, FIT, QUALIFY, TINY, live, refused, small, table, text, way
from tests.practice.life import details, on


def _planned(**changed):
    """Return what a plan says is wrong, and the plan."""
    problems: list[Problem] = []
    parts: dict[str, Any] = {"lifecycle": Lifecycle(), "recycle": Recycle(), "sla": {}, "calendar": BusinessHours()}
    plan = plan_lifecycle(**parts | changed, model=small().model, problems=problems)
    return [f"{problem.where}: {problem.what}" for problem in problems], plan


def test_plan_begins_in_the_first_open_stage():
    """Unless the lifecycle names another one."""
    assert (small().lifecycle.initial, small('[lifecycle]\npreset = "subscriber"\n').lifecycle.initial) == (
        "lead",
        "subscriber",
    )
    named = small('[lifecycle]\npreset = "subscriber"\ninitial = "lead"\n')
    assert (named.lifecycle.initial, live(named, TINY).stage) == ("lead", "lead")


def test_plan_ranks_open_stages_in_their_order_and_ends_behind_them():
    """Rest has no rank: nobody is further or less far for having rested."""
    assert small().lifecycle.ranks == {"lead": 0, "mql": 1, "sql": 2, "won": 3, "lost": 3}


def test_plan_keeps_the_routes_of_each_stage_and_trigger_in_order():
    """And none where there is none."""
    plan = small().lifecycle
    names = [route.transition.name for route in plan.routes_on("lead", "event")]
    assert names == ["hand-raise", "hand-raise of a poor fit", "score for sales", "score for marketing",
                     "reply to our approach"]  # fmt: skip
    assert plan.routes_on("won", "maybe") == plan.routes_on("nowhere", "event") == ()
    [yes] = plan.routes_on("mql", "yes")
    assert (yes.transition.to, yes.guard) == ("won", None)


def test_plan_has_a_policy_for_every_way_to_win_a_lead():
    """Partners are as inbound ones unless something is said of them; who came nobody knows how is as well."""
    partner = RecyclePolicy(interest="keep")
    plan = small().lifecycle
    asked = ("inbound", "outbound", "partner", None)
    assert [plan.policy(one) for one in asked] == [Recycle().inbound, Recycle().outbound, Recycle().inbound,
                                                   Recycle().inbound]  # fmt: skip
    assert evolve(plan, recycle=Recycle(partner=partner)).policy("partner") == partner
    assert evolve(plan, recycle=Recycle(partner=partner)).policy("inbound") == Recycle().inbound


@pytest.mark.parametrize(("part", "given"), [("lifecycle", {}), ("recycle", None), ("sla", [Sla(within="2h")])])
def test_plan_refuses_parts_of_another_kind(part, given):
    """A table of a document is no lifecycle yet."""
    [problem], plan = _planned(**{part: given})
    assert (problem.startswith(f"{part}:"), plan) == (True, None)


def test_plan_tells_problems_of_its_table_and_of_the_calendar_together():
    """Everything that is wrong is said at once, and there is no plan then."""
    problems, plan = _planned(sla={"nowhere": Sla(within="2h")}, calendar=BusinessHours(zone="Mars/Base"))
    assert (sorted(problem.partition(":")[0] for problem in problems), plan) == (["calendar.zone", "sla.nowhere"], None)


def test_plan_knows_kinds_in_whatever_form_they_are_written():
    """A kind with a combining accent is the composed one, in the playbook and in the event."""
    by = small("[lifecycle]\ntouches = ['re\u0301union']\n", qualify=QUALIFY.replace('"ask"', '"petici\u00f3n"'))
    life = live(by)
    life.does("petición", 1)
    assert life.stage == "sql"
    life.does("r\u00e9union", 2, by="us")
    assert life.record.state.touched


@pytest.mark.parametrize(
    ("fit", "attributes", "listed"),
    [
        (FIT, BIG, True),
        (FIT, {"size": "small"}, False),
        (FIT.replace("A = 30\n", "").replace("B = 20\n", ""), TINY, True),
    ],
)
def test_plan_finds_outbound_leads_worth_an_approach_by_grade_a_or_b(fit, attributes, listed):
    """A playbook without these grades says nothing against anybody."""
    life = live(small(fit=fit), attributes, acquisition="outbound")
    assert ("listed" in life.names()) is listed


def test_plan_counts_slas_in_business_time_of_its_calendar():
    """Two hours from Monday noon by a calendar that closes at one are the first hour of Tuesday."""
    by = small('[sla]\nmql = "2h"\n[calendar]\nzone = "UTC"\nhours = ["08:00-13:00"]\n')
    life = live(by)
    begun = life.does("visit", 0.125)
    assert details(begun, "sla_started")["due"] == on(1) - timedelta(hours=0)


def test_plan_of_a_table_of_ones_own_takes_the_stages_as_they_stand():
    """Names, kinds and order are those of the document, and so is the way they are ranked."""
    plan = table(way("up", "fresh", "working", "event")).lifecycle
    assert list(plan.stages) == ["fresh", "working", "client", "asleep", "gone"]
    assert plan.ranks == {"fresh": 0, "working": 1, "client": 2, "gone": 3}


def test_playbook_with_a_wrong_lifecycle_does_not_load():
    """The problem is told with its path."""
    [problem] = refused('[sla]\nsal = "2h"\n')
    assert problem.startswith("sla.sal:")
    with pytest.raises(ModelError):
        loads(text("[lifecycle]\nreturn_days = -1\n"))
