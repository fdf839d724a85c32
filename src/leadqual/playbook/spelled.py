"""Tables that may be written in short forms, spelled out before they are read."""

from collections.abc import Mapping
from typing import Any, Protocol

from leadqual.fold import normal
from leadqual.playbook.shapes import Keys


class Notes(Protocol):
    """Takes what is wrong with short forms, and where a document has what they stand for.

    Attributes:
        moved: By the path of what is spelled out, the path in the document.
    """

    moved: dict[str, str]

    def wrong(self, where: str, what: str, got: object, hint: str) -> None:
        """Take a problem."""
        ...


def spelled_out(shape: Keys, data: Mapping[str, Any], where: str, notes: Notes) -> Mapping[str, Any]:
    """Return a table without the short forms that its shape allows for parts of lists and for names.

    Args:
        shape: The shape of the table.
        data: The table.
        where: Its path.
        notes: Takes what is wrong, and where things stand.
    """
    found = dict(data)
    for key, long in shape.single.items():
        if key not in data:
            continue
        part = found.pop(key)
        if long in data:
            notes.wrong(f"{where}.{key}", f"`{key}` and `{long}` say the same", part, "Write one of the two.")
            continue
        found[long] = [{key: part}]
        notes.moved[f"{where}.{long}[0].{key}"] = f"{where}.{key}"
    return found if shape.loose is None else _gathered(shape.loose, shape, found, where, notes)


def _gathered(loose: str, shape: Keys, data: dict[str, Any], where: str, notes: Notes) -> dict[str, Any]:
    """Return a table with every name that is no key in the table to which it belongs."""
    names = [name for name in data if name not in shape.names]
    named = data.get(loose, {})
    if not names or not isinstance(named, Mapping):
        return data
    for name in names:
        if name in named:
            notes.wrong(f"{where}.{name}", f"it stands under `{loose}` too", data[name], "Write one of the two.")
        notes.moved[f"{where}.{loose}.{name}"] = f"{where}.{name}"
    rest = {name: part for name, part in data.items() if name not in names}
    return {**rest, loose: {**named, **{name: data[name] for name in names}}}


def composed_tables(data: Any) -> Any:
    """Return plain data with its texts composed (NFC), as the canonical JSON writes them, so that names compare.

    Names of a table that are the same then stay as they are.

    >>> composed_tables({"e\u0301tape": ["e\u0301"]}) == {"\u00e9tape": ["\u00e9"]}
    True
    """
    if isinstance(data, str):
        return normal(data)
    if isinstance(data, list):
        return [composed_tables(part) for part in data]
    if not isinstance(data, Mapping):
        return data
    names = {name: normal(name) for name in data}
    apart = len({*names.values()}) == len(names)
    return {names[name] if apart else name: composed_tables(part) for name, part in data.items()}
