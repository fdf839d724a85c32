"""What fit and interest share: groups with bounds, names, grades and levels."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import Any

from attrs import frozen

from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.fold import normal
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


def copied(value: Any) -> Any:
    """Return a table as one of its own, so that a caller's later change has no effect; anything else as it is.

    >>> copied({"a": 1})
    {'a': 1}
    """
    return dict(value) if isinstance(value, Mapping) else value


def listed(value: Any) -> Any:
    """Return what can be gone through as a tuple; texts and tables as they are.

    >>> listed([1, 2]), listed("ab")
    ((1, 2), 'ab')
    """
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) else value


def container_problems(parts: Iterable[tuple[str, object, type]]) -> Iterator[Problem]:
    """Yield which parts of a model are no tables, lists or values of their class at all.

    Args:
        parts: Path, value and class that was expected; ``dict`` is a table, ``tuple`` a list.

    >>> [str(problem) for problem in container_problems([("fit.criteria", "abc", tuple)])]
    ["fit.criteria: a list was expected (got 'abc'). Pass a list."]
    """
    names: Mapping[type, str] = {dict: "table", tuple: "list"}
    for where, value, expected in parts:
        if not isinstance(value, expected):
            name = names.get(expected, expected.__name__)
            article = "an" if name[0] in "AEIO" else "a"
            hint = f"Pass {article} {'dict' if expected is dict else name}."
            yield Problem(where=where, what=f"{article} {name} was expected", got=value, hint=hint)


def lowered(scorer: Any, where: str, problems: list[Problem]) -> list[tuple[str, object]]:
    """Return what an extension lowers to, with the path of each part.

    Args:
        scorer: A scorer with a method ``lower``.
        where: Its path.
        problems: Takes what is wrong with it.
    """
    try:
        parts = listed(scorer.lower())
    except Exception as error:
        what = f"the scorer fails: {type(error).__name__}"
        problems.append(Problem(where=where, what=what, got=scorer, hint="Mend it where it is written."))
        return []
    found = list(container_problems([(f"{where}.lower()", parts, tuple)]))
    problems += found
    return [] if found else [(f"{where}.lower()[{i}]", part) for i, part in enumerate(parts)]


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
        if found or not isinstance(name, str):
            continue
        if normal(name) in seen:
            hint = "Give each its own name; ledgers and reviews tell them apart by it."
            yield Problem(where=where, what=f"the name is taken by {seen[normal(name)]}", got=name, hint=hint)
        else:
            seen[normal(name)] = where.removesuffix(".name")


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
    for name, bound in islice(bounds.items(), MOST_PROBLEMS):
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


def in_order(groups: Mapping[str, Cap]) -> list[tuple[str, Cap]]:
    """Return groups in the order of a ledger: by name, whatever the order of the keys of a document.

    >>> [name for name, _ in in_order({"web": Cap(), "email": Cap()})]
    ['email', 'web']
    """
    return sorted(groups.items(), key=lambda group: normal(group[0]))


def cap_problems(groups: Mapping[str, Cap], where: str) -> Iterator[Problem]:
    """Yield what is wrong with the bounds of groups."""
    seen: set[str] = set()
    for name, cap in groups.items():
        place = f"{where}.{name}"
        found = list(word_problem(name, place))
        yield from found
        if not found and normal(name) in seen:
            yield Problem(where=place, what="the group is declared twice", got=name, hint="Name each group once.")
        elif not found:
            seen.add(normal(name))
        if not isinstance(cap, Cap):
            yield Problem(where=place, what="the bounds of a group were expected", got=cap, hint="Pass a Cap.")
        else:
            yield from caps_problem(cap.min, cap.max, f"{place}.")
