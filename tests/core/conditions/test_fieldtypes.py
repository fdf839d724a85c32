"""How the values of leads and events, and the literals of documents, are read."""

import math
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from leadqual.conditions import WrongType, fieldtypes

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
NAN = float("nan")
READERS: Any = fieldtypes.READERS
LITERALS: Any = fieldtypes.LITERALS


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("text", "x", "x"),
        ("text", "e\u0301", "é"),
        ("text", "", None),
        ("text", " ", " "),
        ("integer", 5, 5),
        ("integer", 5.0, 5),
        ("integer", Decimal("5.0"), 5),
        ("integer", Decimal("5E+1"), 50),
        ("integer", Fraction(10, 2), 5),
        ("integer", NAN, None),
        ("integer", Decimal("NaN"), None),
        ("integer", Decimal("sNaN"), None),
        ("integer", 2**63 - 1, 2**63 - 1),
        ("integer", -(2**63), -(2**63)),
        ("number", 5, 5.0),
        ("number", Decimal("0.1"), 0.1),
        ("number", Fraction(1, 4), 0.25),
        ("number", NAN, None),
        ("number", Decimal("NaN"), None),
        ("number", Decimal("-sNaN12"), None),
        ("boolean", False, False),
        ("date", date(2026, 1, 31), date(2026, 1, 31)),
        ("instant", AT.astimezone(timezone(timedelta(hours=1))), AT),
        ("list", ["a", "", "e\u0301"], ("a", "é")),
        ("list", (), None),
        ("points", 650, 650),
        ("list", ["", ""], None),
    ],
)
def test_values_are_read_as_their_type(kind, value, read):
    """A value becomes one that compares; NaN, the empty text and the empty list are missing, everywhere."""
    result = READERS[kind](value)
    assert (result, type(result)) == (read, type(read))


def test_negative_zero_is_zero():
    """There is one zero."""
    assert math.copysign(1, READERS["number"](-0.0)) == 1.0


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 5),
        ("text", b"x"),
        ("text", "a\0"),
        ("text", "\ud800"),
        ("integer", True),
        ("integer", "5"),
        ("integer", 5.5),
        ("integer", Decimal("5.01")),
        ("integer", math.inf),
        ("integer", Decimal("-Infinity")),
        ("integer", 2**63),
        ("integer", -(2**63) - 1),
        ("integer", 2.0**63),
        ("integer", 1e300),
        pytest.param("integer", Fraction(10**400), id="integer of 401 digits"),
        ("number", True),
        ("number", "1.5"),
        ("number", 1j),
        pytest.param("number", 10**400, id="number of 401 digits"),
        pytest.param("number", Fraction(10**400), id="fraction of 401 digits"),
        ("number", math.inf),
        ("number", -math.inf),
        ("number", Decimal("1E+400")),
        ("boolean", 1),
        ("boolean", "true"),
        ("date", AT),
        ("date", "2026-01-31"),
        ("instant", datetime(2026, 1, 31)),
        ("instant", date(2026, 1, 31)),
        ("instant", AT.replace(year=2200)),
        ("list", "abc"),
        ("list", ["a", 1]),
        ("list", [None]),
        ("list", {"a"}),
    ],
)
def test_values_of_another_type_are_refused(kind, value):
    """Nothing is guessed: a boolean is no number, a text no number, an infinity no value."""
    with pytest.raises(WrongType) as caught:
        READERS[kind](value)
    assert "expected" in caught.value.problem("lead.attributes").what


def test_wrong_types_never_show_the_value():
    """A value of a lead may be personal: the problem shows its type or its length."""
    for kind, value in (("integer", "Ada"), ("text", "Ada\0"), ("date", "Ada"), ("list", "Ada")):
        with pytest.raises(WrongType) as caught:
            READERS[kind](value)
        assert "Ada" not in str(caught.value.problem("lead.attributes"))


@pytest.mark.parametrize(
    ("kind", "literal", "read"),
    [
        ("text", "e\u0301", "é"),
        ("integer", Decimal("7.0"), 7),
        ("number", Decimal("0.1"), 0.1),
        ("number", 3, 3.0),
        ("boolean", True, True),
        ("date", "2026-01-31", date(2026, 1, 31)),
        ("date", date(2026, 1, 31), date(2026, 1, 31)),
        ("instant", "2026-01-31T12:00:00Z", AT),
        ("instant", "2026-01-31T13:00:00+01:00", AT),
        ("instant", AT, AT),
        ("list", "a", "a"),
        ("points", Decimal("6.5"), 650),
        ("points", -3, -300),
        ("points", Decimal("0.01"), 1),
        ("grade", "A", "A"),
    ],
)
def test_literals_are_read_as_their_fields_type(kind, literal, read):
    """A literal of a document becomes a value of its field's type."""
    result = LITERALS[kind](literal)
    assert (result, type(result)) == (read, type(read))


@pytest.mark.parametrize(
    ("kind", "literal"),
    [
        ("text", ""),
        ("text", 5),
        ("integer", Decimal("7.5")),
        ("integer", NAN),
        ("number", NAN),
        ("number", "1"),
        ("boolean", 1),
        ("date", "2026-02-30"),
        ("date", "31.01.2026"),
        ("date", "2026-W05"),
        ("date", AT),
        ("instant", "2026-01-31T12:00:00"),
        ("instant", "yesterday"),
        ("instant", "2" * 41),
        ("instant", date(2026, 1, 31)),
        ("points", 1.5),
        ("points", True),
        ("points", Decimal("0.001")),
        ("points", Decimal("NaN")),
        ("points", 10**9 + 1),
        ("points", Decimal(10) ** 10),
        ("grade", ""),
    ],
)
def test_literals_of_another_type_are_refused(kind, literal):
    """A literal that its field could never equal is an error, not false."""
    with pytest.raises(WrongType):
        LITERALS[kind](literal)
