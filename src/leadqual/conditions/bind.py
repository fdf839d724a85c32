"""A condition checked against the fields that are declared, ready to be evaluated."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Protocol, TypeVar

from attrs import frozen

from leadqual.conditions.comparisons import NO_VALUE, ONE_OR_SEVERAL, SEVERAL, comparison
from leadqual.conditions.fieldtypes import LITERALS, OPS_OF, READERS, FieldType, WrongType, as_points
from leadqual.conditions.nodes import MAX_DEPTH, OPS, All, Condition, Leaf, Not, depth
from leadqual.errors import ModelError, Problem
from leadqual.fold import folding
from leadqual.hints import did_you_mean

_EXAMPLES: Final = {"instant": ", such as 2026-01-31T12:00:00Z", "date": ", such as 2026-01-31"}


class Row(Protocol):
    """What a condition reads: the value of a field by its name, or ``None``."""

    def get(self, key: str, /) -> object:
        """Return the value of a field, or ``None``."""
        ...


Holds = Callable[[Row], bool]
Knows = Callable[[Row], bool | None]


@frozen
class Scope:
    """What a condition may name.

    Attributes:
        fields: The declared fields by name.
        lists: The named value lists.
        what: Word for the fields in messages, such as ``"attribute"``.
    """

    fields: Mapping[str, FieldType]
    lists: Mapping[str, tuple[str, ...]]
    what: str = "field"


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
    problems += _leaf_problems(leaf, scope, where)
    if len(problems) > before or scope.fields[leaf.field].name not in OPS_OF:
        return bool, bool  # never asked
    kind = scope.fields[leaf.field]
    if leaf.op in NO_VALUE:
        there = leaf.op == "exists"
        known = _evaluated(leaf.field, READERS[kind.name], lambda _: there, not there)
        return known, known
    fold = None
    literals = _literals(leaf, kind, scope, where, problems)
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


def _leaf_problems(leaf: Leaf, scope: Scope, where: str) -> Iterator[Problem]:
    if not isinstance(leaf.field, str) or leaf.field not in scope.fields:
        hint = did_you_mean(leaf.field, scope.fields, "Declare it first.")
        yield Problem(where=f"{where}.field", what=f"unknown {scope.what}", got=leaf.field, hint=hint)
        return
    kind = scope.fields[leaf.field]
    if kind.name not in OPS_OF:
        return
    if leaf.op not in OPS:
        yield Problem(where=f"{where}.op", what="unknown operator", got=leaf.op, hint=did_you_mean(leaf.op, OPS))
        return
    if leaf.op not in OPS_OF[kind.name]:
        hint = f"`{leaf.field}` allows: {', '.join(OPS_OF[kind.name])}."
        yield Problem(where=f"{where}.op", what=f"a {kind.name} has no such operator", got=leaf.op, hint=hint)
        return
    for name, option in (("ignore_case", leaf.ignore_case), ("ignore_accents", leaf.ignore_accents)):
        if type(option) is not bool:
            yield Problem(where=f"{where}.{name}", what="true or false was expected", got=option, hint="")
        elif option and (kind.name not in ("text", "list") or leaf.op in NO_VALUE):
            yield Problem(
                where=f"{where}.{name}", what="only comparisons of texts take this", got=option, hint="Remove it."
            )
    if leaf.missing is not None and type(leaf.missing) is not bool:
        yield Problem(where=f"{where}.missing", what="true or false was expected", got=leaf.missing, hint="")
    if leaf.op in NO_VALUE:
        for name, given in (("value", leaf.value), ("missing", leaf.missing)):
            if given is not None:
                yield Problem(where=f"{where}.{name}", what=f"`{leaf.op}` takes none", got=given, hint="Remove it.")


def _literals(leaf: Leaf, kind: FieldType, scope: Scope, where: str, problems: list[Problem]) -> tuple[Any, ...]:
    where = f"{where}.value"
    value: Any = leaf.value
    several = leaf.op in SEVERAL or leaf.op in ONE_OR_SEVERAL
    if several and kind.name in ("text", "list") and isinstance(value, str) and value.startswith("@"):
        if value[1:] not in scope.lists:
            hint = did_you_mean(value[1:], scope.lists, "Declare it under [lists].")
            problems.append(Problem(where=where, what="unknown list", got=value, hint=hint))
            return ()
        value = scope.lists[value[1:]]
    if value is None:
        hint = "Give the values as a list." if leaf.op in SEVERAL else "Give the value."
        problems.append(Problem(where=where, what=f"`{leaf.op}` needs a value", got=value, hint=hint))
        return ()
    if isinstance(value, tuple) != (leaf.op in SEVERAL) and not (several and leaf.op in ONE_OR_SEVERAL):
        what = f"`{leaf.op}` takes a list" if leaf.op in SEVERAL else f"`{leaf.op}` takes one value"
        problems.append(Problem(where=where, what=what, got=value, hint="Put it in brackets." if several else ""))
        return ()
    parts = value if isinstance(value, tuple) else (value,)
    if (leaf.op == "between" and len(parts) != 2) or not parts:
        hint = "Write the two ends." if leaf.op == "between" else "Name at least one value."
        problems.append(Problem(where=where, what=f"`{leaf.op}` cannot use this list", got=parts, hint=hint))
        return ()
    read: list[Any] = []
    for i, part in enumerate(parts):
        place = f"{where}[{i}]" if isinstance(value, tuple) else where
        try:
            read.append(LITERALS[kind.name](part))
        except WrongType as error:
            example = _EXAMPLES.get(kind.name, "")
            hint = f"`{leaf.field}` is of type {kind.name}{example}."
            problems.append(Problem(where=place, what=f"{error.expected} was expected", got=part, hint=hint))
            continue
        if kind.choices is not None and read[-1] not in kind.choices:
            hint = did_you_mean(part, kind.choices)
            problems.append(Problem(where=place, what=f"`{leaf.field}` is never this", got=part, hint=hint))
    if leaf.op == "between" and len(read) == 2 and read[0] > read[1]:
        problems.append(Problem(where=where, what="the ends are the wrong way round", got=parts, hint="Low end first."))
    return tuple(read)
