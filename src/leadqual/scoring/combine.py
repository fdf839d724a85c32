"""How fit and interest become one total."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from attrs import field, frozen

from leadqual.axis import container_problems, copied
from leadqual.errors import Problem
from leadqual.hints import did_you_mean
from leadqual.points import Points, bound_problem, half_up, number_problem, to_hundredths

KINDS: Final = ("sum", "minimum", "gate", "matrix")
_TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "sum": ("fit", "interest"),
    "minimum": (),
    "gate": ("fit", "interest", "floors"),
    "matrix": ("cells",),
}
_AXES: Final = ("fit", "interest")
Total = Callable[[int, int, str], int]
"""Fit and interest in hundredths and the label, to the total in hundredths."""


@frozen(kw_only=True)
class Combine:
    """A named way to join the axes.

    Attributes:
        kind: ``sum`` (weighted), ``minimum`` (the lower axis), ``gate`` (the weighted sum if both floors are reached,
            else 0) or ``matrix`` (points by label).
        fit: Weight of fit, 1 unless given; at most two places, in ±100.
        interest: Weight of interest, likewise.
        floors: Lowest ``fit`` and ``interest`` for kind ``gate``; an absent one is no floor.
        cells: Points by label for kind ``matrix``; a label without a cell totals 0.
    """

    kind: str = "sum"
    fit: Points = 1
    interest: Points = 1
    floors: Mapping[str, Points] = field(factory=dict, converter=copied, hash=False)
    cells: Mapping[str, Points] = field(factory=dict, converter=copied, hash=False)


def combine_containers(combine: Combine) -> Iterator[Problem]:
    """Yield which parts of a combiner are no tables at all."""
    yield from container_problems([("combine.floors", combine.floors, dict), ("combine.cells", combine.cells, dict)])


def combine_problems(combine: Combine, labels: frozenset[str]) -> Iterator[Problem]:
    """Yield what is wrong with a combiner.

    Args:
        combine: The combiner.
        labels: The labels that can occur.
    """
    if combine.kind not in KINDS:
        hint = did_you_mean(combine.kind, KINDS)
        yield Problem(where="combine.kind", what="unknown combiner", got=combine.kind, hint=hint)
        return
    takes = _TAKES[combine.kind]
    given = {}
    for name, weight in (("fit", combine.fit), ("interest", combine.interest)):
        found = list(number_problem(weight, f"combine.{name}", low=-100, high=100))
        yield from found
        given[name] = not found and weight != 1
    given |= {"floors": bool(combine.floors), "cells": bool(combine.cells)}
    for name, there in given.items():
        if there and name not in takes:
            hint = f"It takes: {', '.join(takes) or 'nothing'}."
            yield Problem(where=f"combine.{name}", what=f"`{combine.kind}` takes none", got=name, hint=hint)
    for name, floor in combine.floors.items():
        if name not in _AXES:
            hint = did_you_mean(name, _AXES)
            yield Problem(where=f"combine.floors.{name}", what="unknown axis", got=name, hint=hint)
        yield from bound_problem(floor, f"combine.floors.{name}")
    for label, points in combine.cells.items():
        if label not in labels:
            hint = did_you_mean(label, labels, "A matrix needs grades, levels or both.")
            yield Problem(where=f"combine.cells.{label}", what="the label never occurs", got=label, hint=hint)
        yield from bound_problem(points, f"combine.cells.{label}")


def combiner(combine: Combine) -> Total:
    """Return the function of a combiner that passed its checks.

    >>> combiner(Combine(kind="minimum"))(500, 300, "B2")
    300
    """
    fit_weight, interest_weight = to_hundredths(combine.fit), to_hundredths(combine.interest)

    def weighted(fit: int, interest: int, _: str) -> int:
        return half_up(fit * fit_weight + interest * interest_weight, 100)

    if combine.kind == "sum":
        return weighted
    if combine.kind == "minimum":
        return lambda fit, interest, _: min(fit, interest)
    if combine.kind == "gate":
        floors = [combine.floors.get(axis) for axis in _AXES]
        fit_floor, interest_floor = (None if floor is None else to_hundredths(floor) for floor in floors)

        def gated(fit: int, interest: int, label: str) -> int:
            open_ = (fit_floor is None or fit >= fit_floor) and (interest_floor is None or interest >= interest_floor)
            return weighted(fit, interest, label) if open_ else 0

        return gated
    cells = {label: to_hundredths(points) for label, points in combine.cells.items()}
    return lambda _, __, label: cells.get(label, 0)
