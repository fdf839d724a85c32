"""Strategies for conditions over names of known types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

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
    return literal if not isinstance(literal, str) else (literal[:10], literal[-1])


@st.composite
def leaves(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Draw one comparison; `fields` says the type of each name, and for the grade the letters there are."""
    name = draw(st.sampled_from(sorted(fields)))
    kind, letters = ("grade", fields[name]) if name == "grade" else (fields[name], ())
    if kind != "grade" and draw(st.integers(0, 7)) == 0:
        return {"field": name, "op": draw(st.sampled_from(("exists", "missing")))}
    op = draw(st.sampled_from(OPS[kind]))
    said = st.sampled_from(DOMAINS if op == "domain_in" else letters or LITERALS[kind])
    value: Any
    if op == "between":
        value = sorted([draw(said), draw(said)], key=_rank)
    elif op in MANY or (op in WITHIN and draw(st.booleans())):
        value = draw(st.lists(said, min_size=1, max_size=3, unique=True))
        if kind in ("text", "list") and op != "domain_in" and draw(st.integers(0, 5)) == 0:
            value = "@words"
    else:
        value = draw(said)
    leaf = {"field": name, "op": op, "value": value}
    if kind in ("text", "list"):
        for option in ("ignore_case", "ignore_accents"):
            if draw(st.booleans()):
                leaf[option] = draw(st.sampled_from((True, True, False)))
    if kind != "grade" and draw(st.integers(0, 5)) == 0:
        leaf["missing"] = draw(st.booleans())
    return leaf


@st.composite
def conditions(draw: st.DrawFn, fields: Mapping[str, Any], depth: int = 2) -> dict[str, Any]:
    """Draw a condition: a leaf, or `all`, `any` and `not` of smaller ones."""
    shape = draw(st.sampled_from(("leaf", "leaf", "leaf", "all", "any", "not"))) if depth else "leaf"
    if shape == "leaf":
        return draw(leaves(fields))
    if shape == "not":
        return {"not": draw(conditions(fields, depth - 1))}
    return {shape: draw(st.lists(conditions(fields, depth - 1), max_size=3))}
