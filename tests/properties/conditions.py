"""Strategies for conditions over names of known types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom

from .vocabulary import DOMAINS, LITERALS

EQUAL = ("eq", "ne")
AMONG = ("in", "not_in")
ORDER = ("lt", "le", "gt", "ge", "between")
WITHIN = ("contains", "contains_word", "starts_with", "ends_with")
ORDERED = (*EQUAL, *AMONG, *ORDER)
OPS = {
    "text": (*EQUAL, *AMONG, *WITHIN, "contains_word", "contains_any", "domain_in"),
    "list": ("has", "has_any", "has_all"),
    "kinds": ("has", "has_any", "has_all"),
    "boolean": EQUAL,
    "grade": (*EQUAL, *AMONG),
    **dict.fromkeys(("integer", "number", "date", "instant", "score", "count"), ORDERED),
}
MANY = (*AMONG, "contains_any", "domain_in", "has_any", "has_all")
LISTS = {"words": ["CTO", "Técnico", "É"]}


def _rank(literal: Any) -> Any:
    return literal if not isinstance(literal, str) else (literal[:10], literal[-1], literal)


def _literals(draw: Draw, kind: str, op: str, options: Any) -> Any:
    if op == "between":
        return sorted([pick(draw, options), pick(draw, options)], key=_rank)
    if op in MANY or (op in WITHIN and often(draw)):
        if kind in ("text", "list") and op != "domain_in" and seldom(draw, 6):
            return "@words"
        return few(draw, options, 1, min(2, len(options)))
    return pick(draw, options)


def leaf(draw: Draw, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Draw one comparison; `fields` says the type of each name, and for the grade the letters there are."""
    name = pick(draw, list(fields))
    kind, letters = ("grade", fields[name]) if name == "grade" else (fields[name], ())
    if kind != "grade" and seldom(draw, 8):
        return {"field": name, "op": pick(draw, ("exists", "missing"))}
    op = pick(draw, OPS[kind])
    options = DOMAINS if op == "domain_in" else letters or LITERALS[kind]
    found = {"field": name, "op": op, "value": _literals(draw, kind, op, options)}
    if kind in ("text", "list"):
        for option in ("ignore_case", "ignore_accents"):
            if often(draw):
                found[option] = pick(draw, (True, True, False))
    if kind != "grade" and seldom(draw, 6):
        found["missing"] = often(draw)
    return found


def condition(draw: Draw, fields: Mapping[str, Any], depth: int = 2) -> dict[str, Any]:
    """Draw a condition: a leaf, or `all`, `any` and `not` of smaller ones."""
    shape = pick(draw, ("leaf", "leaf", "leaf", "leaf", "all", "any", "not")) if depth else "leaf"
    if shape == "leaf":
        return leaf(draw, fields)
    if shape == "not":
        return {"not": condition(draw, fields, depth - 1)}
    return {shape: [condition(draw, fields, depth - 1) for _ in range(pick(draw, (2, 1, 3, 0)))]}


@st.composite
def conditions(draw: Draw, fields: Mapping[str, Any], depth: int = 2) -> dict[str, Any]:
    """Draw a condition, for a test that needs nothing else."""
    return condition(draw, fields, depth)
