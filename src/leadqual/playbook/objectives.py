"""Objectives: the same playbook priced for another business goal or another buyer of leads."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from attrs import evolve, field, frozen

from leadqual.canonical import canonical_json, plain
from leadqual.errors import ModelError, Problem
from leadqual.fit.values import Criterion, Fit, Table
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.interest.values import Interest, InterestRule
from leadqual.playbook.gate import MOST_BYTES
from leadqual.points import Points
from leadqual.scoring.combine import Combine
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.qualify import Qualify
from leadqual.texts import word_problem

MOST_TEXT: Final = 4 * MOST_BYTES
"""Characters, and decay factors, of the models of all objectives together, each of which is a document of its own."""


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
        "criteria": [_name(part) for part in fit.criteria],
        "rules": [_name(part) for part in interest.rules],
        "bands": [_name(table) for table in fit.tables if table.bands],
    }
    sizes = {_name(table): len(table.bands) for table in fit.tables if table.bands}
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


def _name(part: Criterion | Table | InterestRule) -> str | None:
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
            circle = " → ".join([*walked[walked.index(at) :], at])
            hint = "Let one of them stand on the playbook itself: remove its `based_on`."
            where = f"objectives.{at}.based_on"
            yield Problem(where=where, what=f"objectives go round in a circle: {circle}", got=at, hint=hint)
        done.update(path)


def objective_models(
    model: ScoringModel, objectives: Mapping[str, Objective], problems: list[Problem]
) -> dict[str, ScoringModel]:
    """Return the model of each objective.

    Args:
        model: The model of the playbook itself.
        objectives: The objectives; `objective_problems` has found nothing wrong with them.
        problems: Takes what is wrong with the models, with the paths of the objectives.

    Returns:
        Complete models by the objective's name, without those that are wrong.
    """
    if _too_large(model, len(objectives)):
        hint = "Each is a model of its own; write fewer, or take long value lists and decay curves out of the playbook."
        what = "too many objectives for a playbook of this size"
        problems.append(Problem(where="objectives", what=what, got=len(objectives), hint=hint))
        return {}
    models = {}
    for name, (priced, origins) in _all_priced(model, objectives).items():
        try:
            models[name] = evolve(
                model, fit=priced.fit, interest=priced.interest, combine=priced.combine, qualify=priced.qualify
            )
        except ModelError as error:
            problems += [_placed(problem, name, origins) for problem in error.problems]
    return models


def _too_large(model: ScoringModel, copies: int) -> bool:
    """Return whether so many models of this size would take too long to build."""
    if not copies:
        return False
    curves = {rule.factors for rule in model.plans.interest.rules if rule.factors is not None}
    factors = sum(map(len, curves))
    return copies * factors > MOST_TEXT or copies * len(canonical_json(plain(model))) > MOST_TEXT


class _Priced(NamedTuple):
    """The parts of a model that an objective may change."""

    fit: Fit
    interest: Interest
    combine: Combine
    qualify: Qualify


def _all_priced(
    model: ScoringModel, objectives: Mapping[str, Objective]
) -> dict[str, tuple[_Priced, Mapping[str, str]]]:
    """Return the parts of each objective, in the order of the document, with the path that answers for each."""
    own = _Priced(model.fit, model.interest, model.combine, model.qualify)
    done: dict[str | None, tuple[_Priced, dict[str, str]]] = {None: (own, {})}
    for name in objectives:
        chain: list[str] = []
        at: str | None = name
        while at is not None and at not in done:
            chain.append(at)
            at = objectives[at].based_on
        for over in reversed(chain):
            base, origins = done[objectives[over].based_on]
            origins = dict(origins)
            done[over] = _price(base, objectives[over], f"objectives.{over}", origins), origins
    return {name: done[name] for name in objectives}


def _price(priced: _Priced, objective: Objective, where: str, origins: dict[str, str]) -> _Priced:
    """Return the parts as an objective prices them; notes which path of it answers for which of theirs."""
    criteria = list(priced.fit.criteria)
    for i, criterion in enumerate(criteria):
        if (name := _name(criterion)) in objective.criteria:
            origins[f"fit.criteria[{i}]"] = f"{where}.criteria.{name}"
            criteria[i] = evolve(criterion, points=objective.criteria[str(name)])
    tables = list(priced.fit.tables)
    for i, table in enumerate(tables):
        if (name := _name(table)) in objective.bands:
            origins[f"fit.tables[{i}]"] = f"{where}.bands.{name}"
            rows = zip(table.bands, objective.bands[str(name)], strict=True)
            tables[i] = evolve(table, bands=[evolve(band, points=points) for band, points in rows])
    rules = list(priced.interest.rules)
    for i, rule in enumerate(rules):
        if (name := _name(rule)) in objective.rules:
            origins[f"interest.rules[{i}]"] = f"{where}.rules.{name}"
            rules[i] = evolve(rule, points=objective.rules[str(name)])
    tables_given = {"combine": objective.combine, "qualify": objective.qualify}
    origins |= {part: f"{where}.{part}" for part, given in tables_given.items() if given is not None}
    return _Priced(
        fit=evolve(priced.fit, criteria=criteria, tables=tables),
        interest=evolve(priced.interest, rules=rules),
        combine=priced.combine if objective.combine is None else objective.combine,
        qualify=priced.qualify if objective.qualify is None else objective.qualify,
    )


def _placed(problem: Problem, name: str, origins: Mapping[str, str]) -> Problem:
    """Return a problem of an objective's model with the path of what brought it about."""
    for part, origin in origins.items():
        if problem.where == part or problem.where.startswith((f"{part}.", f"{part}[")):
            rest = problem.where[len(part) :]
            if part not in ("combine", "qualify"):
                rest = rest.removeprefix(".bands").partition(".")[0] if rest.startswith(".bands[") else ""
            return evolve(problem, where=f"{origin}{rest}")
    return problem.under(f"objectives.{name}")
