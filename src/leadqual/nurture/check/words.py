"""Checks that several tables of nurturing share: names, conditions, lists of tables."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from leadqual.axis import container_problems
from leadqual.conditions.bind import bind
from leadqual.conditions.leafcheck import Scope
from leadqual.errors import Problem, shown
from leadqual.fold import normal
from leadqual.texts import word_problem

LONGEST_NAME = 64
"""Characters of the name of a sequence, a step, content, a persona, a need or an arm."""
_Part = TypeVar("_Part")


def name_problem(name: object, where: str) -> Iterator[Problem]:
    """Yield the problem of a name that identifies something for good: a text, not too long, without a colon.

    Args:
        name: What came.
        where: Its path.

    >>> [problem.hint for problem in name_problem("step:1", "sequences.welcome.steps[0].name")]
    ['Leave out the colon; keys of touches are put together with it.']
    """
    found = list(word_problem(name, where))
    yield from found
    if found or not isinstance(name, str):
        return
    if ":" in name:
        hint = "Leave out the colon; keys of touches are put together with it."
        yield Problem(where=where, what="the name cannot be used", got=name, hint=hint)
    if len(name) > LONGEST_NAME:
        hint = f"Write at most {LONGEST_NAME} characters."
        yield Problem(where=where, what="the name is too long", got=name, hint=hint)


def table_problems(parts: object, expected: type[Any], where: str) -> Iterator[Problem]:
    """Yield what is wrong with a table of parts under names: its names, and what is no such part.

    Args:
        parts: What came.
        expected: The class of a part.
        where: Path of the table.
    """
    yield from container_problems([(where, parts, dict)])
    seen: set[str] = set()
    for name, part in parts.items() if isinstance(parts, Mapping) else ():
        place = f"{where}.{name if isinstance(name, str) else shown(name)}"
        named = list(name_problem(name, place))
        yield from named
        if not named and normal(name) in seen:
            hint = "Name it once; accents may be typed in two ways that look the same."
            yield Problem(where=place, what="the name comes twice", got=name, hint=hint)
        elif not named:
            seen.add(normal(name))
        yield from container_problems([(place, part, expected)])


def sound_parts(parts: object, expected: type[_Part]) -> dict[str, _Part]:
    """Return the parts of a table that are of their class, under names that are texts."""
    named = parts.items() if isinstance(parts, Mapping) else ()
    return {name: part for name, part in named if isinstance(name, str) and isinstance(part, expected)}


def items_of(value: object) -> tuple[Any, ...]:
    """Return what should be a list, empty if it is none."""
    return value if isinstance(value, tuple) else ()


def condition_problems(condition: object, scope: Scope, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a condition, if there is one.

    Args:
        condition: What came; nothing is right too.
        scope: What it may read.
        where: Its path.
    """
    if condition is not None:
        yield from bind(condition, scope, where)[1]


def flag_problem(value: object, where: str) -> Iterator[Problem]:
    """Yield the problem of what should be true or false."""
    if type(value) is not bool:
        yield Problem(where=where, what="true or false was expected", got=value, hint="Write true or false.")
