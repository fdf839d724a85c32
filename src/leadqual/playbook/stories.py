"""Examples told to the model: what comes out, and whether it is what was expected."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import asdict, frozen

from leadqual.conditions.fieldtypes import LITERALS, READERS, WrongType
from leadqual.errors import EventError, Kind, LeadError, Problem
from leadqual.event import Event
from leadqual.lead import BUILT_IN, Lead
from leadqual.playbook.examples import Example, ExampleEvent, Expectation
from leadqual.scoring.score import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from leadqual.playbook.playbook import Playbook
    from leadqual.scoring.model import ScoringModel

OF_LEAD: Final = (*(name for name in BUILT_IN if name != "id"), "stage")
"""What an example may say of its lead besides the declared attributes."""
START: Final = date(2026, 1, 5)
"""Day 0 of an example that names none: a Monday."""
_EPOCH: Final = date(1970, 1, 1)
_NOON: Final = timedelta(hours=12)
_LEAST: Final = timedelta(microseconds=1)
_ASKED: Final[Mapping[str, Callable[[Score], Any]]] = {
    "label": lambda score: score.label,
    "grade": lambda score: score.grade,
    "level": lambda score: score.level,
    "fit": lambda score: score.fit,
    "interest": lambda score: score.interest,
    "total": lambda score: score.total,
    "qualifies": lambda score: score.qualifies,
    "stays": lambda score: score.stays,
    "gate": lambda score: score.gate,
}


@frozen(kw_only=True)
class Told:
    """An example with what came of it.

    Attributes:
        example: The example.
        score: The score it has.
        problems: Where the score is not what was expected; empty when the example holds.
    """

    example: Example
    score: Score
    problems: tuple[Problem, ...]


def _read(value: object, type_name: str) -> object:
    """Return a value of a document as one of a lead or an event: dates may be written as texts."""
    return LITERALS[type_name](value) if type_name in ("date", "instant") and isinstance(value, str) else value


def lead_parts(example: Example, model: ScoringModel, problems: list[Problem]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields of an example's lead, and its attributes, without those that cannot be read.

    Args:
        example: The example.
        model: Declares the attributes.
        problems: Takes what cannot be read.
    """
    types = {**BUILT_IN, **{name: part.type for name, part in model.attributes.items()}}
    own: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in example.lead.items():
        try:
            read = _read(value, types.get(name, "text"))
        except WrongType as error:
            problems.append(WrongType(error.expected, error.got, name).problem("lead"))
            continue
        if name in OF_LEAD:
            own[name] = read
        elif name not in BUILT_IN:
            rest[name] = read
    return own, rest


def lead_of(example: Example, model: ScoringModel) -> Lead:
    """Return the lead of an example.

    Raises:
        LeadError: If a value is of another type than declared.
    """
    problems: list[Problem] = []
    own, rest = lead_parts(example, model, problems)
    if problems:
        raise LeadError(problems)
    return Lead(id="example", **own, attributes=rest)


def properties_of(event: ExampleEvent, model: ScoringModel) -> dict[str, object]:
    """Return the properties of an event of an example.

    Raises:
        EventError: If a value is of another type than declared.
    """
    values = {}
    problems = []
    for name, value in event.properties.items():
        type_name = model.properties.get(name)
        if type_name is None:
            continue
        try:
            values[name] = _read(value, type_name)
            READERS[type_name](values[name])
        except WrongType as error:
            problems.append(WrongType(error.expected, error.got, name).problem("properties"))
    if problems:
        raise EventError(problems)
    return values


def events_of(example: Example, model: ScoringModel) -> list[Event]:
    """Return the events of an example: at noon of their days, those of one day in the order in which they are told."""
    events: list[Event] = []
    start = _first_day(example)
    for told in example.events:
        noon = model.plans.interest.day_start.at(start + int(told.day)) + _NOON
        properties = properties_of(told, model)
        for _ in range(int(told.times)):
            number = len(events)
            at = noon + number * timedelta(seconds=1)
            by: Literal["us", "lead"] = "us" if told.by == "us" else "lead"
            events.append(
                Event(id=f"e{number}", lead_id="example", kind=told.kind, at=at, properties=properties, by=by)
            )
    return events


def _first_day(example: Example) -> int:
    return ((example.start or START) - _EPOCH).days


def run_example(playbook: Playbook, example: Example) -> Told:
    """Score the lead of an example and compare.

    Args:
        playbook: The playbook.
        example: One of its examples, or another one.

    Returns:
        The score, as of the end of the example's day, and where it is not what was expected.

    Raises:
        EventError: If an event is told with a value of the wrong type.
        LeadError: If the lead is.
        UnknownName: If there is no such objective.
    """
    model = playbook.model_for(example.objective)
    day = example.day
    if day is None:
        day = max((event.day for event in example.events), default=0)
    now = model.plans.interest.day_start.at(_first_day(example) + int(day) + 1) - _LEAST
    score = model.score(lead_of(example, model), events_of(example, model), now=now)
    return Told(example=example, score=score, problems=tuple(unmet(example.expect, score)))


def unmet(expect: Expectation, score: Score) -> Iterator[Problem]:
    """Yield where a score is not what was expected, with paths below ``expect``."""
    for name, expected in asdict(expect, recurse=False).items():
        if expected is None:
            continue
        came = _ASKED[name](score)
        if isinstance(came, Decimal):
            same = came == expected
        elif isinstance(expected, tuple):
            same = frozenset(expected) == came
        else:
            same = came == expected
        if not same:
            what = f"{_said(expected)} was expected"
            hint = "Change the example, or what earns the points."
            yield Problem(where=f"expect.{name}", what=what, got=Kind(_said(came)), hint=hint)


def _bars(names: Any) -> str:
    return ", ".join(sorted(names)) or "no bar"


def _said(value: object) -> str:
    if isinstance(value, tuple | frozenset):
        return _bars(value)
    return "none" if value is None else str(value)


def check_examples(playbook: Playbook) -> tuple[Problem, ...]:
    """Tell every example of a playbook to its model.

    Args:
        playbook: The playbook.

    Returns:
        Where the playbook contradicts its examples, with paths such as ``examples[0].expect.label``; nothing when all
        of them hold.
    """
    problems: list[Problem] = []
    for i, example in enumerate(playbook.examples):
        told = run_example(playbook, example)
        for problem in told.problems:
            summary = f"{example.name}: {summary_of(told.score)}. {problem.hint}"
            where = f"examples[{i}].{problem.where}"
            problems.append(Problem(where=where, what=problem.what, got=problem.got, hint=summary))
    return tuple(problems)


def summary_of(score: Score) -> str:
    """Return a score in a few words.

    Args:
        score: The score.
    """
    return f"fit {score.fit}, interest {score.interest}, total {score.total}, {_bars(score.qualifies)}"
