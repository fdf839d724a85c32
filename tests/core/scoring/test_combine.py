"""How fit and interest become one total."""

from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest
from leadqual.scoring import Combine
from tests.core.loose import ScoringModel
from tests.core.support import downloads, refusal, rule, scored

GRADES, LEVELS = {"A": 50, "B": 20}, {"1": 30, "2": 0}


def _total(on_fit, on_interest, **combine):
    model = ScoringModel(
        fit=Fit(criteria=[Criterion(when=field("id").exists(), points=on_fit)], grades=GRADES, min=-100),
        interest=Interest(rules=[rule(on_interest)], levels=LEVELS, min=-100),
        combine=Combine(**combine),
    )
    return scored(model, downloads(0)).total


def _wrong(combine, **axes):
    return refusal(combine=Combine(**combine), **axes)


def test_total_is_the_sum_without_combine():
    """Without [combine] both axes add up with weights 1 and 1."""
    assert _total(Decimal("12.34"), Decimal("5.67")) == Decimal("18.01")


@pytest.mark.parametrize(
    ("fit", "interest", "total"),
    [
        (Decimal("0.01"), 0, "0.00"),
        (Decimal("0.02"), 0, "0.01"),
        (Decimal("-0.02"), 0, "-0.01"),
        (10, 5, "7.00"),
        (Decimal("0.01"), Decimal("0.01"), "0.01"),
    ],
)
def test_sum_is_rounded_once_half_up(fit, interest, total):
    """The weighted sum is rounded half up to hundredths, both weights together."""
    assert str(_total(fit, interest, fit=Decimal("0.4"), interest=Decimal("0.6"))) == total


def test_sum_rounds_a_half_up_on_both_sides_of_zero():
    """A half goes towards plus infinity."""
    assert _total(Decimal("0.01"), 0, fit=Decimal("0.5")) == Decimal("0.01")
    assert _total(Decimal("-0.01"), 0, fit=Decimal("0.5")) == 0


def test_weights_may_be_left_out_or_negative():
    """An absent weight is 1, also beside one that is given; weights go from -100 to 100."""
    assert _total(10, 5, fit=2) == 25
    assert _total(10, 5, interest=-1) == 5
    assert _total(10, 5, fit=0, interest=-100) == -500


@pytest.mark.parametrize(("fit", "interest", "total"), [(10, 5, 5), (5, 10, 5), (-3, 0, -3), (7, 7, 7)])
def test_minimum_is_the_lower_axis(fit, interest, total):
    """The lower of the two scores is the total."""
    assert _total(fit, interest, kind="minimum") == total


@pytest.mark.parametrize(
    ("floors", "fit", "interest", "total"),
    [
        ({"fit": 10, "interest": 5}, 10, 5, 15),
        ({"fit": 10, "interest": 5}, Decimal("9.99"), 5, 0),
        ({"fit": 10, "interest": 5}, 10, Decimal("4.99"), 0),
        ({"fit": 10}, 10, -50, -40),
        ({"interest": Decimal("5.5")}, -50, Decimal("5.50"), Decimal("-44.5")),
        ({}, -3, 1, -2),
    ],
)
def test_gate_needs_both_floors(floors, fit, interest, total):
    """The weighted sum if each score reaches its floor, else 0; an absent floor is no floor."""
    assert _total(fit, interest, kind="gate", floors=floors) == total


def test_gate_weighs_its_sum():
    """The kind `gate` takes weights as `sum` does."""
    assert _total(10, 6, kind="gate", fit=Decimal("0.5"), interest=2, floors={"fit": 1}) == 17


@pytest.mark.parametrize(("fit", "interest", "total"), [(50, 30, 100), (20, 0, Decimal("7.5")), (50, 0, 0)])
def test_matrix_looks_the_label_up(fit, interest, total):
    """A cell gives the total of its label; a label without a cell totals 0."""
    assert _total(fit, interest, kind="matrix", cells={"A1": 100, "B2": Decimal("7.5")}) == total


def test_matrix_takes_every_label_that_can_occur():
    """Unknown grades have cells too; with one axis alone the label is one sign."""
    both = {"fit": Fit(grades=GRADES), "interest": Interest(levels=LEVELS)}
    cells = dict.fromkeys(("A1", "A2", "B1", "B2", "-1", "-2"), 1)
    assert ScoringModel(**both, combine=Combine(kind="matrix", cells=cells)).combine.cells == cells
    assert scored(ScoringModel(**both, combine=Combine(kind="matrix", cells={"-2": 3}))).total == 3
    levels = ScoringModel(interest=Interest(levels=LEVELS), combine=Combine(kind="matrix", cells={"2": 4}))
    assert scored(levels).total == 4
    grades = ScoringModel(fit=Fit(grades=GRADES), combine=Combine(kind="matrix", cells={"-": 5}))
    assert scored(grades).total == 5


@pytest.mark.parametrize(
    ("combine", "lines"),
    [
        ({"kind": "product"}, ["combine.kind: unknown combiner"]),
        ({"kind": "minimum", "fit": 2, "interest": 2, "floors": {"fit": 1}, "cells": {"A": 1}}, [
            "combine.fit: `minimum` takes none",
            "combine.interest: `minimum` takes none",
            "combine.floors: `minimum` takes none",
            "combine.cells: `minimum` takes none",
            "combine.cells.A: the label never occurs",
        ]),
        ({"fit": Decimal("0.001"), "interest": 101}, [
            "combine.fit: the number has too many decimal places",
            "combine.interest: the number is out of range",
        ]),
        ({"fit": True}, ["combine.fit: a number was expected"]),
        ({"floors": {"fit": 1}}, ["combine.floors: `sum` takes none"]),
        ({"kind": "gate", "floors": {"fits": 1, "fit": "x"}}, [
            "combine.floors.fits: unknown axis",
            "combine.floors.fit: a number was expected",
        ]),
        ({"kind": "matrix", "cells": {"A1": 1000001}}, [
            "combine.cells.A1: the label never occurs",
            "combine.cells.A1: the number is out of range",
        ]),
    ],
)  # fmt: skip
def test_wrong_combiners_are_listed(combine, lines):
    """Each mistake is one problem with its path."""
    assert _wrong(combine) == lines


def test_cells_of_grades_that_are_not_declared_never_occur():
    """A label is made of the declared letters and digits."""
    cells = {"C1": 1, "A1": 1, "A": 1}
    axes = {"fit": Fit(grades=GRADES), "interest": Interest(levels=LEVELS)}
    assert _wrong({"kind": "matrix", "cells": cells}, **axes) == [
        "combine.cells.C1: the label never occurs",
        "combine.cells.A: the label never occurs",
    ]
