"""Conditions over names of known types, as a document writes them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.conditions import fieldtypes
from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom
from leadqual.testing.drawn.vocabulary import DOMAINS, LISTS, LITERALS

_EQUAL: Final = ("eq", "ne")
_AMONG: Final = ("in", "not_in")
_WITHIN: Final = ("contains", "contains_word", "starts_with", "ends_with")
_ORDERED: Final = ("ge", "lt", "le", "gt", "between", *_EQUAL, *_AMONG)
_SEVERAL: Final = (*_AMONG, "contains_any", "domain_in", "has_any", "has_all")
_OPS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (*_EQUAL, *_AMONG, *_WITHIN, "contains_any", "domain_in"),
    **dict.fromkeys(("list", "kinds"), ("has", "has_any", "has_all")),
    "boolean": _EQUAL,
    "grade": (*_EQUAL, *_AMONG),
    **dict.fromkeys(("integer", "number", "date", "instant", "points", "count"), _ORDERED),
}
_RANKED: Final[Mapping[str, Callable[[Any], Any]]] = fieldtypes.LITERALS
_SHAPES: Final = ("leaf", "leaf", "leaf", "leaf", "all", "any", "not")


def condition(draw: Draw, fields: Mapping[str, Any], depth: int = 2) -> dict[str, Any]:
    """Draw a condition: a comparison, or `all`, `any` and `not` of smaller ones.

    Args:
        draw: Hypothesis's own.
        fields: Type of each name that it may read; for ``grade`` the letters there are.
        depth: How deep it may be nested below its top.
    """
    shape = pick(draw, _SHAPES) if depth else "leaf"
    if shape == "leaf":
        return _leaf(draw, fields)
    if shape == "not":
        return {"not": condition(draw, fields, depth - 1)}
    return {shape: [condition(draw, fields, depth - 1) for _ in range(pick(draw, (2, 1, 3, 0)))]}


def _leaf(draw: Draw, fields: Mapping[str, Any]) -> dict[str, Any]:
    name = pick(draw, list(fields))
    kind = "grade" if name == "grade" else fields[name]
    if seldom(draw, 8):
        return {"field": name, "op": pick(draw, ("exists", "missing"))}
    op = pick(draw, _OPS[kind])
    found: dict[str, Any] = {"field": name, "op": op}
    options = fields[name] if kind == "grade" else DOMAINS if op == "domain_in" else LITERALS[kind]
    found["value"] = _value(draw, kind, op, options)
    if kind in ("text", "list"):
        found |= {option: True for option in ("ignore_case", "ignore_accents") if seldom(draw)}
    if seldom(draw, 6):
        found["missing"] = often(draw)
    return found


def _value(draw: Draw, kind: str, op: str, options: Any) -> Any:
    if op == "between":
        return sorted((pick(draw, options), pick(draw, options)), key=_RANKED.get(kind, _RANKED["points"]))
    if op in _SEVERAL or (op in _WITHIN and often(draw)):
        if kind in ("text", "list") and seldom(draw, 6):
            return "@rivals" if op == "domain_in" else pick(draw, [f"@{name}" for name in LISTS])
        return few(draw, options, 1, min(2, len(options)))
    return pick(draw, options)
