"""A condition checked against the fields that are declared, ready to be evaluated."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from attrs import frozen

from leadqual.conditions.comparisons import NO_VALUE, comparison
from leadqual.conditions.fieldtypes import OPS_OF, READERS, WrongType, as_points
from leadqual.conditions.leafcheck import Scope, leaf_problems, literals_of
from leadqual.conditions.nodes import MAX_DEPTH, All, Condition, Leaf, Not, depth
from leadqual.errors import ModelError, Problem
from leadqual.fold import folding


class Row(Protocol):
    """What a condition reads: the value of a field by its name, or ``None``."""

    def get(self, key: str, /) -> object:
        """Return the value of a field, or ``None``."""
        ...


Holds = Callable[[Row], bool]
Knows = Callable[[Row], bool | None]


@frozen
class Bound:
    """A condition that passed its checks.

    Attributes:
        condition: The condition as written.
        fields: Names of the fields it reads, in document order.
        holds: Two-valued: whether it holds of a row; a comparison with a missing value is false.
        knows: Three-valued: the same, or ``None`` when that depends on a missing value.
    """

    condition: Condition
    fields: tuple[str, ...]
    holds: Holds
    knows: Knows


def bind(condition: object, scope: Scope, where: str) -> tuple[Bound | None, list[Problem]]:
    """Check a condition against a scope and make it ready to be evaluated.

    Args:
        condition: What should be a condition.
        scope: The fields and lists it may name.
        where: Its path, for the problems.

    Returns:
        The bound condition, or ``None`` with every problem it has.

    >>> from leadqual.conditions.fieldtypes import FieldType
    >>> scope = Scope({"employees": FieldType("integer")}, {})
    >>> bound, _ = bind(Leaf(field="employees", op="ge", value=50), scope, "when")
    >>> bound.holds({"employees": 200}), bound.knows({})
    (True, None)
    """
    levels = depth(condition)
    if levels is None or not isinstance(condition, Condition):
        hint = 'Write a table such as { field = "country", op = "eq", value = "ES" }.'
        return None, [Problem(where=where, what="a condition was expected", got=condition, hint=hint)]
    if levels > MAX_DEPTH:
        hint = f"Nest conditions at most {MAX_DEPTH} deep."
        return None, [Problem(where=where, what="the condition is nested too deep", got=levels, hint=hint)]
    problems: list[Problem] = []
    names: dict[str, None] = {}
    holds, knows = _bind(condition, scope, where, problems, names)
    return (None if problems else Bound(condition, tuple(names), holds, knows)), problems


def bound_of(condition: Condition, scope: Scope, where: str = "when") -> Bound:
    """Return a condition ready to be evaluated.

    Args:
        condition: The condition.
        scope: The fields and lists it may name.
        where: Its path, for the problems.

    Raises:
        ModelError: With every problem, if it is wrong.

    >>> from leadqual.conditions.fieldtypes import FieldType
    >>> bound_of(Leaf(field="employees", op="ge", value=50), Scope({"employees": FieldType("integer")}, {})).fields
    ('employees',)
    """
    bound, problems = bind(condition, scope, where)
    if bound is None:
        raise ModelError(problems)
    return bound


def _bind(
    node: Condition, scope: Scope, where: str, problems: list[Problem], names: dict[str, None]
) -> tuple[Holds, Knows]:
    if isinstance(node, Leaf):
        if isinstance(node.field, str):
            names[node.field] = None
        return _bind_leaf(node, scope, where, problems)
    if isinstance(node, Not):
        holds, knows = _bind(node.part, scope, f"{where}.not", problems, names)
        return (lambda row: not holds(row)), (lambda row: None if (known := knows(row)) is None else not known)
    word = "all" if isinstance(node, All) else "any"
    parts = [_bind(part, scope, f"{where}.{word}[{i}]", problems, names) for i, part in enumerate(node.parts)]
    each, known_each = tuple(part[0] for part in parts), tuple(part[1] for part in parts)
    if isinstance(node, All):
        return _joined(each, decides=False), (lambda row: _kleene(known_each, row, decides=False))
    return _joined(each, decides=True), (lambda row: _kleene(known_each, row, decides=True))


def _joined(parts: tuple[Holds, ...], *, decides: bool) -> Holds:
    """Join two-valued parts: one that is what decides makes the whole so."""

    def holds(row: Row) -> bool:
        for part in parts:
            if part(row) is decides:
                return decides
        return not decides

    return holds


def _kleene(parts: tuple[Knows, ...], row: Row, *, decides: bool) -> bool | None:
    """Join three-valued parts; one value decides, else an unknown part makes the whole unknown."""
    unknown = False
    for knows in parts:
        known = knows(row)
        if known is decides:
            return decides
        unknown = unknown or known is None
    return None if unknown else not decides


def _bind_leaf(leaf: Leaf, scope: Scope, where: str, problems: list[Problem]) -> tuple[Holds, Knows]:
    """Bind a leaf; what is wrong with it is added to the problems, and the result must not be used then."""
    before = len(problems)
    problems += leaf_problems(leaf, scope, where)
    if len(problems) > before or scope.fields[leaf.field].name not in OPS_OF:
        return bool, bool  # never asked
    kind = scope.fields[leaf.field]
    if leaf.op in NO_VALUE:
        there = leaf.op == "exists"
        known = _evaluated(leaf.field, READERS[kind.name], lambda _: there, not there)
        return known, known
    fold = None
    literals = literals_of(leaf, kind, scope, where, problems)
    if kind.name in ("text", "list", "grade"):
        fold = folding(ignore_case=leaf.ignore_case, ignore_accents=leaf.ignore_accents)
        literals = tuple(map(fold, literals))
        fold = fold if leaf.ignore_case or leaf.ignore_accents else None
    if len(problems) > before:
        return bool, bool  # never asked
    test = comparison(leaf.op, literals, fold)
    read = READERS[kind.name]
    return _evaluated(leaf.field, read, test, leaf.missing is True), _evaluated(leaf.field, read, test, leaf.missing)


_Truth = TypeVar("_Truth", bool, bool | None)


def _evaluated(
    name: str, read: Callable[[object], Any], test: Callable[[Any], bool], if_missing: _Truth
) -> Callable[[Row], bool | _Truth]:
    """Return the truth of a comparison for a row, given what a missing value makes of it."""
    if read is as_points:  # points, which leadqual has worked out itself

        def of_points(row: Row) -> bool | _Truth:
            value = row.get(name)
            return if_missing if value is None else test(value)

        return of_points

    def truth(row: Row) -> bool | _Truth:
        value = row.get(name)
        if value is None:
            return if_missing
        try:
            value = read(value)
        except WrongType as error:
            raise WrongType(error.expected, error.got, name) from None
        return if_missing if value is None else test(value)

    return truth
