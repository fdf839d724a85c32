"""A score: two axes, one label, and everything that can be asked of them."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from leadqual.conditions import field
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest
from leadqual.scoring import ScoringModel
from tests.core.support import downloads, event, lead, rule, scored

GRADES, LEVELS = {"A": 5, "B": 0}, {"1": 10, "2": 0}


def _model(grades=GRADES, levels=LEVELS):
    return ScoringModel(
        attributes={"job": "text"},
        fit=Fit(criteria=[Criterion(when=field("job").eq("CTO"), points=5)], grades=grades),
        interest=Interest(rules=[rule()], levels=levels),
    )


@pytest.mark.parametrize(
    ("grades", "levels", "job", "label"),
    [
        (GRADES, LEVELS, "CTO", "A1"),
        (GRADES, LEVELS, "CFO", "B1"),
        (GRADES, LEVELS, None, "-1"),
        (GRADES, {}, "CTO", "A"),
        ({}, LEVELS, "CTO", "1"),
        ({}, {}, "CTO", ""),
    ],
)
def test_label_is_grade_and_level(grades, levels, job, label):
    """The label is letter and digit; without grades or levels their place is empty."""
    assert scored(_model(grades, levels), downloads(0), of=lead(job=job)).label == label


def test_points_have_two_places_always():
    """Scores are decimals with two places, whatever they are."""
    score = scored(_model(), downloads(0), of=lead(job="CTO"))
    shown = [score.fit, score.interest, score.total, score.fit_low, score.fit_high, score.completeness]
    assert [str(points) for points in shown] == ["5.00", "10.00", "15.00", "5.00", "5.00", "100.00"]


def test_scores_are_equal_when_their_numbers_are():
    """Two scores of one lead and instant with equal numbers are equal; anything else is not."""
    one, two = (scored(_model(), downloads(0)) for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert one != scored(_model(), downloads(0), now=1)
    assert one != scored(_model(), downloads(0, 0))
    assert one != scored(_model(), downloads(0), of=lead(job="CTO"))
    assert one != "score"


def test_scores_of_different_knowledge_are_different():
    """Equal points are not equal scores where more of the profile, or of the behaviour, is known."""
    model = _model({}, {})
    assert scored(model, of=lead(job="CFO")) != scored(model)
    assert scored(model, [event("a", kind="other")]) != scored(model)


def test_scores_are_copied_whole():
    """A copy of a score, of its model or of a tally has every number and line, with events or without."""
    model = _model()
    tally = model.tally(downloads(0, 1))
    for score in (scored(model, downloads(0, 1), now=1), scored(model, tally, now=1, of=lead(job="CTO"))):
        for again in (copy.copy(score), copy.deepcopy(score)):
            assert (again, again.lines, again.explain()) == (score, score.lines, score.explain())
    assert scored(copy.deepcopy(model), tally, now=1) == scored(model, tally, now=1)
    assert scored(model, copy.deepcopy(tally), now=1) == scored(model, tally, now=1)


def test_score_shows_its_numbers():
    """A repr says whose score it is and what it came to."""
    assert repr(scored(_model(), downloads(0), of=lead(job="CTO"))) == (
        "<Score of 'L1': A1, fit 5.00, interest 10.00, total 15.00, qualifies for nothing>"
    )
    assert "(no label)" in repr(scored(ScoringModel()))


def test_score_is_frozen():
    """A score is a value."""
    score: Any = scored(_model())
    with pytest.raises(AttributeError):
        score.qualifies = frozenset({"mql"})


def test_score_depends_on_nothing_but_its_arguments():
    """The same lead, events and instant give the same score, asked again and in any order."""
    model = _model()
    first = scored(model, downloads(0, 1, 2), now=2, of=lead(job="CTO"))
    for order in ((2, 0, 1), (1, 2, 0)):
        events = downloads(0, 1, 2)
        assert scored(model, [events[i] for i in order], now=2, of=lead(job="CTO")) == first
    assert first.total == Decimal("35.00")
