"""Points: exact decimals with two places, held as whole hundredths."""

from decimal import Decimal, Inexact, localcontext
from typing import Any

import pytest

from leadqual.points import (
    bound_problem,
    caps_problem,
    clamp,
    decimal_places,
    earned_problem,
    grains_to_decimal,
    half_up,
    number_problem,
    to_decimal,
    to_hundredths,
)


def _whats(problems):
    return [problem.what for problem in problems]


@pytest.mark.parametrize("written", ["6.5", "6.50", "65e-1", "0.65E1"])
def test_points_written_in_several_ways_are_one_value(written):
    """6.5, 6.50 and 65e-1 are one value."""
    assert to_hundredths(Decimal(written)) == 650
    assert not list(earned_problem(Decimal(written), "points"))


@pytest.mark.parametrize(("points", "hundredths"), [(0, 0), (-3, -300), (Decimal("-0.01"), -1), (10_000, 1_000_000)])
def test_hundredths_come_back_as_the_points_they_were(points, hundredths):
    """Points become whole hundredths, and hundredths points with two places, without loss."""
    assert to_hundredths(points) == hundredths
    assert to_decimal(hundredths) == points
    assert str(to_decimal(hundredths))[-3] == "."


def test_points_are_exact_in_every_decimal_context():
    """What the application does to its own decimals has no say here."""
    with localcontext() as context:
        context.prec = 3
        context.traps[Inexact] = True
        assert to_hundredths(Decimal("1234.56")) == 123_456
        assert str(to_decimal(1_234_567)) == "12345.67"
        assert str(grains_to_decimal(123_456_789)) == "1.23456789"
        assert not list(earned_problem(Decimal("1234.56"), "points"))


def test_grains_are_shown_with_all_their_places():
    """A grain is a hundred-millionth of a point and is never rounded away."""
    assert grains_to_decimal(1) == Decimal("0.00000001")
    assert grains_to_decimal(-100_000_000) == -1


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (-1, 2, 0), (3, 2, 2), (-3, 2, -1), (49, 100, 0), (51, 100, 1), (-51, 100, -1), (7, 7, 1), (0, 9, 0)],
)
def test_rounding_is_half_up_on_both_sides_of_zero(numerator, denominator, rounded):
    """A half is rounded towards plus infinity: floor(x + ½)."""
    assert half_up(numerator, denominator) == rounded


@pytest.mark.parametrize(("value", "inside"), [(-6, -5), (-5, -5), (0, 0), (9, 9), (10, 9)])
def test_clamp_keeps_what_lies_inside_its_bounds(value, inside):
    """Bounds are in; what lies outside becomes the bound."""
    assert clamp(value, -5, 9) == inside


@pytest.mark.parametrize(
    ("text", "places"), [("0", 0), ("0.000", 0), ("0E-9", 0), ("1.0", 0), ("1.10", 1), ("12.345", 3), ("1E+3", 0)]
)
def test_decimal_places_leave_trailing_zeros_out(text, places):
    """Zeros at the end are notation, not precision."""
    assert decimal_places(Decimal(text)) == places


def test_decimal_places_of_what_is_no_number_are_none():
    """A NaN and an infinity have no places, and are refused elsewhere."""
    assert decimal_places(Decimal("NaN")) == decimal_places(Decimal("Infinity")) == 0


@pytest.mark.parametrize("points", [10_000, -10_000, Decimal("9999.99"), Decimal("-10000.00"), 0])
def test_earned_points_reach_ten_thousand(points):
    """What is earned is at most 10 000 points in size, the bound included."""
    assert not list(earned_problem(points, "points"))


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (Decimal("10000.01"), "the number is out of range"),
        (-10_001, "the number is out of range"),
        pytest.param(10**5000, "the number is out of range", id="5000 digits"),
        (Decimal("0.001"), "the number has too many decimal places"),
        (Decimal("NaN"), "a finite number was expected"),
        (Decimal("sNaN"), "a finite number was expected"),
        (Decimal("-Infinity"), "a finite number was expected"),
        (1.5, "an exact number was expected"),
        (float("nan"), "an exact number was expected"),
        (True, "a number was expected"),
        ("5", "a number was expected"),
        (None, "a number was expected"),
    ],
)
def test_earned_points_are_refused_when_they_are_no_exact_number(value, what):
    """NaN, infinities, booleans, text and floats are no points; nor is what is too large or too fine."""
    assert _whats(earned_problem(value, "points")) == [what]


def test_numbers_of_another_class_are_refused():
    """Types are compared, not inherited: a subclass of int may do anything."""

    class Odd(int):
        pass

    assert _whats(earned_problem(Odd(3), "points")) == ["a number was expected"]


@pytest.mark.parametrize(
    ("bound", "problems"), [(1_000_000, 0), (-1_000_000, 0), (Decimal("1000000.01"), 1), (-1_000_001, 1)]
)
def test_bounds_reach_a_million(bound, problems):
    """Caps, grades, levels, floors and cells are at most 1 000 000 points in size."""
    assert len(list(bound_problem(bound, "max"))) == problems


def test_whole_numbers_may_be_written_as_decimals():
    """Where whole numbers are asked for, 7.0 is one and 7.5 is not; the hint says how to write it."""
    assert not list(number_problem(Decimal("7.0"), "days", low=1, high=9, places=0))
    (problem,) = number_problem(Decimal("7.5"), "days", low=1, high=9, places=0)
    assert str(problem) == "days: the number has too many decimal places (got 7.5). Write a number from 1 to 9."


@pytest.mark.parametrize(("low", "high"), [(None, None), (0, 0), (-5, 5), (Decimal("-0.01"), None), (None, 1)])
def test_caps_lie_on_either_side_of_zero(low, high):
    """`min` is zero or less and `max` zero or more; both may be absent."""
    assert not list(caps_problem(low, high, "fit."))


def test_caps_on_the_wrong_side_of_zero_are_refused_both():
    """Each wrong cap is a problem of its own, with the other cap's name as the hint."""
    problems = list(caps_problem(1, -1, "fit."))
    assert [problem.where for problem in problems] == ["fit.max", "fit.min"]
    assert ["`min`" in problems[0].hint, "`max`" in problems[1].hint] == [True, True]


def test_caps_that_are_no_numbers_are_refused_once():
    """A cap that is no number is not compared with zero as well."""
    loose: Any = caps_problem
    assert _whats(loose("x", True, "")) == ["a number was expected"] * 2
