"""Cheap draws: a playbook needs some hundred of them, so they share their strategies instead of building new ones."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Draw = st.DrawFn


@cache
def _below(size: int) -> st.SearchStrategy[int]:
    return st.integers(0, size - 1)


def pick(draw: Draw, options: Sequence[T]) -> T:
    """Draw one of the options; it shrinks towards the first."""
    return options[draw(_below(len(options)))]


def often(draw: Draw) -> bool:
    """Draw yes or no; it shrinks towards no."""
    return draw(_below(2)) == 1


def seldom(draw: Draw, once_in: int = 4) -> bool:
    """Draw yes once in a while; it shrinks towards no."""
    return draw(_below(once_in)) == once_in - 1


def some(draw: Draw, one: Callable[[Draw], T], least: int, most: int) -> list[T]:
    """Draw a list; all lengths are equally likely."""
    return [one(draw) for _ in range(least + draw(_below(most - least + 1)))]


def few(draw: Draw, options: Sequence[T], least: int, most: int) -> list[T]:
    """Draw different options."""
    rest = list(options)
    return [rest.pop(draw(_below(len(rest)))) for _ in range(least + draw(_below(most - least + 1)))]
