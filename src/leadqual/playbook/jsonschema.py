"""The JSON Schema of playbooks, made from the shapes and classes that read them; editors complete and check by it."""

import inspect
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from attrs import NOTHING, Attribute, fields

from leadqual.canonical import key_of, plain
from leadqual.playbook.jsonkeys import BY_KEY, BY_NAME, NAMES, RULES, SAID
from leadqual.playbook.jsonparts import CONDITION, DECAY, PLANNER, SCORERS, VALUE, WORD, Schema, listing
from leadqual.playbook.playbook import Playbook
from leadqual.playbook.shapes import (
    BESIDE,
    MODEL,
    SCHEMA,
    TOP,
    Anything,
    Curve,
    Keys,
    Listing,
    Named,
    Question,
    Scorers,
    Shape,
    Tagged,
)
from leadqual.scoring.model import ScoringModel

_TYPES: Final[Mapping[Any, Schema]] = {
    bool: {"type": "boolean"},
    str: {"type": "string"},
    int: {"type": "integer"},
    date: {"type": "string", "format": "date"},
    object: VALUE,
}


def schema_text() -> str:
    """Return the JSON Schema of playbooks as it is shipped.

    Returns:
        Text, with LF line ends.

    >>> schema_text().splitlines()[1]
    '  "$schema": "https://json-schema.org/draft/2020-12/schema",'
    """
    return files("leadqual.playbook").joinpath("playbook.schema.json").read_text(encoding="utf-8")


def json_schema() -> Schema:
    """Return the JSON Schema of playbooks, draft 2020-12: every table and key, what it takes and what it means.

    Every playbook that loads conforms to it, unless its JSON writes ``null`` for what is absent. Not everything that
    conforms loads: that names are declared and that bounds fall is looked at by `loads` only.

    >>> json_schema()["required"]
    ['schema', 'name', 'version']
    """
    defs: dict[str, Schema] = {"condition": CONDITION, "decay": DECAY}
    of_model = {attribute.name: attribute for attribute in fields(ScoringModel)}
    of_playbook = {attribute.name: attribute for attribute in fields(Playbook)}
    properties: dict[str, Schema] = {
        "schema": {"const": SCHEMA, "description": SAID["schema"]},
        "name": _key(Playbook, of_playbook["name"], Anything(), defs),
        "version": {**_key(Playbook, of_playbook["version"], Anything(), defs), **WORD},
    }
    properties |= {name: _key(ScoringModel, of_model[name], shape, defs) for name, shape in MODEL.items()}
    properties |= {name: _key(Playbook, of_playbook[name], shape, defs) for name, shape in BESIDE.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "leadqual playbook",
        "description": SAID[""],
        "type": "object",
        "properties": {name: properties[name] for name in TOP},
        "required": ["schema", "name", "version"],
        "additionalProperties": False,
        "$defs": dict(sorted(defs.items())),
    }


def _key(owner: type, attribute: "Attribute[Any]", shape: Shape, defs: dict[str, Schema]) -> Schema:
    """Return what a key of a table takes, what it means and what it is when absent."""
    meaning = SAID.get((owner, key_of(attribute.name))) or _meanings(owner).get(attribute.name, "")
    default = {} if attribute.default in (NOTHING, None, ()) else _default(attribute.default)
    return {**_taken(owner, attribute, shape, defs), "description": meaning, **default}


def _default(value: object) -> Schema:
    written = plain(value)
    return {"default": written} if isinstance(written, str | int | bool) else {}


def _taken(owner: type, attribute: "Attribute[Any]", shape: Shape, defs: dict[str, Schema]) -> Schema:
    place = (owner, key_of(attribute.name))
    match shape:
        case Question():
            return {"$ref": "#/$defs/condition"}
        case Curve():
            return {"$ref": "#/$defs/decay"}
        case Scorers():
            return SCORERS
        case Tagged():
            return PLANNER
        case Listing():
            return listing(_part(shape.part, defs))
        case Named():
            return {"type": "object", **NAMES.get(place, {}), "additionalProperties": _named(shape, defs)}
        case Keys():
            part = _part(shape, defs)
            return {"anyOf": [BY_KEY[shape.becomes, shape.text], part]} if shape.text is not None else part
        case _:
            own = BY_KEY.get(place) or BY_NAME.get(key_of(attribute.name))
            return {**(own or _of_type(attribute.type))}


def _named(shape: Named, defs: dict[str, Schema]) -> Schema:
    """Return what stands under each name of a table."""
    if isinstance(shape.part, Listing):
        return listing(_part(shape.part.part, defs))
    part = _part(shape.part, defs)
    if not shape.short:
        return part
    (only,) = shape.part.needed
    return {"anyOf": [BY_KEY[shape.part.becomes, only], part]}


def _part(shape: Keys, defs: dict[str, Schema]) -> Schema:
    """Return a reference to a table with known keys, which joins the definitions."""
    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in shape.becomes.__name__).removeprefix("_")
    if name not in defs:
        defs[name] = {}  # its place, in case it holds itself
        defs[name] = _table(shape, defs)
    return {"$ref": f"#/$defs/{name}"}


def _table(shape: Keys, defs: dict[str, Schema]) -> Schema:
    owner = shape.becomes
    properties: dict[str, Schema] = {}
    for attribute in fields(owner):
        if attribute.init:
            key = key_of(attribute.name)
            properties[key] = _key(owner, attribute, shape.nested.get(key, Anything()), defs)
            properties |= dict(_short_keys(shape, key))
    for key in shape.single:
        properties[key] = {**BY_KEY[owner, key], "description": SAID[owner, key]}
    needed = [key for key in shape.needed if key not in shape.single.values()]
    loose = None if shape.loose is None else shape.nested[shape.loose]
    return {
        "type": "object",
        "description": SAID.get(owner) or (inspect.getdoc(owner) or "").partition("\n")[0],
        "properties": properties,
        **({"required": needed} if needed else {}),
        "additionalProperties": _named(loose, defs) if isinstance(loose, Named) else False,
        **RULES.get(owner, {}),
    }


def _short_keys(shape: Keys, long: str) -> Iterator[tuple[str, Schema]]:
    for short, (name, _) in shape.short.items():
        if name == long:
            place = (shape.becomes, short)
            yield short, {**BY_KEY[place], "description": SAID[place]}


def _of_type(annotation: Any) -> Schema:
    """Return what a Python type allows."""
    parts = get_args(annotation)
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        kinds = tuple(part for part in parts if part is not NoneType)
        return {"type": "number"} if Decimal in kinds else _of_type(kinds[0])
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple:
        return listing(_of_type(parts[0]))
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of_type(parts[1])}
    return _TYPES[annotation]


def _meanings(owner: type) -> dict[str, str]:
    """Return what the docstring of a class says of each attribute."""
    found: dict[str, str] = {}
    name = ""
    _, _, attributes = (inspect.getdoc(owner) or "").partition("\nAttributes:\n")
    for line in attributes.partition("\n\n")[0].splitlines():
        if line.startswith("        "):
            found[name] += f" {line.strip()}"
        else:
            name, _, said = line.strip().partition(": ")
            found[name] = said
    return {name: said.replace("``", "`") for name, said in found.items()}
