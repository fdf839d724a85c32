"""Comparisons of numbers, dates, instants, points, and of what is true or false."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from leadqual.batch.sql import nodes
from leadqual.batch.sql.nodes import Expr

_FIRST_DAY: Final = date(1970, 1, 1).toordinal()
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_COMPARED: Final[Mapping[str, Callable[[Expr, Expr], Expr]]] = {
    "eq": nodes.equals,
    "ne": nodes.differs,
    "lt": nodes.less,
    "le": nodes.at_most,
    "gt": nodes.more,
    "ge": nodes.at_least,
}


def size_literal(value: Any, type_name: str) -> Expr:
    """Return a value, already read as its type, as it is kept in a column.

    Args:
        value: The value.
        type_name: ``integer``, ``number``, ``date``, ``instant``, ``points`` or ``boolean``.

    >>> size_literal(date(1970, 1, 31), "date").sql("duckdb")
    'CAST(30 AS BIGINT)'
    """
    if type_name == "boolean":
        return nodes.boolean(value)
    if type_name == "number":
        return nodes.double(value)
    if type_name == "date":
        return nodes.integer(value.toordinal() - _FIRST_DAY)
    return nodes.integer((value - _EPOCH) // _MICROSECOND if type_name == "instant" else value)


def size_test(op: str, literals: tuple[Any, ...], type_name: str, value: Expr) -> Expr:
    """Return what an operator says of a value; null where it is null.

    Args:
        op: The operator.
        literals: What it compares with, read as the type.
        type_name: The type.
        value: The value.
    """
    if type_name == "boolean":
        return value if literals[0] is (op == "eq") else nodes.negated(value)
    found = [size_literal(literal, type_name) for literal in dict.fromkeys(literals)]
    if op in _COMPARED:
        return _COMPARED[op](value, found[0])
    if op == "between":
        return nodes.all_of([nodes.at_least(value, found[0]), nodes.at_most(value, found[-1])])
    member = nodes.is_in(value, found)
    return member if op == "in" else nodes.negated(member)
