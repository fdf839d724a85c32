"""Conditions and decay curves as JSON Schema, and what the tables of keys are put together of."""

from collections.abc import Iterable
from typing import Any, Final

from leadqual.conditions.comparisons import NO_VALUE, ONE_OR_SEVERAL, SEVERAL
from leadqual.conditions.nodes import OPS
from leadqual.interest.decay import LONGEST
from leadqual.playbook.read import MOST_LISTED

Schema = dict[str, Any]


def number(low: float, high: float, kind: str = "number") -> Schema:
    """Return a number, or a whole one, within bounds."""
    return {"type": kind, "minimum": low, "maximum": high}


def table(values: Schema, *, names: Iterable[str] = (), pattern: str = "") -> Schema:
    """Return a table with values of one sort, under any names, those listed, or those of a pattern."""
    listed = dict.fromkeys(names, values)
    if listed:
        return {"type": "object", "properties": listed, "additionalProperties": False}
    named = {"propertyNames": {"pattern": pattern}} if pattern else {}
    return {"type": "object", **named, "additionalProperties": values, "maxProperties": MOST_LISTED}


def listing(values: Schema, least: int = 0, most: int = MOST_LISTED) -> Schema:
    """Return a list of values of one sort."""
    return {"type": "array", "items": values, **({"minItems": least} if least else {}), "maxItems": most}


WORD: Final[Schema] = {"type": "string", "minLength": 1}
"""A text that is not empty."""
VALUE: Final[Schema] = {
    "anyOf": [{"type": ["string", "number", "boolean"]}, {"type": "array", "items": {"type": "string"}}]
}
"""A value of a lead or of an event."""


def _of_op(ops: Iterable[str], then: Schema) -> Schema:
    among = {"properties": {"op": {"enum": sorted(ops, key=OPS.index)}}, "required": ["op"]}
    return {"if": among, "then": then}


_ONE: Final[Schema] = {"type": ["string", "number", "boolean"]}
_SEVERAL: Final[Schema] = {"type": "array", "items": _ONE, "minItems": 1}
_NAMED_LIST: Final[Schema] = {"type": "string", "pattern": "^@"}
_PARTS: Final[Schema] = {"type": "array", "items": {"$ref": "#/$defs/condition"}, "maxItems": 1_000}
_JOINTS: Final = ("all", "any", "not")
CONDITION: Final[Schema] = {
    "type": "object",
    "description": "A comparison of a field with a value, or `all`, `any` or `not` of other conditions.",
    "properties": {
        "field": {**WORD, "description": "What is compared: a declared name, or one that is always there."},
        "op": {"enum": list(OPS), "description": "How it is compared."},
        "value": {
            "anyOf": [_ONE, _SEVERAL],
            "description": "What it is compared with: one value, a list of them, or `@name` for a named list.",
        },
        "ignore_case": {"type": "boolean", "default": False, "description": "A to Z and a to z are the same."},
        "ignore_accents": {"type": "boolean", "default": False, "description": "Accents do not matter: é is e."},
        "missing": {
            "type": "boolean",
            "description": "What the comparison says when there is no value; when absent it does not hold, and fit "
            "counts the answer as unknown.",
        },
        "all": {**_PARTS, "description": "Holds when every one of these holds."},
        "any": {**_PARTS, "description": "Holds when one of these holds."},
        "not": {"$ref": "#/$defs/condition", "description": "Holds when this does not."},
    },
    "additionalProperties": False,
    "oneOf": [
        {"required": ["field", "op"], "properties": dict.fromkeys(_JOINTS, False)},
        *({"required": [joint], "maxProperties": 1} for joint in _JOINTS),
    ],
    "allOf": [
        _of_op(NO_VALUE, {"not": {"anyOf": [{"required": ["value"]}, {"required": ["missing"]}]}}),
        _of_op(
            SEVERAL - {"between"}, {"required": ["value"], "properties": {"value": {"anyOf": [_SEVERAL, _NAMED_LIST]}}}
        ),
        _of_op(
            ("between",),
            {"required": ["value"], "properties": {"value": {"type": "array", "minItems": 2, "maxItems": 2}}},
        ),
        _of_op(ONE_OR_SEVERAL, {"required": ["value"], "properties": {"value": {"type": ["string", "array"]}}}),
        _of_op({*OPS} - NO_VALUE - SEVERAL - ONE_OR_SEVERAL, {"required": ["value"], "properties": {"value": _ONE}}),
    ],
}
_SPAN: Final = number(0.01, LONGEST)
DECAY: Final[Schema] = {
    "description": "How what an event earns fades with its age in days.",
    "anyOf": [
        {"const": "none", "description": "In full for ever."},
        {
            "type": "object",
            "properties": {
                "half_life": {**_SPAN, "description": "Half after so many days, a quarter after twice as many."},
                "linear": {**_SPAN, "description": "Evenly less, nothing from so many days on."},
                "window": {**_SPAN, "description": "In full up to and with so many days, then not at all."},
                "steps": {
                    **listing(listing({"type": "number", "minimum": 0}, least=2, most=2), least=1, most=1_000),
                    "description": "Pairs of age and share: `[[7, 1], [30, 0.5]]` is in full up to and with 7 days, by "
                    "half up to and with 30, then not at all.",
                },
            },
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    ],
}
_TAGGED: Final[Schema] = {
    "type": "object",
    "properties": {"kind": {**WORD, "description": "Its tag."}},
    "required": ["kind"],
}
SCORERS: Final[Schema] = listing(_TAGGED)
PLANNER: Final[Schema] = {"anyOf": [WORD, _TAGGED]}
