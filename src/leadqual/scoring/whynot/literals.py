"""Values on either side of a comparison, taken from its own literals: what would make it true, and what false."""

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from leadqual.conditions.comparisons import NO_VALUE
from leadqual.conditions.fieldtypes import LITERALS, READERS, WrongType
from leadqual.conditions.nodes import Leaf

_MOST: Final = 50
"""Literals of one comparison that are looked at."""
_DAY: Final = timedelta(days=1)
_SOME: Final[Mapping[str, Any]] = {
    "text": "other",
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "date": date(2026, 1, 1),
    "instant": datetime(2026, 1, 1, tzinfo=UTC),
    "list": ("other",),
}
_ABOVE: Final = frozenset({"gt", "le"})
"""Comparisons whose border lies just above their literal."""
_HOLDS_AT: Final = frozenset({"eq", "in", "le", "ge", "between"})
"""Comparisons that hold of their literals themselves."""


def literals_of(leaf: Leaf, type_name: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Any, ...]:
    """Return the literals of a comparison as values of its field's type; those of a named list are the list's.

    Args:
        leaf: A comparison that passed its checks.
        type_name: The type of its field.
        lists: The named lists.
    """
    value: Any = leaf.value
    if value is None:
        return ()
    if type_name in ("text", "list") and isinstance(value, str) and value.startswith("@") and value[1:] in lists:
        value = lists[value[1:]]
    parts = value if isinstance(value, tuple) else (value,)
    return tuple(LITERALS[type_name](part) for part in islice(parts, _MOST))


def values_for(leaf: Leaf, type_name: str, lists: Mapping[str, tuple[str, ...]], *, holds: bool) -> Iterator[Any]:
    """Yield values of which a comparison holds, or does not; whether they do is for the caller to verify.

    Args:
        leaf: A comparison that passed its checks.
        type_name: The type of its field.
        lists: The named lists.
        holds: Which side of it is asked for.

    >>> list(values_for(Leaf(field="employees", op="ge", value=50), "integer", {}, holds=True))
    [50]
    >>> list(values_for(Leaf(field="employees", op="ge", value=50), "integer", {}, holds=False))
    [49]
    """
    for value in _values(leaf, type_name, lists, holds=holds):
        if value is not None and _can_be(value, type_name):
            yield value


def _can_be(value: object, type_name: str) -> bool:
    """Tell whether a field of a type can have a value: the next one after the greatest cannot."""
    try:
        return READERS[type_name](value) is not None
    except WrongType:
        return False


def _values(leaf: Leaf, type_name: str, lists: Mapping[str, tuple[str, ...]], *, holds: bool) -> Iterator[Any]:
    if leaf.op in NO_VALUE:
        if holds is (leaf.op == "exists"):
            yield _SOME[type_name]
        return
    literals = literals_of(leaf, type_name, lists)
    if leaf.op in ("ne", "not_in"):
        yield from literals if not holds else _others(literals, type_name)
    elif type_name == "list":
        yield from _lists(leaf.op, literals, holds=holds)
    elif leaf.op == "domain_in":
        yield from (f"someone@{domain}" for domain in (literals if holds else _others(literals, "text")))
    elif type_name in ("text", "boolean") or leaf.op in ("eq", "in"):
        yield from literals if holds else _others(literals, type_name)
    elif leaf.op == "between":
        low, high = literals
        yield from literals if holds else (beside(low, -1), beside(high, 1))
    elif (leaf.op in _HOLDS_AT) is holds:
        yield from literals
    else:
        yield beside(literals[0], 1 if leaf.op in _ABOVE else -1)


def _others(literals: tuple[Any, ...], type_name: str) -> Iterator[Any]:
    """Yield a value that is none of some literals."""
    if type_name == "boolean":
        yield from (value for value in (True, False) if value not in literals)
    elif type_name == "text":
        yield other_text(literals)
    else:
        yield beside(max(literals), 1)


def other_text(literals: tuple[str, ...]) -> str:
    """Return a text that no literal is a part of, and that is a part of none.

    >>> other_text(("CEO", "other"))
    'something else'
    """
    joined = "\n".join(literals).lower()
    for word in ("other", "another", "something else", "none of these"):
        if word not in joined and not any(part.lower() in word for part in literals):
            return word
    return "~" * (1 + max(len(part) for part in literals))


def _lists(op: str, literals: tuple[str, ...], *, holds: bool) -> Iterator[tuple[str, ...]]:
    if not holds:
        yield (other_text(literals),)
    elif op == "has_all":
        yield literals
    else:
        yield from ((part,) for part in literals)


def beside(value: Any, step: int) -> Any:
    """Return the next value in a direction: one more or less, a day later or earlier; nothing where there is none.

    >>> beside(7, -1), beside(date(2026, 3, 1), 1), beside(date.max, 1)
    (6, datetime.date(2026, 3, 2), None)
    """
    try:
        next_to: Any = value + step * _DAY if isinstance(value, date) else value + step
    except OverflowError:
        return None
    return math.nextafter(value, step * math.inf) if next_to == value else next_to
