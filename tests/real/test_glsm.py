"""The generic lead scoring model's worked example, to the hundredth."""

from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from leadqual.lead import Lead
from leadqual.points import half_up, to_decimal, to_hundredths
from leadqual.scoring import Score
from tests.real.acts import NOW, published
from tests.real.runs import adds_up, playbook

NAMES = {"Monthly Users": "monthly_users", "Industry": "industry", "Mkt Investment": "investment"}


@pytest.fixture(scope="module")
def facts(shared_data: Path) -> Any:
    """Return the published example."""
    return published(shared_data / "glsm_example" / "glsm.json")


def score(name: str, answers: dict[str, str]) -> Score:
    """Score the answers to the features, with a ledger that adds up."""
    lead = Lead(id="L", attributes={NAMES[feature]: option for feature, option in answers.items()})
    found = playbook(name).model.score(lead, (), now=NOW)
    assert adds_up(found)
    return found


def test_glsm_cases_give_the_published_scores(facts: Any) -> None:
    """The four leads score as published and qualify from 50 on."""
    for case in facts["cases"]:
        found = score("glsm", case["lead"])
        assert (found.total, found.qualifies == {"mql"}) == (case["score"], case["qualified"])


def test_glsm_cases_give_the_published_scores_after_a_feature_is_removed(facts: Any) -> None:
    """Without the investment the first three leads score as published."""
    removed = facts["after_removing_feature"]
    for case, expected in zip(facts["cases"], removed["scores_of_first_three"], strict=False):
        assert score("glsm_two", case["lead"]).total == expected
    assert removed["removed"] not in playbook("glsm_two").model.attributes


def test_glsm_playbook_is_the_formula_for_every_possible_lead(facts: Any) -> None:
    """For each of the 240 answers the total is the formula's exact value, rounded once."""
    weights = [Fraction(str(feature["weight"])) ** 2 for feature in facts["features"]]
    shares = [weight / sum(weights) for weight in weights]
    model, leads = playbook("glsm").model, 0
    for options in product(*(feature["expected_points"] for feature in facts["features"])):
        exact = 100 * sum(share * Fraction(str(option[1])) for share, option in zip(shares, options, strict=True))
        answers = {
            NAMES[feature["name"]]: option[0] for feature, option in zip(facts["features"], options, strict=True)
        }
        found = model.score(Lead(id="L", attributes=answers), (), now=NOW)
        assert to_hundredths(found.total) == half_up(exact.numerator, exact.denominator)
        leads += 1
    assert leads == 240


def test_glsm_answer_that_is_no_option_earns_nothing() -> None:
    """Where the source raises an error, one unforeseen answer here leaves the other two their points."""
    assert score("glsm", {"Industry": "Mining", "Mkt Investment": "More than $400K"}).total == to_decimal(7619)
