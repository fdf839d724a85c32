"""What scores can come to: all of them, those of idle leads, those of unknown ones."""

import pytest

from leadqual.conditions import field
from leadqual.fit import Criterion, Fit, Table
from leadqual.interest import Interest, InterestRule, Per
from leadqual.playbook.lint.acts import acts_of
from leadqual.playbook.lint.parts import parts_of
from leadqual.playbook.lint.profiles import profiles_of
from leadqual.playbook.lint.reach import reach_of
from leadqual.playbook.lint.search import can_hold
from leadqual.scoring import ScoringModel

DAILY = Per(days=1, times=1)
MODEL = ScoringModel(
    attributes={"country": "text", "employees": "integer"},
    fit=Fit(
        criteria=[Criterion(when=field("country").eq("ES"), points=10)],
        tables=[Table(field="employees", values={"1": 5, "2": -5}, other=2)],
        grades={"A": 10, "B": 0},
    ),
    interest=Interest(
        rules=[
            InterestRule(event=["download", "Café"], points=2, per=DAILY, weights=[1, 1]),
            InterestRule(event="open", points=1, per=DAILY, times=1, counts=False),
        ],
        levels={"1": 4, "2": 0},
        memory=7,
    ),
)
PARTS = parts_of(MODEL)
PROFILES, ACTS = profiles_of(PARTS), acts_of(PARTS)
ALL = reach_of(PARTS, PROFILES, ACTS)
IDLE = reach_of(PARTS, PROFILES, ACTS, of="idle")
UNKNOWN = reach_of(PARTS, PROFILES, ACTS, of="unknown")
KINDS = field("kinds")

POSSIBLE = {
    "the most": field("fit").eq(15) & field("interest").eq(5) & field("total").eq(20),
    "no country, so a bound of 0": field("fit").eq(0) & field("country").missing(),
    "a hotter label": field("label").eq("A1") & field("total").ge(14),
    "unknown": field("grade").eq("-") & field("fit").eq(0),
    "eight days": field("active_days").eq(8) & field("interactions").ge(1000),
    "one kind": KINDS.has("download") & ~KINDS.has("Café"),
    "one kind of several": KINDS.has_any("download", "demo"),
    "both kinds": KINDS.has_all("CAFé", "Download", ignore_case=True),
    "no act of its own": KINDS.missing() & field("days_since_activity").missing() & field("interest").eq(0),
    "our act": field("days_since_contact").le(3) & field("interactions").eq(0),
}
IMPOSSIBLE = {
    "more fit than there is": field("fit").gt(15),
    "a fit that no points add up to": field("fit").eq(7) | field("fit").eq(3),
    "a grade and another fit": field("grade").eq("A") & field("fit").lt(10),
    "a fit and another grade": field("fit").ge(10) & field("grade").ne("A") & field("grade").ne("-"),
    "unknown with points": field("grade").eq("-") & field("fit").ge(10),
    "a level and another interest": field("level").eq(2) & field("interest").ge(4),
    "a label and another grade": field("label").eq("A1") & field("grade").eq("B"),
    "a label and another interest": field("label").starts_with("A1") & field("interest").lt(4),
    "a total that the parts do not reach": field("total").ge(15) & field("fit").le(2),
    "a total of a cold lead": field("total").ge(19) & field("level").eq(2),
    "nine days": field("active_days").eq(9),
    "more days than interactions": field("active_days").eq(3) & field("interactions").eq(2),
    "days without interactions": field("active_days").ge(1) & field("interactions").lt(1),
    "interactions of no kind": field("interactions").ge(1) & KINDS.missing(),
    "a kind without a day": KINDS.has("download") & field("active_days").eq(0),
    "interactions without an act": field("interactions").ge(1) & field("days_since_activity").missing(),
    "a kind that does not count": KINDS.has("open"),
    "a kind that no rule names": KINDS.has_all("download", "demo"),
    "a bare completeness": field("completeness").gt(100),
}


@pytest.mark.parametrize("bar", POSSIBLE.values(), ids=POSSIBLE)
def test_bar_within_reach_can_be_met(bar):
    """What some lead's score comes to is within reach."""
    assert can_hold(bar, ALL.fields)


@pytest.mark.parametrize("bar", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_bar_beyond_reach_can_not_be_met(bar):
    """What no score comes to is out of reach."""
    assert not can_hold(bar, ALL.fields)


def test_idle_leads_have_no_acts_and_came_by_themselves():
    """They have every profile, and nothing else; leads that we approached are not among them."""
    nothing = field("interest").eq(0) & field("level").eq(2) & KINDS.missing() & field("days_since_contact").missing()
    assert can_hold(field("fit").eq(15) & nothing, IDLE.fields)
    assert not can_hold(field("interest").gt(0), IDLE.fields)
    assert not can_hold(field("interactions").gt(0), IDLE.fields)
    assert not can_hold(field("days_since_contact").exists(), IDLE.fields)
    assert not can_hold(field("acquisition").eq("outbound"), IDLE.fields)
    assert can_hold(field("acquisition").eq("partner"), IDLE.fields)


def test_unknown_leads_have_acts_and_no_profile():
    """They have every interest, the grade of the unknown, and no attribute."""
    assert can_hold(field("interest").eq(5) & field("grade").eq("-") & field("completeness").eq(0), UNKNOWN.fields)
    assert can_hold(field("acquisition").eq("inbound"), UNKNOWN.fields)
    assert not can_hold(field("country").exists() | field("email").exists(), UNKNOWN.fields)
    assert not can_hold(field("fit").gt(0), UNKNOWN.fields)
    assert not can_hold(field("grade").eq("B"), UNKNOWN.fields)
    assert not can_hold(field("completeness").gt(0), UNKNOWN.fields)
    assert can_hold(field("fit_high").eq(15), UNKNOWN.fields)
    assert not can_hold(field("fit_high").lt(15), UNKNOWN.fields)
