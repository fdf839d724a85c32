"""Conditions as data: how deep they are nested, and which leaves they have."""

import pytest

from leadqual.conditions import All, field
from leadqual.conditions.nodes import depth, leaves

A, B, C = field("a").eq(1), field("b").eq(1), field("c").eq(1)


@pytest.mark.parametrize(
    ("condition", "levels"),
    [
        (A, 1),
        (A & B, 2),
        (~(A | B), 3),
        ((~~A & B) | C, 5),
        (C | (~~A & B), 5),
        (All(()), 1),
        ("x", None),
        (All([A, "x"]), None),
        (All("ab"), None),
    ],
)
def test_depth_counts_the_longest_way_down(condition, levels):
    """Each joint is a level, whatever stands beside it; what is no condition has no depth."""
    assert depth(condition) == levels


def test_leaves_come_in_the_order_of_the_document():
    """A condition is read from left to right, through everything that joins its leaves."""
    assert list(leaves((B | ~A) & C & B)) == [B, A, C, B]
