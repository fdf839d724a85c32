"""Conditions to and from the plain tables of a document."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from leadqual.canonical import plain
from leadqual.conditions.comparisons import ONE_OR_SEVERAL
from leadqual.conditions.nodes import MAX_DEPTH, All, AnyOf, Condition, Leaf, Literal, Not
from leadqual.errors import ModelError, Problem
from leadqual.hints import did_you_mean

_LEAF_KEYS: Final = ("field", "op", "value", "ignore_case", "ignore_accents", "missing")
_MOST_PARTS: Final = 1_000
_JOINTS: Final = ("all", "any", "not")
_EXAMPLE: Final = 'Write { field = "country", op = "eq", value = "ES" }, or join conditions with all, any, not.'


def condition_to_plain(condition: Condition) -> dict[str, object]:
    """Return the table that a document would hold; defaults are left out.

    >>> condition_to_plain(Leaf(field="a", op="contains", value=("x",)))
    {'field': 'a', 'op': 'contains', 'value': 'x'}
    """
    if isinstance(condition, All):
        return {"all": [condition_to_plain(part) for part in condition.parts]}
    if isinstance(condition, AnyOf):
        return {"any": [condition_to_plain(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": condition_to_plain(condition.part)}
    table: dict[str, object] = {"field": condition.field, "op": condition.op}
    if condition.value is not None:
        table["value"] = _plain_value(_shortest(condition))
    if condition.ignore_case:
        table["ignore_case"] = True
    if condition.ignore_accents:
        table["ignore_accents"] = True
    if condition.missing is not None:
        table["missing"] = condition.missing
    return table


def _shortest(leaf: Leaf) -> Literal | None:
    """Return a list of one as its only member where both mean the same."""
    value = leaf.value
    if leaf.op in ONE_OR_SEVERAL and isinstance(value, tuple) and len(value) == 1:
        return value if isinstance(value[0], str) and value[0].startswith("@") else value[0]
    return value


def _plain_value(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain_value(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value


def condition_from_plain(data: object, where: str = "when") -> Condition:
    """Read a condition from the table of a document.

    Only the shape is checked here; fields, operators and types are checked against a model.

    Args:
        data: The table.
        where: Its path, for the problems.

    Returns:
        The condition.

    Raises:
        ModelError: With every problem of its shape.

    >>> condition_from_plain({"not": {"field": "country", "op": "exists"}})
    Not(part=Leaf(field='country', op='exists', value=None, ignore_case=False, ignore_accents=False, missing=None))
    """
    problems: list[Problem] = []
    condition = read_condition(data, where, problems)
    if condition is None or problems:
        raise ModelError(problems)
    return condition


def read_condition(data: object, where: str, problems: list[Problem], level: int = 1) -> Condition | None:
    """Read a condition; what is wrong with its shape is added to the problems.

    Args:
        data: The table.
        where: Its path.
        problems: Takes what is wrong.
        level: How deep it is nested already.

    Returns:
        The condition, or ``None`` if something is wrong.
    """
    if not isinstance(data, Mapping):
        problems.append(Problem(where=where, what="a condition was expected", got=data, hint=_EXAMPLE))
        return None
    if level > MAX_DEPTH:
        hint = f"Nest conditions at most {MAX_DEPTH} deep."
        problems.append(Problem(where=where, what="the condition is nested too deep", got=level, hint=hint))
        return None
    joints = [key for key in _JOINTS if key in data]
    if not joints:
        return _read_leaf(data, where, problems)
    if len(data) > 1:
        hint = "One table holds either one of all, any, not, or a comparison; nest tables to say more."
        problems.append(Problem(where=where, what="the condition says several things", got=data, hint=hint))
        return None
    word = joints[0]
    inner = data[word]
    if word == "not":
        part = read_condition(inner, f"{where}.not", problems, level + 1)
        return None if part is None else Not(part)
    if not isinstance(inner, list | tuple):
        hint = "Write a list of conditions."
        problems.append(Problem(where=f"{where}.{word}", what="a list was expected", got=inner, hint=hint))
        return None
    if len(inner) > _MOST_PARTS:
        hint = f"Join at most {_MOST_PARTS:,} conditions in one list; name value lists under [lists]."
        problems.append(Problem(where=f"{where}.{word}", what="too many conditions", got=inner, hint=hint))
        return None
    read = [read_condition(part, f"{where}.{word}[{i}]", problems, level + 1) for i, part in enumerate(inner)]
    parts = [part for part in read if part is not None]
    if len(parts) < len(read):
        return None
    return All(tuple(parts)) if word == "all" else AnyOf(tuple(parts))


def _read_leaf(data: Mapping[str, Any], where: str, problems: list[Problem]) -> Leaf | None:
    before = len(problems)
    for key in data:
        if key not in _LEAF_KEYS:
            hint = did_you_mean(key, (*_LEAF_KEYS, *_JOINTS))
            problems.append(Problem(where=f"{where}.{key}", what="unknown key", got=data[key], hint=hint))
    for key in ("field", "op"):
        if key not in data:
            problems.append(Problem(where=where, what=f"`{key}` is missing", got=data, hint=_EXAMPLE))
        elif not isinstance(data[key], str):
            problems.append(Problem(where=f"{where}.{key}", what="a text was expected", got=data[key], hint=_EXAMPLE))
    if "value" in data and not _is_literal(data["value"]):
        hint = "Write a text, a number, true, false, a date, or a list of these."
        problems.append(Problem(where=f"{where}.value", what="a value was expected", got=data["value"], hint=hint))
    return None if len(problems) > before else Leaf(**{key: data[key] for key in _LEAF_KEYS if key in data})


def _is_literal(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(part, str | int | float | Decimal | date) for part in value)
    return isinstance(value, str | int | float | Decimal | date)


for _node in (Leaf, All, AnyOf, Not):
    plain.register(_node, condition_to_plain)
