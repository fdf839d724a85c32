"""Plain tables in the short forms that people prefer, where they mean the same."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import fields

from leadqual.canonical import key_of, plain
from leadqual.playbook.shapes import Anything, Keys, Listing, Named, Several, Shape

_FIRST: Final = ("name", "event", "field", "reason", "below", "inactivity", "from", "to", "on", "when")
"""Keys with which people begin a table that has them; the others follow in the order of the class."""
_LAST: Final = "expect"
"""The key with which people end a table that has it."""


def shortened(shape: Shape, value: Any) -> Any:
    """Return plain data with its short forms: one kind as a text, ``per_day``, an attribute's bare type.

    Args:
        shape: What the data is.
        value: The data, as `Playbook.to_plain` gives it.

    >>> from leadqual.playbook.shapes import ATTRIBUTES
    >>> shortened(ATTRIBUTES, {"country": {"type": "text"}, "title": {"type": "text", "weight": 3}})
    {'country': 'text', 'title': {'type': 'text', 'weight': 3}}
    """
    if isinstance(shape, Listing):
        return [shortened(shape.part, part) for part in value]
    if isinstance(shape, Named):
        parts = {name: shortened(shape.part, part) for name, part in value.items()}
        return {name: _bare(shape.part, part) if shape.short else part for name, part in parts.items()}
    return _brief(shape, _keys(shape, value)) if isinstance(shape, Keys) else value


def _brief(shape: Keys, table: dict[str, Any]) -> Any:
    """Return a table in the short form of its shape: as a text, or without what needs no name of its own."""
    if shape.text is not None and [*table] == [shape.text]:
        return table[shape.text]
    for key, long in shape.single.items():
        parts = table.get(long, ())
        if len(parts) == 1 and [*parts[0]] == [key]:
            table = {(key if name == long else name): part for name, part in table.items()} | {key: parts[0][key]}
    named = table.get(shape.loose, {}) if shape.loose else {}
    if named and not any(name in shape.names for name in named):
        table = {**named, **{name: part for name, part in table.items() if name != shape.loose}}
    return table


def _bare(shape: Shape, part: Mapping[str, Any]) -> Any:
    """Return what a part says if it is its one needed key only."""
    return part[next(iter(shape.needed))] if isinstance(shape, Keys) and [*part] == [*shape.needed] else part


def _keys(shape: Keys, table: Mapping[str, Any]) -> dict[str, Any]:
    converters = {key_of(attribute.name): attribute.converter for attribute in fields(shape.becomes)}
    brief: dict[str, Any] = {}
    for name in sorted(table, key=_place):
        part = shortened(shape.nested.get(name, Anything()), table[name])
        if isinstance(part, list) and len(part) == 1 and isinstance(part[0], str):
            converter = converters[name]
            alone = isinstance(shape.nested.get(name), Several)
            alone = alone or (callable(converter) and converter(part[0]) == (part[0],))
            part = part[0] if alone else part
        brief |= _short_of(shape, name, part)
    return brief


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST) + (name == _LAST)


def _short_of(shape: Keys, name: str, part: Any) -> dict[str, Any]:
    """Return a key with its value, or the short key that says the same."""
    for short, (long, becomes) in shape.short.items():
        if long == name and isinstance(part, Mapping):
            for only in part.values():
                if plain(becomes(only)) == part:
                    return {short: only}
    return {name: part}
