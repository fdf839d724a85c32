"""Conditions tried on one value of one field."""

from typing import Any

from leadqual.conditions import Bound, Condition, FieldType, Leaf, Scope, bind

LISTS = {"free_mail": ("gmail.com", "gmx.de"), "cities": ("Köln", "Ulm")}


def scope(**types: str) -> Scope:
    """Return a scope with fields of these types."""
    return Scope({name: FieldType(kind) for name, kind in types.items()}, LISTS, "attribute")


def bound(condition: Condition, **types: str) -> Bound:
    """Return a condition that has no problems, bound."""
    made, problems = bind(condition, scope(**types), "when")
    assert made is not None, problems
    return made


def problems(condition: Any, **types: str) -> list[str]:
    """Return what is wrong with a condition, as lines of path and problem."""
    made, found = bind(condition, scope(**types), "when")
    assert (made is None) is bool(found)
    return [f"{problem.where}: {problem.what}" for problem in found]


def holds(kind: str, op: str, literal: Any, value: Any, **options: Any) -> bool:
    """Return whether a comparison holds of a value; both readings of it must agree where the value is known."""
    made = bound(Leaf(field="f", op=op, value=literal, **options), f=kind)
    row = {"f": value}
    truth = made.holds(row)
    assert made.knows(row) in (truth, None)
    return truth


def knows(kind: str, op: str, literal: Any, value: Any, **options: Any) -> bool | None:
    """Return the three-valued truth of a comparison."""
    return bound(Leaf(field="f", op=op, value=literal, **options), f=kind).knows({"f": value})
