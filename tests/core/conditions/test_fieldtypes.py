"""How the values of leads and events, and the literals of documents, are read."""

import math
import numbers
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from leadqual.conditions import WrongType, fieldtypes

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
NAN = float("nan")
ZONED = "an instant with a zone in 1970 to 2199"
EXACT = "an exact number with at most two decimal places"
READERS: Any = fieldtypes.READERS
LITERALS: Any = fieldtypes.LITERALS


class WholeNumber:
    """A whole number of another library, as data frames hold them."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __int__(self) -> int:
        return self.value

    def __float__(self) -> float:
        return float(self.value)


numbers.Integral.register(WholeNumber)


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
        ("integer", -(2.0**63), -(2**63)),
        ("integer", WholeNumber(2**53 + 1), 2**53 + 1),
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
    ("kind", "value", "expected", "got"),
    [
        ("text", 5, "a text", "int"),
        ("text", b"x", "a text", "bytes"),
        ("text", "a\0", "a text that can be stored", "a text of 2 characters; it holds a NUL character"),
        ("text", "\ud800", "a text that can be stored", "a text of 1 characters; it holds half of a surrogate pair"),
        ("integer", True, "a whole number", "bool"),
        ("integer", "5", "a whole number", "str"),
        ("integer", 5.5, "a whole number of 64 bits", "another one"),
        ("integer", Decimal("5.01"), "a whole number of 64 bits", "another one"),
        ("integer", math.inf, "a whole number of 64 bits", "another one"),
        ("integer", Decimal("-Infinity"), "a whole number of 64 bits", "another one"),
        ("integer", 2**63, "a whole number of 64 bits", "a larger one"),
        ("integer", -(2**63) - 1, "a whole number of 64 bits", "a larger one"),
        ("integer", 2.0**63, "a whole number of 64 bits", "a larger one"),
        ("integer", 1e300, "a whole number of 64 bits", "another one"),
        pytest.param("integer", Fraction(10**400), "a whole number of 64 bits", "another one", id="401 digits"),
        ("number", True, "a number", "bool"),
        ("number", "1.5", "a number", "str"),
        ("number", 1j, "a number", "complex"),
        pytest.param("number", 10**400, "a finite number", "a larger or an infinite one", id="number of 401 digits"),
        pytest.param(
            "number", Fraction(10**400), "a finite number", "a larger or an infinite one", id="fraction of 401 digits"
        ),
        ("number", math.inf, "a finite number", "a larger or an infinite one"),
        ("number", -math.inf, "a finite number", "a larger or an infinite one"),
        ("number", Decimal("1E+400"), "a finite number", "a larger or an infinite one"),
        ("boolean", 1, "true or false", "int"),
        ("boolean", "true", "true or false", "str"),
        ("date", AT, "a date without a time", "datetime"),
        ("date", "2026-01-31", "a date without a time", "str"),
        ("instant", datetime(2026, 1, 31), ZONED, "the instant has no zone"),
        ("instant", date(2026, 1, 31), ZONED, "an instant was expected"),
        ("instant", AT.replace(year=2200), ZONED, "the instant is out of range"),
        ("list", "abc", "a list of texts", "str"),
        ("list", ["a", 1], "a text", "int"),
        ("list", [None], "a text", "NoneType"),
        ("list", {"a"}, "a list of texts", "set"),
    ],
)
def test_values_of_another_type_are_refused(kind, value, expected, got):
    """Nothing is guessed: a boolean is no number, a text no number, an infinity no value; the reader is told why."""
    with pytest.raises(WrongType) as caught:
        READERS[kind](value)
    assert caught.value.args == (expected, got, "")
    hint = "Clean the value, or declare another type in the playbook."
    problem = WrongType(expected, got, "size").problem("lead.attributes")
    assert str(problem) == f"lead.attributes.size: {expected} was expected (got {got}). {hint}"


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
        ("points", 10**9, 10**11),
        ("points", -(10**9), -(10**11)),
        ("grade", "A", "A"),
    ],
)
def test_literals_are_read_as_their_fields_type(kind, literal, read):
    """A literal of a document becomes a value of its field's type."""
    result = LITERALS[kind](literal)
    assert (result, type(result)) == (read, type(read))


@pytest.mark.parametrize(
    ("kind", "literal", "expected", "got"),
    [
        ("text", "", "a text", "an empty text, which counts as missing"),
        ("text", 5, "a text", "int"),
        ("integer", Decimal("7.5"), "a whole number of 64 bits", "another one"),
        ("integer", NAN, "a whole number", "NaN"),
        ("number", NAN, "a finite number", "NaN"),
        ("number", "1", "a number", "str"),
        ("boolean", 1, "true or false", "int"),
        ("date", "2026-02-30", "a date such as 2026-01-31", "a text that is none"),
        ("date", "31.01.2026", "a date such as 2026-01-31", "a text that is none"),
        ("date", "2026-W05", "a date without a time", "str"),
        ("date", AT, "a date without a time", "datetime"),
        ("instant", "2026-01-31T12:00:00", ZONED, "the instant has no zone"),
        ("instant", "yesterday", "an instant such as 2026-01-31T12:00:00Z", "a text that is none"),
        ("instant", "2" * 40, "an instant such as 2026-01-31T12:00:00Z", "a text that is none"),
        ("instant", "2" * 41, ZONED, "an instant was expected"),
        ("instant", date(2026, 1, 31), ZONED, "an instant was expected"),
        ("points", 1.5, EXACT, "float"),
        ("points", True, EXACT, "bool"),
        ("points", Decimal("0.001"), EXACT, "another one"),
        ("points", Decimal("NaN"), EXACT, "another one"),
        ("points", 10**9 + 1, EXACT, "another one"),
        ("points", -(10**9) - 1, EXACT, "another one"),
        ("points", Decimal(10) ** 10, EXACT, "another one"),
        ("grade", "", "a text", "an empty text, which counts as missing"),
    ],
)
def test_literals_of_another_type_are_refused(kind, literal, expected, got):
    """A literal that its field could never equal is an error, not false."""
    with pytest.raises(WrongType) as caught:
        LITERALS[kind](literal)
    assert (caught.value.expected, caught.value.got, caught.value.field) == (expected, got, "")
