"""What every input is checked for."""

from collections.abc import Iterable, Iterator
from typing import Any

from leadqual.calendar import utc
from leadqual.errors import InputRefused, Problem
from leadqual.texts import word_problem


def instant(at: Any) -> Any:
    """Return an instant in UTC, or ``None`` if none is given.

    Args:
        at: An aware datetime.

    Raises:
        InstantError: If it is no instant.
    """
    return None if at is None else utc(at, "at")


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse an input if something is wrong with it.

    Args:
        problems: What is wrong.

    Raises:
        InputRefused: With every problem, if there is one.
    """
    found = list(problems)
    if found:
        raise InputRefused(found)


def words(**given: object) -> Iterator[Problem]:
    """Yield what is wrong with texts that may be left out.

    Args:
        given: The texts by the names of their fields.
    """
    for name, word in given.items():
        yield from word_problem(word, name, optional=True)
