"""What fit and interest share: groups with bounds, names, grades and levels."""

from decimal import Decimal
from typing import Any

import pytest

from leadqual import axis
from leadqual.axis import Cap, bounds_of, group_problem, name_problems

bound_problems: Any = axis.bound_problems
cap_problems: Any = axis.cap_problems


def _lines(problems):
    return [f"{problem.where}: {problem.what}" for problem in problems]


def test_absent_caps_are_the_silent_bound():
    """What is absent is bounded at a million points, on either side."""
    assert bounds_of(None, None) == (-100_000_000, 100_000_000)
    assert bounds_of(Decimal("-0.5"), 7) == (-50, 700)


def test_names_of_an_axis_are_unique():
    """An explicit name is a text that is used once; what has no name is left alone."""
    given = [("a.name", "x"), ("b.name", None), ("c.name", None), ("d.name", ""), ("e.name", "x"), ("f.name", 3)]
    assert _lines(name_problems(given)) == [
        "d.name: a text was expected",
        "e.name: the name is taken by a",
        "f.name: a text was expected",
    ]


@pytest.mark.parametrize(("group", "wrong"), [(None, False), ("email", False), ("e-mail", True), (3, True), ([], True)])
def test_groups_are_declared(group, wrong):
    """A group that is named must be declared."""
    assert bool(list(group_problem(group, {"email": Cap()}, "rule.group"))) is wrong


def test_bounds_fall_strictly_from_the_best_to_the_worst():
    """Equal bounds contradict each other as rising ones do; the order in which they are written does not matter."""
    assert not list(bound_problems({"C": 0, "A": 2, "B": 1}, "ABCDEF", "fit.grades"))
    assert _lines(bound_problems({"A": 1, "B": 1, "F": 2}, "ABCDEF", "fit.grades")) == [
        "fit.grades.B: the bound is not below that of A",
        "fit.grades.F: the bound is not below that of B",
    ]


@pytest.mark.parametrize("name", ["G", "a", "AB", "", 1])
def test_bounds_have_known_names(name):
    """Grades are A to F and nothing else."""
    assert _lines(bound_problems({name: 1}, "ABCDEF", "fit.grades")) == [f"fit.grades.{name}: unknown name"]


def test_bounds_that_are_no_numbers_are_not_compared():
    """A wrong bound is one problem; the others are compared without it."""
    assert _lines(bound_problems({"A": 3, "B": "x", "C": 1}, "ABCDEF", "g")) == ["g.B: a number was expected"]


def test_groups_have_names_and_bounds():
    """Every wrong group is listed: its name, its type, its caps."""
    caps = {"": Cap(), "a": 3, "b": Cap(max=-1, min=1), "c": Cap(max=1), "\u00e9": Cap(), "e\u0301": Cap()}
    assert _lines(cap_problems(caps, "fit.groups")) == [
        "fit.groups.: a text was expected",
        "fit.groups.a: the bounds of a group were expected",
        "fit.groups.b.max: an upper cap is zero or more",
        "fit.groups.b.min: a lower cap is zero or less",
        "fit.groups.e\u0301: the group is declared twice",
    ]
