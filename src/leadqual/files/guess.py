"""Guesses the type of a column from a sample of its cells."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from leadqual.files.cells import TRUTHS

_TIMELY: Final = re.compile(
    r"(?:^|[^a-z])(?:at|ts|date|time|timestamp|since|when|created|updated)(?:$|[^a-z])|time|date", re.IGNORECASE
)
_SHAPES: Final = tuple(
    (name, form, re.compile(pattern, re.ASCII).fullmatch)
    for name, form, pattern in (
        ("integer", "", r"[+-]?(?:0|[1-9]\d{0,18})"),
        ("number", "", r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?"),
        ("number", "decimal comma", r"[+-]?(?:0|[1-9]\d*)(?:,\d+)?"),
        ("date", "", r"\d{4}-\d\d-\d\d"),
        ("date", "dd.mm.yyyy", r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d{4}"),
        ("date", "dd/mm/yyyy", r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/\d{4}"),
        ("date", "mm/dd/yyyy", r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/\d{4}"),
        ("instant", "", r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?)"),
        ("instant", "no zone", r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"),
        ("instant", "dd.mm.yyyy", r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d{4}[T ].+"),
        ("instant", "dd/mm/yyyy", r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/\d{4}[T ].+"),
        ("instant", "mm/dd/yyyy", r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/\d{4}[T ].+"),
        ("list", "", r'\["[^\n]*\]|[^|]+(?:\|[^|]+)+'),
    )
)
_DIGITS: Final = {10: "s", 13: "ms", 16: "us", 19: "ns"}
_TYPED: Final = (
    ({bool}, "boolean"),
    ({int}, "integer"),
    ({int, float, Decimal}, "number"),
    ({date}, "date"),
    ({list}, "list"),
)


def guess(name: str, cells: Sequence[Any]) -> tuple[str, str]:
    """Return the likely type of a column and its form."""
    if not cells:
        return "text", ""
    if not all(type(cell) is str for cell in cells):
        kinds = {type(cell) for cell in cells}
        typed = next((name for known, name in _TYPED if kinds <= known), "text")
        return _unit(name, list(map(str, cells))) or (typed, "") if typed == "integer" else (typed, "")
    if all(cell.lower() in TRUTHS for cell in cells):
        return "boolean", ""
    for kind, form, matches in _SHAPES:
        if all(map(matches, cells)):
            return _unit(name, cells) or (kind, form) if kind == "integer" else (kind, form)
    return "text", ""


def _unit(name: str, cells: Sequence[str]) -> tuple[str, str] | None:
    """Return ``instant`` and the unit if the column's name and its digits say that it counts since 1970."""
    digits = {len(cell) for cell in cells}
    if len(digits) == 1 and _TIMELY.search(name) and (unit := _DIGITS.get(digits.pop())):
        return "instant", unit
    return None
