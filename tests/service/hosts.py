"""A host with a service over a store, and what it hands in."""

from datetime import datetime
from typing import Any

from leadqual import Event, Lead, Qualifier
from leadqual.service import Form, QualificationService
from leadqual.service.store import Store
from leadqual.service.tables import TABLES, Table
from tests.core.lifecycle.small import small
from tests.practice.life import on

SMALL = small()
"""Five points for a visit make an MQL; who asks is handed to sales."""


def form(name: str = "f1", day: float = 0, /, **more: Any) -> Form:
    """Return a form that somebody has filled in."""
    given = {"email": "ana@b.example", "attributes": {"size": "big"}} | more
    return Form(id=name, at=on(day), **given)


def act(name: str, lead_id: str = "L1", kind: str = "visit", day: float = 1, **properties: Any) -> Event:
    """Return an act of a lead."""
    return Event(id=name, lead_id=lead_id, kind=kind, at=on(day), properties=properties)


def hosted(store: Store, *lead_ids: str, by: Qualifier = SMALL, **more: Any) -> QualificationService:
    """Return a service that knows leads by these ids, each with an address of its own."""
    service = QualificationService(by, store, **more)
    for lead_id in lead_ids:
        service.capture(
            form(f"form-{lead_id}", lead_id=lead_id, email=f"{lead_id}@b.example", kind="signup"), now=on(0)
        )
    return service


def dump(store: Store, tenant: str = "main") -> dict[str, list[tuple[object, ...]]]:
    """Return all that a store holds of a tenant, table by table."""
    with store.unit(tenant, write=False) as unit:
        return {table.name: rows_of(unit.find(table), table) for table in TABLES}


def rows_of(rows: list[Any], table: Table[Any]) -> list[tuple[object, ...]]:
    """Return what the columns of rows hold, in order of their keys."""
    return sorted((table.values(row) for row in rows), key=repr)


def stored_events(store: Store, tenant: str = "main") -> dict[str, str]:
    """Return the ids of the events that a store holds, with the leads under which they are kept."""
    with store.unit(tenant, write=False) as unit:
        return {row.event_id: row.lead_id for row in unit.find(_table("events"))}


def _table(name: str) -> Table[Any]:
    return next(table for table in TABLES if table.name == name)


def told(decision: Any) -> list[str]:
    """Return the names of the facts of a decision."""
    return [fact.name for fact in decision.facts]


def keys_of(claims: Any) -> list[str]:
    """Return the keys of the effects that were claimed."""
    return [claim.effect.key for claim in claims]


def lead(lead_id: str = "L1", /, **more: Any) -> Lead:
    """Return a lead."""
    return Lead(id=lead_id, **({"email": f"{lead_id}@b.example", "acquisition": "inbound"} | more))


def at(day: float) -> datetime:
    """Return the instant so many days after the beginning."""
    return on(day)
