"""Step 0 and 1: one event for each id, and only those that count at `now`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from .values import event_values

Event = Mapping[str, Any]


class ConflictFound(Exception):
    """One id has two contents."""


def key(event: Event) -> tuple[str, str]:
    """Return what identifies an event over the whole base."""
    return (event.get("source", ""), event["id"])


def content(document: Mapping[str, Any], lead: Mapping[str, Any], event: Event) -> tuple[Any, ...]:
    """Return what must be the same in two copies of one event."""
    who = event["lead_id"]
    if who in lead.get("merged_ids", ()):
        who = lead["id"]
    properties = tuple(sorted((name, value) for name, (_, value) in event_values(document, event).items()
                              if value is not None))  # fmt: skip
    return (who, event["kind"], event.get("by", "lead"), event["at"].astimezone(UTC), properties)


def deduped(
    document: Mapping[str, Any], lead: Mapping[str, Any], events: Iterable[Event], flagged: Iterable[Any] = ()
) -> list[Event]:
    """Return one copy of each event that is not flagged; raise ConflictFound where copies differ."""
    first: dict[tuple[str, str], Event] = {}
    for event in events:
        if key(event) in flagged:
            continue
        other = first.setdefault(key(event), event)
        if content(document, lead, other) != content(document, lead, event):
            raise ConflictFound(key(event))
    return list(first.values())


def counting(lead: Mapping[str, Any], events: Iterable[Event], now: datetime) -> list[Event]:
    """Return the events that count: not before the lead's `since`, not after now."""
    since = lead.get("since")
    return [event for event in events if event["at"] <= now and (since is None or event["at"] >= since)]
