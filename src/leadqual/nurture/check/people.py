"""What is wrong with personas and needs."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from leadqual.axis import container_problems
from leadqual.conditions.leafcheck import Scope
from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.fold import normal
from leadqual.lifecycle.check.words import whole_problem, words_problems
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.words import condition_problems, items_of, name_problem, sound_parts, table_problems
from leadqual.nurture.people import Hint, Need, Persona, Sign
from leadqual.points import earned_problem

_MOST_POINTS: Final = 10_000


def persona_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the personas.

    Args:
        table: The nurturing.
    """
    yield from container_problems([("personas", table.personas, tuple)])
    seen: set[str] = set()
    for i, persona in enumerate(items_of(table.personas)):
        where = f"personas[{i}]"
        yield from container_problems([(where, persona, Persona)])
        if not isinstance(persona, Persona):
            continue
        found = list(name_problem(persona.name, f"{where}.name"))
        yield from found
        if not found and normal(persona.name) in seen:
            hint = "Give each persona its own name."
            yield Problem(where=f"{where}.name", what="the name comes twice", got=persona.name, hint=hint)
        elif not found:
            seen.add(normal(persona.name))
        yield from whole_problem(persona.least, f"{where}.least", 0, 100)
        yield from _sign_problems(persona.signs, where, table.of_lead)


def _sign_problems(signs: object, where: str, scope: Scope) -> Iterator[Problem]:
    yield from container_problems([(f"{where}.signs", signs, tuple)])
    if signs == ():
        hint = "Add when = { … }, or several signs with their points."
        yield Problem(where=f"{where}.signs", what="nothing speaks for the persona", got=signs, hint=hint)
    for i, sign in enumerate(islice(items_of(signs), MOST_PROBLEMS)):
        place = f"{where}.signs[{i}]"
        yield from container_problems([(place, sign, Sign)])
        if not isinstance(sign, Sign):
            continue
        if sign.when is None:
            hint = 'Write a table such as { field = "title", op = "contains", value = "chief" }.'
            yield Problem(where=f"{place}.when", what="a condition was expected", got=sign.when, hint=hint)
        yield from condition_problems(sign.when, scope, f"{place}.when")
        found = list(earned_problem(sign.points, f"{place}.points"))
        yield from found
        if not found and sign.points <= 0:
            hint = "Write more than 0; what speaks against somebody is a sign of another persona."
            yield Problem(where=f"{place}.points", what="a sign says something", got=sign.points, hint=hint)


def need_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the needs.

    Args:
        table: The nurturing.
    """
    yield from table_problems(table.needs, Need, "needs")
    for name, need in sound_parts(table.needs, Need).items():
        where = f"needs.{name}"
        found = [
            *words_problems(need.offers, f"{where}.offers"),
            *whole_problem(need.offer_points, f"{where}.offer_points", 1, _MOST_POINTS),
            *whole_problem(need.least, f"{where}.least", 1, _MOST_POINTS),
            *_hint_problems(need.hints, f"{where}.hints", table.of_event),
        ]
        yield from found
        if not found:
            yield from _reach_problem(need, where)


def _hint_problems(hints: object, where: str, scope: Scope) -> Iterator[Problem]:
    yield from container_problems([(where, hints, tuple)])
    for i, hint in enumerate(items_of(hints)):
        place = f"{where}[{i}]"
        yield from container_problems([(place, hint, Hint)])
        if isinstance(hint, Hint):
            yield from kinds_problems(hint.on, f"{place}.on")
            yield from condition_problems(hint.when, scope, f"{place}.when")
            yield from whole_problem(hint.points, f"{place}.points", 1, _MOST_POINTS)


def _reach_problem(need: Need, where: str) -> Iterator[Problem]:
    """Yield the problem of a need that nobody can have: hints add up without end, each offer counts once."""
    most = len(need.offers) * need.offer_points
    if not need.hints and not need.offers:
        hint = "Name the offers that those who want it download, or hints."
        yield Problem(where=where, what="nothing implies the need", got=(), hint=hint)
    elif not need.hints and most < need.least:
        hint = f"Lower it to {most}, name more offers, or add hints."
        yield Problem(where=f"{where}.least", what="all offers together do not reach it", got=need.least, hint=hint)


def kinds_problems(kinds: object, where: str) -> Iterator[Problem]:
    """Yield what is wrong with kinds of acts, of which there must be one.

    Args:
        kinds: What came.
        where: Their path.
    """
    if kinds == ():
        hint = "Name the kinds of acts."
        yield Problem(where=where, what="the list is empty", got=kinds, hint=hint)
    yield from words_problems(kinds, where)
