"""A playbook's tables as a TOML document: which stand under a header of their own, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from leadqual.canonical import plain
from leadqual.errors import Kind, ModelError, Problem
from leadqual.playbook.dump.literals import entry, fits, key
from leadqual.playbook.dump.short import shortened
from leadqual.playbook.shapes import (
    BESIDE,
    MODEL,
    TOP,
    Anything,
    Curve,
    Keys,
    Listing,
    Named,
    Question,
    Scorers,
    Shape,
    Words,
)

if TYPE_CHECKING:
    from leadqual.playbook.playbook import Playbook

_TOP: Final[Mapping[str, Shape]] = {**MODEL, **BESIDE}
_SHALLOW: Final = 2
"""Tables of points down to this depth stand under headers, as grades and levels do."""


def to_toml(playbook: Playbook) -> str:
    r"""Return a playbook as a TOML document.

    Comments of the document it came from are gone, and what means the same is written in one way: dates that
    conditions compare with as texts, a list of one text as the text where both will do.

    Args:
        playbook: The playbook.

    Returns:
        Text that `loads` reads back to the same playbook, with the same fingerprint; lines of at most 100 characters
        where TOML allows for that, with LF ends.

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
    return _document({name: tables[name] for name in TOP if name in tables})


def lifecycle_toml(playbook: Playbook) -> str:
    r"""Return the lifecycle of a playbook with all stages and transitions written out, as a table to begin one's own.

    Args:
        playbook: The playbook.

    Returns:
        TOML that can stand in the playbook instead of its own ``[lifecycle]``: leads move by it as they do now.

    >>> from leadqual.playbook import loads
    >>> text = lifecycle_toml(loads('{"schema": 1, "name": "tiny", "version": "1"}'))
    >>> print(*text.splitlines()[:5], sep="\n")
    [[lifecycle.stages]]
    name = "lead"
    phase = "TOFU"
    temperature = "cold"
    <BLANKLINE>
    """
    plan = playbook.plan
    stages = tuple(plan.stages.values())
    whole = evolve(playbook.lifecycle, preset="default", stages=stages, transitions=plan.transitions)
    return _document({"lifecycle": plain(whole)})


def _document(tables: Mapping[str, Any]) -> str:
    brief = {name: shortened(_TOP.get(name, Anything()), part) for name, part in tables.items()}
    return "\n".join(_blocks((), None, brief))


def _unwritable(value: object, where: str) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _unwritable(part, f"{where}.{name}".removeprefix("."))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _unwritable(part, f"{where}[{i}]")
    elif not isinstance(value, str | int | float | Decimal):
        got = Kind(f"a value of type {type(value).__name__}")
        yield Problem(where=where, what="TOML has no way to write it", got=got, hint="Write JSON: `to_json()`.")


def _blocks(
    path: tuple[str, ...], shape: Shape | None, table: Mapping[str, Any], *, header: str = "", listed: bool = False
) -> Iterator[str]:
    """Yield a table's own lines, then those of what stands under headers of its own.

    Args:
        path: Its place.
        shape: Its shape; none for the whole document.
        table: The table.
        header: The line above it.
        listed: Whether it is one of a list of tables, or stands in one that is.
    """
    own: list[str] = []
    below: list[str] = []
    for name, part in table.items():
        place, inner = (*path, name), _shape_of(shape, name)
        line = ".".join(map(key, place))
        if isinstance(inner, Listing | Scorers) and not listed and not _in_line(inner):
            each = inner.part if isinstance(inner, Listing) else Anything()
            for one in part:
                below += _blocks(place, each, one, header=f"[[{line}]]", listed=True)
        elif isinstance(part, Mapping) and _stands_below(shape, inner, place, part, listed=listed):
            below += _blocks(place, inner, part, header=f"[{line}]", listed=listed)
        else:
            own.append(entry(name, part))
    if own or not below or header.startswith("[["):
        yield "".join(f"{line}\n" for line in (header, *own) if line)
    yield from below


def _shape_of(shape: Shape | None, name: str) -> Shape:
    """Return the shape of what stands in a table under a name."""
    if shape is None:
        return _TOP.get(name, Anything())
    if isinstance(shape, Named):
        return shape.part
    return shape.nested.get(name, Anything()) if isinstance(shape, Keys) else Anything()


def _in_line(shape: Shape) -> bool:
    """Tell whether a list of tables stands in a line."""
    return isinstance(shape, Listing) and shape.inline


def _stands_below(
    shape: Shape | None, inner: Shape, place: tuple[str, ...], part: Mapping[str, Any], *, listed: bool
) -> bool:
    """Tell whether a table has a header of its own instead of standing in a line of the table that holds it.

    Conditions, curves and what has a short form never have one; what people list has one where a line is too short.
    """
    if isinstance(inner, Question | Curve) or (isinstance(shape, Named) and shape.short):
        return False
    nested = listed or (isinstance(inner, Words) and len(place) > _SHALLOW)
    return not (nested and fits(place[-1], part))
