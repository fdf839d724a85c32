"""What is wrong with the numbers of a lifecycle and with the kinds of acts that it names."""

from collections.abc import Iterator

from leadqual.axis import container_problems
from leadqual.errors import Problem
from leadqual.lifecycle.check.words import choice_problem, whole_problem, words_problems
from leadqual.lifecycle.values import PRESETS, Lifecycle

_MOST_DAYS = 3_650


def number_problems(lifecycle: object, where: str) -> Iterator[Problem]:
    """Yield what is wrong with the preset, the kinds of acts and the numbers of a lifecycle.

    Args:
        lifecycle: What should be a `Lifecycle`.
        where: Its path.

    >>> [str(problem) for problem in number_problems(Lifecycle(return_days=-1), "lifecycle")]
    ['lifecycle.return_days: the number is out of range (got -1). Write a whole number from 0 to 3650.']
    """
    yield from container_problems([(where, lifecycle, Lifecycle)])
    if not isinstance(lifecycle, Lifecycle):
        return
    yield from choice_problem(lifecycle.preset, PRESETS, f"{where}.preset", "no such lifecycle")
    for name, kinds in (
        ("touches", lifecycle.touches),
        ("replies", lifecycle.replies),
        ("captures", lifecycle.captures),
    ):
        yield from words_problems(kinds, f"{where}.{name}")
    for name, days in (
        ("hand_raise_days", lifecycle.hand_raise_days),
        ("return_days", lifecycle.return_days),
        ("reopen_days", lifecycle.reopen_days),
    ):
        yield from whole_problem(days, f"{where}.{name}", 0, _MOST_DAYS)
