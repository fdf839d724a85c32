"""Where a score comes from: lines that add up to it exactly."""

from datetime import date
from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.fit import Band, Cap, Criterion, Fit, Table
from leadqual.interest import HalfLife, Interest, InterestRule, Linear, Per, Window
from leadqual.scoring import Evidence, ScoringModel
from tests.core.support import downloads, event, lead, rule, rules, scored

POINTS = ("raw", "limits", "decay", "cap", "points")


def _parts(line):
    return tuple(getattr(line, name) for name in POINTS)


def _add_up(score):
    for axis, value in (("fit", score.fit), ("interest", score.interest)):
        assert sum(line.points for line in score.lines if line.axis == axis) == value
    for line in score.lines:
        assert line.raw + line.limits + line.decay + line.cap == line.points


def _keys(line):
    return [part.key[1] for part in line.evidence]


def _lines(model, events=(), **more):
    score = scored(model, events, **more)
    _add_up(score)
    return score.lines


def test_fit_lines_name_what_earned():
    """Criteria and tables that earned something, caps of groups and of the axis."""
    criteria = [
        Criterion(when=field("job").eq("CTO"), points=30, group="web"),
        Criterion(when=field("job").eq("CFO"), points=30),
        Criterion(when=field("size").ge(1) & field("job").exists(), points=30, group="web"),
    ]
    tables = [Table(field="size", bands=[Band(points=5)])]
    fit = Fit(criteria=criteria, tables=tables, groups={"web": Cap(max=50)}, max=40)
    lines = _lines(ScoringModel(attributes={"job": "text", "size": "integer"}, fit=fit), of=lead(job="CTO", size=5))
    assert [(line.where, line.what, line.points) for line in lines] == [
        ("fit.criteria[0]", "criterion", 30),
        ("fit.criteria[2]", "criterion", 30),
        ("fit.tables[0]", "table", 5),
        ("fit.groups.web", "cap", -10),
        ("fit.max", "cap", -15),
    ]
    assert (lines[1].fields, lines[1].count) == (("size", "job"), 1)


def test_lower_bounds_have_their_line():
    """A fit or an interest below its minimum is lifted by a line of its own."""
    fit = Fit(criteria=[Criterion(when=field("id").exists(), points=-5)])
    model = ScoringModel(fit=fit, interest=Interest(rules=[rule(-7)], min=-2))
    assert [(line.where, line.points) for line in _lines(model, downloads(0))] == [
        ("fit.criteria[0]", -5),
        ("fit.min", 5),
        ("interest.rules[0]", -7),
        ("interest.min", 5),
    ]


def test_rule_line_tells_what_each_step_took():
    """Raw points, what the limits took, what decay took, what the rule's cap took, what remained."""
    model = rules(rule(10, times=2, decay=Linear(10), max=15))
    (line,) = _lines(model, downloads(0, 1, 2), now=2)
    assert (line.where, line.name, line.what, line.count) == ("interest.rules[0]", "download", "rule", 3)
    assert _parts(line) == (30, -10, -1, -4, 15)
    assert _keys(line) == ["e2", "e1"]


def test_weights_are_limits():
    """What weights took is among the limits."""
    (line,) = _lines(rules(rule(10, weights=[1, Decimal("0.5")])), downloads(0, 1, 2), now=2)
    assert _parts(line) == (30, -15, 0, 0, 15)


def test_lines_of_groups_and_axis_follow_the_rules():
    """Caps of groups, the cap of the axis and the one rounding are lines of their own."""
    model = rules(
        rule(10, group="web", name="a"),
        rule(Decimal("0.01"), decay=HalfLife(1), name="b"),
        max=Decimal("8.01"),
        groups={"web": Cap(max=8), "mail": Cap(max=1)},
    )
    lines = _lines(model, downloads(0), now=1)
    assert [(line.where, line.name, line.what, line.points) for line in lines] == [
        ("interest.rules[0]", "a", "rule", 10),
        ("interest.rules[1]", "b", "rule", Decimal("0.005")),
        ("interest.groups.web", "Cap of web", "cap", -2),
        ("interest", "Rounding", "rounding", Decimal("0.005")),
    ]
    capped = _lines(model, downloads(0, 0, 0, 0), now=1)
    assert [(line.where, line.points) for line in capped[-2:]] == [
        ("interest.groups.web", -32),
        ("interest.max", Decimal("-0.01")),
    ]


def test_inactivity_line_names_the_last_act():
    """Periods, raw points, cap, and the day since which the lead is quiet."""
    quiet = InterestRule(event="*", inactivity=30, points=-10, min=-15, name="Gone quiet", group="g")
    model = rules(rule(1), quiet, groups={"g": Cap()}, min=-100)
    line = _lines(model, downloads(-1, 0), now=61)[1]
    assert (line.what, line.count, _parts(line)) == ("inactivity", 2, (-20, 0, 0, 5, -15))
    assert line.evidence == (Evidence(day=date(2026, 1, 5)),)
    assert len(_lines(model, downloads(0), now=29)) == 1


def test_evidence_names_the_events_that_counted():
    """The newest day first; within a day the earliest by (at, source, id), as many as counted."""
    events = [
        event("d", 1.5),
        event("c", 0.5),
        event("b", 0.5),
        event("a", 0.5, source="crm"),
        event("x", 0.7),
        event("e", 1.6, "visit"),
    ]
    model = rules(rule(per=Per(days=1, times=3)))
    (line,) = _lines(model, events, now=2)
    assert (_keys(line), line.count) == (["d", "b", "c", "a"], 5)
    assert line.evidence[1] == Evidence(day=date(2026, 1, 5), key=("", "b"))
    assert line.evidence[3].key == ("crm", "a")


def test_evidence_of_distinct_events_is_the_earliest_of_each_value():
    """Of events on one day with equal values the earliest (at, source, id) is named."""
    events = [
        event("late", 0.9, asset="x"),
        event("b", 0.5, asset="x"),
        event("a", 0.5, asset="x"),
        event("none", 0.2),
        event("y", 1, asset="y"),
    ]
    (line,) = _lines(rules(rule(distinct_by="asset"), properties={"asset": "text"}), events, now=1)
    assert (_keys(line), line.count, line.raw, line.limits) == (["y", "none", "a"], 5, 50, -20)


def test_tallies_give_days_and_counts_as_evidence():
    """A tally knows no events: its evidence is days with a number, and nothing that `distinct_by` left out."""
    model = rules(rule(per=Per(days=1, times=2)), rule(1, distinct_by="asset", name="d"), properties={"asset": "text"})
    events = [event("a", asset="x"), event("b"), event("c", asset="x"), event("d", 1, asset="x")]
    first, second = _lines(model, model.tally(events), now=1)
    assert first.evidence == (
        Evidence(day=date(2026, 1, 6), count=1),
        Evidence(day=date(2026, 1, 5), count=2),
    )
    assert (first.count, _parts(first)) == (4, (40, -10, 0, 0, 30))
    assert (second.count, second.points) == (2, 2)


def test_events_beyond_the_horizon_stay_in_the_ledger():
    """What has faded is shown with what decay took."""
    (line,) = _lines(rules(rule(decay=Window(3))), downloads(0), now=9)
    assert _parts(line) == (10, 0, -10, 0, 0)


def test_events_that_do_not_count_are_no_evidence():
    """Later events, flagged ones and those of other kinds are not in the ledger."""
    model = rules(rule(), rule(1, "visit"))
    events = [event("a"), event("b", 5), event("c", 0, "open"), event("d")]
    (line,) = _lines(model, events, flagged={("", "d")})
    assert _keys(line) == ["a"]


@pytest.mark.parametrize("day", [0, 3, 8, 30])
def test_lines_add_up_after_pruning(day):
    """Also a tally that forgot old days explains its score exactly."""
    model = rules(rule(decay=Linear(7)), rule(Decimal("0.33"), decay=HalfLife(3), name="h", times=2), max=12)
    tally = model.tally(downloads(-20, -5, -1, 0)).prune(scored(model).now)
    assert scored(model, tally, now=day) == scored(model, downloads(-20, -5, -1, 0), now=day)
    assert _lines(model, tally, now=day) is not None


def test_rules_without_events_are_passed_over():
    """Only rules that matched have a line, wherever they stand; several may share the cap of a group."""
    model = rules(
        rule(1, "visit"), rule(3, group="web"), rule(4, "*", group="web", name="any"), groups={"web": Cap(max=5)}
    )
    lines = _lines(model, downloads(0))
    assert [(line.where, line.name, line.points) for line in lines] == [
        ("interest.rules[1]", "download", 3),
        ("interest.rules[2]", "any", 4),
        ("interest.groups.web", "Cap of web", -2),
    ]


def test_caps_are_named():
    """A cap says whose it is."""
    fit = Fit(
        criteria=[Criterion(when=field("id").exists(), points=9, group="who", name="Id")],
        groups={"who": Cap(max=8)},
        max=7,
    )
    names = [
        line.name for line in _lines(ScoringModel(fit=fit, interest=Interest(rules=[rule()], max=9)), downloads(0))
    ]
    assert names == ["Id", "Cap of who", "Cap of fit", "download", "Cap of interest"]


def test_inactivity_has_the_place_and_name_of_its_rule():
    """A line of silence is found like any other; periods are a whole number."""
    quiet = InterestRule(event="*", inactivity=30, points=-10, name="Gone quiet")
    (line,) = _lines(rules(quiet, min=-100), downloads(0), now=61)
    assert (line.where, line.name, line.count, type(line.count)) == ("interest.rules[0]", "Gone quiet", 2, int)
