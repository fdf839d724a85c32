"""Best: which of several models a lead suits, and by how much."""

from decimal import Decimal, localcontext
from typing import Any

import pytest

from leadqual.conditions import field
from leadqual.errors import EventError, InstantError, LeadError, ModelError, UnknownName
from leadqual.event import Event
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest, InterestRule
from leadqual.scoring import ScoringModel, best
from tests.core.support import LEAD, downloads, event, lead, on


def wants(country: str, points: Any, download: Any = 0) -> ScoringModel:
    """Return the profile of a buyer in one country."""
    return ScoringModel(
        attributes={"country": "text"},
        fit=Fit(criteria=[Criterion(when=field("country").eq(country), points=points)]),
        interest=Interest(rules=[InterestRule(event="download", points=download)]),
    )


MODELS = {"spain": wants("ES", Decimal("12.34")), "mexico": wants("MX", 8, 1), "any": wants("ES", 10, 3)}


def test_best_is_the_model_with_the_highest_total_and_its_margin():
    """The margin is the distance to the next best, exact."""
    found = best(MODELS, lead(country="ES"), now=on(0))
    assert (found.name, found.margin) == ("spain", Decimal("2.34"))
    assert found.score == found.scores["spain"] == MODELS["spain"].score(lead(country="ES"), now=on(0))
    assert {name: score.total for name, score in found.scores.items()} == {
        "spain": Decimal("12.34"),
        "mexico": 0,
        "any": 10,
    }


@pytest.mark.parametrize(
    ("by", "name", "margin"), [("total", "any", "3.66"), ("fit", "spain", "2.34"), ("interest", "any", "4.00")]
)
def test_best_compares_the_axis_that_is_asked_for(by, name, margin):
    """Two downloads make another model the best by interest and in total."""
    found = best(MODELS, lead(country="ES"), downloads(0, 0), now=on(0), by=by)
    assert (found.name, found.margin) == (name, Decimal(margin))


def test_best_of_equal_scores_is_the_first_given():
    """A tie has margin 0 and goes by the order of the models."""
    same = {"b": wants("ES", 5), "a": wants("ES", 5), "c": wants("ES", 4)}
    found = best(same, lead(country="ES"), now=on(0))
    assert (found.name, found.margin) == ("b", 0)
    assert list(found.scores) == ["b", "a", "c"]


def test_best_of_one_model_has_no_margin():
    """There is no next best; scores below zero are scores too."""
    low = ScoringModel(fit=Fit(min=-9, criteria=[Criterion(when=field("email").missing(), points=-5)]))
    found = best({"only": low}, LEAD, now=on(0))
    assert (found.name, found.margin, found.score.total) == ("only", None, -5)


def test_best_reads_events_once_and_leaves_flagged_ones_out():
    """Events may come from a generator; those that are flagged count in no model."""
    models = {name: MODELS[name] for name in ("mexico", "any")}
    once = (one for one in downloads(0, 1))
    found = best(models, LEAD, once, now=on(1), flagged={("", "e1")})
    assert {name: score.interest for name, score in found.scores.items()} == {"mexico": 1, "any": 3}


def test_margin_is_exact_whatever_the_decimal_context_says():
    """A caller's own precision does not round it."""
    with localcontext(prec=2):
        assert best(MODELS, lead(country="ES"), downloads(0), now=on(0)).margin == Decimal("0.66")


def test_best_refuses_what_no_model_could_score():
    """Wrong models, axes, leads, events and instants are named."""
    nothing: Any = {}
    no_table: Any = [MODELS["any"]]
    no_lead: Any = "L1"
    slip: Any = "fti"
    no_axis: Any = ["fit"]
    for models in (nothing, no_table):
        with pytest.raises(ModelError, match="models: models were expected"):
            best(models, LEAD, now=on(0))
    no_model: Any = {**MODELS, "none": None}
    with pytest.raises(ModelError, match=r"models\.none: a ScoringModel was expected"):
        best(no_model, LEAD, now=on(0))
    for by, hint in ((slip, "Did you mean `fit`"), (no_axis, "Known: fit, interest, total")):
        with pytest.raises(UnknownName, match=hint):
            best(MODELS, LEAD, now=on(0), by=by)
    with pytest.raises(LeadError, match="a lead was expected"):
        best(MODELS, no_lead, now=on(0))
    with pytest.raises(EventError, match="lead 'L1' was expected"):
        best(MODELS, LEAD, [event("e", lead_id="L2")], now=on(0))
    with pytest.raises(InstantError, match="no zone"):
        best(MODELS, LEAD, now=on(0).replace(tzinfo=None))
    assert isinstance(downloads(0)[0], Event)
