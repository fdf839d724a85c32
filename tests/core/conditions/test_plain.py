"""Conditions to and from the tables of a document."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from leadqual.canonical import plain
from leadqual.conditions import All, AnyOf, condition_from_plain, condition_to_plain, field
from leadqual.errors import ModelError

A = {"field": "a", "op": "eq", "value": 1}
EXAMPLE = 'Write { field = "country", op = "eq", value = "ES" }, or join conditions with all, any, not.'


def _wrong(data, where="when"):
    with pytest.raises(ModelError) as caught:
        condition_from_plain(data, where)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("condition", "table"),
    [
        (field("a").contains("x"), {"field": "a", "op": "contains", "value": "x"}),
        (field("a").contains("x", "y"), {"field": "a", "op": "contains", "value": ["x", "y"]}),
        (field("a").is_in("x"), {"field": "a", "op": "in", "value": ["x"]}),
        (field("a").contains("@free_mail"), {"field": "a", "op": "contains", "value": "@free_mail"}),
        (field("a").between(1, Decimal("2.5")), {"field": "a", "op": "between", "value": [1, Decimal("2.5")]}),
        (field("a").eq(date(2026, 1, 31)), {"field": "a", "op": "eq", "value": "2026-01-31"}),
        (
            field("a").is_in(datetime(2026, 1, 31, 12, tzinfo=UTC)),
            {"field": "a", "op": "in", "value": ["2026-01-31T12:00:00+00:00"]},
        ),
        (
            field("a").eq("x", ignore_case=True, ignore_accents=True, missing=False),
            {"field": "a", "op": "eq", "value": "x", "ignore_case": True, "ignore_accents": True, "missing": False},
        ),
        (All(()), {"all": []}),
        (AnyOf((~field("a").exists(),)), {"any": [{"not": {"field": "a", "op": "exists"}}]}),
    ],
)
def test_conditions_are_written_as_documents_hold_them(condition, table):
    """The table says everything and leaves defaults out; it reads back to what means the same."""
    assert condition_to_plain(condition) == plain(condition) == table
    assert condition_to_plain(condition_from_plain(table)) == table


def test_a_list_of_one_name_keeps_its_brackets():
    """["@x"] is a text that begins with @, "@x" a named list; the two are not confused."""
    table = {"field": "a", "op": "contains", "value": ["@x"]}
    assert condition_to_plain(condition_from_plain(table)) == table


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ("x", ["when: a condition was expected"]),
        (None, ["when: a condition was expected"]),
        ({}, ["when: `field` is missing", "when: `op` is missing"]),
        ({"field": 1, "op": 2}, ["when.field: a text was expected", "when.op: a text was expected"]),
        ({**A, "valeu": 2}, ["when.valeu: unknown key"]),
        ({**A, "value": {"x": 1}}, ["when.value: a value was expected"]),
        ({**A, "value": None}, ["when.value: a value was expected"]),
        ({**A, "value": [[1]]}, ["when.value: a value was expected"]),
        ({"all": [A], "any": [A]}, ["when: the condition says several things"]),
        ({"all": [A], "field": "a"}, ["when: the condition says several things"]),
        ({"all": A}, ["when.all: a list was expected"]),
        ({"not": [A]}, ["when.not: a condition was expected"]),
        ({"any": [A] * 1001}, ["when.any: too many conditions"]),
        ({"any": [A, 3, {"not": {}}]}, [
            "when.any[1]: a condition was expected",
            "when.any[2].not: `field` is missing",
            "when.any[2].not: `op` is missing",
        ]),
    ],
)  # fmt: skip
def test_shapes_that_are_wrong_are_listed(data, lines):
    """All problems of a condition's shape come at once, with their paths."""
    assert _wrong(data) == lines


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("x", f": a condition was expected (got 'x'). {EXAMPLE}"),
        ({"field": "a"}, f": `op` is missing (got a table of 1). {EXAMPLE}"),
        ({**A, "op": 2}, f".op: a text was expected (got 2). {EXAMPLE}"),
        ({**A, "valeu": 2}, ".valeu: unknown key (got 2). Did you mean `value`?"),
        (
            {**A, "value": {}},
            (
                ".value: a value was expected (got a table of 0). "
                "Write a text, a number, true, false, a date, or a list of these."
            ),
        ),
        (
            {"all": [A], "any": [A]},
            (
                ": the condition says several things (got a table of 2). "
                "One table holds either one of all, any, not, or a comparison; nest tables to say more."
            ),
        ),
        ({"all": A}, ".all: a list was expected (got a table of 3). Write a list of conditions."),
        (
            {"any": [A] * 1001},
            (
                ".any: too many conditions (got a list of 1001). "
                "Join at most 1,000 conditions in one list; name value lists under [lists]."
            ),
        ),
    ],
)
def test_shapes_that_are_wrong_are_explained(data, line):
    """A problem says what came and what to write instead."""
    with pytest.raises(ModelError) as caught:
        condition_from_plain(data)
    assert str(caught.value) == f"when{line}"


def test_a_list_joins_up_to_a_thousand_conditions():
    """A thousand parts are read."""
    assert condition_from_plain({"any": [A] * 1000}) == AnyOf((field("a").eq(1),) * 1000)


def test_documents_nest_conditions_to_a_depth_of_13():
    """One level more is refused with its path."""
    table = A
    for _ in range(12):
        table = {"not": table}
    assert condition_to_plain(condition_from_plain(table)) == table
    (line,) = _wrong({"not": table})
    assert line == "when" + ".not" * 13 + ": the condition is nested too deep"
    with pytest.raises(ModelError) as caught:
        condition_from_plain({"not": table})
    assert str(caught.value).endswith("deep (got 14). Nest conditions at most 13 deep.")


def test_documents_nest_lists_to_a_depth_of_13():
    """Lists of conditions count as levels too, each as one."""
    table = A
    for _ in range(12):
        table = {"all": [table]}
    assert condition_to_plain(condition_from_plain(table)) == table
    assert _wrong({"any": [table]}) == ["when.any[0]" + ".all[0]" * 12 + ": the condition is nested too deep"]


def test_unknown_keys_come_with_the_key_that_was_meant():
    """A slip in a key is recognised."""
    with pytest.raises(ModelError, match="Did you mean `ignore_case`"):
        condition_from_plain({**A, "ignorecase": True})
