"""Conditions written in Python say what a document would."""

import pytest

from leadqual.conditions import All, AnyOf, Leaf, Not, condition_from_plain, condition_to_plain, field

F = field("f")


@pytest.mark.parametrize(
    ("leaf", "op", "value"),
    [
        (F.eq("a"), "eq", "a"),
        (F.ne("a"), "ne", "a"),
        (F.is_in("a", "b"), "in", ("a", "b")),
        (F.not_in("a"), "not_in", ("a",)),
        (F.lt(1), "lt", 1),
        (F.le(1), "le", 1),
        (F.gt(1), "gt", 1),
        (F.ge(1), "ge", 1),
        (F.between(1, 2), "between", (1, 2)),
        (F.contains("a"), "contains", ("a",)),
        (F.contains_any("a"), "contains_any", ("a",)),
        (F.contains_word("a"), "contains_word", ("a",)),
        (F.starts_with("a"), "starts_with", ("a",)),
        (F.ends_with("a"), "ends_with", ("a",)),
        (F.domain_in("@free_mail"), "domain_in", "@free_mail"),
        (F.exists(), "exists", None),
        (F.missing(), "missing", None),
        (F.has("a"), "has", "a"),
        (F.has_any("a"), "has_any", ("a",)),
        (F.has_all("a"), "has_all", ("a",)),
        (F.is_in("@a", "b"), "in", ("@a", "b")),
    ],
)
def test_each_method_makes_its_comparison(leaf, op, value):
    """A method per operator; one text with a leading @ names a list, and stands alone."""
    assert leaf == Leaf(field="f", op=op, value=value)


def test_methods_take_the_options_of_a_leaf():
    """Options are keywords of every method that compares."""
    assert F.is_in("a", ignore_case=True, ignore_accents=True, missing=False) == Leaf(
        field="f", op="in", value=("a",), ignore_case=True, ignore_accents=True, missing=False
    )


def test_operators_join_conditions():
    """`&`, `|` and `~` make all, any and not; chains of one kind stay flat."""
    a, b, c = F.eq(1), F.eq(2), F.eq(3)
    assert a & b & c == All((a, b, c))
    assert a | b | c == AnyOf((a, b, c))
    assert (a & b) | c == AnyOf((All((a, b)), c))
    assert (a | b) & c == All((AnyOf((a, b)), c))
    assert ~(a & b) == Not(All((a, b)))


def test_lists_of_values_and_parts_become_tuples():
    """A condition is a value: nothing in it can be changed."""
    assert Leaf(field="f", op="in", value=["a", "b"]).value == ("a", "b")
    assert All([F.exists()]) == All((F.exists(),))
    assert hash(All([F.exists()])) == hash(All((F.exists(),)))


def test_what_is_built_is_what_a_document_says():
    """Python and document meet in one value."""
    written = {"any": [{"field": "f", "op": "eq", "value": 1}, {"not": {"field": "f", "op": "exists"}}]}
    assert condition_from_plain(written) == F.eq(1) | ~F.exists()
    assert condition_to_plain(F.eq(1) | ~F.exists()) == written
