"""Values on either side of a comparison."""

from datetime import UTC, date, datetime

import pytest

from leadqual.conditions import bind
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Leaf
from leadqual.scoring.whynot.literals import literals_of, other_text, values_for

LISTS = {"titles": ("CEO", "CTO")}
DAY, NEXT = date(2026, 3, 1), date(2026, 3, 2)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CASES = [
    ("integer", "eq", 7, [7], [8]),
    ("integer", "ne", 7, [8], [7]),
    ("integer", "in", (7, 9), [7, 9], [10]),
    ("integer", "not_in", (7, 9), [10], [7, 9]),
    ("integer", "lt", 7, [6], [7]),
    ("integer", "le", 7, [7], [8]),
    ("integer", "gt", 7, [8], [7]),
    ("integer", "ge", 7, [7], [6]),
    ("integer", "between", (7, 9), [7, 9], [6, 10]),
    ("number", "ge", 2.5, [2.5], [1.5]),
    ("boolean", "eq", True, [True], [False]),
    ("boolean", "ne", True, [False], [True]),
    ("date", "le", "2026-03-01", [DAY], [NEXT]),
    ("date", "gt", "2026-03-01", [NEXT], [DAY]),
    ("instant", "ge", "2026-03-01T12:00:00Z", [NOON], [NOON.replace(month=2, day=28)]),
    ("text", "eq", "ES", ["ES"], ["other"]),
    ("text", "ne", "ES", ["other"], ["ES"]),
    ("text", "in", ("ES", "MX"), ["ES", "MX"], ["other"]),
    ("text", "in", "@titles", ["CEO", "CTO"], ["other"]),
    ("text", "contains_word", ("CEO", "CTO"), ["CEO", "CTO"], ["other"]),
    ("text", "starts_with", "/pricing", ["/pricing"], ["other"]),
    ("text", "domain_in", ("a.example",), ["someone@a.example"], ["someone@other"]),
    ("list", "has", "x", [("x",)], [("other",)]),
    ("list", "has_any", ("x", "y"), [("x",), ("y",)], [("other",)]),
    ("list", "has_all", ("x", "y"), [("x", "y")], [("other",)]),
    ("integer", "exists", None, [1], []),
    ("text", "exists", None, ["other"], []),
    ("text", "missing", None, [], ["other"]),
    ("instant", "exists", None, [datetime(2026, 1, 1, tzinfo=UTC)], []),
]


@pytest.mark.parametrize(("kind", "op", "value", "true", "false"), CASES, ids=lambda part: str(part)[:20])
def test_values_lie_on_both_sides_of_a_comparison(kind, op, value, true, false):
    """The literals themselves, or what lies just beside them; and each is on the side it is said to be on."""
    leaf = Leaf(field="x", op=op, value=value)
    assert list(values_for(leaf, kind, LISTS, holds=True)) == true
    assert list(values_for(leaf, kind, LISTS, holds=False)) == false
    bound, _ = bind(leaf, Scope({"x": FieldType(kind)}, LISTS), "when")
    assert all(bound.holds({"x": value}) for value in true)
    assert not any(bound.holds({"x": value}) for value in false)


@pytest.mark.parametrize(
    ("kind", "op", "value", "holds"),
    [
        ("integer", "gt", 2**63 - 1, True),
        ("integer", "ge", -(2**63), False),
        ("number", "gt", 1.7976931348623157e308, True),
        ("date", "gt", "9999-12-31", True),
        ("date", "ge", "0001-01-01", False),
        ("instant", "ge", "1970-01-01T00:00:00Z", False),
        ("instant", "le", "2199-12-31T12:00:00Z", False),
    ],
)
def test_nothing_lies_beyond_the_ends_of_a_type(kind, op, value, holds):
    """Where no value is left on a side, none is given."""
    assert not list(values_for(Leaf(field="x", op=op, value=value), kind, {}, holds=holds))


def test_very_large_number_has_the_next_double_beside_it():
    """One more or less makes no difference to it, the next double does."""
    (above,) = values_for(Leaf(field="x", op="gt", value=1e300), "number", {}, holds=True)
    (below,) = values_for(Leaf(field="x", op="ge", value=1e300), "number", {}, holds=False)
    assert below < 1e300 < above


def test_literals_are_read_as_the_type_of_the_field():
    """Dates written as texts are dates, and a named list is its values; no more than fifty are looked at."""
    assert literals_of(Leaf(field="x", op="eq", value="2026-03-01"), "date", {}) == (DAY,)
    assert literals_of(Leaf(field="x", op="exists"), "text", {}) == ()
    many = tuple(f"v{i}" for i in range(60))
    assert literals_of(Leaf(field="x", op="in", value=many), "text", {}) == many[:50]
    assert literals_of(Leaf(field="x", op="in", value="@unknown"), "text", {}) == ("@unknown",)


@pytest.mark.parametrize(
    ("literals", "other"),
    [
        (("CEO",), "other"),
        (("OTHER",), "something else"),
        (("HE", "some"), "~~~~~"),
        (("th", "of", "so"), "~~~"),
        (("the longest of all", "o"), "~" * 19),
        ((), "other"),
    ],
)
def test_other_text_has_nothing_to_do_with_the_literals(literals, other):
    """No literal is a part of it, in any case, nor it of a literal."""
    found = other_text(literals)
    assert found == other
    assert not any(part.lower() in found or found in part.lower() for part in literals)
