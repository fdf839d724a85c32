"""Arguments that are something else than they should be: said before a store is asked for anything."""

from collections.abc import Iterator
from typing import Any, Final

from leadqual.errors import InputRefused, Kind, Problem, kind_of
from leadqual.hints import did_you_mean
from leadqual.texts import word_problem

LONGEST_WORD: Final = 160
"""Characters of an id; whatever they are, they are no more than the 640 bytes that every store keeps in a key."""
_BAD = ("fail", "skip")


def bounded(value: object, where: str, most: int) -> int:
    """Return a whole number from 1 to some bound.

    Args:
        value: What should be one.
        where: Its name.
        most: The bound.

    Raises:
        InputRefused: If it is none.
    """
    if type(value) is int and 1 <= value <= most:
        return value
    what, got = f"a whole number from 1 to {most:,} was expected", value if type(value) is int else kind_of(value)
    raise InputRefused([Problem(where=where, what=what, got=got, hint="Do the rest with another call.")])


def check_word(value: Any, where: str) -> None:
    """Refuse what is no id.

    Args:
        value: What should be one.
        where: Its name.

    Raises:
        InputRefused: If it is none.
    """
    problems = list(word_problem(value, where))
    problems = problems or list(long_problem(value, where))
    if problems:
        raise InputRefused(problems)


def long_problem(word: str | None, where: str) -> Iterator[Problem]:
    """Yield what is wrong with an id that is longer than stores keep.

    Args:
        word: The id.
        where: Its name.
    """
    if word is not None and len(word) > LONGEST_WORD:
        what = f"an id of at most {LONGEST_WORD} characters was expected"
        got = Kind(f"a text of {len(word)} characters")
        yield Problem(where=where, what=what, got=got, hint="Give a digest of it as the id.")


def check_bad(value: object) -> None:
    """Refuse what does not say what becomes of a batch in which something is wrong.

    Args:
        value: What should say so.

    Raises:
        InputRefused: If it does not.
    """
    if not isinstance(value, str) or value not in _BAD:
        hint = did_you_mean(value, _BAD)
        raise InputRefused([Problem(where="bad", what="a known word was expected", got=kind_of(value), hint=hint)])
