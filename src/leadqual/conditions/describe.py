"""Conditions in plain words."""

from collections.abc import Mapping
from typing import Final

from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf, Not

_WORDS: Final[Mapping[str, str]] = {
    "eq": "is",
    "ne": "is known and is not",
    "in": "is one of",
    "not_in": "is known and is none of",
    "lt": "is less than",
    "le": "is at most",
    "gt": "is more than",
    "ge": "is at least",
    "between": "is from",
    "contains": "contains",
    "contains_any": "contains",
    "contains_word": "has the word",
    "starts_with": "starts with",
    "ends_with": "ends with",
    "domain_in": "has the domain",
    "exists": "is known",
    "missing": "is not known",
    "has": "holds",
    "has_any": "holds one of",
    "has_all": "holds all of",
}


def describe(condition: Condition) -> str:
    """Say what a condition asks, in English.

    Args:
        condition: The condition.

    Returns:
        A phrase without a full stop.

    >>> describe(Leaf(field="job_title", op="contains_word", value=("CEO", "CTO")))
    'job title has the word CEO or CTO'
    >>> describe(Not(Leaf(field="employees", op="between", value=(10, 50))))
    'not (employees is from 10 to 50)'
    """
    if isinstance(condition, Leaf):
        return _leaf(condition)
    if isinstance(condition, Not):
        return f"not ({describe(condition.part)})"
    if not condition.parts:
        return "always" if isinstance(condition, All) else "never"
    joint = " and " if isinstance(condition, All) else " or "
    return joint.join(_part(part) for part in condition.parts)


def _part(part: Condition) -> str:
    return f"({describe(part)})" if isinstance(part, All | AnyOf) and len(part.parts) > 1 else describe(part)


def _leaf(leaf: Leaf) -> str:
    words = [leaf.field.replace("_", " ").replace("group.", ""), _WORDS.get(leaf.op, leaf.op)]
    if leaf.value is not None:
        words.append(_values(leaf))
    if leaf.missing:
        words.append("or is not known")
    return " ".join(words)


def _values(leaf: Leaf) -> str:
    value = leaf.value
    if isinstance(value, str) and value.startswith("@"):
        return f"of the list {value[1:].replace('_', ' ')}"
    if not isinstance(value, tuple):
        return _word(value)
    words = [_word(part) for part in value]
    if leaf.op == "between":
        return " to ".join(words)
    joint = " and " if leaf.op == "has_all" else " or "
    return joint.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
