"""Examples: little stories that a playbook is held to."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from leadqual.errors import EventError, LeadError, ModelError, UnknownName
from leadqual.playbook import Example, ExampleEvent, Expectation, Playbook, check_examples, loads, run_example
from leadqual.playbook.examplecheck import MOST_EXAMPLES
from leadqual.playbook.stories import events_of, lead_of, summary_of

HEAD = """\
schema = 1
name = "small"
version = "1"
day_starts = "-06:00"
[attributes]
job_title = "text"
employees = "integer"
founded = "date"
seen = "instant"
tags = "list"
[properties]
asset = "text"
slot = "instant"
due = "date"
[fit]
[[fit.criteria]]
name = "boss"
when = { field = "job_title", op = "eq", value = "CEO" }
points = 25
[[fit.criteria]]
when = { field = "founded", op = "ge", value = "2020-01-01" }
points = 2
[[fit.criteria]]
when = { field = "channel", op = "eq", value = "website" }
points = 0.5
[[fit.gates]]
reason = "rival"
when = { field = "email", op = "domain_in", value = ["rival.example"] }
[fit.grades]
A = 20
B = 0
[interest]
decay = { linear = 10 }
[[interest.rules]]
event = "download"
points = 10
distinct_by = "asset"
[interest.levels]
1 = 10
2 = 0
[qualify.mql]
when = { all = [{ field = "fit", op = "ge", value = 20 }, { field = "interest", op = "ge", value = 5 }] }
stay = { field = "interest", op = "ge", value = 1 }
[objectives.cheap]
criteria = { boss = 1 }
"""
PLAYBOOK = loads(HEAD)
TOLD = """
[[examples]]
name = "A boss who downloads"
lead = { job_title = "CEO", founded = 2024-02-29, channel = "website" }
events = [{ kind = "download", day = 1, properties = { asset = "guide" } }, { kind = "download", day = 5 }]
day = 6
expect = { label = "A1", grade = "A", level = 1, fit = 27.5, interest = 14, total = 41.50, qualifies = ["mql"] }
"""


def _problems(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        loads(HEAD + text)
    return [(problem.where, problem.what, problem.hint) for problem in caught.value.problems]


def _tell(expect: Expectation | None = None, *, playbook: Playbook = PLAYBOOK, **more: Any) -> Any:
    return run_example(playbook, Example(name="x", expect=expect or Expectation(total=0), **more))


def test_example_that_holds_is_no_problem():
    """Every value that is named is compared, exactly."""
    playbook = loads(HEAD + TOLD)
    assert check_examples(playbook) == ()
    assert check_examples(PLAYBOOK) == ()


def test_example_that_contradicts_the_playbook_says_where_and_what_came():
    """Each expectation that is not met is a problem with its path, what came, and the score in few words."""
    text = TOLD.replace('label = "A1"', 'label = "B1"').replace("interest = 14", "interest = 14.01")
    found = [str(problem) for problem in check_examples(loads(HEAD + TOLD + text))]
    assert found == [
        f"examples[1].expect.{slip} A boss who downloads: fit 27.50, interest 14.00, total 41.50, mql. "
        "Change the example, or what earns the points."
        for slip in ("label: B1 was expected (got A1).", "interest: 14.01 was expected (got 14.00).")
    ]


@pytest.mark.parametrize(
    ("expect", "line"),
    [
        ({"grade": "B"}, "expect.grade: B was expected (got A)"),
        ({"level": 2}, "expect.level: 2 was expected (got 1)"),
        ({"fit": 24}, "expect.fit: 24 was expected (got 25.00)"),
        ({"total": Decimal("35.1")}, "expect.total: 35.1 was expected (got 35.00)"),
        ({"qualifies": []}, "expect.qualifies: no bar was expected (got mql)"),
        ({"qualifies": ["sql", "mql"]}, "expect.qualifies: mql, sql was expected (got mql)"),
        ({"stays": ["sql"]}, "expect.stays: sql was expected (got mql)"),
        ({"gate": "rival"}, "expect.gate: rival was expected (got none)"),
    ],
)
def test_expectation_is_compared_with_the_score(expect, line):
    """What is named is looked at, bars as a whole: no other than those named."""
    told = _tell(Expectation(**expect), lead={"job_title": "CEO"}, events=[ExampleEvent(kind="download")])
    assert [str(problem).partition(")")[0] + ")" for problem in told.problems] == [line]


def test_expectation_looks_at_nothing_that_it_does_not_name():
    """An expectation met in what it names is met."""
    bars: dict[str, Any] = {"qualifies": ("mql",), "stays": ["mql"]}
    same: dict[str, Any] = {"label": "A1", "gate": None, "fit": Decimal(25), "interest": 10, **bars}
    story: dict[str, Any] = {"lead": {"job_title": "CEO"}, "events": [ExampleEvent(kind="download")]}
    for name, value in same.items():
        assert _tell(Expectation(**{name: value}), **story).problems == ()


def test_gated_example_never_qualifies():
    """The reason of the gate is what the example may expect."""
    text = """
    [[examples]]
    name = "A rival"
    lead = { job_title = "CEO", email = "x@rival.example" }
    events = [{ kind = "download" }]
    expect = { gate = "rival", qualifies = [], stays = [], label = "A1" }
    """
    assert check_examples(loads(HEAD + text)) == ()


def test_example_is_scored_at_the_end_of_its_day():
    """Day 0 is a Monday of the playbook's own offset; the score is that of the last microsecond of the day."""
    told = _tell(events=[ExampleEvent(kind="download", day=1)])
    assert told.score.now == datetime(2026, 1, 7, 6, tzinfo=UTC) - timedelta(microseconds=1)
    assert told.score.interest == 10
    assert _tell(events=[ExampleEvent(kind="download", day=1)], day=11).score.interest == 0
    assert _tell(events=[ExampleEvent(kind="download", day=1)], day=0).score.interest == 0
    assert _tell().score.now == datetime(2026, 1, 6, 6, tzinfo=UTC) - timedelta(microseconds=1)


def test_example_may_name_the_date_of_its_first_day():
    """A date, or the same as text in JSON, moves the whole story."""
    on = date(2024, 2, 29)
    told = _tell(start=on, events=[ExampleEvent(kind="download", day=1)])
    assert told == _tell(start="2024-02-29", events=[ExampleEvent(kind="download", day=1)])
    assert told.example.start == on
    assert told.score.now.date() == date(2024, 3, 2)
    assert [event.at for event in events_of(told.example, PLAYBOOK.model)] == [datetime(2024, 3, 1, 18, tzinfo=UTC)]


def test_events_of_one_day_come_in_the_order_in_which_they_are_told():
    """Each has an instant of its own, a second after the one before; all of them lie within their day."""
    events = [
        ExampleEvent(kind="a", day=2, times=3),
        ExampleEvent(kind="b", day=0, by="us", properties={"asset": "x"}),
        ExampleEvent(kind="c", day=2),
    ]
    made = events_of(Example(name="x", expect=Expectation(fit=0), events=events), PLAYBOOK.model)
    assert [event.kind for event in sorted(made, key=lambda event: event.at)] == ["b", "a", "a", "a", "c"]
    assert len({event.at for event in made}) == len({event.key for event in made}) == 5
    assert [(event.by, event.properties) for event in made][3:] == [("us", {"asset": "x"}), ("lead", {})]
    assert {PLAYBOOK.model.plans.interest.day(event.at) - 20458 for event in made} == {0, 2}


def test_example_is_scored_under_its_objective():
    """The same story is worth less to another buyer."""
    story: dict[str, Any] = {"lead": {"job_title": "CEO"}, "objective": "cheap"}
    assert _tell(Expectation(fit=1), **story).problems == ()
    with pytest.raises(UnknownName, match="Did you mean `cheap`"):
        _tell(**{**story, "objective": "chaep"})


def test_values_of_an_example_may_be_dates_or_their_texts():
    """TOML has dates, JSON has not: both say the same, and are written the same."""
    story = {
        "founded": date(2024, 2, 29),
        "seen": datetime(2026, 1, 1, tzinfo=UTC),
        "created_at": datetime(2025, 1, 1, tzinfo=UTC),
    }
    texts = {name: value.isoformat() for name, value in story.items()}
    due, slot = date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC)
    told = ExampleEvent(kind="a", properties={"due": due, "slot": slot})
    told_in_texts = ExampleEvent(kind="a", properties={"due": "2026-01-01", "slot": slot.isoformat()})
    one = Example(name="x", expect=Expectation(fit=0), lead=story, events=[told])
    other = Example(name="x", expect=Expectation(fit=0), lead=texts, events=[told_in_texts])
    assert one == other
    read = lead_of(other, PLAYBOOK.model)
    assert read.attributes == {name: story[name] for name in ("founded", "seen")}
    assert read.created_at == story["created_at"]
    assert events_of(other, PLAYBOOK.model)[0].properties == {"due": due, "slot": slot}


def test_values_of_an_example_from_python_are_kept_as_a_document_has_them():
    """Doubles become the decimals that they are written as, tuples lists, and what is missing is left out."""
    lead = {"a": 0.1, "b": ("x",), "c": None, "d": float("nan"), "e": Decimal("NaN"), "f": True, "g": 3}
    kept = Example(name="x", expect=Expectation(fit=0), lead=lead).lead
    assert kept == {"a": Decimal("0.1"), "b": ["x"], "f": True, "g": 3}


def test_examples_are_written_and_read_back():
    """Canonical JSON holds them, with dates as texts, and reads back to an equal playbook."""
    text = TOLD.replace("day = 6", 'day = 6\nstart = 2025-12-31\nobjective = "cheap"').replace("27.5", "27.50")
    playbook = loads(HEAD + text)
    again = loads(playbook.to_json())
    assert again == playbook
    assert again.to_json() == playbook.to_json()
    assert '"founded":"2024-02-29"' in playbook.to_json()
    assert '"start":"2025-12-31"' in playbook.to_json()
    assert loads(HEAD + TOLD).fingerprint != PLAYBOOK.fingerprint
    assert loads(HEAD + TOLD).model == PLAYBOOK.model


FULL = """
[[examples]]
name = ""
start = "monday"
day = 1.5
objective = "chaep"
lead = { job_tilte = "CEO", employees = "many", founded = "2024-02-30", email = 3 }
events = [
    { kind = "", day = -1, times = 0, by = "me", properties = { aset = "x" } },
    { kind = "a", day = 4_000, times = 1_001, properties = { slot = "noon", due = 3 } },
]
expect = { lable = "A1", level = 10, fit = 1.005, gate = "", qualifies = ["mqls"], stays = "mql" }
"""


def test_all_problems_of_an_example_are_told_at_once():
    """Whatever is wrong comes in one error, each with its path and what to write."""
    found = {where: (what, hint) for where, what, hint in _problems(FULL)}
    assert found == {
        "examples[0].expect.lable": ("unknown key", "Did you mean `label`?"),
        "examples[0].name": ("a text was expected", "It must not be empty."),
        "examples[0].lead.job_tilte": ("unknown attribute", "Did you mean `job_title`?"),
        "examples[0].lead.employees": (
            "a whole number was expected",
            "Clean the value, or declare another type in the playbook.",
        ),
        "examples[0].lead.email": ("a text was expected", "Pass a str."),
        "examples[0].lead.founded": (
            "a date such as 2026-01-31 was expected",
            "Clean the value, or declare another type in the playbook.",
        ),
        "examples[0].events[0].kind": ("a text was expected", "It must not be empty."),
        "examples[0].events[0].day": ("the number is out of range", "Write a number from 0 to 3650."),
        "examples[0].events[0].times": ("the number is out of range", "Write a number from 1 to 1000."),
        "examples[0].events[0].by": ("whose act it is was expected", 'Write "lead" or "us".'),
        "examples[0].events[0].properties.aset": ("unknown property", "Did you mean `asset`?"),
        "examples[0].events[1].day": ("the number is out of range", "Write a number from 0 to 3650."),
        "examples[0].events[1].times": ("the number is out of range", "Write a number from 1 to 1000."),
        "examples[0].events[1].properties.slot": (
            "an instant such as 2026-01-31T12:00:00Z was expected",
            "Clean the value, or declare another type in the playbook.",
        ),
        "examples[0].events[1].properties.due": (
            "a date without a time was expected",
            "Clean the value, or declare another type in the playbook.",
        ),
        "examples[0].day": ("the number has too many decimal places", "Write a number from 0 to 3650."),
        "examples[0].start": ("a date was expected", "Write a date such as 2026-01-05."),
        "examples[0].objective": ("unknown objective", "Did you mean `cheap`?"),
        "examples[0].expect.level": ("the number is out of range", "Write a number from 1 to 9."),
        "examples[0].expect.fit": (
            "the number has too many decimal places",
            "Write a number from -1000000 to 1000000 with at most 2 decimal places.",
        ),
        "examples[0].expect.gate": ("a text was expected", "It must not be empty."),
        "examples[0].expect.qualifies[0]": ("unknown bar", "Did you mean `mql`?"),
        "examples[0].expect.stays": ("a list of bars was expected", 'Write a list such as ["mql"], or [] for none.'),
    }


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('lead = { employees = "many" }', "lead.employees", "a whole number was expected"),
        ("lead = { employees = 2.5 }", "lead.employees", "a whole number of 64 bits was expected"),
        ("lead = { job_title = 3 }", "lead.job_title", "a text was expected"),
        ('lead = { tags = "a" }', "lead.tags", "a list of texts was expected"),
        ('lead = { id = "L1" }', "lead.id", "unknown attribute"),
        ('lead = { acquisition = "inbuond" }', "lead.acquisition", "a known word was expected"),
        ('lead = { created_at = "noon" }', "lead.created_at", "an instant such as 2026-01-31T12:00:00Z was expected"),
        ("lead = { created_at = 2026-01-01T10:00:00 }", "lead.created_at",
         "an instant with a zone in 1970 to 2199 was expected"),
        ("lead = { created_at = 3 }", "lead.created_at", "an instant was expected"),
        ("start = 1970-12-31", "start", "a date was expected"),
        ("start = 2180-01-01", "start", "a date was expected"),
        ("start = 2026-01-01T10:00:00Z", "start", "a date was expected"),
        ('start = "2026-13-01"', "start", "a date was expected"),
        ("objective = [1]", "objective", "unknown objective"),
        ("events = [{ day = 1 }]", "events[0]", "`kind` is missing"),
        ('events = [{ kind = "a", asset = "x" }]', "events[0].asset", "unknown key"),
        ('events = [{ kind = "a", times = 600 }, { kind = "b", times = 600 }]', "events",
         "at most 1,000 events are allowed in an example"),
    ],
)  # fmt: skip
def test_wrong_example_is_refused_with_its_path(text, where, what):
    """Each slip names its place in the example."""
    ((path, said, hint),) = _problems(f'[[examples]]\nname = "x"\nexpect = {{ fit = 0 }}\n{text}')
    assert (path, said) == (f"examples[0].{where}", what)
    assert hint


def test_example_needs_a_name_and_something_to_expect():
    """An example that expects nothing shows nothing."""
    assert [line[:2] for line in _problems("[[examples]]\nday = 3")] == [
        ("examples[0]", "`name` is missing"),
        ("examples[0]", "`expect` is missing"),
    ]
    ((where, what, hint),) = _problems('[[examples]]\nname = "x"\nexpect = {}')
    assert (where, what) == ("examples[0].expect", "the example expects nothing")
    assert 'label = "B2"' in hint


def test_problems_of_examples_come_with_those_of_a_broken_model():
    """A wrong model does not hide what is wrong with an example; what hangs on the model waits."""
    broken = HEAD.replace("points = 25", "points = 25_000")
    with pytest.raises(ModelError) as caught:
        loads(broken + '[[examples]]\nname = "x"\nday = -1\nlead = { x = 1 }\n'
              'events = [{ kind = "a", properties = { y = 1 } }]\nexpect = { fit = 1 }')  # fmt: skip
    assert [problem.where for problem in caught.value.problems] == ["fit.criteria[0].points", "examples[0].day"]


def test_examples_built_in_python_are_checked_as_those_of_a_document():
    """What is no example, no event and no table is refused; lists become tuples."""
    fine = Expectation(fit=0)
    three: Any = 3
    half: Any = 0.5
    wrong: Any = [
        3,
        Example(name="x", expect=three, lead=three, events="abc"),
        Example(name="y", expect=fine, events=[3, ExampleEvent(kind="a", properties=three)]),
        Example(name="z", expect=Expectation(level=True, fit=half)),
    ]
    with pytest.raises(ModelError) as caught:
        Playbook(name="x", version="1", model=PLAYBOOK.model, examples=wrong)
    assert [f"{problem.where}: {problem.what}" for problem in caught.value.problems] == [
        "examples[0]: an example was expected",
        "examples[1].expect: an Expectation was expected",
        "examples[1].lead: a table was expected",
        "examples[1].events: a list was expected",
        "examples[2].events[0]: an event was expected",
        "examples[2].events[1].properties: a table was expected",
        "examples[3].expect.level: a number was expected",
        "examples[3].expect.fit: an exact number was expected",
    ]
    assert Playbook(name="x", version="1", model=PLAYBOOK.model, examples=[Example(name="a", expect=fine)]).examples


def test_examples_are_not_endless():
    """A playbook with too many examples, or an example with too many events, is refused in one line."""
    one = Example(name="x", expect=Expectation(fit=0))
    long = Example(name="x", expect=Expectation(fit=0), events=[ExampleEvent(kind="a")] * 1_001)
    for examples, where in (((one,) * (MOST_EXAMPLES + 1), "examples"), ((long,), "examples[0].events")):
        with pytest.raises(ModelError) as caught:
            Playbook(name="x", version="1", model=PLAYBOOK.model, examples=examples)
        assert [problem.where for problem in caught.value.problems] == [where]
    assert len(Playbook(name="x", version="1", model=PLAYBOOK.model, examples=(one,) * MOST_EXAMPLES).examples) == 1000


def test_story_of_ones_own_is_told_with_the_errors_of_leads_and_events():
    """`run_example` takes an example that is in no playbook; what it cannot read is refused as ever."""
    with pytest.raises(LeadError, match=r"lead.seen: an instant such as"):
        _tell(lead={"seen": "yesterday"})
    with pytest.raises(EventError, match=r"properties.slot: an instant such as"):
        _tell(events=[ExampleEvent(kind="a", properties={"slot": "noon"})])
    assert _tell(events=[ExampleEvent(kind="a", properties={"unknown": 1})]).problems == ()


def test_summary_of_a_score_is_one_line():
    """Axes, total and bars, in words."""
    assert summary_of(_tell().score) == "fit 0.00, interest 0.00, total 0.00, no bar"


def test_personal_values_stay_out_of_the_problems():
    """What an example says of its lead is shown by its type alone."""
    with pytest.raises(ModelError) as caught:
        loads(f'{HEAD}[[examples]]\nname = "x"\nexpect = {{ fit = 0 }}\nlead = {{ employees = "Ana Belmonte" }}')
    assert "Belmonte" not in str(caught.value)
