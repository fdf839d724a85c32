"""What is made from the shapes and classes of a playbook: its JSON Schema as a file, and the reference for people.

Run from the root of the repository, ``PYTHONPATH=src python -m tests.house.reference`` writes both anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from leadqual.conditions.comparisons import NO_VALUE, ONE_OR_SEVERAL, SEVERAL
from leadqual.conditions.fieldtypes import DECLARABLE, OPS_OF
from leadqual.conditions.nodes import OPS
from leadqual.playbook.jsonschema import json_schema
from tests.house.fragments import AFTERWORDS, BEGINNING, EDITOR, FRAGMENTS, INTRODUCTION

ROOT: Final = Path(__file__).resolve().parents[2]
Schema = Mapping[str, Any]
_LANGUAGE: Final = {"condition": "condition", "decay": "decay curve"}


class _Table(NamedTuple):
    """A table that has a section of its own."""

    path: str
    definition: str
    title: str
    keys: Schema


def schema_text() -> str:
    """Return the JSON Schema as the file that is shipped."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def reference() -> str:
    """Return the reference of playbooks in Markdown."""
    return _Reference(json_schema()).text()


def anchor(title: str) -> str:
    """Return the link to a heading, as renderers of Markdown make it."""
    kept = "".join(character for character in title.lower() if character.isalnum() or character in " -_")
    return kept.replace(" ", "-")


class _Reference:
    """The reference of one schema; remembers which definition was told where."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.titles: dict[str, str] = {}
        self.tables = [
            table
            for name, part in schema["properties"].items()
            if self._is_table(part)
            for table in self._tables(name, part, "")
        ]

    def text(self) -> str:
        """Return all of it."""
        own = {name: part for name, part in self.schema["properties"].items() if not self._is_table(part)}
        parts = [INTRODUCTION, EDITOR, "## The top\n", self._rows({**self.schema, "properties": own}), _toml(BEGINNING)]
        for table in self.tables:
            parts += self._section(table)
        return "\n".join([*parts, self._conditions(), self._curves()])

    def _is_table(self, part: Schema) -> bool:
        return self._whole(part).get("type") in ("object", "array")

    def _whole(self, part: Schema) -> Schema:
        """Return a part with what it refers to; its own words win."""
        name = _definition(part)
        return {**self.schema["$defs"][name], **part} if name else part

    def _tables(self, path: str, part: Schema, within: str) -> Iterator[_Table]:
        """Yield the table at a path, then those below it; each definition once."""
        item, title = _item(path, part, within)
        name = _definition(item)
        if name in _LANGUAGE or (within and not name):
            return
        if name in self.titles:
            self.titles[name] += f", {title}"
            return
        if name:
            self.titles[name] = title
        keys = self._whole(item)
        yield _Table(path, name, title, keys)
        inside = title if within or title.startswith("`[[") else ""
        for key, below in keys.get("properties", {}).items():
            if name and self._has_keys(below):
                yield from self._tables(f"{title.strip('`[]')}.{key}", below, inside)

    def _has_keys(self, part: Schema) -> bool:
        item, _ = _item("", part, "")
        return bool(_definition(item))

    def _section(self, table: _Table) -> Iterator[str]:
        keys = table.keys
        yield f"{'###' if '.' in table.path else '##'} {self.titles.get(table.definition, table.title)}\n"
        yield f"{self.schema['$defs'].get(table.definition, keys)['description']}\n"
        if keys.get("properties"):
            yield self._rows(keys)
        if keys.get("properties") and keys.get("additionalProperties") is not False:
            yield f"Each other line is a name = {self._takes(keys['additionalProperties'])}\n"
        elif not keys.get("properties"):
            value = keys["additionalProperties"]
            yield f"Each line is a name = {self._takes(value)}\n"
            for each in value.get("anyOf", ()):
                if _definition(each):
                    yield self._rows(self._whole(each))
        if table.path in AFTERWORDS:
            yield f"{AFTERWORDS[table.path]}\n"
        if table.path in FRAGMENTS:
            yield _toml(FRAGMENTS[table.path])

    def _rows(self, table: Schema) -> str:
        """Return the keys of a table, one a row."""
        needed = table.get("required", ())
        lines = ["| Key | Takes | If absent | Meaning |", "|---|---|---|---|"]
        for key, part in table["properties"].items():
            absent = "needed" if key in needed else _value(part["default"]) if "default" in part else ""
            takes = self._takes(part).replace("|", "\\|")
            lines.append(f"| `{key}` | {takes} | {absent} | {part.get('description', '')} |")
        return "\n".join(lines) + "\n"

    def _takes(self, part: Schema, several: str = "") -> str:
        """Return in words what a key takes, or several of it."""
        name = _definition(part)
        if name in _LANGUAGE:
            return f"[{_LANGUAGE[name]}{several}](#{anchor(_LANGUAGE[name])}s)"
        if name:
            return f"[table{several}](#{anchor(self.titles[name])})" if name in self.titles else f"table{several} with:"
        if "anyOf" in part:
            return ", or ".join(self._takes(each) for each in part["anyOf"])
        if "const" in part or "enum" in part:
            return ", ".join(map(_value, part.get("enum", [part.get("const")])))
        kind = part["type"]
        if kind == "array":
            return f"list of {self._takes(part['items'], 's')}"
        if kind == "object":
            return self._takes_table(part, several)
        if isinstance(kind, list):
            return ", ".join(_KINDS[each] + several for each in kind)
        such = f", such as {', '.join(map(_value, part['examples']))}" if "examples" in part else ""
        return f"{_KINDS[part.get('format', kind)]}{several}{_range(part)}{such}"

    def _takes_table(self, part: Schema, several: str) -> str:
        listed = part.get("properties", {})
        if listed and part.get("additionalProperties") is False:
            names = " ".join(f"`{name}`" for name in listed)
            return f"table: {names} = {self._takes(next(iter(listed.values())))}"
        rest = part.get("additionalProperties")
        return f"table: name = {self._takes(rest)}" if rest else f"table{several}"

    def _conditions(self) -> str:
        condition = self.schema["$defs"]["condition"]
        lines = ["## Conditions\n", f"{condition['description']}\n", self._rows(condition)]
        lines += ["| `op` | On | `value` |", "|---|---|---|"]
        for op in OPS:
            types = ", ".join(name for name in DECLARABLE if op in OPS_OF[name])
            value = (
                "none" if op in NO_VALUE else "two ends" if op == "between" else "a list" if op in SEVERAL
                else "one or a list" if op in ONE_OR_SEVERAL else "one"
            )  # fmt: skip
            lines.append(f"| `{op}` | {types} | {value} |")
        lines += ["", "What each of them means stands in [How to write a playbook](playbook.md#conditions).", ""]
        return "\n".join(lines)

    def _curves(self) -> str:
        curve = self.schema["$defs"]["decay"]
        none, table = curve["anyOf"]
        lines = [
            "## Decay curves\n",
            f"{curve['description']} One of:\n",
            "| Curve | Takes | An act counts |",
            "|---|---|---|",
        ]
        lines.append(f'| `"none"` | | {none["description"]} |')
        for key, part in table["properties"].items():
            takes = "list of pairs" if key == "steps" else self._takes(part)
            lines.append(f"| `{{ {key} = … }}` | {takes} | {part['description']} |")
        return "\n".join(lines) + "\n"


_KINDS: Final = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true/false",
    "date": "date",
}


def _definition(part: Schema) -> str:
    return str(part.get("$ref", "")).removeprefix("#/$defs/")


def _item(path: str, part: Schema, within: str) -> tuple[Schema, str]:
    """Return what a table holds of each, and the title of its section."""
    part = _table_of(part)
    if within:
        title = f"`{path.rpartition('.')[2]}` in {within}"
        return (part["items"] if part.get("type") == "array" else part), title
    if part.get("type") == "array":
        return part["items"], f"`[[{path}]]`"
    named = part.get("additionalProperties")
    if isinstance(named, Mapping) and _definition(named):
        return named, f"`[{path}.NAME]`"
    if isinstance(named, Mapping) and _definition(named.get("items", {})):
        return named["items"], f"`{path}.NAME`"
    return part, f"`[{path}]`"


def _table_of(part: Schema) -> Schema:
    """Return the table among what a key takes, if it takes one and something else."""
    return next((each for each in part.get("anyOf", ()) if _definition(each)), part)


def _value(value: object) -> str:
    """Return a value as it stands in a document."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def _range(part: Schema) -> str:
    if "maximum" not in part:
        return ""
    return f" from {_amount(part['minimum'])} to {_amount(part['maximum'])}"


def _amount(value: float) -> str:
    return f"{value:,}".replace(",", " ").replace("-", "−")


def _toml(text: str) -> str:
    return f"```toml\n{text}```\n"


GENERATED: Final[Mapping[str, Callable[[], str]]] = {
    "src/leadqual/playbook/playbook.schema.json": schema_text,
    "docs/playbook-reference.md": reference,
}
"""The files that are made, each with what makes it."""
COMMAND: Final = "PYTHONPATH=src python -m tests.house.reference"


def main() -> None:
    """Write the files anew."""
    for name, made in GENERATED.items():
        (ROOT / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
