"""Objectives as models: the playbook's own with other points, each complete and checked."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from attrs import evolve

from leadqual.canonical import canonical_json, plain
from leadqual.errors import ModelError, Problem
from leadqual.fit.values import Fit
from leadqual.interest.values import Interest
from leadqual.playbook.gate import MOST_BYTES
from leadqual.playbook.objectives import Objective, name_of
from leadqual.scoring.combine import Combine
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.qualify import Qualify

MOST_TEXT: Final = 4 * MOST_BYTES
"""Characters, and decay factors, of the models of all objectives together, each of which is a document of its own."""


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
        if (name := name_of(criterion)) in objective.criteria:
            origins[f"fit.criteria[{i}]"] = f"{where}.criteria.{name}"
            criteria[i] = evolve(criterion, points=objective.criteria[str(name)])
    tables = list(priced.fit.tables)
    for i, table in enumerate(tables):
        if (name := name_of(table)) in objective.bands:
            origins[f"fit.tables[{i}]"] = f"{where}.bands.{name}"
            rows = zip(table.bands, objective.bands[str(name)], strict=True)
            tables[i] = evolve(table, bands=[evolve(band, points=points) for band, points in rows])
    rules = list(priced.interest.rules)
    for i, rule in enumerate(rules):
        if (name := name_of(rule)) in objective.rules:
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
