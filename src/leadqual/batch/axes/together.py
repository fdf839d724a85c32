"""Grade, level, label and total, out of the two axes."""

from collections.abc import Iterable, Mapping

from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr
from leadqual.fit.plan import UNKNOWN_GRADE, FitPlan
from leadqual.interest.plan import InterestPlan
from leadqual.points import HUNDREDTHS, to_hundredths
from leadqual.scoring.combine import Combine
from leadqual.scoring.model import ScoringModel


def no_text() -> Expr:
    """Return the text that is not known.

    >>> no_text().sql("duckdb")
    'CAST(NULL AS TEXT)'
    """
    return nodes.as_text(exp.Null())


def grade(plan: FitPlan, fit: Expr, known: Expr) -> Expr:
    """Return the letter of a fit.

    Args:
        plan: The fit.
        fit: The fit in hundredths.
        known: Whether any field that fit reads is known.

    Returns:
        A text; ``-`` where nothing is known, null without grades.
    """
    if not plan.grades:
        return no_text()
    whens = [(nodes.at_least(fit, nodes.integer(bound)), nodes.text(letter)) for letter, bound in plan.grades]
    return nodes.case([(nodes.negated(known), nodes.text(UNKNOWN_GRADE)), *whens[:-1]], whens[-1][1])


def level(plan: InterestPlan, interest: Expr) -> Expr:
    """Return the digit of an interest.

    Args:
        plan: The interest.
        interest: The interest in hundredths.

    Returns:
        A number; null without levels.
    """
    if not plan.levels:
        return nodes.null_bigint()
    whens = [(nodes.at_least(interest, nodes.integer(bound)), nodes.integer(digit)) for digit, bound in plan.levels]
    return nodes.case(whens[:-1], whens[-1][1])


def label(model: ScoringModel, grade: Expr, level: Expr, dialect: Dialect) -> Expr:
    """Return grade and level together.

    Args:
        model: The model.
        grade: What `grade` gives.
        level: What `level` gives.
        dialect: How the engine speaks.

    Returns:
        A text, never null; empty without grades and levels.
    """
    digit = nodes.as_text(level)
    if model.plans.fit.grades:
        return dialect.concatenated([grade, digit]) if model.plans.interest.levels else grade
    return digit if model.plans.interest.levels else nodes.text("")


def total(combine: Combine, fit: Expr, interest: Expr, label: Expr, dialect: Dialect) -> Expr:
    """Return both axes as one number.

    Args:
        combine: The combiner of the model.
        fit: The fit in hundredths.
        interest: The interest in hundredths.
        label: What `label` gives; only a matrix reads it.
        dialect: How the engine speaks.

    Returns:
        The total in hundredths.
    """
    if combine.kind == "minimum":
        return nodes.least(fit, interest)
    if combine.kind == "matrix":
        cells = {name: to_hundredths(points) for name, points in combine.cells.items()}
        whens = [(nodes.is_in(label, [*map(nodes.text, names)]), earned) for earned, names in by_points(cells)]
        return nodes.case([(when, nodes.integer(earned)) for when, earned in whens if earned], nodes.integer(0))
    weighted = _weighted(to_hundredths(combine.fit), to_hundredths(combine.interest), fit, interest, dialect)
    if combine.kind == "sum":
        return weighted
    floors = [
        nodes.at_least(axis, nodes.integer(to_hundredths(combine.floors[name])))
        for name, axis in (("fit", fit), ("interest", interest))
        if name in combine.floors
    ]
    return nodes.case([(nodes.all_of(floors), weighted)], nodes.integer(0)) if floors else weighted


def by_points(points: Mapping[str, int]) -> Iterable[tuple[int, list[str]]]:
    """Return which names earn the same.

    >>> list(by_points({"A1": 500, "A2": 100, "B1": 500}))
    [(500, ['A1', 'B1']), (100, ['A2'])]
    """
    together: dict[int, list[str]] = {}
    for name, earned in points.items():
        together.setdefault(earned, []).append(name)
    return together.items()


def _weighted(of_fit: int, of_interest: int, fit: Expr, interest: Expr, dialect: Dialect) -> Expr:
    """Return the weighted sum, rounded half up; nothing is divided where both weights are whole."""
    unit = HUNDREDTHS if of_fit % HUNDREDTHS or of_interest % HUNDREDTHS else 1
    weights = [(weight * unit // HUNDREDTHS, axis) for weight, axis in ((of_fit, fit), (of_interest, interest))]
    parts = [axis if weight == 1 else nodes.multiply(axis, nodes.integer(weight)) for weight, axis in weights if weight]
    whole = nodes.add(*parts)
    return whole if unit == 1 else nodes.half_up(whole, unit, dialect)
