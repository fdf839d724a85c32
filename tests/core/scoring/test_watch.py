"""What time alone does to the answer of a bar, and which days need not be looked at."""

import pytest

from leadqual.axis import Cap
from leadqual.conditions import field
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest, Linear
from leadqual.scoring import Bar, Combine, Qualify, ScoringModel
from leadqual.scoring.watch import Watch, marks_of, score_on, silences_of
from tests.core.support import downloads, event, lead, on, rule, scored

EVENTS = [*downloads(0), event("m", 0, by="us", kind="mail")]


def _score(when, combine=None, stay=None):
    model = ScoringModel(
        attributes={"vip": "boolean"},
        fit=Fit(criteria=[Criterion(when=field("vip").eq(value=True), points=20)], grades={"A": 20, "B": 0}),
        interest=Interest(
            rules=[rule(10, decay=Linear(10), group="web"), rule(1, "mail")],
            groups={"other": Cap(), "web": Cap(max=8)},
            levels={"1": 9, "2": 5, "3": 0},
            memory=30,
        ),
        combine=combine or Combine(),
        qualify=Qualify(mql=Bar(when=when, stay=stay)),
    )
    return scored(model, EVENTS, of=lead(vip=True))


def _asked(score):
    (bar,) = score.reading.model.plans.bars
    return tuple(bound for bound in (bar.when, bar.stay) if bound is not None)


@pytest.mark.parametrize(
    ("when", "steady", "unsteady"),
    [
        (field("fit").ge(20), (1, 90), None),
        (field("interest").ge(5), (1, 5), (1, 7)),
        (field("interest").ge(5), (7, 90), (6, 7)),
        (field("interest").eq(5), (7, 90), (6, 7)),
        (field("interest").le(5), (1, 5), (5, 6)),
        (field("total").ge(25), (1, 5), (1, 7)),
        (field("group.web").ge(5), (1, 4), (1, 6)),
        (field("group.web").ge(5), (6, 90), (5, 6)),
        (field("group.other").ge(5), (1, 90), None),
        (field("level").le(2), (3, 5), (1, 7)),
        (field("label").eq("A2"), (3, 5), (1, 3)),
        (field("interactions").ge(1), (1, 30), (30, 31)),
        (field("active_days").ge(1), (31, 90), (30, 31)),
        (field("kinds").has("download"), (1, 30), (30, 31)),
        (field("kinds").has("download"), (31, 90), (1, 90)),
        (field("days_since_activity").ge(7), (1, 6), (6, 7)),
        (field("days_since_activity").le(7), (8, 90), (7, 8)),
        (field("days_since_contact").eq(7), (8, 90), (6, 8)),
        (field("days_since_contact").exists(), (1, 90), None),
    ],
)
def test_watch_is_steady_while_nothing_crosses_a_mark(when, steady, unsteady):
    """Ten points fade by one a day; what a bar does not read, or does not compare with, does not matter."""
    score = _score(when)
    watch = Watch(score.reading, _asked(score))
    today = score.reading.today
    assert watch.is_steady(*(today + day for day in steady))
    assert unsteady is None or not watch.is_steady(*(today + day for day in unsteady))


def test_watch_of_one_day_is_steady():
    """A day by itself has one answer, also on a mark."""
    score = _score(field("interest").ge(6) & field("total").eq(26) & field("days_since_activity").eq(5))
    watch = Watch(score.reading, _asked(score))
    assert watch.is_steady(score.reading.today + 5, score.reading.today + 5)


def test_watch_sees_the_floor_of_the_total():
    """Where the total breaks off, it is not between what it is before and after."""
    combine = Combine(kind="gate", fit=0, interest=-1, floors={"interest": 4})
    score = _score(field("total").between(-5, -4), combine)
    watch, today = Watch(score.reading, _asked(score)), score.reading.today
    assert not watch.is_steady(today + 2, today + 9)
    assert watch.is_steady(today + 8, today + 90)


def test_score_on_a_day_is_that_of_its_start():
    """The same lead and events, scored anew as of then."""
    score = _score(field("interest").ge(5))
    there = score_on(score, score.reading.today + 3)
    assert there == scored(score.reading.model, EVENTS, now=3, of=lead(vip=True))
    assert (there.now, there.lines[1].evidence[0].key) == (on(3), ("", "e0"))
    tallied = scored(score.reading.model, score.reading.model.tally(EVENTS), of=lead(vip=True))
    assert score_on(tallied, score.reading.today + 3) == there


def test_marks_are_what_points_days_and_acts_are_compared_with():
    """Points in hundredths, counts as they are; texts and what is only known or missing have none."""
    when = (
        field("interest").between(1, 5)
        & field("group.web").gt(2)
        & field("days_since_activity").is_in(7, 9)
        & field("days_since_contact").le(3)
        & field("interactions").ge(2)
        & field("kinds").has("mail")
        & field("label").eq("A1")
        & field("fit").ge(3)
        & field("total").exists()
    )
    asked = _asked(_score(when, stay=field("interest").ge(4)))
    assert marks_of(asked) == {
        "interest": {100, 500, 400},
        "group.web": {200},
        "days_since_activity": {7, 9},
        "days_since_contact": {3},
        "interactions": {2},
    }
    assert silences_of(asked) == {"days_since_activity": {7, 9}, "days_since_contact": {3}}
