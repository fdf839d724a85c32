"""The oracle gives the figures that field practice worked out for the starter playbook."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from .scoring import score
from .story import lead, on, story

STARTER = tomllib.loads(Path(__file__).with_name("starter.toml").read_text("utf-8"), parse_float=Decimal)
MANAGER = {"job_title": "IT Manager", "department": "IT", "employees": 200, "email_type": "business", "country": "ES"}
B_GRADE = lead(**MANAGER)
A_GRADE = lead(**MANAGER | {"job_title": "CTO"})
C_GRADE = lead(**MANAGER | {"job_title": "Analyst", "department": "Legal"})
PRICING = {"page": "/pricing"}
VISIT = {"page": "/blog"}


def at(who, events, day):
    """Score a story as of one of its days."""
    return score(STARTER, who, events, on(day))


def test_a_b_grade_lead_becomes_mql_on_day_9_and_cools_by_day_63():
    """The long story: 5.76 on day 5, 11.35 on day 9, 15.73 on day 12, below `stay` on day 63 and not a day before."""
    events = story((0, "download", {"asset": "a"}), (0, "page_view", VISIT), (2, "newsletter_open"),
                   (5, "download", {"asset": "b"}), (5, "page_view", VISIT), (8, "webinar_registered"),
                   (9, "page_view", PRICING), (12, "webinar_attended"))  # fmt: skip
    assert [at(B_GRADE, events, day)["interest"] for day in (5, 9, 12)] == [576, 1135, 1573]
    assert [day for day in range(13) if "mql" in at(B_GRADE, events, day)["qualifies"]] == [9, 10, 11, 12]
    assert "sql" not in at(B_GRADE, events, 12)["qualifies"]
    assert ["mql" in at(B_GRADE, events, day)["stays"] for day in (62, 63)] == [True, False]


def test_an_a_grade_lead_is_mql_after_one_look_at_the_prices():
    """Download, visit and pricing page make 5.88 on day 3; on day 27 it no longer stays."""
    events = story((0, "download", {"asset": "a"}), (0, "page_view", VISIT), (3, "page_view", PRICING))
    third = at(A_GRADE, events, 3)
    assert (third["interest"], third["grade"], third["qualifies"]) == (588, "A", {"mql"})
    assert ["mql" in at(A_GRADE, events, day)["stays"] for day in (26, 27)] == [True, False]


def test_a_faithful_reader_never_passes_4_points():
    """Opening every weekly newsletter for a year is worth four points at most, and no active day."""
    events = story(*((7 * week, "newsletter_open") for week in range(52)))
    found = [at(B_GRADE, events, day) for day in range(0, 380, 5)]
    assert max(one["interest"] for one in found) == 400
    assert {one["active_days"] for one in found} == {0}


def test_six_downloads_end_at_the_cap_of_their_group():
    """Six assets in six days: 8.00 by the cap, an MQL with grade B from day 4 on, with grade C never."""
    events = story(*((day, "download", {"asset": str(day)}) for day in range(6)))
    assert at(B_GRADE, events, 5)["interest"] == 800
    assert [day for day in range(6) if at(B_GRADE, events, day)["qualifies"]] == [4, 5]
    assert at(C_GRADE, events, 5)["grade"] == "C"
    assert not any(at(C_GRADE, events, day)["qualifies"] for day in range(90))


def test_thirty_reloads_of_the_prices_are_one_visit():
    """Reloads on one day count once: 3.00 for the prices, 0.50 for a page, one active day."""
    events = story(*((hour / 60, "page_view", PRICING) for hour in range(30)))
    found = at(B_GRADE, events, 0.5)
    assert (found["interest"], found["active_days"], found["interactions"]) == (350, 1, 30)


@pytest.mark.parametrize(
    ("who", "fit", "grade", "high"),
    [(B_GRADE, 5000, "B", 5000), (A_GRADE, 6000, "A", 6000), (lead(email_type="business"), 800, "D", 6000)],
)
def test_profiles_earn_their_grades(who, fit, grade, high):
    """A manager is a B, the CTO an A, and a business address alone a D that could still be the best of all."""
    found = at(who, [], 0)
    assert (found["fit"], found["grade"], found["fit_high"]) == (fit, grade, high)


def test_a_lead_without_a_profile_has_no_grade():
    """Nothing known is not a bad fit: the grade is a dash."""
    assert at(lead(), [], 0)["label"] == "-4"
