"""What a field may be: its type, the operators it allows, and how its values and literals are read."""

import math
import numbers
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, SupportsFloat

from attrs import frozen

from leadqual.calendar import utc
from leadqual.errors import InstantError, Kind, LeadqualError, Problem
from leadqual.exact import scaled
from leadqual.fold import normal
from leadqual.points import decimal_places
from leadqual.texts import text_flaw

INT64: Final = 2**63
_EQUAL: Final = ("eq", "ne", "in", "not_in")
_KNOWN: Final = ("exists", "missing")
_ORDER: Final = ("lt", "le", "gt", "ge", "between")
_TEXT: Final = ("contains", "contains_any", "contains_word", "starts_with", "ends_with", "domain_in")
OPS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (*_EQUAL, *_TEXT, *_KNOWN),
    "integer": (*_EQUAL, *_ORDER, *_KNOWN),
    "number": (*_EQUAL, *_ORDER, *_KNOWN),
    "date": (*_EQUAL, *_ORDER, *_KNOWN),
    "instant": (*_EQUAL, *_ORDER, *_KNOWN),
    "boolean": ("eq", "ne", *_KNOWN),
    "list": ("has", "has_any", "has_all", *_KNOWN),
    "points": (*_EQUAL, *_ORDER, *_KNOWN),
    "grade": (*_EQUAL, *_KNOWN),
}
"""Operators by type; ``points`` and ``grade`` are the types of a score's own names."""
DECLARABLE: Final = ("text", "integer", "number", "boolean", "date", "instant", "list")


class WrongType(LeadqualError, TypeError):
    """A value is of another type than declared; it says what was expected, what came and where, never the value."""

    def __init__(self, expected: str, got: str, field: str = "") -> None:
        super().__init__(expected, got, field)
        self.expected = expected
        self.got = got
        self.field = field

    def problem(self, where: str) -> Problem:
        """Return what to tell the user, with the path of the table that holds the value."""
        hint = "Clean the value, or declare another type in the playbook."
        return Problem(
            where=f"{where}.{self.field}", what=f"{self.expected} was expected", got=Kind(self.got), hint=hint
        )


@frozen
class FieldType:
    """The type of a field that a condition may read.

    Attributes:
        name: One of the keys of `OPS_OF`.
        choices: The only words it may be compared with, when they are known.
    """

    name: str
    choices: frozenset[str] | None = None


def read_text(value: object) -> str | None:
    """Return a text composed (NFC), or ``None`` when it is empty."""
    if type(value) is not str:
        raise WrongType("a text", type(value).__name__)
    if not value.isprintable() and (flaw := text_flaw(value)):
        raise WrongType("a text that can be stored", f"a text of {len(value)} characters; {flaw}")
    return normal(value) or None


def _real(value: object, expected: str) -> int | float | Decimal | None:
    """Return a number as one of Python's own, also one of a data frame library; ``None`` for NaN."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | numbers.Real):
        raise WrongType(expected, type(value).__name__)
    if isinstance(value, Decimal):
        return None if value.is_nan() else value
    if not isinstance(value, int | float):
        value = int(value) if isinstance(value, numbers.Integral) else _double_of(value)
    return None if isinstance(value, float) and math.isnan(value) else value


def _double_of(value: SupportsFloat) -> float:
    """Return the nearest double, or infinity beyond them."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def read_integer(value: object) -> int | None:
    """Return a whole number that fits 64 bits, or ``None`` for NaN; a float or decimal must be whole."""
    if type(value) is int:
        whole = value
    else:
        number = _real(value, "a whole number")
        if number is None:
            return None
        if not -INT64 <= _double_of(number) <= INT64 or number != int(number):
            raise WrongType("a whole number of 64 bits", "another one")
        whole = int(number)
    if not -INT64 <= whole < INT64:
        raise WrongType("a whole number of 64 bits", "a larger one")
    return whole


def read_number(value: object) -> float | None:
    """Return an IEEE double without negative zero, or ``None`` for NaN."""
    number = _real(value, "a number")
    if number is None:
        return None
    double = _double_of(number)
    if math.isinf(double):
        raise WrongType("a finite number", "a larger or an infinite one")
    return double + 0.0


def read_boolean(value: object) -> bool:
    """Return true or false."""
    if type(value) is not bool:
        raise WrongType("true or false", type(value).__name__)
    return value


def read_date(value: object) -> date:
    """Return a date without a time."""
    if type(value) is not date:
        raise WrongType("a date without a time", type(value).__name__)
    return value


def read_instant(value: object) -> datetime:
    """Return an instant in UTC."""
    try:
        return utc(value)
    except InstantError as error:
        raise WrongType("an instant with a zone in 1970 to 2199", error.problems[0].what) from None


def read_list(value: object) -> tuple[str, ...] | None:
    """Return the texts of a list, composed, without empty ones; ``None`` when there are none."""
    if not isinstance(value, list | tuple):
        raise WrongType("a list of texts", type(value).__name__)
    return tuple(text for part in value if (text := read_text(part)) is not None) or None


def as_points(value: object) -> object:
    """Return points as they are: leadqual has worked them out itself, in hundredths."""
    return value


READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "text": read_text,
    "integer": read_integer,
    "number": read_number,
    "boolean": read_boolean,
    "date": read_date,
    "instant": read_instant,
    "list": read_list,
    "points": as_points,
    "grade": read_text,
}
"""By type: how a value that is not ``None`` becomes one that compares; ``None`` again when it counts as missing."""


def _whole(literal: object) -> int:
    whole = read_integer(literal)
    if whole is None:
        raise WrongType("a whole number", "NaN")
    return whole


def _double(literal: object) -> float:
    number = read_number(literal)
    if number is None:
        raise WrongType("a finite number", "NaN")
    return number


def _some_text(literal: object) -> str:
    text = read_text(literal)
    if text is None:
        raise WrongType("a text", "an empty text, which counts as missing")
    return text


def _day(literal: object) -> date:
    if type(literal) is str and len(literal) == 10 and literal.isascii():
        try:
            return date.fromisoformat(literal)
        except ValueError:
            raise WrongType("a date such as 2026-01-31", "a text that is none") from None
    return read_date(literal)


def _moment(literal: object) -> datetime:
    if type(literal) is str and len(literal) <= 40 and literal.isascii():
        try:
            literal = datetime.fromisoformat(literal)
        except ValueError:
            raise WrongType("an instant such as 2026-01-31T12:00:00Z", "a text that is none") from None
    return read_instant(literal)


def _hundredths(literal: object) -> int:
    exact = literal if type(literal) in (int, Decimal) else None
    if isinstance(exact, Decimal) and (not exact.is_finite() or decimal_places(exact) > 2):
        exact = None
    if isinstance(exact, int | Decimal) and -(10**9) <= exact <= 10**9:
        return scaled(exact, 2)
    got = "another one" if type(literal) in (int, Decimal) else type(literal).__name__
    raise WrongType("an exact number with at most two decimal places", got)


LITERALS: Final[Mapping[str, Callable[[object], object]]] = {
    "text": _some_text,
    "integer": _whole,
    "number": _double,
    "boolean": read_boolean,
    "date": _day,
    "instant": _moment,
    "list": _some_text,
    "points": _hundredths,
    "grade": _some_text,
}
"""By type: how a literal of a document becomes a value that compares with the field's."""
