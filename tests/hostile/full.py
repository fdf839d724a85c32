"""A valid document that says everything a document can say."""

from decimal import Decimal
from typing import Any

FULL: dict[str, Any] = {
    "schema": 1,
    "name": "full",
    "version": "1",
    "day_starts": "-06:00",
    "attributes": {
        "job": "text",
        "size": {"type": "integer", "weight": Decimal("2.5")},
        "rate": "number",
        "ok": "boolean",
        "born": "date",
        "seen": "instant",
        "tags": "list",
    },
    "properties": {"asset": "text", "qty": "number", "ok_here": "boolean"},
    "lists": {"countries": ["ES", "MX"]},
    "fit": {
        "max": 60,
        "min": -10,
        "criteria": [
            {
                "name": "boss",
                "when": {"field": "job", "op": "contains_word", "value": ["CEO", "CTO"], "ignore_case": True},
                "points": Decimal("6.5"),
                "group": "people",
                "missing": 1,
            },
            {
                "when": {
                    "any": [
                        {"not": {"field": "tags", "op": "has_any", "value": "@countries"}},
                        {"all": [{"field": "size", "op": "between", "value": [1, 9]}]},
                        {"field": "born", "op": "lt", "value": "2026-01-31", "missing": False},
                        {"field": "seen", "op": "ge", "value": "2026-01-31T00:00:00Z"},
                        {"field": "ok", "op": "eq", "value": True},
                    ]
                },
                "points": -3,
            },
        ],
        "tables": [
            {"field": "size", "bands": [{"below": 10, "points": 0}, {"points": 5}], "missing": 2, "name": "by size"},
            {"field": "job", "values": {"CEO": 5, "CTO": 4}, "other": 1, "group": "people"},
        ],
        "groups": {"people": {"max": 20, "min": -5}},
        "gates": [{"reason": "rival", "when": {"field": "email", "op": "domain_in", "value": "@free_mail"}}],
        "grades": {"A": 40, "B": 20, "C": 0},
    },
    "interest": {
        "max": 100,
        "min": -20,
        "memory": 90,
        "decay": {"half_life": 30},
        "rules": [
            {
                "name": "guide",
                "event": ["download", "view"],
                "points": Decimal("6.5"),
                "when": {"field": "qty", "op": "ge", "value": Decimal("1.5")},
                "distinct_by": "asset",
                "per": {"days": 7, "times": 2},
                "times": 3,
                "decay": {"linear": 90},
                "max": 15,
                "min": -1,
                "group": "content",
                "counts": False,
            },
            {"event": "open", "points": 1, "per_day": 1, "weights": [1, Decimal("0.5")], "decay": {"window": 7}},
            {"event": "click", "points": 2, "decay": {"steps": [[7, 1], [30, Decimal("0.5")]]}},
            {"event": "*", "points": -10, "inactivity": 30, "min": -30},
        ],
        "groups": {"content": {"max": 50}},
        "levels": {"1": 60, "2": 30, "3": 0},
    },
    "combine": {"kind": "gate", "fit": Decimal("0.4"), "interest": Decimal("0.6"), "floors": {"fit": 5, "interest": 5}},
    "qualify": {
        "hand_raise": ["demo"],
        "mql": {
            "when": {"all": [{"field": "fit", "op": "ge", "value": 30}, {"field": "level", "op": "le", "value": 2}]},
            "stay": {"field": "group.content", "op": "ge", "value": 5},
        },
        "sql": {"when": {"field": "grade", "op": "in", "value": ["A", "B"]}},
    },
    "columns": {"leads": {"job": "Job Title"}, "events": {"at": "ts"}},
    "files": {
        "leads": {"encoding": "cp1252", "delimiter": ";", "decimal": ",", "missing": ["Select"]},
        "events": {"zone": "Europe/Madrid", "unit": "ms", "dates": "dd/mm/yyyy", "bare_dates": "noon"},
    },
}
WRONG: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    Decimal("0.001"),
    Decimal("1e400"),
    "",
    "x",
    "\x1b[31m\n",
    "{:>100000000}{0.__class__}%s",
    "@nothing",
    "*",
    "2026-02-30",
    [],
    [[]],
    ["a", 1],
    {},
    {"__class__": 1},
)
"""Values that are wrong nearly everywhere."""


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every node of a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, part in inner for place in places(part, (*path, key)))]


def replaced(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of a document with one node replaced."""
    if not path:
        return value
    key = path[0]
    if isinstance(node, dict):
        return node | {key: replaced(node[key], path[1:], value)}
    return [*node[:key], replaced(node[key], path[1:], value), *node[key + 1 :]]


def spelt(path: tuple[Any, ...]) -> str:
    """Return a path as problems write it.

    >>> spelt(("fit", "criteria", 0, "points"))
    'fit.criteria[0].points'
    """
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")
