"""What a comparison may name and compare with: the checks of a leaf, and its literals as values."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from leadqual.conditions.comparisons import NO_VALUE, ONE_OR_SEVERAL, SEVERAL
from leadqual.conditions.fieldtypes import LITERALS, OPS_OF, FieldType, WrongType
from leadqual.conditions.nodes import OPS, Leaf
from leadqual.errors import Problem
from leadqual.hints import did_you_mean

_EXAMPLES: Final = {"instant": ", such as 2026-01-31T12:00:00Z", "date": ", such as 2026-01-31"}


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


def leaf_problems(leaf: Leaf, scope: Scope, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a comparison, its literal aside.

    Args:
        leaf: The comparison.
        scope: The fields it may name.
        where: Its path.
    """
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


def literals_of(leaf: Leaf, kind: FieldType, scope: Scope, where: str, problems: list[Problem]) -> tuple[Any, ...]:
    """Return the literals of a comparison as values of its field's type.

    Args:
        leaf: The comparison.
        kind: The type of its field.
        scope: The lists it may name.
        where: Its path.
        problems: Takes what is wrong with the literals; the result must not be used then.
    """
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
