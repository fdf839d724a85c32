"""Pardot's letter grades, thirteen of them, from our fit and our five letters."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from leadqual.lead import Lead
from leadqual.scoring import Score
from tests.real.acts import NOW, published
from tests.real.runs import adds_up, playbook

MATCHES = {"company_size": 200, "industry": "Software", "location": "ES", "job_title": "CTO", "department": "IT"}
MISSES = {"company_size": 10, "industry": "Mining", "location": "XX", "job_title": "Clerk", "department": "Legal"}
BY_THIRDS: dict[int, Mapping[str, object]] = {
    10: MATCHES,
    6: {name: MATCHES[name] for name in ("company_size", "industry", "location")},
    3: {"named_account": True},
    2: {"industry": "Software"},
    1: {"speaks_our_language": True},
    0: {"industry": "Software", "location": "XX"},
    -1: {"speaks_our_language": False},
    -2: {"job_title": "Clerk"},
}


@pytest.fixture(scope="module")
def facts(shared_data: Path) -> Any:
    """Return the published grades."""
    return published(shared_data / "pardot_grades" / "grades.json")


def score(attributes: Mapping[str, Any]) -> Score:
    """Score a profile, with a ledger that adds up."""
    found = playbook("pardot").model.score(Lead(id="L", attributes=attributes), (), now=NOW)
    assert adds_up(found)
    return found


def test_pardot_cases_give_the_published_grades(facts: Any) -> None:
    """Each case's thirds of a letter lead to its place on the ladder and to its letter."""
    ladder = facts["scale_worst_to_best"]
    for case in [*facts["published_cases"], *facts["derived_cases"]]:
        found = score(BY_THIRDS[case["thirds"]])
        assert ladder[int(found.fit)] == case["grade"], case
        assert found.grade == case["grade"][0]


def test_pardot_mismatches_lower_the_grade(facts: Any) -> None:
    """Three matches and two misses are two thirds up: C-; five misses end at F."""
    two_miss = {**MATCHES, "job_title": "Clerk", "department": "Legal"}
    assert facts["scale_worst_to_best"][int(score(two_miss).fit)] == "C-"
    assert score(MISSES).fit == 0
    assert score(MISSES).grade == "F"


def test_pardot_unknown_traits_change_nothing_and_show_what_could_be() -> None:
    """What is not known earns nought, and the range says how far it could go either way."""
    found = score({"industry": "Software"})
    assert found.fit == 4
    assert found.fit_low == 0
    assert found.fit_high == 12


def test_pardot_ladder_ends_at_its_best_grade() -> None:
    """Beyond A+ there is nothing."""
    assert score({**MATCHES, "named_account": True, "speaks_our_language": True}).fit == 12


def test_pardot_letter_is_the_one_of_its_place_on_the_ladder(facts: Any) -> None:
    """Our five bounds cut the thirteen places where the letters change."""
    bounds = {"A": 10, "B": 7, "C": 4, "D": 1, "F": 0}
    for place, grade in enumerate(facts["scale_worst_to_best"]):
        assert next(letter for letter, bound in bounds.items() if place >= bound) == grade[0]
    assert {letter: int(bound) for letter, bound in playbook("pardot").model.fit.grades.items()} == bounds


def test_pardot_lead_of_whom_nothing_is_known_has_no_letter() -> None:
    """An empty profile has the grade `-`, where the ladder alone would say D."""
    assert score({}).fit == 2
    assert score({}).grade == "-"
