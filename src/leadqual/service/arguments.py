"""Arguments that are something else than they should be: said before a store is asked for anything."""

from typing import Any

from leadqual.errors import InputRefused, Problem, kind_of
from leadqual.hints import did_you_mean
from leadqual.texts import word_problem

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
    what = f"a whole number from 1 to {most:,} was expected"
    raise InputRefused([Problem(where=where, what=what, got=value, hint="Do the rest with another call.")])


def check_word(value: Any, where: str) -> None:
    """Refuse what is no id.

    Args:
        value: What should be one.
        where: Its name.

    Raises:
        InputRefused: If it is none.
    """
    problems = list(word_problem(value, where))
    if problems:
        raise InputRefused(problems)


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
