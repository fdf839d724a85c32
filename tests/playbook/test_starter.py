"""The starter playbook scores as field practice says it should."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.playbook import Playbook, loads
from leadqual.presets import starter_text
from leadqual.scoring import Score

Act = tuple[int, str, dict[str, str]]
DAY_0 = datetime(2026, 3, 4, 10, tzinfo=UTC)
IN_SPAIN = {"employees": 200, "email_type": "business", "country": "ES", "department": "IT"}
A_GRADE = IN_SPAIN | {"job_title": "CTO"}
B_GRADE = IN_SPAIN | {"job_title": "Manager"}
C_GRADE = {"job_title": "Manager", "employees": 200}


@pytest.fixture(scope="module")
def starter() -> Playbook:
    """The playbook as it is shipped."""
    return loads(starter_text(), format="toml")


def score(starter: Playbook, attributes: dict[str, object], acts: list[Act], day: int) -> Score:
    """Score a lead with acts, each on a day counted from the first, on one day."""
    lead = Lead(id="L1", email="who@firm.example", acquisition="inbound", attributes=attributes)
    numbers = count()
    events = [
        Event(id=f"e{next(numbers)}", lead_id="L1", kind=kind, at=DAY_0 + timedelta(days=at), properties=properties)
        for at, kind, properties in acts
    ]
    return starter.model.score(lead, events, now=DAY_0 + timedelta(days=day, hours=1))


def visit(day: int, page: str = "/product") -> Act:
    """A page view."""
    return (day, "page_view", {"page": page})


def download(day: int, asset: str) -> Act:
    """A download of one item."""
    return (day, "download", {"asset": asset})


STORY: list[Act] = [
    download(0, "guide"),
    visit(0),
    (2, "newsletter_open", {"email_id": "issue-1"}),
    download(5, "checklist"),
    visit(5),
    (8, "webinar_registered", {}),
    visit(9, "/pricing"),
    (12, "webinar_attended", {}),
]


def test_starter_declares_its_name_and_has_no_problem(starter):
    """The shipped document loads as it stands."""
    assert (starter.name, starter.version) == ("starter-b2b-saas", "2026.11")


@pytest.mark.parametrize(("day", "interest"), [(5, "5.76"), (9, "11.35"), (12, "15.73")])
def test_starter_warms_a_b_grade_lead_up_step_by_step(starter, day, interest):
    """A good profile earns interest with each act, less what time takes."""
    assert score(starter, B_GRADE, STORY, day).interest == Decimal(interest)


def test_starter_makes_a_b_grade_lead_mql_on_day_9(starter):
    """Eight points of interest on two days make an MQL of a B grade."""
    assert "mql" not in score(starter, B_GRADE, STORY, 8).qualifies
    assert score(starter, B_GRADE, STORY, 9).qualifies == {"mql"}


def test_starter_makes_no_sql_of_a_b_grade_lead_below_sixteen(starter):
    """A webinar after the pricing page is nearly enough for sales, not quite."""
    assert "sql" not in score(starter, B_GRADE, STORY, 12).qualifies


def test_starter_lets_a_b_grade_lead_stay_mql_up_to_day_62(starter):
    """The lower bar is passed on day 63, with nothing done since day 12."""
    assert "mql" in score(starter, B_GRADE, STORY, 62).stays
    assert score(starter, B_GRADE, STORY, 63).stays == frozenset()


def test_starter_makes_an_a_grade_lead_mql_by_the_pricing_page(starter):
    """A perfect profile needs little interest, and cools below the lower bar on day 27."""
    acts: list[Act] = [download(0, "guide"), visit(0), visit(3, "/pricing")]
    warm = score(starter, A_GRADE, acts, 3)
    assert (warm.interest, warm.grade, warm.qualifies) == (Decimal("5.88"), "A", {"mql"})
    assert "mql" in score(starter, A_GRADE, acts, 26).stays
    assert "mql" not in score(starter, A_GRADE, acts, 27).stays


def test_starter_never_gives_a_newsletter_reader_more_than_four(starter):
    """Opening every weekly issue for a year is capped and is no interaction."""
    opens: list[Act] = [(7 * week, "newsletter_open", {"email_id": f"issue-{week}"}) for week in range(53)]
    scores = [score(starter, A_GRADE, opens, day) for day in range(0, 366, 3)]
    assert max(s.interest for s in scores) <= Decimal("4.00")
    assert {s.active_days for s in scores} == {0}


@pytest.mark.parametrize(("attributes", "grade", "first"), [(B_GRADE, "B", 4), (C_GRADE, "C", None)])
def test_starter_caps_downloads_at_eight(starter, attributes, grade, first):
    """Six items in six days end at the cap: enough for a B on day 4, never for a C."""
    acts = [download(day, f"item-{day}") for day in range(6)]
    scores = [score(starter, attributes, acts, day) for day in range(90)]
    assert (scores[5].interest, scores[5].grade) == (Decimal("8.00"), grade)
    days = [day for day, s in enumerate(scores) if "mql" in s.qualifies]
    assert (days[0] if days else None) == first


def test_starter_counts_thirty_reloads_of_the_pricing_page_once(starter):
    """A page reloaded all day is one act on one active day."""
    reloads = score(starter, B_GRADE, [visit(0, "/pricing")] * 30, 0)
    assert (reloads.interest, reloads.active_days) == (Decimal("3.50"), 1)


@pytest.mark.parametrize(
    ("attributes", "fit", "grade", "high"),
    [
        (B_GRADE, "50.00", "B", "50.00"),
        (A_GRADE, "60.00", "A", "60.00"),
        ({"email_type": "business"}, "8.00", "D", "60.00"),
    ],
)
def test_starter_grades_profiles(starter, attributes, fit, grade, high):
    """A manager in IT is a B, a CTO an A, and an address alone a D that could be anything."""
    s = score(starter, attributes, [], 0)
    assert (s.fit, s.grade, s.fit_high) == (Decimal(fit), grade, Decimal(high))


def test_starter_gives_no_grade_to_a_lead_of_whom_nothing_is_known(starter):
    """Unknown is not bad."""
    assert score(starter, {}, [], 0).grade == "-"
