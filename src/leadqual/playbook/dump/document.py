"""A playbook's tables as a TOML document: which stand under a header of their own, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from leadqual.errors import Kind, ModelError, Problem
from leadqual.playbook.dump.literals import entry, key
from leadqual.playbook.shapes import (
    BESIDE,
    MODEL,
    TOP,
    Anything,
    Shape,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from leadqual.playbook.playbook import Playbook

_SHAPES: Final[Mapping[str, Shape]] = {**MODEL, **BESIDE}
_FIRST: Final = "name"
"""The key with which people begin a table that has it."""


def to_toml(playbook: Playbook) -> str:
    r"""Return a playbook as a TOML document.

    Comments of the document it came from are gone. Dates and instants that conditions compare with are written as
    texts, which mean the same.

    Args:
        playbook: The playbook.

    Returns:
        Text that `loads` reads back to an equal playbook with the same fingerprint, in lines of at most 100 characters
        where TOML allows them; with LF line ends.

    Raises:
        ModelError: If a scorer holds a value that TOML has no way to write.

    >>> from leadqual.playbook import loads
    >>> print(to_toml(loads('{"schema": 1, "name": "tiny", "version": "1", "fit": {"max": 60.0}}')), end="")
    schema = 1
    name = "tiny"
    version = "1"
    <BLANKLINE>
    [fit]
    max = 60
    """
    tables = playbook.to_plain()
    problems = list(_unwritable(tables, ""))
    if problems:
        raise ModelError(problems)
    ordered = {name: tables[name] for name in TOP if name in tables}
    return "\n".join(_blocks((), ordered, lambda name: _SHAPES.get(name, Anything()), listed=False))


def _unwritable(value: object, where: str) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _unwritable(part, f"{where}.{name}".removeprefix("."))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _unwritable(part, f"{where}[{i}]")
    elif not isinstance(value, str | int | float | _decimal()):
        got = Kind(f"a value of type {type(value).__name__}")
        yield Problem(where=where, what="TOML has no way to write it", got=got, hint="Write JSON: `to_json()`.")


def _decimal() -> type[Decimal]:
    from decimal import Decimal

    return Decimal


def _blocks(
    path: tuple[str, ...], table: Mapping[str, Any], shape_of: Callable[[str], Shape], *, listed: bool
) -> Iterator[str]:
    """Yield a table and what stands under headers of its own below it, each as lines.

    Args:
        path: Its place.
        table: The table.
        shape_of: The shape of what stands under a name.
        listed: Whether it is one of a list of tables.
    """
    own: list[str] = []
    below: list[str] = []
    for name, part in table.items():
        shape, place = shape_of(name), (*path, name)
        if _under_headers(shape, part, listed=listed, place=place):
            for each in part:
                below += _blocks(place, _short(_part(shape), each), _within(_part(shape)), listed=True)
        elif isinstance(part, Mapping) and _under_header(shape, part, listed=listed, place=place):
            below += _blocks(place, _short(shape, part), _within(shape), listed=listed)
        else:
            own.append(entry(name, _inner(shape, part)))
    header = ".".join(map(key, path))
    lines = ([f"[[{header}]]"] if listed and isinstance(0, int) else [f"[{header}]"]) if path else []
    if own or not below or listed:
        yield "".join(f"{line}\n" for line in lines + own)
    yield from below
