"""Strategies: sound, telling, shrinkable, and imported late."""

import math
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from leadqual import testing
from leadqual.errors import InstantError, ProblemsError
from leadqual.lead import Lead
from leadqual.playbook import Playbook, loads
from leadqual.playbook.shapes import BESIDE, MODEL, TOP, Keys, Listing, Named
from leadqual.presets import starter_text
from leadqual.testing import bases, documents, event_lists, events, leads, playbooks
from leadqual.testing.reads import reads_of
from leadqual.testing.strategies import ANYONE, NOW

STARTER = loads(starter_text())
SOURCES = Path(__file__).resolve().parents[2] / "src"
LOOSE: Any = testing
_QUIET = list(HealthCheck)


def drawn(strategy: Any, number: int = 300) -> list[Any]:
    """Return so many values of a strategy, always the same ones."""
    found: list[Any] = []

    @settings(max_examples=number, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=_QUIET)  # fmt: skip
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    draw()
    return found


def smallest(strategy: Any, condition: Callable[[Any], bool]) -> Any:
    """Return what a value with a condition shrinks to."""
    steady = settings(max_examples=2_000, derandomize=True, database=None, deadline=None, suppress_health_check=_QUIET)
    return find(strategy, condition, settings=steady)


def scored(lead: Any) -> Any:
    """Return the starter's score of a lead without events."""
    return STARTER.model.score(lead, now=NOW)


@pytest.fixture(scope="module")
def some_leads() -> list[Lead]:
    """Leads for the starter."""
    return drawn(leads(STARTER), 1_000)


@pytest.fixture(scope="module")
def some_events() -> list[Any]:
    """Events of one lead for the starter, in lists."""
    return drawn(event_lists(STARTER), 1_500)


def test_leads_meet_every_grade_gate_and_line_of_fit(some_leads):
    """Values are drawn around what the playbook compares, so that each of its parts is met."""
    scores = [scored(lead) for lead in some_leads]
    assert {score.grade for score in scores} == {"A", "B", "C", "D", "-"}
    assert {gate for score in scores for gate in score.gates} == {"own_domain", "competitor"}
    met = {line.where for score in scores for line in score.lines if line.axis == "fit"}
    parts = [f"criteria[{i}]" for i in range(3)] + [f"tables[{i}]" for i in range(4)]
    assert {f"fit.{part}" for part in parts} | {"fit.groups.seniority"} <= met


def test_leads_lie_on_both_sides_of_every_end(some_leads):
    """A band that ends at 10, 50 or 1,000 is met just below it, at it and just above it."""
    sizes = {lead.attributes.get("employees") for lead in some_leads}
    assert {end + step for end in (10, 50, 1000) for step in (-1, 0, 1)} <= sizes
    titles = {lead.attributes.get("job_title") for lead in some_leads}
    words = {word for _, word in reads_of(STARTER).of_lead["job_title"]}
    assert words & titles
    misses = {miss for word in words for miss in (word.lower(), word.upper(), f"{word}s", f"a {word}", f"({word})")}
    assert len((misses - words) & titles) >= 5


def test_leads_are_missing_things_in_every_way(some_leads):
    """Nothing at all, nothing known, an empty text; and attributes that nobody declared."""
    assert any(not lead.attributes for lead in some_leads)
    values = [value for lead in some_leads for value in lead.attributes.values()]
    assert None in values
    assert "" in values
    assert any("undeclared" in lead.attributes for lead in some_leads)
    assert any(lead.since for lead in some_leads)
    assert any(lead.merged_ids for lead in some_leads)
    assert any(lead.created_at for lead in some_leads)
    assert {lead.id for lead in some_leads} == {"L1"}


def test_events_meet_every_rule_and_level(some_events):
    """Every rule has something to count, and every level is reached."""
    scores = [STARTER.model.score(ANYONE, events, now=NOW) for events in some_events]
    met = {line.where for score in scores for line in score.lines}
    assert {f"interest.rules[{i}]" for i in range(len(STARTER.model.interest.rules))} <= met
    assert {score.level for score in scores} == {1, 2, 3, 4}


def test_events_lie_on_the_edges_of_days_and_curves(some_events):
    """Some fall on the last day of a curve, on the first instant of a day and on its last, and some come later."""
    ats = [event.at for events in some_events for event in events]
    ages = {(NOW.date() - at.date()).days for at in ats}
    assert {0, 1, 29, 30, 44, 45, 59, 60, 89, 90, 91} <= ages
    assert {at.time() for at in ats} >= {NOW.time(), NOW.time().min, NOW.time().max}
    assert any(at > NOW for at in ats)


def test_events_are_of_both_sides_several_sources_and_now_and_then_told_twice(some_events):
    """What real streams have; an id never names two contents."""
    every = [event for events in some_events for event in events]
    assert {event.by for event in every} == {"lead", "us"}
    assert {event.source for event in every} == {"", "crm"}
    assert "something_else" in {event.kind for event in every}
    assert any(len(set(map(repr, events))) < len(events) for events in some_events)
    for events_ in some_events:
        contents = {(event.key, repr(event), tuple(event.properties)) for event in events_}
        assert len({key for key, _, _ in contents}) == len(contents)
    assert max(map(len, some_events)) <= 13


def test_events_of_a_lead_meet_its_since_and_its_merged_ids():
    """The instant at which a lead starts anew is met exactly and just missed."""
    since = datetime(2026, 9, 3, 4, 5, tzinfo=UTC)
    lead = Lead(id="A", merged_ids=("B",), since=since)
    found = drawn(events(STARTER, lead=lead), 300)
    assert {since, since - timedelta(microseconds=1)} <= {event.at for event in found}
    assert {event.lead_id for event in found} == {"A", "B"}


def test_values_of_every_type_are_near_misses_too():
    """Numbers beside a bound, days beside a date, lists with one more text, texts with other accents."""
    book = loads("""
    schema = 1
    name = "x"
    version = "1"
    attributes = { n = "number", d = "date", t = "list", a = "text", i = "instant", b = "boolean" }
    [fit]
    criteria = [
        { when = { field = "n", op = "ge", value = 0.5 }, points = 1 },
        { when = { field = "d", op = "eq", value = "2024-02-29" }, points = 1 },
        { when = { field = "t", op = "has_all", value = ["Técnico", "b"] }, points = 1 },
        { when = { field = "a", op = "eq", value = "Técnico" }, points = 1 },
        { when = { field = "i", op = "lt", value = "2026-01-01T00:00:00Z" }, points = 1 },
        { when = { field = "b", op = "eq", value = true }, points = 1 },
    ]
    """)
    found = drawn(leads(book), 600)
    values: dict[str, list[Any]] = {}
    for lead in found:
        for name, value in lead.attributes.items():
            values.setdefault(name, []).append(value)
    assert {0.5, math.nextafter(0.5, 0), math.nextafter(0.5, 1)} <= set(values["n"])
    assert any(isinstance(value, float) and math.isnan(value) for value in values["n"])
    assert {datetime(2024, 2, day, tzinfo=UTC).date() for day in (28, 29)} <= set(values["d"])
    assert ["Técnico", "b"] in values["t"]
    assert [] in values["t"]
    assert {"Técnico", "técnico", "TÉCNICO", "Tecnico", "Te\u0301cnico"} <= set(values["a"])
    edge = datetime(2026, 1, 1, tzinfo=UTC)
    assert {edge, edge - timedelta(microseconds=1)} <= set(values["i"])
    assert {True, False, None} <= set(values["b"])
    assert {book.model.score(lead, now=NOW).fit for lead in found} >= set(range(5))


def test_leads_shrink_to_what_matters():
    """The smallest lead with a lot of fit holds nothing that could be left out, in the playbook's own words."""
    lead = smallest(leads(STARTER), lambda lead: scored(lead).fit >= 40)
    assert scored(lead).fit >= 40
    for name in lead.attributes:
        rest = {other: value for other, value in lead.attributes.items() if other != name}
        assert scored(Lead(id="L1", attributes=rest)).fit < 40
    assert set(map(str, lead.attributes.values())) <= {"CEO", "IT", "business", "ES", "10", "50"}
    assert lead == Lead(id="L1", attributes=lead.attributes)


def test_events_shrink_to_the_fewest():
    """The smallest stream with three points of interest is one event, of today, with what it needs."""
    found = smallest(event_lists(STARTER), lambda events: STARTER.model.score(ANYONE, events, now=NOW).interest >= 5)
    (event,) = found
    assert NOW.date() == event.at.date()
    assert (event.by, event.source) == ("lead", "")
    assert not event.properties


@settings(max_examples=30)
@given(playbooks(), st.data())
def test_whatever_is_drawn_is_scored(playbook, data):
    """Bases drawn for any playbook are scored by it, under every objective, from events and from tallies alike."""
    base = data.draw(bases(playbook))
    assert len({lead.id for lead in base.leads}) == len(base.leads) <= 3
    assert sum(len(base.events_of(lead)) for lead in base.leads) == len(base.events)
    for model in (playbook.model, *playbook.models.values()):
        for lead in base.leads:
            own = base.events_of(lead)
            score = model.score(lead, own, now=base.now, flagged=base.flagged)
            known = [event for event in own if event.at <= base.now]
            assert model.score(lead, model.tally(known, lead=lead, flagged=base.flagged), now=base.now) == score


def test_bases_have_several_leads_and_flagged_events():
    """None, one or several leads, and some events that are flagged."""
    found = drawn(bases(STARTER, most_leads=4, most_events=3), 150)
    assert {len(base.leads) for base in found} == {0, 1, 2, 3, 4}
    assert any(base.flagged for base in found)
    assert any(base.events_of(lead) for base in found for lead in base.leads)
    assert any(lead.merged_ids for base in found for lead in base.leads)


def _keys(shape: Any, where: str) -> Iterator[str]:
    """Yield the path of every key that a shape allows, without the names that users choose."""
    if isinstance(shape, Keys):
        for name in (*shape.names, *shape.short, *shape.single):
            yield f"{where}.{name}"
            yield from _keys(shape.nested.get(name), f"{where}.{name}")
    if isinstance(shape, Listing | Named):
        yield from _keys(shape.part, f"{where}[]")


def _used(shape: Any, data: Any, where: str) -> Iterator[str]:
    """Yield the path of every key that a document uses."""
    if isinstance(shape, Keys) and isinstance(data, Mapping):
        for name, part in data.items():
            yield f"{where}.{name}"
            yield from _used(shape.nested.get(name), part, f"{where}.{name}")
    if isinstance(shape, Named) and isinstance(data, Mapping):
        for part in data.values():
            yield from _used(shape.part, part, f"{where}[]")
    if isinstance(shape, Listing):
        for part in data:
            yield from _used(shape.part, part, f"{where}[]")


def test_documents_use_every_table_and_key():
    """A reader or writer of playbooks that is tested with them meets all that there is, scorers apart."""
    shapes = {**MODEL, **BESIDE}
    missed = {key for name, shape in shapes.items() for key in _keys(shape, name)} | {*TOP}
    for document in drawn(documents(), 1_200):
        missed -= {*document}
        missed -= {key for name, part in document.items() for key in _used(shapes.get(name), part, name)}
    assert missed == {"fit.scorers", "interest.scorers"}


def test_documents_hold_what_json_and_toml_can_hold():
    """Texts, numbers, booleans, lists and tables: no dates, no doubles, nothing else."""
    from decimal import Decimal

    def plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(part) for key, part in value.items())
        return all(map(plain, value)) if isinstance(value, list) else type(value) in (str, int, bool, Decimal)

    assert all(map(plain, drawn(documents(), 50)))


def test_playbooks_are_playbooks():
    """They have objectives, examples, bars and curves, and shrink to a small one."""
    found = drawn(playbooks(), 100)
    assert all(isinstance(playbook, Playbook) for playbook in found)
    assert {len(playbook.models) for playbook in found} == {0, 1, 2, 3}
    assert any(playbook.objectives[name].based_on for playbook in found for name in playbook.objectives)
    least = smallest(documents(), lambda document: len(document["objectives"]) == 1)
    assert len(least["interest"]["rules"]) == 1
    assert not least["fit"]["criteria"] + least["examples"]


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: LOOSE.leads("x"), ProblemsError, "a playbook was expected"),
        (lambda: leads(STARTER, now=NOW.replace(tzinfo=None)), InstantError, "now: the instant has no zone"),
        (lambda: event_lists(STARTER, most=-1), ProblemsError, "most: the number is out of range"),
        (lambda: LOOSE.bases(STARTER, most_leads=1.5), ProblemsError, "most_leads: an exact number"),
        (lambda: LOOSE.bases(STARTER, most_events="x"), ProblemsError, "most_events: a number was expected"),
    ],
)
def test_wrong_arguments_are_refused_at_once(make, error, message):
    """What is wrong is told where the strategy is made, not where it is drawn from."""
    with pytest.raises(error, match=message):
        make()


def _run(code: str) -> str:
    path = f"import sys; sys.path.insert(0, {str(SOURCES)!r})"
    done = subprocess.run([sys.executable, "-c", f"{path}\n{code}"], capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


def test_importing_the_strategies_does_not_import_hypothesis():
    """Stories and synthetic bases work where Hypothesis is not installed, and cost nothing where it is."""
    assert _run("import leadqual.testing, leadqual.testing.strategies; print('hypothesis' in sys.modules)") == "False\n"


@pytest.mark.parametrize(
    "call",
    [
        "leads(ScoringModel())",
        "events(ScoringModel())",
        "event_lists(ScoringModel())",
        "bases(ScoringModel())",
        "documents()",
        "playbooks()",
        "check_interest_scorer(Visits())",
    ],
)
def test_missing_hypothesis_is_told_with_what_to_install(call):
    """Without Hypothesis, every strategy and check says how to get it."""
    code = (
        "sys.modules['hypothesis'] = None\n"
        "from attrs import frozen\n"
        "from leadqual import InterestRule, MissingExtra, ScoringModel\n"
        "from leadqual.testing import *\n"
        "@frozen\nclass Visits:\n"
        "    kind = 'acme/visits'\n"
        "    def lower(self): return [InterestRule(event='visit', points=1)]\n"
        f"try: {call}\n"
        "except MissingExtra as error: print(error)\n"
    )
    assert _run(code) == 'Strategies need Hypothesis: pip install "leadqual[testing]"\n'
