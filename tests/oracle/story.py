"""Short ways to write a lead's story in tests: days and kinds instead of instants and ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

DAY_0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday."""


def on(day: float) -> datetime:
    """Return the instant this many days after the first."""
    return DAY_0 + timedelta(days=day)


def lead(**said: Any) -> dict[str, Any]:
    """Return a lead with an id, whatever fields are named, and the rest as attributes."""
    fields: dict[str, Any] = {
        name: said.pop(name) for name in ("email", "since", "merged_ids", "stage", "created_at") if name in said
    }
    return {"id": "L1", **fields, "attributes": said}


def event(id: str, kind: str, day: float = 0, by: str = "lead", **properties: Any) -> dict[str, Any]:
    """Return an event of the lead."""
    return {"id": id, "lead_id": "L1", "kind": kind, "at": on(day), "by": by, "properties": properties}


def story(*acts: tuple[float, str] | tuple[float, str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return events from (day, kind) or (day, kind, properties), with ids of their own."""
    return [event(f"e{n}", act[1], act[0], **(act[2] if len(act) == 3 else {})) for n, act in enumerate(acts)]
