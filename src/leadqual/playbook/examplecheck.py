"""What is wrong with how an example is told; whether it holds is another question."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import asdict, evolve

from leadqual.axis import container_problems
from leadqual.errors import EventError, LeadError, Problem
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.lead import Lead
from leadqual.playbook.examples import Example, ExampleEvent, Expectation
from leadqual.playbook.stories import OF_LEAD, lead_parts, properties_of
from leadqual.points import bound_problem, number_problem
from leadqual.scoring.model import ScoringModel
from leadqual.texts import word_problem

MOST_EXAMPLES: Final = 1_000
_MOST_DAYS: Final = 3_650
_MOST_TIMES: Final = 1_000
_MOST_EVENTS: Final = 1_000
_TOO_MANY: Final = f"at most {_MOST_EVENTS:,} events are allowed in an example"


def example_problems(
    examples: tuple[Example, ...], model: ScoringModel | None, objectives: Mapping[str, object]
) -> Iterator[Problem]:
    """Yield what is wrong with how examples are told; whether they hold is another question.

    Args:
        examples: The examples.
        model: The model of the playbook; without one, what the examples say of their leads is not looked at.
        objectives: The names of its objectives.

    Yields:
        Problems in the order of the document.
    """
    if len(examples) > MOST_EXAMPLES:
        hint = "Keep more of them in tests of your own."
        what = f"at most {MOST_EXAMPLES:,} examples are allowed"
        yield Problem(where="examples", what=what, got=len(examples), hint=hint)
        return
    for i, example in enumerate(examples):
        where = f"examples[{i}]"
        if not isinstance(example, Example):
            yield Problem(where=where, what="an example was expected", got=example, hint="Pass an Example.")
            continue
        parts = (
            ("expect", example.expect, Expectation),
            ("lead", example.lead, dict),
            ("events", example.events, tuple),
        )
        wrong = list(container_problems((f"{where}.{name}", part, kind) for name, part, kind in parts))
        yield from wrong
        yield from word_problem(example.name, f"{where}.name")
        if wrong:
            continue
        if model is not None:
            yield from _lead_problems(example, model, f"{where}.lead")
        yield from _events_problems(example.events, model, f"{where}.events")
        if example.day is not None:
            yield from number_problem(example.day, f"{where}.day", low=0, high=_MOST_DAYS, places=0)
        if example.start is not None and (type(example.start) is not date or not 1970 < example.start.year < 2180):
            hint = "Write a date such as 2026-01-05."
            yield Problem(where=f"{where}.start", what="a date was expected", got=example.start, hint=hint)
        named = example.objective
        if named is not None and not (isinstance(named, str) and normal(named) in objectives):
            hint = did_you_mean(named, objectives) or "The playbook has no objectives."
            yield Problem(where=f"{where}.objective", what="unknown objective", got=named, hint=hint)
        yield from _expectation_problems(example.expect, f"{where}.expect")


def _lead_problems(example: Example, model: ScoringModel, where: str) -> Iterator[Problem]:
    known = (*OF_LEAD, *model.attributes)
    for name in example.lead:
        if name not in known:
            hint = did_you_mean(name, known)
            yield Problem(where=f"{where}.{name}", what="unknown attribute", got=name, hint=hint)
    problems: list[Problem] = []
    own, rest = lead_parts(example, model, problems)
    for fields, attributes in ((own, {}), ({}, rest)):
        try:
            model.profile(Lead(id="example", **fields, attributes=attributes))
        except LeadError as error:
            problems += error.problems
    for problem in problems:
        yield evolve(problem, where=f"{where}.{problem.where.rpartition('.')[2]}")


def _events_problems(events: tuple[object, ...], model: ScoringModel | None, where: str) -> Iterator[Problem]:
    """Yield what is wrong with the events of one example, or that they are too many."""
    if len(events) > _MOST_EVENTS:
        yield Problem(where=where, what=_TOO_MANY, got=len(events), hint="Tell a shorter story.")
        return
    found = [problem for i, event in enumerate(events) for problem in _event_problems(event, model, f"{where}[{i}]")]
    yield from found
    told = 0 if found else sum(int(event.times) for event in events if isinstance(event, ExampleEvent))
    if told > _MOST_EVENTS:
        yield Problem(where=where, what=_TOO_MANY, got=told, hint="Each counts as often as its `times` says.")


def _event_problems(event: object, model: ScoringModel | None, where: str) -> Iterator[Problem]:
    if not isinstance(event, ExampleEvent):
        yield Problem(where=where, what="an event was expected", got=event, hint="Pass an ExampleEvent.")
        return
    yield from word_problem(event.kind, f"{where}.kind")
    yield from number_problem(event.day, f"{where}.day", low=0, high=_MOST_DAYS, places=0)
    yield from number_problem(event.times, f"{where}.times", low=1, high=_MOST_TIMES, places=0)
    if event.by not in ("lead", "us"):
        hint = 'Write "lead" or "us".'
        yield Problem(where=f"{where}.by", what="whose act it is was expected", got=event.by, hint=hint)
    if not isinstance(event.properties, Mapping):
        yield Problem(where=f"{where}.properties", what="a table was expected", got=event.properties, hint="")
        return
    if model is None:
        return
    for name in event.properties:
        if name not in model.properties:
            hint = did_you_mean(name, model.properties, "Declare it under [properties].")
            yield Problem(where=f"{where}.properties.{name}", what="unknown property", got=name, hint=hint)
    try:
        properties_of(event, model)
    except EventError as error:
        yield from (problem.under(where) for problem in error.problems)


_TEXTS: Final = ("label", "grade", "gate")
_NUMBERS: Final = ("fit", "interest", "total")
_BARS: Final = ("mql", "sql")


def _expectation_problems(expect: Expectation, where: str) -> Iterator[Problem]:
    values: dict[str, Any] = asdict(expect, recurse=False)
    given = {name: value for name, value in values.items() if value is not None}
    if not given:
        hint = 'Write what the score should be, such as { label = "B2", qualifies = ["mql"] }.'
        yield Problem(where=where, what="the example expects nothing", got={}, hint=hint)
    for name, value in given.items():
        place = f"{where}.{name}"
        if name in _NUMBERS:
            yield from bound_problem(value, place)
        elif name == "level":
            yield from number_problem(value, place, low=1, high=9, places=0)
        elif name in _TEXTS:
            yield from word_problem(value, place)
        elif not isinstance(value, tuple):
            hint = 'Write a list such as ["mql"], or [] for none.'
            yield Problem(where=place, what="a list of bars was expected", got=value, hint=hint)
        else:
            for i, bar in enumerate(value):
                if bar not in _BARS:
                    yield Problem(where=f"{place}[{i}]", what="unknown bar", got=bar, hint=did_you_mean(bar, _BARS))
