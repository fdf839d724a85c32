"""The condition language, once with two truth values and once with three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .text import contains_word, domain, plain
from .values import MISSING, literal

Values = Mapping[str, tuple[str, Any]]
Lists = Mapping[str, Sequence[str]]
ONE_OR_MORE = {"contains", "contains_word", "starts_with", "ends_with"}


def holds(condition: Mapping[str, Any], values: Values, lists: Lists) -> bool:
    """Return the two-valued truth: a comparison with a missing value is false, and `not` flips that."""
    if "all" in condition:
        return all(holds(part, values, lists) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, values, lists) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], values, lists)
    kind, value = values[condition["field"]]
    if condition["op"] in ("exists", "missing"):
        return bool((value is MISSING) == (condition["op"] == "missing"))
    if value is MISSING:
        return bool(condition.get("missing", False))
    return compares(condition, kind, value, lists)


def known(condition: Mapping[str, Any], values: Values, lists: Lists) -> bool | None:
    """Return the three-valued truth: None, unknown, for a leaf on a missing value that does not say `missing`."""
    if "all" in condition:
        parts = [known(part, values, lists) for part in condition["all"]]
        return False if False in parts else None if None in parts else True
    if "any" in condition:
        parts = [known(part, values, lists) for part in condition["any"]]
        return True if True in parts else None if None in parts else False
    if "not" in condition:
        part = known(condition["not"], values, lists)
        return None if part is None else not part
    silent = condition["op"] not in ("exists", "missing") and "missing" not in condition
    if silent and values[condition["field"]][1] is MISSING:
        return None
    return holds(condition, values, lists)


def compares(leaf: Mapping[str, Any], kind: str, value: Any, lists: Lists) -> bool:
    """Return whether a value that is present meets a leaf."""
    op, said = leaf["op"], leaf["value"]
    if isinstance(said, str) and said.startswith("@"):
        said = lists[said[1:]]
    many = [literal(one, kind) for one in (said if isinstance(said, list) else [said])]
    if kind in ("text", "list", "grade"):
        case, accents = leaf.get("ignore_case", False) or op == "domain_in", leaf.get("ignore_accents", False)
        many = [plain(one, case=case, accents=accents) for one in many]
        if kind == "list":
            return lists_meet(op, {plain(item, case=case, accents=accents) for item in value}, many)
        value = plain(value, case=case, accents=accents)
    if op in ONE_OR_MORE or op in ("contains_any", "domain_in"):
        return any(text_meets(op, value, one) for one in many)
    return orders(op, value, many)


def text_meets(op: str, text: str, one: str) -> bool:
    """Return whether a text meets a text operation with one value."""
    return {
        "contains": one in text,
        "contains_any": one in text,
        "contains_word": contains_word(text, one),
        "starts_with": text.startswith(one),
        "ends_with": text.endswith(one),
        "domain_in": domain(text) == one,
    }[op]


def lists_meet(op: str, items: set[str], many: Sequence[str]) -> bool:
    """Return whether a list meets a list operation."""
    return all(one in items for one in many) if op == "has_all" else any(one in items for one in many)


def orders(op: str, value: Any, many: Sequence[Any]) -> bool:
    """Return whether a value is equal, among or in order with what the leaf says."""
    if op in ("in", "not_in"):
        return (value in many) == (op == "in")
    if op == "between":
        return bool(many[0] <= value <= many[1])
    (one,) = many
    if op in ("eq", "ne"):
        return bool((value == one) == (op == "eq"))
    return bool({"lt": value < one, "le": value <= one, "gt": value > one, "ge": value >= one}[op])
