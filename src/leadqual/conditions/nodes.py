"""The one condition language as frozen data: leaves, joined by all, any and not."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from attrs import field as _field
from attrs import frozen

Literal = str | int | float | Decimal | date | bool | tuple["Literal", ...]
"""What a leaf compares with; datetimes are dates to Python's type system."""

OPS: Final = (
    "eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between", "contains", "contains_any", "contains_word",
    "starts_with", "ends_with", "domain_in", "exists", "missing", "has", "has_any", "has_all",
)  # fmt: skip
"""Every operator, in the order in which the documents list them."""
MAX_DEPTH: Final = 13
"""Levels of a condition at most, so that wherever it stands, a document with it keeps to its 32 brackets."""


class _Joins:
    """``&``, ``|`` and ``~`` for every node."""

    __slots__ = ()

    def _node(self) -> "Condition":
        """Return itself, known to be one of the four nodes."""
        return cast("Condition", self)

    def __and__(self, other: "Condition") -> "All":
        node = self._node()
        return All((*node.parts, other) if isinstance(node, All) else (node, other))

    def __or__(self, other: "Condition") -> "AnyOf":
        node = self._node()
        return AnyOf((*node.parts, other) if isinstance(node, AnyOf) else (node, other))

    def __invert__(self) -> "Not":
        return Not(self._node())


def _frozen_value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _parts(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@frozen(kw_only=True)
class Leaf(_Joins):
    """One comparison of a field with a literal.

    Attributes:
        field: Name of what is read.
        op: One of `OPS`.
        value: What it is compared with; a tuple where the operator takes several.
        ignore_case: A to Z and a to z are the same.
        ignore_accents: Combining marks do not matter.
        missing: What a missing value gives; when absent, false (and *unknown* in three-valued logic).
    """

    field: str
    op: str
    value: Literal | None = _field(default=None, converter=_frozen_value)
    ignore_case: bool = False
    ignore_accents: bool = False
    missing: bool | None = None


@frozen
class All(_Joins):
    """Holds when every part holds; an empty one is true."""

    parts: tuple["Condition", ...] = _field(converter=_parts)


@frozen
class AnyOf(_Joins):
    """Holds when some part holds; an empty one is false."""

    parts: tuple["Condition", ...] = _field(converter=_parts)


@frozen
class Not(_Joins):
    """Holds when its part does not."""

    part: "Condition"


Condition = Leaf | All | AnyOf | Not


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves of a condition in the order of the document.

    >>> [leaf.op for leaf in leaves(Leaf(field="a", op="exists") & ~Leaf(field="b", op="eq", value=1))]
    ['exists', 'eq']
    """
    stack: list[Condition] = [condition]
    while stack:
        node = stack.pop()
        if isinstance(node, Leaf):
            yield node
        elif isinstance(node, Not):
            stack.append(node.part)
        else:
            stack.extend(reversed(node.parts))


def depth(condition: object) -> int | None:
    """Return how deep a condition is nested; a leaf is 1. ``None`` if some part of it is no condition.

    >>> depth(~(Leaf(field="a", op="exists") | Leaf(field="b", op="exists")))
    3
    """
    deepest = 0
    stack: list[tuple[object, int]] = [(condition, 1)]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        if isinstance(node, Not):
            stack.append((node.part, level + 1))
        elif isinstance(node, All | AnyOf) and isinstance(node.parts, tuple):
            stack.extend((part, level + 1) for part in node.parts)
        elif not isinstance(node, Leaf):
            return None
    return deepest
