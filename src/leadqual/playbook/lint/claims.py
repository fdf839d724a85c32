"""A condition as claims about single fields, joined by *both* and *either*; *not* is carried down to the claims."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from leadqual.conditions.comparisons import NO_VALUE, ONE_OR_SEVERAL, SEVERAL, comparison
from leadqual.conditions.fieldtypes import LITERALS
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import All, Condition, Leaf, Not
from leadqual.fold import folding

_OPPOSITE: Final[Mapping[str, str]] = {
    "eq": "ne",
    "ne": "eq",
    "in": "not_in",
    "not_in": "in",
    "lt": "ge",
    "ge": "lt",
    "le": "gt",
    "gt": "le",
}


class Claim(NamedTuple):
    """What is said of one field.

    Attributes:
        field: Its name.
        op: The operator; ``"exists"`` says only that there is a value, ``"missing"`` that there is none.
        literals: What it compares with, as the type of the field, folded.
        fold: Whether case and accents are ignored.
        holds: Whether the comparison must hold, or must not.
        or_missing: Whether a missing value will do too.
    """

    field: str
    op: str
    literals: tuple[Any, ...] = ()
    fold: tuple[bool, bool] = (False, False)
    holds: bool = True
    or_missing: bool = False

    def says(self, value: Any) -> bool:
        """Return whether it is true of a value that is there."""
        folds = _folding(self.fold) if any(self.fold) else None
        return comparison(self.op, self.literals, folds)(value) is self.holds


class Both(NamedTuple):
    """All parts are true."""

    parts: "tuple[Node, ...]"


class Either(NamedTuple):
    """Some part is true."""

    parts: "tuple[Node, ...]"


Node = Claim | Both | Either


def claims_of(condition: Condition, scope: Scope, *, holds: bool = True) -> Node:
    """Return what must be true of single fields for a condition to hold, or not to hold, in two-valued logic.

    Args:
        condition: A condition that passed its checks.
        scope: The fields and lists it may name.
        holds: Whether it is to hold.

    >>> from leadqual.conditions.fieldtypes import FieldType
    >>> scope = Scope({"age": FieldType("integer")}, {})
    >>> claims_of(Not(Leaf(field="age", op="lt", value=18)), scope)
    Claim(field='age', op='ge', literals=(18,), fold=(False, False), holds=True, or_missing=True)
    """
    if isinstance(condition, Leaf):
        return _of_leaf(condition, scope, holds=holds)
    if isinstance(condition, Not):
        return claims_of(condition.part, scope, holds=not holds)
    parts = tuple(claims_of(part, scope, holds=holds) for part in condition.parts)
    return Both(parts) if isinstance(condition, All) is holds else Either(parts)


def _of_leaf(leaf: Leaf, scope: Scope, *, holds: bool) -> Node:
    if leaf.op in NO_VALUE:
        return Claim(leaf.field, "exists" if (leaf.op == "exists") is holds else "missing")
    or_missing = (leaf.missing is True) is holds
    literals = literals_of(leaf, scope)
    fold = (leaf.ignore_case, leaf.ignore_accents)
    if holds:
        return Claim(leaf.field, leaf.op, literals, fold, or_missing=or_missing)
    if leaf.op == "between":
        low, high = literals
        ends = Claim(leaf.field, "lt", (low,)), Claim(leaf.field, "gt", (high,))
        return Either(tuple(end._replace(or_missing=or_missing) for end in ends))
    opposite = _OPPOSITE.get(leaf.op)
    if opposite is not None:
        return Claim(leaf.field, opposite, literals, fold, or_missing=or_missing)
    return Claim(leaf.field, leaf.op, literals, fold, holds=False, or_missing=or_missing)


def written_literals(leaf: Leaf, lists: Mapping[str, tuple[str, ...]]) -> tuple[Any, ...]:
    """Return what a leaf compares with as it is written; the values of a list where it names one.

    >>> written_literals(Leaf(field="email", op="domain_in", value="@rivals"), {"rivals": ("a.example",)})
    ('a.example',)
    """
    value = leaf.value
    name = list_of(leaf)
    if name in lists:
        return lists[name]
    return value if isinstance(value, tuple) else (value,)


def list_of(leaf: Leaf) -> str:
    """Return the name of the list that a leaf compares with; empty if it names its values itself."""
    several = leaf.op in SEVERAL or leaf.op in ONE_OR_SEVERAL
    return leaf.value[1:] if several and isinstance(leaf.value, str) and leaf.value.startswith("@") else ""


def literals_of(leaf: Leaf, scope: Scope) -> tuple[Any, ...]:
    """Return what a leaf compares with, as the type of its field and folded.

    Args:
        leaf: A comparison that passed its checks and takes a value.
        scope: The fields and lists it may name.
    """
    kind = scope.fields[leaf.field]
    read = LITERALS[kind.name]
    literals: tuple[Any, ...] = tuple(read(part) for part in written_literals(leaf, scope.lists))
    if kind.name in ("text", "list", "grade"):
        return tuple(map(_folding((leaf.ignore_case, leaf.ignore_accents)), literals))
    return literals


def _folding(fold: tuple[bool, bool]) -> Callable[[str], str]:
    ignore_case, ignore_accents = fold
    return folding(ignore_case=ignore_case, ignore_accents=ignore_accents)
