"""Findings on grades, levels and totals: those that no lead has, or every lead."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from leadqual.languages import amount
from leadqual.playbook.lint.acts import NOTHING, Range
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.reach import Reach
from leadqual.playbook.lint.relations import labels_of, letters_of
from leadqual.points import to_decimal


def label_findings(reach: Reach) -> Iterator[Finding]:
    """Yield what is found about grades, levels and how both scores make a total.

    Args:
        reach: What scores can come to.
    """
    plans = reach.parts.model.plans
    fit, interest = reach.profiles.fit, reach.acts.interest
    if reach.parts.fit:
        yield from _steps("grade", "fit.grades", plans.fit.grades, fit, reach.profiles.fits)
    yield from _steps("level", "interest.levels", plans.interest.levels, interest)
    combine = reach.parts.model.combine
    labels = labels_of(reach.grades, reach.levels)
    for label in combine.cells:
        if label not in labels:
            reason = "no lead can have this label"
            yield finding("cell-never-used", f"combine.cells.{label}", reason, "Remove it, or correct its label.")
    if reach.total == NOTHING and (fit, interest) != (NOTHING, NOTHING):
        reason = "the total of every lead is 0"
        hint = "Check the weights, the cells, and whether scores can come to the floors."
        yield finding("total-always-zero", "combine", reason, hint)


def _steps(
    word: str, where: str, bounds: Sequence[tuple[Any, int]], scores: Range, only: frozenset[int] | None = None
) -> Iterator[Finding]:
    """Yield what is found about the grades or the levels."""
    axis = where.partition(".")[0]
    given = letters_of(bounds, scores, only)
    low, high = (amount(Decimal(to_decimal(end))) for end in scores)
    between = f"{axis} is always {low}" if low == high else f"{axis} lies between {low} and {high}"
    if len(given) == 1:
        who = "every lead of whom something is known" if word == "grade" else "every lead"
        why = between if len(bounds) > 1 else "there is no other"
        reason = f"{who} has the {word} {given[0]}, since {why}"
        yield finding(f"{word}-for-all", where, reason, f"Set the bounds where {axis} differs, or remove them.")
        return
    for name, _ in bounds:
        if name not in given:
            why = between if name not in letters_of(bounds, scores) else "no points add up to it"
            reason = f"no lead can have the {word} {name}, since {why}"
            yield finding(f"{word}-never-given", f"{where}.{name}", reason, "Bring the bounds into reach.")
    for name, bound in bounds[-1:]:
        if bound > scores.low:
            least = amount(to_decimal(bound))
            reason = f"scores below {least} have the {word} {name} as well, since none is lower"
            hint = f"Write {name} = {low}, or add a {word} below it."
            yield finding("lowest-bound-ignored", f"{where}.{name}", reason, hint)
