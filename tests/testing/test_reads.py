"""What a playbook reads: literals by field, kinds, and the days on which something changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from attrs import frozen

from leadqual.conditions import field
from leadqual.errors import ProblemsError
from leadqual.fit import Criterion, Fit
from leadqual.playbook import loads
from leadqual.scoring import ScoringModel
from leadqual.testing.reads import reads_of

TEXT = """
schema = 1
name = "x"
version = "1"
day_starts = "-06:30"
[attributes]
job_title = "text"
employees = "integer"
revenue = "number"
customer = "boolean"
founded = "date"
seen = "instant"
topics = "list"
unused = "text"
[properties]
page = "text"
tags = "list"
[lists]
heads = ["CEO", "CTO"]
[fit]
criteria = [
    { when = { any = [
        { field = "job_title", op = "contains_word", value = "@heads" },
        { field = "job_title", op = "eq", value = "@heads" },
        { not = { field = "revenue", op = "between", value = [1, 2.5] } },
        { field = "founded", op = "lt", value = "2020-02-29" },
        { field = "seen", op = "ge", value = "2026-01-01T00:00:00+01:00" },
        { field = "topics", op = "has_any", value = ["a", "b"] },
        { field = "phone", op = "exists" },
    ] }, points = 1 },
]
tables = [
    { field = "employees", bands = [{ below = 10, points = 0 }, { points = 1 }] },
    { field = "customer", values = { true = 1 } },
]
gates = [{ reason = "rival", when = { field = "email", op = "domain_in", value = ["rival.example"] } }]
[interest]
memory = 100
decay = { steps = [[3, 1], [9, 0.5]] }
rules = [
    { event = ["download", "form"], points = 1, decay = { window = 40 } },
    { event = "*", inactivity = 20, points = -1 },
    { event = "page_view", points = 1, when = { field = "page", op = "starts_with", value = "/pricing" }, per_day = 1 },
    { event = "call", points = 2, per = { days = 14, times = 1 }, name = "calls" },
]
[qualify]
hand_raise = ["demo", "form"]
[qualify.mql]
when = { field = "channel", op = "eq", value = "website" }
stay = { field = "days_since_activity", op = "le", value = 50 }
[objectives.loans.qualify.sql]
when = { all = [
    { field = "stage", op = "eq", value = "mql" },
    { field = "days_since_contact", op = "between", value = [60, 70] },
    { field = "total", op = "ge", value = 5 },
] }
"""


def test_every_literal_is_found_with_its_operator():
    """Criteria, tables, gates and bars, lists by their members, the bars of objectives included."""
    reads = reads_of(loads(TEXT))
    assert reads.of_lead == {
        "job_title": (("contains_word", "CEO"), ("contains_word", "CTO"), ("eq", "@heads")),
        "revenue": (("between", 1.0), ("between", 2.5)),
        "founded": (("lt", date(2020, 2, 29)),),
        "seen": (("ge", datetime(2025, 12, 31, 23, tzinfo=UTC)),),
        "topics": (("has_any", "a"), ("has_any", "b")),
        "phone": (),
        "employees": (("lt", 10),),
        "customer": (("eq", True),),
        "email": (("domain_in", "rival.example"),),
        "channel": (("eq", "website"),),
        "stage": (("eq", "mql"),),
    }
    assert reads.of_event == {"page": (("starts_with", "/pricing"),)}
    assert reads.attributes["unused"] == "text"
    assert reads.properties == {"page": "text", "tags": "list"}


def test_kinds_are_those_of_rules_and_of_raised_hands():
    """Each is there once; any kind is no kind."""
    assert reads_of(loads(TEXT)).kinds == ("download", "form", "page_view", "call", "demo")


def test_ages_are_those_at_which_something_changes():
    """Ends of curves, of buckets, of silence and of memory, and what bars ask of days since something."""
    ages = reads_of(loads(TEXT)).ages
    assert {0, 1, 3, 4, 9, 10, 40, 41, 13, 14, 19, 20, 49, 50, 51, 59, 60, 61, 69, 70, 71, 100, 101} <= set(ages)
    assert list(ages) == sorted(set(ages))


def test_day_starts_in_utc():
    """An offset west of UTC starts its days later."""
    assert reads_of(loads(TEXT)).day_starts == timedelta(hours=6, minutes=30)
    assert reads_of(loads(TEXT.replace("-06:30", "+05:30"))).day_starts == timedelta(hours=18, minutes=30)
    assert reads_of(ScoringModel()).day_starts == timedelta()


def test_scorers_are_read_by_what_they_stand_for():
    """An extension's comparisons are met like those of the document."""

    @frozen
    class Size:
        kind: ClassVar[str] = "acme/size"

        def lower(self) -> Any:
            return [Criterion(when=field("employees").ge(7), points=1)]

    model = ScoringModel(attributes={"employees": "integer"}, fit=Fit(scorers=[Size()]))
    assert reads_of(model).of_lead == {"employees": (("ge", 7),)}


def test_what_is_no_playbook_is_refused():
    """A path or a document is no playbook yet."""
    wrong: Any = "play.toml"
    with pytest.raises(ProblemsError, match=r"playbook: a playbook was expected .* load_playbook"):
        reads_of(wrong)


MOVES = """
schema = 1
name = "x"
version = "1"
[attributes]
country = "text"
[properties]
page = "text"
[qualify]
hand_raise = ["demo"]
[recycle]
inbound = { bonus_event = "came_back" }
[lifecycle]
touches = ["visita"]
stages = [{ name = "lead" }, { name = "later", kind = "rest" }, { name = "won", kind = "ended" }]
[[lifecycle.transitions]]
name = "yes"
from = ["lead", "later"]
to = "won"
on = "yes"
[[lifecycle.transitions]]
name = "maybe"
from = "lead"
to = "later"
on = "maybe"
when = { field = "country", op = "in", value = ["ES", "MX"] }
[[lifecycle.transitions]]
name = "back"
from = "later"
to = "lead"
on = "event"
when = { all = [
    { field = "input.page", op = "starts_with", value = "/pricing" },
    { field = "input.kind", op = "in", value = ["page_view", "demo"] },
    { field = "input.by", op = "eq", value = "lead" },
] }
"""


def test_what_moves_a_lead_is_read_too():
    """Guards name values of leads and of events, and kinds; acts of ours and a bonus are kinds as well."""
    reads = reads_of(loads(MOVES))
    assert reads.of_lead == {"country": (("in", "ES"), ("in", "MX"))}
    assert reads.of_event == {"page": (("starts_with", "/pricing"),)}
    assert reads.kinds == (
        "visita", "email_reply", "call_answered", "download", "page_view", "demo", "came_back",
    )  # fmt: skip
    assert reads_of(loads(MOVES).model).kinds == ("demo",)


def test_kinds_of_the_lifecycle_that_is_shipped_are_no_kinds_of_a_playbook():
    """A playbook that says nothing of how a lead moves names no act of ours."""
    assert reads_of(loads('schema = 1\nname = "x"\nversion = "1"\n')).kinds == ()
