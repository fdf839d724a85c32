"""Strategies for leads, their events and the instant at which they are scored."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom

from .documents import documents
from .vocabulary import AGES, ATTRIBUTES, EMAILS, INSTANTS, KINDS, NOWS, OUR_KIND, PROPERTIES, ROME, VALUES

MOMENT = timedelta(microseconds=1)
EDGES = (
    timedelta(), -MOMENT, timedelta(hours=6), timedelta(hours=6) - MOMENT, timedelta(hours=10),
    timedelta(hours=18, minutes=30),
)  # fmt: skip
KEYS = [(source, letter) for letter in "abcdefgh" for source in ("", "crm")]


class Case(NamedTuple):
    """One thing to score."""

    document: dict[str, Any]
    lead: dict[str, Any]
    events: list[dict[str, Any]]
    now: datetime


def instant(draw: Draw, now: datetime) -> datetime:
    """Draw an instant near `now`: often on the edge of a day, sometimes after it."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    age = pick(draw, (-1, -2)) if seldom(draw, 10) else pick(draw, AGES)
    return midnight - timedelta(days=age) + pick(draw, (*EDGES, now - midnight, now - midnight + MOMENT))


@st.composite
def instants(draw: Draw, now: datetime) -> datetime:
    """Draw an instant near `now`, for a test that needs nothing else."""
    return instant(draw, now)


def some_values(draw: Draw, of: dict[str, str], names: Sequence[str]) -> dict[str, Any]:
    """Draw a value for each name; one may be None, NaN or empty."""
    return {name: pick(draw, VALUES[of[name]]) for name in names}


@st.composite
def leads(draw: Draw, now: datetime) -> dict[str, Any]:
    """Draw a lead."""
    lead: dict[str, Any] = {"id": "L1", "attributes": {}}
    if seldom(draw, 10):
        return lead
    lead["attributes"] = some_values(draw, ATTRIBUTES, few(draw, list(ATTRIBUTES), 1, len(ATTRIBUTES)))
    lead["email"] = pick(draw, EMAILS)
    lead["acquisition"] = pick(draw, ("inbound", "outbound", "partner", None))
    if often(draw):
        lead |= {"language": pick(draw, ("es", "É", "CTO")), "created_at": pick(draw, INSTANTS)}
    if seldom(draw, 8):
        lead["since"] = instant(draw, now)
    if seldom(draw):
        lead["merged_ids"] = ("L0",)
    if seldom(draw):
        lead["stage"] = pick(draw, ("CTO", "c"))
    return lead


@st.composite
def events(draw: Draw, lead: dict[str, Any], now: datetime, most: int = 12) -> list[dict[str, Any]]:
    """Draw events with ids of their own, in any order."""
    names = pick(draw, (("asset",), ("page", "qty", "topics"), ("slot", "due"), ("asset", "ok", "amount")))
    ids = (lead["id"], *lead.get("merged_ids", ()))
    found = []
    for source, own_id in few(draw, KEYS, 0, most):
        ours = seldom(draw)
        found.append({
            "id": own_id,
            "source": source,
            "lead_id": pick(draw, ids),
            "kind": pick(draw, (*KINDS, OUR_KIND) if ours else KINDS),
            "by": "us" if ours else "lead",
            "at": instant(draw, now),
            "properties": some_values(draw, PROPERTIES, names),
        })  # fmt: skip
    return found


@st.composite
def cases(draw: Draw, most: int = 12) -> Case:
    """Draw a playbook, a lead, its events and an instant."""
    document, now = draw(documents()), pick(draw, NOWS)
    lead = draw(leads(now))
    found = draw(events(lead, now, most))
    if found and seldom(draw, 6):
        lead["since"] = pick(draw, found)["at"]
    return Case(document, lead, found, now)


def _respelt(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value) if unicodedata.is_normalized("NFC", value) else value
    if isinstance(value, datetime):
        return value.astimezone(ROME)
    return -0.0 if value == 0 and isinstance(value, float) else value


def respelt(event: dict[str, Any], lead: dict[str, Any]) -> dict[str, Any]:
    """Return the same content, written otherwise: zone, composition of text, kind of missing, lead id."""
    there = {name: value for name, value in event["properties"].items() if value not in (None, "", [])}
    properties = {name: _respelt(value) for name, value in there.items()}
    properties["undeclared"] = "x"
    who = lead["merged_ids"][0] if lead.get("merged_ids") else lead["id"]
    return event | {"at": event["at"].astimezone(ROME), "properties": properties, "lead_id": who}
