"""Bars compare exactly, in hundredths."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from leadqual.lead import Lead

from .bases import cases
from .running import events_of, lead_of, model_of, whole
from .vocabulary import NOWS

COMPARE = {
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
}
HUNDREDTHS = st.integers(-300, 300)


@given(
    cases(),
    st.sampled_from(("fit", "fit_high", "interest", "total", "completeness", "group.web")),
    st.sampled_from((-1, 0, 1)),
)
def test_bar_at_and_beside_the_score_is_met_exactly(case, name, beside):
    """A bar at the score itself and a hundredth to either side: each comparison answers as it should."""
    lead, events = lead_of(case.lead | {"email": None}), events_of(case.events)
    document = case.document | {"fit": case.document["fit"] | {"gates": []}}
    score = model_of(document).score(lead, events, now=case.now)
    points = whole(score.groups["web"] if name == "group.web" else getattr(score, name))
    for op, compare in COMPARE.items():
        leaf = {"field": name, "op": op, "value": Decimal(points + beside) / 100}
        bar = {"mql": {"when": {"any": []}, "stay": leaf}, "sql": {"when": leaf}}
        found = model_of(document | {"qualify": bar}).score(lead, events, now=case.now)
        met = compare(points, points + beside)
        assert (found.qualifies, found.stays) == (({"sql"}, {"mql", "sql"}) if met else (set(), set()))


@given(st.lists(HUNDREDTHS.filter(bool), min_size=1, max_size=20))
def test_many_small_points_add_up_to_what_they_say(points):
    """0.1 + 0.2 is 0.3: no sum of hundredths misses a bar by a rounding."""
    always = {"field": "id", "op": "exists"}
    document = {
        "schema": 1, "name": "x", "version": "1",
        "fit": {"min": -1000, "criteria": [{"when": always, "points": Decimal(n) / 100} for n in points]},
        "qualify": {"mql": {"when": {"field": "fit", "op": "eq", "value": Decimal(sum(points)) / 100}}},
    }  # fmt: skip
    score = model_of(document).score(Lead(id="L1"), [], now=NOWS[0])
    assert (whole(score.fit), score.qualifies) == (sum(points), {"mql"})


@given(HUNDREDTHS, st.lists(HUNDREDTHS, min_size=2, max_size=6, unique=True))
def test_grade_is_the_highest_whose_bound_is_reached(points, bounds):
    """At a bound the better grade, a hundredth below it the next, below all the lowest."""
    always = {"field": "id", "op": "exists"}
    grades = dict(zip("ABCDEF", (Decimal(n) / 100 for n in sorted(bounds, reverse=True)), strict=False))
    document = {
        "schema": 1, "name": "x", "version": "1",
        "fit": {"min": -1000, "grades": grades, "criteria": [{"when": always, "points": Decimal(points or 1) / 100}]},
    }  # fmt: skip
    reached = [letter for letter, bound in grades.items() if Decimal(points or 1) / 100 >= bound]
    assert model_of(document).score(Lead(id="L1"), [], now=NOWS[0]).grade == (reached or list(grades)[-1:])[0]
