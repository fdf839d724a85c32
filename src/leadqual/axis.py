"""What fit and interest share: groups with bounds, names, grades and levels."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from attrs import frozen

from leadqual.errors import Problem
from leadqual.hints import did_you_mean
from leadqual.points import BOUND_LIMIT, Points, bound_problem, caps_problem, to_hundredths
from leadqual.texts import word_problem


@frozen(kw_only=True)
class Cap:
    """Bounds of a group: first `max`, then `min`; what is absent bounds nothing.

    Attributes:
        max: Highest subtotal, zero or more points.
        min: Lowest subtotal, zero or less.
    """

    max: Points | None = None
    min: Points | None = None


def bounds_of(low: Points | None, high: Points | None) -> tuple[int, int]:
    """Return a pair of caps in hundredths; what is absent is the silent bound of 1 000 000 points.

    >>> bounds_of(0, None)
    (0, 100000000)
    """
    return (
        -BOUND_LIMIT if low is None else to_hundredths(low),
        BOUND_LIMIT if high is None else to_hundredths(high),
    )


def name_problems(names: Iterable[tuple[str, object]]) -> Iterator[Problem]:
    """Yield what is wrong with the explicit names of an axis: texts, each used once.

    >>> [problem.where for problem in name_problems([("a.name", "x"), ("b.name", "x")])]
    ['b.name']
    """
    seen: dict[object, str] = {}
    for where, name in names:
        if name is None:
            continue
        found = list(word_problem(name, where))
        yield from found
        if not found and name in seen:
            hint = "Give each its own name; ledgers and reviews tell them apart by it."
            yield Problem(where=where, what=f"the name is taken by {seen[name]}", got=name, hint=hint)
        elif not found:
            seen[name] = where.removesuffix(".name")


def group_problem(group: object, groups: Mapping[str, Cap], where: str) -> Iterator[Problem]:
    """Yield the problem of a group that is not declared.

    >>> [problem.hint for problem in group_problem("emial", {"email": Cap()}, "interest.rules[0].group")]
    ['Did you mean `email`?']
    """
    if group is not None and (not isinstance(group, str) or group not in groups):
        hint = did_you_mean(group, groups, "Declare it under `groups`.")
        yield Problem(where=where, what="the group is not declared", got=group, hint=hint)


def bound_problems(bounds: Mapping[str, Points], allowed: str, where: str) -> Iterator[Problem]:
    """Yield what is wrong with grades or levels: known names, bounds that fall strictly.

    Args:
        bounds: Lowest score by letter or digit.
        allowed: The letters or digits, best first.
        where: Path of the table.

    >>> [problem.what for problem in bound_problems({"A": 10, "B": 20}, "ABCDEF", "fit.grades")]
    ['the bound is not below that of A']
    """
    sound: dict[str, Points] = {}
    for name, bound in bounds.items():
        if not isinstance(name, str) or len(name) != 1 or name not in allowed:
            hint = f"Write {allowed[0]} to {allowed[-1]}."
            yield Problem(where=f"{where}.{name}", what="unknown name", got=name, hint=hint)
            continue
        found = list(bound_problem(bound, f"{where}.{name}"))
        yield from found
        if not found:
            sound[name] = bound
    ordered = sorted(sound)
    for better, worse in pairwise(ordered):
        if sound[worse] >= sound[better]:
            hint = "Bounds fall from the best to the worst."
            what = f"the bound is not below that of {better}"
            yield Problem(where=f"{where}.{worse}", what=what, got=sound[worse], hint=hint)


def cap_problems(groups: Mapping[str, Cap], where: str) -> Iterator[Problem]:
    """Yield what is wrong with the bounds of groups."""
    for name, cap in groups.items():
        place = f"{where}.{name}"
        yield from word_problem(name, place)
        if not isinstance(cap, Cap):
            yield Problem(where=place, what="the bounds of a group were expected", got=cap, hint="Pass a Cap.")
        else:
            yield from caps_problem(cap.min, cap.max, f"{place}.")
