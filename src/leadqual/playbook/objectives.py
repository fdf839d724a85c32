"""Objectives: the same playbook priced for another business goal or another buyer of leads."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import field, frozen

from leadqual.errors import Problem
from leadqual.fit.values import Criterion, Fit, Table
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.interest.values import Interest, InterestRule
from leadqual.points import Points
from leadqual.scoring.combine import Combine
from leadqual.scoring.qualify import Qualify
from leadqual.texts import word_problem

_MOST_STEPS: Final = 10
"""Names of a circle that are told."""


def by_name(value: Any) -> Any:
    """Return a table by names that compare, if that keeps them apart; lists in it become tuples."""
    if not isinstance(value, Mapping):
        return value
    parts = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items()}
    named = {composed(name): part for name, part in parts.items()}
    return named if len(named) == len(parts) else parts


def composed(value: Any) -> Any:
    """Return a name as it compares; what is no text as it is."""
    return normal(value) if isinstance(value, str) else value


@frozen(kw_only=True)
class Objective:
    """A business goal or a lead buyer under which the same lead is priced differently.

    It replaces points of what has a name, and the tables ``combine`` and ``qualify`` as a whole; nothing else, so that
    what is read of a lead, and when an act counts, stays one thing for all.

    Attributes:
        based_on: Another objective that is applied first.
        criteria: Points by the name of a criterion.
        rules: Points by the name of a rule of interest.
        bands: Points of all bands by the name of a table.
        combine: How both axes become one total.
        qualify: Which scores qualify.
    """

    based_on: str | None = field(default=None, converter=composed)
    criteria: Mapping[str, Points] = field(factory=dict, converter=by_name, hash=False)
    rules: Mapping[str, Points] = field(factory=dict, converter=by_name, hash=False)
    bands: Mapping[str, tuple[Points, ...]] = field(factory=dict, converter=by_name, hash=False)
    combine: Combine | None = None
    qualify: Qualify | None = None


def objective_problems(objectives: Mapping[str, Objective], fit: Fit, interest: Interest) -> Iterator[Problem]:
    """Yield what is wrong with objectives, apart from the points themselves.

    Args:
        objectives: The objectives by name.
        fit: The fit whose points they replace.
        interest: The interest whose points they replace.

    Yields:
        Problems in the order of the document.
    """
    named = {
        "criteria": [name_of(part) for part in fit.criteria],
        "rules": [name_of(part) for part in interest.rules],
        "bands": [name_of(table) for table in fit.tables if table.bands],
    }
    sizes = {name_of(table): len(table.bands) for table in fit.tables if table.bands}
    seen: set[object] = set()
    for name, objective in objectives.items():
        where = f"objectives.{name}"
        yield from word_problem(name, where)
        if composed(name) in seen:
            yield Problem(where=where, what="the objective comes twice", got=name, hint="Name each objective once.")
        seen.add(composed(name))
        if not isinstance(objective, Objective):
            yield Problem(where=where, what="an objective was expected", got=objective, hint="Pass an Objective.")
            continue
        if objective.based_on is not None and _base(objective, objectives) is None:
            hint = did_you_mean(objective.based_on, objectives)
            yield Problem(where=f"{where}.based_on", what="unknown objective", got=objective.based_on, hint=hint)
        replaced = {"criteria": objective.criteria, "rules": objective.rules, "bands": objective.bands}
        for table, names in named.items():
            yield from _name_problems(replaced[table], names, f"{where}.{table}")
        for table_name, points in objective.bands.items() if isinstance(objective.bands, Mapping) else ():
            if table_name in sizes:
                yield from _size_problems(points, sizes[table_name], f"{where}.bands.{table_name}")
    yield from _circles(objectives)


def _base(objective: object, objectives: Mapping[str, Objective]) -> str | None:
    """Return which of the objectives one is based on, if it is."""
    name = objective.based_on if isinstance(objective, Objective) else None
    return name if isinstance(name, str) and name in objectives else None


def name_of(part: Criterion | Table | InterestRule) -> str | None:
    """Return an explicit name as it compares, if there is one."""
    return normal(part.name) if isinstance(part.name, str) else None


_KINDS_OF: Final = {"criteria": "criterion", "rules": "rule", "bands": "table with bands"}


def _name_problems(replaced: object, names: list[str | None], where: str) -> Iterator[Problem]:
    """Yield the names that nothing has."""
    table = where.rpartition(".")[2]
    if not isinstance(replaced, Mapping):
        yield Problem(where=where, what="a table was expected", got=replaced, hint="Write name = points.")
        return
    known = {name for name in names if name is not None}
    seen: set[str] = set()
    for name in replaced:
        if isinstance(name, str) and normal(name) in seen:
            hint = "Name it once; accents may be typed in two ways that look the same."
            yield Problem(where=f"{where}.{name}", what="the name comes twice", got=name, hint=hint)
        elif name in known:
            seen.add(name)
        else:
            otherwise = f"Give the {_KINDS_OF[table]} a `name` first." if not known or None in names else ""
            hint = did_you_mean(name, known, otherwise)
            what = f"no {_KINDS_OF[table]} has this name"
            yield Problem(where=f"{where}.{name}", what=what, got=name, hint=hint)


def _size_problems(points: object, size: int, where: str) -> Iterator[Problem]:
    if not isinstance(points, tuple) or len(points) != size:
        hint = f"Write the points of all {size} bands, in their order."
        yield Problem(where=where, what="the points of every band were expected", got=points, hint=hint)


def _circles(objectives: Mapping[str, Objective]) -> Iterator[Problem]:
    """Yield each circle of objectives that are based on one another, once."""
    done: set[str] = set()
    for name in objectives:
        path: dict[str, None] = {}
        at: str | None = name
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = _base(objectives.get(at), objectives)
        if at is not None and at in path:
            walked = list(path)
            circle = _told([*walked[walked.index(at) :], at])
            hint = "Let one of them stand on the playbook itself: remove its `based_on`."
            where = f"objectives.{at}.based_on"
            yield Problem(where=where, what=f"objectives go round in a circle: {circle}", got=at, hint=hint)
        done.update(path)


def _told(circle: list[str]) -> str:
    """Return a circle in one line; of a long one where it begins and ends."""
    if len(circle) > _MOST_STEPS:
        circle = [*circle[: _MOST_STEPS - 2], "…", circle[-1]]
    return " → ".join(circle)
