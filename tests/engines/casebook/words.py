"""Short ways to write a case of the conformance set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from leadqual.lead import BUILT_IN

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
"""A Sunday."""
_OWN = {*BUILT_IN, "since", "stage"} - {"id"}


def days(ago: float) -> datetime:
    """Return the instant so many days before `NOW`."""
    return NOW - timedelta(days=ago)


def at(text: str) -> datetime:
    """Return an instant written as ISO 8601."""
    return datetime.fromisoformat(text)


def case(
    name: str,
    shows: str,
    playbook: Mapping[str, Any],
    *,
    leads: Iterable[Mapping[str, Any]],
    events: Iterable[Mapping[str, Any]] = (),
    now: datetime = NOW,
    objective: str | None = None,
) -> dict[str, Any]:
    """Return a case without what is expected."""
    head = {"schema": 1, "name": "conformance", "version": "1"}
    more = {} if objective is None else {"objective": objective}
    return {
        "name": name,
        "shows": shows,
        "playbook": {**head, **playbook},
        **more,
        "now": now,
        "leads": list(leads),
        "events": list(events),
    }


def lead(id: str = "L1", **said: Any) -> dict[str, Any]:
    """Return a lead: its own fields, and the rest as attributes."""
    own = {name: said.pop(name) for name in sorted(_OWN & said.keys())}
    return {"id": id, **own, **({"attributes": said} if said else {})}


def did(id: str, kind: str = "download", ago: float = 0, **said: Any) -> dict[str, Any]:
    """Return an event so many days ago, or `at` an instant; what else is said are properties."""
    when = said.pop("at", None) or days(ago)
    who = said.pop("lead", "L1")
    own: dict[str, Any] = {name: said.pop(name) for name in ("by", "source") if name in said}
    return {"id": id, "lead_id": who, "kind": kind, "at": when, **own, **({"properties": said} if said else {})}


def times(number: int, kind: str, ago: float = 0, **said: Any) -> list[dict[str, Any]]:
    """Return several events of one kind and instant, with ids of their own."""
    who = said.get("lead", "L1")
    return [did(f"{who}-{kind}-{ago}-{n}", kind, ago, **said) for n in range(number)]


def rules(*several: Mapping[str, Any], **axis: Any) -> dict[str, Any]:
    """Return a playbook with these rules of interest."""
    return {"interest": {"rules": list(several), **axis}}


def criteria(*several: Mapping[str, Any], attributes: Mapping[str, Any], **axis: Any) -> dict[str, Any]:
    """Return a playbook with these criteria of fit."""
    return {"attributes": dict(attributes), "fit": {"criteria": list(several), **axis}}


def leaf(field: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """Return a comparison."""
    return {"field": field, "op": op, **({} if value is None else {"value": value}), **more}
