"""Properties of an event as plain data and back; what JSON has no type for carries a tag."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from leadqual.hints import did_you_mean
from leadqual.lifecycle.storedlists import read_each, read_list
from leadqual.lifecycle.storedparts import INT64, Part, place, read_decimal, read_text, refusal

_HINT: Final = "A property is a text, a number, true or false, a date, an instant, or a list of these."


def _write_one(value: Any) -> Any:
    """Return a value that is no list as plain data."""
    kind = type(value)
    if value is None or kind is bool or (kind is int and -INT64 <= value < INT64):
        return value
    if kind is str:
        return read_text(value)
    if kind is float:
        return value if math.isfinite(value) else {"number": repr(value)}
    if kind is Decimal and value.is_finite():
        return {"decimal": str(value)}
    if kind is datetime:
        return {"instant": value.isoformat()}
    if kind is date:
        return {"date": value.isoformat()}
    raise refusal("the value cannot be stored", value, _HINT)


def write_value(value: Any) -> Any:
    """Return the value of a property as plain data.

    Args:
        value: A text, a number, a boolean, a date, an instant, ``None``, or a list or tuple of these.

    Raises:
        HistoryError: If it is something else.

    >>> write_value(Decimal("1.50")), write_value(("a", "b"))
    ({'decimal': '1.50'}, {'tuple': ['a', 'b']})
    """
    if type(value) is list:
        return [_write_one(member) for member in value]
    if type(value) is tuple:
        return {"tuple": [_write_one(member) for member in value]}
    return _write_one(value)


def _read_number(value: Any) -> float | None:
    return float(value) if type(value) is str and value in ("nan", "inf", "-inf") else None


def _read_iso(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        try:
            return read(value)
        except (TypeError, ValueError):
            return None

    return parse


_TAGS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "number": _read_number,
    "decimal": read_decimal,
    "instant": _read_iso(datetime.fromisoformat),
    "date": _read_iso(date.fromisoformat),
}


def _read_one(value: Any) -> Any:
    kind = type(value)
    if value is None or kind is bool or (kind is int and -INT64 <= value < INT64):
        return value
    if kind is str:
        return read_text(value)
    if kind is float and math.isfinite(value):
        return value
    if kind is dict and len(value) == 1:
        ((tag, text),) = value.items()
        read = _TAGS.get(tag)
        if read is None:
            raise refusal("no such type of value", text, did_you_mean(tag, (*_TAGS, "tuple")), place(tag))
        found = read(text)
        if found is None:
            raise refusal("the value does not fit its type", text, "Write it as leadqual does.", place(tag))
        return found
    raise refusal("the value of a property was expected", value, _HINT)


def read_value(value: Any) -> Any:
    """Return the value of a property from plain data.

    Args:
        value: What `write_value` made.

    Raises:
        HistoryError: If it is something else.

    >>> read_value({"decimal": "1.50"}), read_value({"tuple": ["a", "b"]})
    (Decimal('1.50'), ('a', 'b'))
    """
    if type(value) is list:
        return read_list(value, _read_one)
    if type(value) is dict and value.keys() == {"tuple"}:
        return tuple(read_list(value["tuple"], _read_one))
    return _read_one(value)


PROPERTIES: Final = Part(
    lambda table: {name: write_value(value) for name, value in table.items()},
    lambda table: read_each(table, read_value),
)
