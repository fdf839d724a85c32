"""What a value is once it has been read: typed, with one kind of missing."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

MISSING = None

LEAD_FIELDS = {
    "id": "text", "kind": "text", "email": "text", "phone": "text", "company_id": "text", "acquisition": "text",
    "channel": "text", "source": "text", "zone": "text", "language": "text", "created_at": "instant",
}  # fmt: skip


def declared(document: Mapping[str, Any], table: str) -> dict[str, str]:
    """Return the type of each name in `[attributes]` or `[properties]`."""
    return {name: (said if isinstance(said, str) else said["type"]) for name, said in document.get(table, {}).items()}


def nfc(text: str) -> str:
    """Return the composed form, in which all text is compared."""
    return unicodedata.normalize("NFC", text)


def read(value: Any, kind: str) -> Any:
    """Return a value as its declared type, or MISSING for None, NaN, the empty text and the empty list."""
    if value is None or (isinstance(value, str | list | tuple) and len(value) == 0):
        return MISSING
    if isinstance(value, float) and math.isnan(value):
        return MISSING
    if kind == "number":
        return float(value) + 0.0  # -0.0 becomes 0.0
    if kind == "text":
        return nfc(value)
    if kind == "list":
        return tuple(nfc(item) for item in value)
    if kind == "instant":
        return value.astimezone(UTC)
    return value


def literal(value: Any, kind: str) -> Any:
    """Return a value written in a document as the type of the field it is compared with."""
    if kind == "number":
        return float(value)
    if kind == "score":
        return Fraction(value) * 100
    if kind == "integer":
        assert Fraction(value).denominator == 1
        return int(value)
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if kind == "instant" and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value


def lead_values(document: Mapping[str, Any], lead: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Return (type, value) of everything a condition may read of a lead."""
    found = {name: (kind, read(lead.get(name), kind)) for name, kind in LEAD_FIELDS.items()}
    for name, kind in declared(document, "attributes").items():
        found[name] = (kind, read(lead.get("attributes", {}).get(name), kind))
    return found


def event_values(document: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Return (type, value) of everything a condition may read of an event: its declared properties."""
    given = event.get("properties", {})
    return {name: (kind, read(given.get(name), kind)) for name, kind in declared(document, "properties").items()}


def weight(said: Any) -> Decimal | int:
    """Return the weight of a declared attribute in the completeness."""
    found: Decimal | int = 1 if isinstance(said, str) else said.get("weight", 1)
    return found
