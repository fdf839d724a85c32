"""Reads JSON Lines: one object a line; duplicate keys, NaN and infinities are refused."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Final

from leadqual.files.cells import CellReaders
from leadqual.files.rows import Ask, Row, Rows
from leadqual.files.source import Source
from leadqual.files.values import Huge, ValueReaders

_PEEK: Final = 100
_MOST_DIGITS: Final = 40
Object = tuple[int, dict[str, Any]]


def open_json_lines(ask: Ask) -> Rows:
    """Open a JSON Lines file; its columns are the keys of its first hundred objects.

    Raises:
        Unusable: If it cannot be read.
    """
    source = Source(ask.path, ask.format, ask.table, ask.tick)
    objects = _objects(source, ask)
    first = list(islice(objects, _PEEK))
    names = list(dict.fromkeys(key for _, found in first for key in found))
    wanted = tuple(names if ask.wanted is None else ask.wanted)
    unseen = set(wanted)
    readers = ValueReaders(CellReaders(ask.format, ask.table))

    def rows() -> Iterator[Row]:
        for line, found in chain(first, objects):
            if unseen:
                unseen.difference_update(found)
            yield line, tuple(map(found.get, wanted))

    return Rows(
        name=source.name,
        names=names or wanted,
        positions={name: position for position, name in enumerate(wanted)},
        reader=lambda _, type_name: readers.of(type_name),
        rows=rows(),
        absent=lambda: [name for name in wanted if name in unseen],
    )


class _Refused(ValueError):
    """JSON that is legal or common, but not certain."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a key stands twice in one object")
    return found


def _constant(_: str) -> float:
    raise _Refused("NaN and infinities are no JSON")


def _integer(digits: str) -> int | Huge:
    return int(digits) if len(digits) <= _MOST_DIGITS else Huge()


_DECODE: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_constant, parse_int=_integer).decode


def _objects(source: Source, ask: Ask) -> Iterator[Object]:
    for number, line in enumerate(source.lines("\n"), 1):
        if source.flaws and number in source.flaws:
            flaw = source.flaws[number]
            what = f"the text cannot be used: {flaw}"
            ask.notes.row(source.problem(what, "a line", source.flaw_hint(flaw), line=number))
            continue
        try:
            found = _DECODE(line)
        except _Refused as refused:
            what, hint = str(refused), "Write each key once, and null where there is no value."
        except (ValueError, RecursionError):
            if line.isspace():
                continue
            what, hint = "the line is no JSON", "Write one object a line."
        else:
            if type(found) is dict:
                yield number, found
                continue
            what, hint = "the line is no object", 'Write one object a line, such as {"lead_id": "L1"}.'
        ask.notes.row(source.problem(what, f"a line of {len(line)} characters", hint, line=number))
