"""Checks of single values: one of several words, whole numbers, lists of words."""

from collections.abc import Collection, Iterator

from leadqual.axis import container_problems
from leadqual.errors import Problem
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.texts import word_problem


def choice_problem(
    value: object, known: Collection[str], where: str, what: str, otherwise: str = ""
) -> Iterator[Problem]:
    """Yield the problem of a word that is none of the known ones.

    Args:
        value: What came.
        known: The words that exist.
        where: Its path.
        what: What to say.
        otherwise: What to do where no known word is close; the known words by default.

    >>> [problem.hint for problem in choice_problem("opne", ("open", "ended"), "kind", "unknown kind")]
    ['Did you mean `open`?']
    """
    if type(value) is not str or value not in known:
        yield Problem(where=where, what=what, got=value, hint=did_you_mean(value, known, otherwise))


def whole_problem(value: object, where: str, low: int, high: int) -> Iterator[Problem]:
    """Yield the problem of what should be a whole number within bounds.

    Args:
        value: What came; booleans and decimals are none.
        where: Its path.
        low: Smallest value allowed.
        high: Largest value allowed.

    >>> [problem.hint for problem in whole_problem(0, "attempts", 1, 100)]
    ['Write a whole number from 1 to 100.']
    """
    hint = f"Write a whole number from {low} to {high}."
    if type(value) is not int:
        yield Problem(where=where, what="a whole number was expected", got=value, hint=hint)
    elif not low <= value <= high:
        yield Problem(where=where, what="the number is out of range", got=value, hint=hint)


def words_problems(
    values: object, where: str, known: Collection[str] | None = None, what: str = ""
) -> Iterator[Problem]:
    """Yield what is wrong with what should be a list of words, each named once.

    Args:
        values: What came.
        where: Its path.
        known: The words that exist; without them any will do, and none at all too.
        what: What to say of a word that does not exist.

    >>> [problem.where for problem in words_problems(("call", "call"), "lifecycle.touches")]
    ['lifecycle.touches[1]']
    >>> [problem.hint for problem in words_problems(("evnt",), "on", ("event", "tick"), "no such trigger")]
    ['Did you mean `event`?']
    """
    yield from container_problems([(where, values, tuple)])
    if known is not None and values == ():
        hint = f"Name at least one: {', '.join(known)}." if known else "Declare one first."
        yield Problem(where=where, what="the list is empty", got=values, hint=hint)
    seen: set[str] = set()
    for i, value in enumerate(values if isinstance(values, tuple) else ()):
        place = f"{where}[{i}]"
        found = list(word_problem(value, place) if known is None else choice_problem(value, known, place, what))
        yield from found
        if not found and normal(value) in seen:
            yield Problem(where=place, what="it is named twice", got=value, hint="Name each once.")
        elif not found:
            seen.add(normal(value))
