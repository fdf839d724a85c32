"""Stories: told day by day, immutable, and plain about what differs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from leadqual.errors import EventError, LeadError, ProblemsError, UnknownName
from leadqual.interest import Interest, InterestRule
from leadqual.playbook import ExampleEvent, Expectation, check_examples, loads
from leadqual.scoring import ScoringModel
from leadqual.testing import Story, story

PLAYBOOK = loads("""
schema = 1
name = "small"
version = "1"
[attributes]
job_title = "text"
employees = "integer"
[properties]
asset = "text"
page = "text"
source_form = "text"
[fit]
[[fit.criteria]]
name = "boss"
when = { field = "job_title", op = "eq", value = "CEO" }
points = 25
[[fit.gates]]
reason = "rival"
when = { field = "email", op = "domain_in", value = ["rival.example"] }
[fit.grades]
A = 20
B = 0
[interest]
decay = { linear = 10 }
[[interest.rules]]
event = "form"
points = 4
[[interest.rules]]
event = "page_view"
when = { field = "page", op = "starts_with", value = "/pricing" }
points = 5
[[interest.rules]]
event = ["download", "fichero"]
points = 2
[interest.levels]
1 = 8
2 = 0
[qualify.mql]
when = { all = [{ field = "fit", op = "ge", value = 20 }, { field = "interest", op = "ge", value = 5 }] }
stay = { field = "interest", op = "ge", value = 1 }
[objectives.cheap]
criteria = { boss = 1 }
""")


LOOSE: Any = story


def _boss(**more: Any) -> Story:
    return story(PLAYBOOK, **more).lead(job_title="CEO")


def _failure(told: Story, **expected: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        told.expect(**expected)
    return str(caught.value)


def test_story_goes_on_from_one_expectation_to_the_next():
    """Forms, pages and other events are told in one chain, with what should hold on the way."""
    told = _boss().form(day=0).expect(interest=4, qualifies=set())
    told = told.page("/pricing", day=3).expect(label="A2", interest=Decimal("7.80"), qualifies={"mql"})
    told = told.event("download", day=5, times=2, asset="guide").expect(interest=10, level=1, total=35)
    told.expect(day=15, interest=0, label="A2", qualifies=(), stays=[]).event("form", day=20).expect(interest=4)


def test_story_scores_at_the_end_of_its_last_day():
    """The last event's day counts, whatever is told last; another day may be asked for."""
    told = story(PLAYBOOK).event("form", day=7).event("form", day=2)
    assert told.score().now == datetime(2026, 1, 12, 23, 59, 59, 999999, UTC)
    assert (told.score().interest, told.score(day=2).interest, told.score(day=17).interest) == (6, 4, 0)
    assert told.expect(day=9, interest=Decimal("4.40")).score().interest == Decimal("4.40")
    assert story(PLAYBOOK, start=date(2024, 2, 28)).form(day=1).score().now.date() == date(2024, 2, 29)


def test_story_is_never_changed():
    """Each step returns a longer story; two stories may share a beginning."""
    begin = _boss().form(day=0)
    one, other = begin.page("/pricing", day=1), begin.event("download", day=1)
    assert (begin.score().interest, one.score(1).interest, other.score(1).interest) == (
        4,
        Decimal("8.60"),
        Decimal("5.60"),
    )
    changed: Any = begin
    with pytest.raises(FrozenInstanceError):
        changed.more = 1


def test_story_knows_the_lead_by_what_was_told_last():
    """Attributes and fields of a lead may be told at any time, changed, and taken back."""
    told = story(PLAYBOOK, lead={"job_title": "CTO", "email": "x@rival.example"}).form()
    told.expect(fit=0, gate="rival").lead(job_title="CEO", email=None).expect(fit=25)
    told.lead(job_title="CEO").expect(fit=25, gate="rival", qualifies=(), stays=()).lead(job_title=None).expect(
        grade="-"
    )


def test_failed_expectation_shows_what_differs_and_the_ledger():
    """The message is the difference, line by line, and then the score's own explanation."""
    told = _boss().page("/pricing", day=3)
    message = _failure(told, label="B2", interest=5, qualifies={"mql"}, total=1, stays=())
    assert message == (
        "The score at the end of day 3 is not what was expected.\n"
        "  label: B2 was expected, A2 came\n"
        "  total: 1 was expected, 30.00 came\n"
        "  stays: no bar was expected, mql came\n"
        "\n"
        f"{told.score().explain()}"
    )
    assert "  boss  " in message


def test_failed_expectation_names_kinds_that_no_rule_names():
    """An act that earns nothing because of its name is pointed at; under a rule for any kind it does count."""
    told = _boss().event("newsletter", day=1).event("call", by="us").form()
    assert "  No rule names what was told as: call, newsletter\n" in _failure(told, interest=4)
    any_kind = ScoringModel(interest=Interest(rules=[InterestRule(event="*", points=1)]))
    assert "No rule names" not in _failure(story(any_kind).event("newsletter"), interest=4)


def test_kind_that_looks_like_a_slip_brings_a_warning():
    """A kind one letter off a known one is told as it is written, and warned of; other unknown kinds are let pass."""
    for slip in ("dowload", "downlaod", "page_views", "Download"):
        with pytest.warns(UserWarning, match=f"No rule names the kind '{slip}'. Did you mean") as caught:
            assert story(PLAYBOOK).event(slip).score().interest == 0
        assert caught[0].filename == __file__
    assert story(PLAYBOOK).event("call").event("email_open").score().interest == 0


def test_acts_of_ours_are_told_as_such():
    """`by` tells whose act it was."""
    score = story(PLAYBOOK).event("call", day=0, by="us").event("form", day=4).score(day=6)
    assert (score.days_since_contact, score.days_since_activity) == (6, 2)


def test_kinds_of_forms_and_pages_may_be_others():
    """A playbook that calls them otherwise says so once."""
    told = story(PLAYBOOK, form="download", page="fichero", page_property="asset").form(day=0, source_form="demo")
    events = told.page("/guide", day=1, times=2, page="/x").example("x").events
    assert [(event.kind, event.times, event.properties) for event in events] == [
        ("download", 1, {"source_form": "demo"}),
        ("fichero", 2, {"asset": "/guide", "page": "/x"}),
    ]


def test_story_may_go_on_from_an_example():
    """Events that were made elsewhere are told as they are."""
    first = _boss().form(day=1).example("x")
    again = story(PLAYBOOK, lead=first.lead).tell(*first.events, ExampleEvent(kind="form", day=2))
    again.expect(interest=Decimal("7.60"))


def test_story_is_scored_under_an_objective():
    """The same story can be told to several models."""
    told = _boss().form()
    told.expect(fit=25).under("cheap").expect(fit=1).under(None).expect(fit=25)
    _boss(objective="cheap").expect(fit=1)
    assert told.under("cheap").example("x").objective == "cheap"


def test_story_takes_a_model_too():
    """What is built in Python needs no document."""
    model = ScoringModel(interest=Interest(rules=[InterestRule(event="form", points=3)]))
    story(model).form().form(day=1).expect(interest=6, total=6)


@pytest.mark.parametrize(
    ("tell", "error", "message"),
    [
        (lambda s: s.lead(job_tilte="CEO"), LeadError, r"^lead.job_tilte: unknown attribute .* `job_title`"),
        (lambda s: s.lead(employees="many"), LeadError, r"^lead.employees: a whole number was expected \(got str\)"),
        (lambda s: s.lead(acquisition="in"), LeadError, r"^lead.acquisition: a known word was expected"),
        (lambda s: s.event("form", aset="x"), EventError, r"^events\[0\].properties.aset: .* Did you mean `asset`"),
        (lambda s: s.form().form(asset=3), EventError, r"^events\[1\].properties.asset: a text was expected"),
        (lambda s: s.event("form", day=-1), EventError, r"^events\[0\].day: the number is out of range"),
        (lambda s: s.event("form", times=0), EventError, r"^events\[0\].times: the number is out of range"),
        (lambda s: s.event("form", by="me"), EventError, r"^events\[0\].by: whose act"),
        (lambda s: s.event(""), EventError, r"^events\[0\].kind: a text was expected"),
        (lambda s: s.event(3), EventError, r"^events\[0\].kind: a text was expected"),
        (lambda s: s.page(3), EventError, r"^events\[0\].properties.page: a text was expected"),
        (lambda s: s.tell("form"), EventError, r"^events\[0\]: an event was expected"),
        (lambda s: s.event("form", times=600).event("form", times=600), EventError, r"^events: at most 1,000 events"),
        (lambda s: s.under("chaep"), UnknownName, r"^objective: unknown objective .* Did you mean `cheap`"),
        (lambda s: s.score(day=-1), ProblemsError, r"^day: the number is out of range"),
        (lambda s: s.expect(day="x", fit=1), ProblemsError, r"^day: a number was expected"),
        (lambda s: s.expect(), ProblemsError, r"^expect: the example expects nothing"),
        (lambda s: s.expect(level=0), ProblemsError, r"^expect.level: the number is out of range"),
        (lambda s: s.expect(fit=0.5), ProblemsError, r"^expect.fit: an exact number was expected"),
        (lambda s: s.expect(qualifies="mql"), ProblemsError, r"^expect.qualifies: a list of bars was expected"),
        (lambda s: s.expect(qualifies={"mlq"}), UnknownName, r"^expect.qualifies: .* no such bar .* `mql`"),
        (lambda s: s.expect(stays=["sql"]), UnknownName, r"^expect.stays: the playbook has no such bar \(got 'sql'"),
        (lambda s: s.example(""), ProblemsError, r"^name: a text was expected"),
        (lambda _: story(PLAYBOOK, objective="x"), UnknownName, r"^objective: unknown objective .* Known: cheap"),
        (lambda _: story(PLAYBOOK, lead={"x": 1}), LeadError, r"^lead.x: unknown attribute"),
        (lambda _: LOOSE(PLAYBOOK, start="soon"), ProblemsError, r"^start: a date was expected"),
        (lambda _: LOOSE("play.toml"), ProblemsError, r"^playbook: a playbook was expected"),
    ],
)  # fmt: skip
def test_wrong_story_is_refused_where_it_is_told(tell, error, message):
    """A slip in a name or a value is an error of its own, with a hint, and no failed expectation."""
    with pytest.raises(error, match=message) as caught:
        tell(story(PLAYBOOK))
    assert type(caught.value) is error


def test_bars_of_a_playbook_without_any_are_refused():
    """Nobody expects a bar that cannot be reached."""
    with pytest.raises(UnknownName, match="It has none"):
        story(ScoringModel()).expect(qualifies={"mql"})
    story(ScoringModel()).expect(qualifies=set())


def test_story_becomes_an_example_of_the_playbook():
    """What a test found can be signed: the example holds, and survives the document."""
    told = _boss().form(day=0).page("/pricing", day=3).expect(day=4, label="A2", qualifies={"mql"})
    example = told.example("A boss reads prices")
    assert (example.day, example.expect) == (4, Expectation(label="A2", qualifies=("mql",)))
    playbook = loads(evolve(PLAYBOOK, examples=[example]).to_json())
    assert playbook.examples == (example,)
    assert check_examples(playbook) == ()


def test_story_of_which_nothing_is_expected_becomes_an_example_of_what_is():
    """Without a word since the last event, the example holds the score as it is."""
    told = _boss().form(day=0).expect(interest=4).form(day=1)
    example = told.example("Two forms")
    assert (example.expect.label, example.expect.total, example.expect.qualifies) == ("A2", Decimal("32.60"), ("mql",))
    assert example.expect.interest is None
    assert story(ScoringModel()).example("nothing").expect.label is None


def test_story_shows_nothing_of_its_lead():
    """A story in a log is a count and a day; a message holds no address."""
    told = story(PLAYBOOK, lead={"email": "ana@rival.example", "job_title": "Belmonte"}).form(day=2)
    assert repr(told) == "<Story of 1 events to day 2>"
    assert "ana" not in _failure(told, fit=3)
    assert "Belmonte" not in _failure(told, fit=3)
