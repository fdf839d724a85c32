"""A model checked as a whole, and made ready to be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadqual.axis import container_problems
from leadqual.calendar import DayStart
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.lists import BUILT_IN_LISTS
from leadqual.errors import InstantError, Problem
from leadqual.fit.check import fit_containers
from leadqual.fit.plan import LETTERS, UNKNOWN_GRADE, plan_fit
from leadqual.fit.values import Fit
from leadqual.fold import normal
from leadqual.interest.build import DIGITS, plan_interest
from leadqual.interest.check import interest_containers
from leadqual.interest.values import Interest
from leadqual.scoring.combine import Combine, combine_containers, combine_problems, combiner
from leadqual.scoring.declared import (
    Attribute,
    attribute_problems,
    lead_fields,
    list_problems,
    property_problems,
    typed,
    weights,
)
from leadqual.scoring.plans import Plans
from leadqual.scoring.qualify import Qualify, plan_bars, score_fields

if TYPE_CHECKING:
    from leadqual.scoring.model import ScoringModel


def plan_model(model: ScoringModel, problems: list[Problem]) -> Plans | None:
    """Check a model and make it ready.

    Args:
        model: The model, as far as its fields are set.
        problems: Takes everything that is wrong, in the order of a document.

    Returns:
        The plans, or ``None`` if something is wrong.
    """
    problems += _containers(model)
    if problems:
        return None
    try:
        day_start = DayStart.parse(model.day_starts)
    except InstantError as error:
        problems += error.problems
        day_start = DayStart()
    problems += attribute_problems(model.attributes)
    problems += property_problems(model.properties)
    problems += list_problems(model.lists)
    lists = {**BUILT_IN_LISTS, **{name: part for name, part in model.lists.items() if isinstance(part, tuple)}}
    sound = {name: part for name, part in model.attributes.items() if isinstance(part, Attribute)}
    lead_scope = Scope(lead_fields(sound), lists, "attribute")
    event_scope = Scope(typed(model.properties), lists, "property")
    fit = plan_fit(model.fit, lead_scope, problems)
    interest = plan_interest(model.interest, event_scope, day_start, problems)
    problems += _axis_problems(model)
    problems += combine_problems(model.combine, _labels(model))
    bar_fields = {**lead_scope.fields, **score_fields(model.fit.grades, model.interest.groups)}
    scope = Scope(bar_fields, lists, "field")
    bars = plan_bars(model.qualify, scope, problems)
    if interest is None or problems:
        return None
    return Plans(
        fit=fit, interest=interest, total=combiner(model.combine), bars=bars, weights=weights(sound), scope=scope
    )


def _containers(model: ScoringModel) -> list[Problem]:
    """Return which parts of a model are of another class than they should be; nothing else can be checked then."""
    found = container_problems(
        (
            ("attributes", model.attributes, dict),
            ("properties", model.properties, dict),
            ("lists", model.lists, dict),
            ("fit", model.fit, Fit),
            ("interest", model.interest, Interest),
            ("combine", model.combine, Combine),
            ("qualify", model.qualify, Qualify),
        )
    )
    return list(found) or [
        *fit_containers(model.fit),
        *interest_containers(model.interest),
        *combine_containers(model.combine),
    ]


def _labels(model: ScoringModel) -> frozenset[str]:
    grades = (
        [*(letter for letter in LETTERS if letter in model.fit.grades), UNKNOWN_GRADE] if model.fit.grades else [""]
    )
    levels = [digit for digit in DIGITS if digit in model.interest.levels] or [""]
    return frozenset(grade + level for grade in grades for level in levels)


def _axis_problems(model: ScoringModel) -> list[Problem]:
    """Return what is wrong with names that serve both axes."""
    hint = "A name serves one axis only; rename one of the two."
    of_fit = {normal(str(name)) for name in model.fit.groups}
    both: list[str] = [name for name in model.interest.groups if normal(str(name)) in of_fit]
    return [
        Problem(where=f"interest.groups.{name}", what="the group belongs to fit", got=name, hint=hint) for name in both
    ]
