"""Conditions written in Python say what a document would."""

from typing import Any

import pytest

from leadqual.conditions import All, AnyOf, Leaf, Not, condition_from_plain, condition_to_plain, field

F = field("f")


@pytest.mark.parametrize(
    ("method", "given", "op", "value"),
    [
        ("eq", ("a",), "eq", "a"),
        ("ne", ("a",), "ne", "a"),
        ("is_in", ("a", "b"), "in", ("a", "b")),
        ("not_in", ("a",), "not_in", ("a",)),
        ("lt", (1,), "lt", 1),
        ("le", (1,), "le", 1),
        ("gt", (1,), "gt", 1),
        ("ge", (1,), "ge", 1),
        ("between", (1, 2), "between", (1, 2)),
        ("contains", ("a",), "contains", ("a",)),
        ("contains_any", ("a",), "contains_any", ("a",)),
        ("contains_word", ("a",), "contains_word", ("a",)),
        ("starts_with", ("a",), "starts_with", ("a",)),
        ("ends_with", ("a",), "ends_with", ("a",)),
        ("domain_in", ("@free_mail",), "domain_in", "@free_mail"),
        ("has", ("a",), "has", "a"),
        ("has_any", ("a",), "has_any", ("a",)),
        ("has_all", ("a",), "has_all", ("a",)),
        ("is_in", ("@a", "b"), "in", ("@a", "b")),
    ],
)
def test_each_method_makes_its_comparison(method, given, op, value):
    """A method per operator, with the options of a leaf; one text with a leading @ names a list, and stands alone."""
    options: dict[str, Any] = {"ignore_case": True, "ignore_accents": True, "missing": False}
    make = getattr(field("f"), method)
    assert make(*given) == Leaf(field="f", op=op, value=value)
    assert make(*given, **options) == Leaf(field="f", op=op, value=value, **options)


def test_whether_a_value_is_there_is_asked_without_a_value():
    """`exists` and `missing` compare with nothing."""
    assert field("f").exists() == Leaf(field="f", op="exists", value=None)
    assert field("f").missing() == Leaf(field="f", op="missing", value=None)


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
    assert (All("ab").parts, AnyOf("ab").parts) == ("ab", "ab")


def test_what_is_built_is_what_a_document_says():
    """Python and document meet in one value."""
    written = {"any": [{"field": "f", "op": "eq", "value": 1}, {"not": {"field": "f", "op": "exists"}}]}
    assert condition_from_plain(written) == F.eq(1) | ~F.exists()
    assert condition_to_plain(F.eq(1) | ~F.exists()) == written
