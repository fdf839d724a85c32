"""Strategies for leads, their events and the instant at which they are scored."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from .documents import OFTEN, SELDOM, documents
from .vocabulary import AGES, ATTRIBUTES, EMAILS, INSTANTS, KINDS, NOWS, OUR_KIND, PROPERTIES, ROME, VALUES


class Case(NamedTuple):
    """One thing to score."""

    document: dict[str, Any]
    lead: dict[str, Any]
    events: list[dict[str, Any]]
    now: datetime


@st.composite
def instants(draw: st.DrawFn, now: datetime) -> datetime:
    """Draw an instant near `now`: often on the edge of a day, sometimes after it."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    to_now = now - midnight
    edge = st.sampled_from(
        [timedelta(), timedelta(microseconds=-1), timedelta(hours=6), timedelta(hours=5, minutes=59, seconds=59),
         timedelta(hours=18, minutes=30), timedelta(hours=10), to_now, to_now + timedelta(microseconds=1)]
    )  # fmt: skip
    age = draw(st.sampled_from(AGES)) if draw(st.integers(0, 9)) else draw(st.sampled_from((-1, -2)))
    return midnight - timedelta(days=age) + draw(edge)


@st.composite
def some_values(draw: st.DrawFn, of: dict[str, str], missing: int = 1) -> dict[str, Any]:
    """Draw values for some of the declared names; about one in `missing` + 1 stays away."""
    return {
        name: draw(st.sampled_from(VALUES[kind])) for name, kind in of.items() if draw(st.integers(0, missing + 1)) > 0
    }


@st.composite
def leads(draw: st.DrawFn, now: datetime) -> dict[str, Any]:
    """Draw a lead."""
    lead: dict[str, Any] = {"id": "L1", "attributes": draw(some_values(ATTRIBUTES))}
    lead["email"] = draw(st.sampled_from(EMAILS))
    lead["acquisition"] = draw(st.sampled_from(("inbound", "outbound", "partner", None)))
    if draw(OFTEN):
        lead |= {"language": draw(st.sampled_from(("es", "É", "CTO"))), "created_at": draw(st.sampled_from(INSTANTS))}
    if draw(st.integers(0, 7)) == 3:
        lead["since"] = draw(instants(now))
    if draw(SELDOM):
        lead["merged_ids"] = ("L0",)
    if draw(SELDOM):
        lead["stage"] = draw(st.sampled_from(("CTO", "c")))
    if draw(st.integers(0, 9)) == 3:
        lead |= {"attributes": {}, "email": None, "acquisition": None, "language": None, "created_at": None}
    return lead


@st.composite
def events(draw: st.DrawFn, lead: dict[str, Any], now: datetime, most: int = 12) -> list[dict[str, Any]]:
    """Draw events with ids of their own, in any order."""
    size = draw(st.integers(0, most)) if draw(st.integers(0, 3)) else most
    key = st.tuples(st.sampled_from(("", "crm")), st.sampled_from("abcdefgh"))
    keys = draw(st.lists(key, min_size=size, max_size=size, unique=True))
    few = draw(st.sampled_from((("asset",), ("page", "qty", "topics"), tuple(PROPERTIES), ("asset", "ok", "amount"))))
    found = []
    for source, own_id in keys:
        ours = draw(SELDOM)
        found.append({
            "id": own_id, "source": source,
            "lead_id": draw(st.sampled_from(("L1", *lead.get("merged_ids", ())))),
            "kind": draw(st.sampled_from((*KINDS, OUR_KIND) if ours else KINDS)),
            "by": "us" if ours else "lead",
            "at": draw(instants(now)),
            "properties": draw(some_values({name: PROPERTIES[name] for name in few})),
        })  # fmt: skip
    return found


@st.composite
def cases(draw: st.DrawFn, most: int = 12) -> Case:
    """Draw a playbook, a lead, its events and an instant."""
    document, now = draw(documents()), draw(st.sampled_from(NOWS))
    lead = draw(leads(now))
    return Case(document, lead, draw(events(lead, now, most)), now)


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
