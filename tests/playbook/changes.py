"""Single changes of a document: one value, one key or one member of a list is another one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from leadqual.conditions.fieldtypes import DECLARABLE
from leadqual.conditions.nodes import OPS

Place = tuple[str | int, ...]
NEUTRAL = (
    ("ignore_case", False),
    ("ignore_accents", False),
    ("counts", True),
    ("min", 0),
    ("memory", 365),
    ("weight", 1),
    ("kind", "sum"),
    ("fit", 1),
    ("interest", 1),
    ("decay", "none"),
    ("decimal", "."),
    ("zone", "UTC"),
    ("by", "lead"),
    ("day", 0),
    ("times", 1),
    ("day_starts", "+00:00"),
    ("kind", "open"),
    ("cycle", "same"),
    ("hand_off", False),
    ("interest", "restart"),
    ("then", "dormant"),
    ("wake", "early"),
    ("spread_days", 30),
)
"""Keys with the value that they have when they are absent, in some table at least."""
_NAMES = ("field", "group", "objective", "based_on", "distinct_by")
"""Keys whose value is a name that the document has elsewhere."""
_WORDS = {
    "op": OPS,
    "type": DECLARABLE,
    "kind": ("sum", "minimum", "gate", "matrix"),
    "by": ("us", "lead"),
    "unit": ("s", "ms"),
    "dates": ("dd/mm/yyyy", "mm/dd/yyyy"),
    "decimal": (".", ","),
    "delimiter": (";", "|"),
    "encoding": ("cp1252", "utf-8"),
    "zone": ("UTC", "Europe/Rome"),
    "start": ("2026-02-02",),
    "day_starts": ("+01:00",),
    "initial": ("mql", "sal"),
    "to": ("lost", "sal"),
    "within": ("3h",),
    "interest": ("keep", "restart"),
    "wake": ("early", "never"),
    "fri": ("10:00-11:00",),
    "sun": ("10:00-11:00",),
    "hours": ("08:00-09:00",),
    "value": ("2026-02-02", "2026-02-02T00:00:00Z", "A", "B", "@words", "@chiefs"),
}
"""Texts that a key may have."""


OPTIONAL: tuple[tuple[str, Any], ...] = (
    ("name", "a new name"),
    ("max", 7),
    ("min", -7),
    ("missing", 0),
    ("missing", True),
    ("other", 1),
    ("counts", False),
    ("times", 2),
    ("weights", [1]),
    ("per_day", 3),
    ("per", {"days": 2, "times": 3}),
    ("decay", {"linear": 3}),
    ("memory", 8),
    ("inactivity", 9),
    ("ignore_case", True),
    ("ignore_accents", True),
    ("stay", {"field": "fit", "op": "ge", "value": 77}),
    ("weight", 2),
    ("day_starts", "+03:00"),
    ("fit", Decimal("0.3")),
    ("interest", Decimal("0.3")),
    ("hand_raise", ["a kind"]),
    ("lists", {"new": ["x"]}),
    ("new_name", "text"),
    ("day", 8),
    ("start", "2026-03-03"),
    ("times", 3),
    ("by", "us"),
    ("level", 8),
    ("gate", "some reason"),
    ("qualifies", []),
    ("missing", ["none"]),
    ("zone", "UTC"),
    ("unit", "us"),
    ("dates", "mm/dd/yyyy"),
    ("decimal", ","),
    ("delimiter", "|"),
    ("encoding", "cp1250"),
    ("labels", {"en": {"x": "y"}}),
    ("columns", {"leads": {"email": "Mail"}}),
    ("combine", {"kind": "minimum"}),
    ("qualify", {}),
)
"""Keys that many tables may have, each with a value that is not its default."""


def places(document: Any, at: Place = ()) -> Iterator[Place]:
    """Yield the place of everything in a document."""
    yield at
    if isinstance(document, dict):
        for key, part in document.items():
            yield from places(part, (*at, key))
    elif isinstance(document, list):
        for i, part in enumerate(document):
            yield from places(part, (*at, i))


def found(document: Any, place: Place) -> Any:
    """Return what stands at a place."""
    for step in place:
        document = document[step]
    return document


def put(document: Any, place: Place, value: Any) -> Any:
    """Return a document with another value at a place."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(document, dict):
        return {key: put(part, rest, value) if key == step else part for key, part in document.items()}
    return [put(part, rest, value) if i == step else part for i, part in enumerate(document)]


def instead(document: Any, place: Place) -> Iterator[Any]:
    """Yield documents that differ at a place: another value there, or none."""
    value, step = found(document, place), place[-1]
    others = _other_texts(document, value, shape(place)[-1]) if isinstance(value, str) else _others(value)
    yield from (put(document, place, other) for other in others)
    whole = found(document, place[:-1])
    if isinstance(whole, dict):
        yield put(document, place[:-1], {key: part for key, part in whole.items() if key != step})
    else:
        yield put(document, place[:-1], [part for i, part in enumerate(whole) if i != step])


def _other_texts(document: Any, text: str, key: str) -> Iterator[str]:
    yield from (name for name in (_names_of(document) if key in _NAMES else _WORDS.get(key, ())) if name != text)
    yield f"{text}x"


def _others(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | Decimal):
        yield from (value + 1, value - 1, value + Decimal("0.01"), value - Decimal("0.01"), value * 2, value / 2)
    elif isinstance(value, list):
        yield from (value[::-1], [*value, *value[:1]])
    else:
        yield from ({**value, key: part} for key, part in OPTIONAL if key not in value)


def bare(document: Any) -> Any:
    """Return a document without what says no more than its absence would, whatever table it stands in."""
    if isinstance(document, dict):
        parts = {key: bare(part) for key, part in document.items() if (key, part) not in NEUTRAL}
        return {key: part for key, part in parts.items() if part not in ({}, [])}
    return [bare(part) for part in document] if isinstance(document, list) else document


def shape(place: Place) -> tuple[str, ...]:
    """Return a place without the positions in its lists."""
    return tuple(step for step in place if isinstance(step, str))


def _names_of(document: Any) -> list[str]:
    """Return the names that a document declares, and one that is always there."""
    tables = (document, document.get("fit", {}), document.get("interest", {}))
    kinds = ("attributes", "properties", "objectives", "groups")
    return ["created_at", *(name for table in tables for kind in kinds for name in table.get(kind, ()))]
