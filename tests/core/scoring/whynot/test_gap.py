"""How far a score is from a bar."""

from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.conditions.nodes import All, AnyOf
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest
from leadqual.scoring import ScoringModel
from leadqual.scoring.whynot.gap import gap_of
from tests.core.support import downloads, lead, rule, scored

MODEL = ScoringModel(
    attributes={"job": "text", "size": "integer"},
    fit=Fit(criteria=[Criterion(when=field("job").eq("CTO"), points=20)], grades={"A": 40, "B": 20, "C": 0}),
    interest=Interest(rules=[rule(10)], levels={1: 40, 2: 10, 3: 0}),
)


def _gap(condition, events=(), of=None):
    reading = scored(MODEL, events, of=of or lead()).reading
    return gap_of(MODEL, condition, MODEL.plans.scope)(reading)


@pytest.mark.parametrize(
    ("condition", "gap"),
    [
        (field("interest").ge(0), 0),
        (field("interest").ge(40), 1_000),
        (field("grade").eq("C") | field("interest").ge(40), 1),
        (field("grade").eq("A") | field("interest").ge(0), 0),
        (field("interest").ge(40) & field("fit").ge(20), 2_000),
        (~field("fit").lt(20), 1_000),
        (field("job").eq("CTO"), 1_000),
        (field("size").ge(5), 1_000),
        (field("kinds").has("download"), 1_000),
        (AnyOf(()), 1_000),
        (All(()), 0),
        (~field("interest").exists(), 1_000),
        (field("interest").missing(), 1_000),
    ],
)
def test_gap_of_a_lead_without_anything(condition, gap):
    """Nothing is missing where the condition holds; each comparison that does not is about 1,000."""
    assert _gap(condition) == gap


def test_gap_gets_smaller_on_the_way():
    """The nearer the size, the smaller the gap, never 0 before the bar."""
    far, near = _gap(field("interest").ge(40), downloads(0)), _gap(field("interest").ge(Decimal("10.01")), downloads(0))
    assert 1_000 > far > near >= 1
    assert _gap(field("interest").between(3, 9), downloads(0)) < _gap(field("interest").between(1, 2), downloads(0))


def test_gap_of_a_value_that_is_no_number_is_full():
    """NaN is missing here as everywhere; a whole float is its number."""
    assert _gap(field("size").ge(5), of=lead(size=float("nan"))) == 1_000
    assert _gap(field("size").ge(5), of=lead(size=4.0)) == _gap(field("size").ge(5), of=lead(size=4)) < 1_000


def test_gap_of_letters_and_digits_is_that_of_their_points():
    """A grade is as far as its points are, the nearest of several; so is a level."""
    known = lead(job="CTO")
    assert _gap(field("grade").eq("A"), of=known) == _gap(field("fit").ge(40), of=known)
    assert _gap(field("level").le(1), downloads(0)) == _gap(field("interest").ge(40), downloads(0))
    assert _gap(field("level").lt(2), downloads(0)) == _gap(field("level").eq(1), downloads(0))
    assert _gap(field("level").is_in(1, 2)) == _gap(field("level").eq(2))
    assert _gap(field("grade").ne("B"), of=known) == 1_000
    assert _gap(field("level").ge(3), downloads(0)) == 1_000
    assert _gap(field("grade").eq("-"), of=known) == 1_000
    assert _gap(~field("grade").eq("B"), of=known) == 1_000
