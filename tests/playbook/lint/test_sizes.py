"""Ranges of values: narrowing gives exactly the values of which a comparison holds."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest

from leadqual.calendar import EARLIEST, LATEST
from leadqual.playbook.lint.sizes import Sizes

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
BESIDE = {
    "integer": (6, 7, 8),
    "number": (math.nextafter(7.5, -math.inf), 7.5, math.nextafter(7.5, math.inf)),
    "date": (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)),
    "instant": (NOON - MOMENT, NOON, NOON + MOMENT),
}
ENDS = {
    "integer": (-(2**63), 2**63 - 1),
    "number": (-math.nextafter(math.inf, 0), math.nextafter(math.inf, 0)),
    "date": (date.min, date.max),
    "instant": (EARLIEST, LATEST - MOMENT),
}


@pytest.mark.parametrize("kind", BESIDE)
def test_range_ends_beside_what_is_left_out(kind):
    """Each order operator, and each value left out at an end, moves an end to the next value of the type."""
    below, value, above = BESIDE[kind]
    least, greatest = ENDS[kind]
    every = Sizes.of_type(kind)
    assert (every.low, every.high) == (least, greatest)
    narrowed = {op: every.narrowed(op, (value,)) for op in ("lt", "le", "gt", "ge")}
    assert {op: (own.low, own.high) for op, own in narrowed.items()} == {
        "lt": (least, below),
        "le": (least, value),
        "gt": (above, greatest),
        "ge": (value, greatest),
    }
    three = every.narrowed("between", (below, above))
    assert (three.low, three.high) == (below, above)
    two = three.narrowed("ne", (below,))
    assert (two.low, two.high) == (value, above)
    one = two.narrowed("not_in", (above, greatest))
    assert (one.low, one.high) == (value, value)
    assert one.narrowed("ne", (value,)) is None


@pytest.mark.parametrize("kind", BESIDE)
def test_nothing_lies_beyond_the_ends_of_a_type(kind):
    """More than the greatest and less than the least are no values."""
    least, greatest = ENDS[kind]
    every = Sizes.of_type(kind)
    assert every.narrowed("gt", (greatest,)) is None
    assert every.narrowed("lt", (least,)) is None
    assert every.narrowed("ge", (greatest,)).low == every.narrowed("le", (greatest,)).high == greatest


def test_few_values_are_kept_one_by_one():
    """Of named values, those are left that lie within and are not left out."""
    few = Sizes(0, 10).narrowed("in", (2, 4, 6, 20))
    assert (few.low, few.high, few.only) == (2, 6, {2, 4, 6})
    assert few.narrowed("in", (4, 6, 8)).only == {4, 6}
    assert few.narrowed("gt", (2,)).only == {4, 6}
    assert few.narrowed("ne", (4,)).only == {2, 6}
    assert few.narrowed("between", (3, 5)).only == {4}
    assert few.narrowed("between", (5, 5)) is None
    assert Sizes(0, 10).narrowed("ne", (2,)).narrowed("in", (2, 3)).only == {3}
