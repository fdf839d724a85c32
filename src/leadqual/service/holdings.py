"""All that a store holds of one person."""

import json
from collections.abc import Iterable
from typing import Any, Final

from attrs import field, frozen

from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.stored import SCHEMA, state_from_plain
from leadqual.lifecycle.storedparts import refusal
from leadqual.service.digests import Digests
from leadqual.service.rows import CommandRow, EffectRow, EventRow, FactRow, KeyRow, LeadRow, SparedRow
from leadqual.service.sparing import digests_of
from leadqual.service.store import Unit
from leadqual.service.tables import COMMANDS, EFFECTS, EVENTS, FACTS, KEYS, LEADS, SPARED

NOBODY: Final = "anonymous"
"""How the ids begin under which the history of visitors is kept as long as nobody knows whose it is."""
_SHORT: Final = 20


@frozen(kw_only=True, eq=False, repr=False)
class Holding:
    """All that a store holds of one person: of a lead and of those that have gone into it.

    Attributes:
        leads: Its leads, the one that goes on first.
        events: Its events, in order of time, and what its visitors did that nobody had known to be theirs.
        facts: Its facts, lead by lead in their order.
        effects: Its effects, the oldest first, whatever has become of them.
        keys: By what it is known again.
        commands: The commands with an id that were about it.
    """

    leads: tuple[LeadRow, ...]
    events: tuple[EventRow, ...]
    facts: tuple[FactRow, ...]
    effects: tuple[EffectRow, ...]
    keys: tuple[KeyRow, ...]
    commands: tuple[CommandRow, ...]
    parts: "tuple[Kept, ...]" = field(init=False)

    @parts.default
    def _parts(self) -> "tuple[Kept, ...]":
        return tuple(kept_of(row) for row in self.leads)

    @property
    def lead_ids(self) -> tuple[str, ...]:
        """Its ids, that of the lead that goes on first."""
        return tuple(row.lead_id for row in self.leads)

    def addresses(self, digests: Digests) -> frozenset[str]:
        """Return the digests of all addresses and numbers that it ever had, of shared boxes only those of today.

        Args:
            digests: How addresses are digested.
        """
        known = {row.digest for row in self.keys if row.kind in ("email", "phone")}
        return frozenset(known.union(*(digests_of(digests, part.email, part.phone) for part in self.parts)))


@frozen(kw_only=True, eq=False, repr=False)
class Kept:
    """What a record says, whichever model it belongs to.

    Attributes:
        data: The whole record, as it is kept.
        email: The lead's address.
        phone: Its number.
        state: Where it stands.
    """

    data: dict[str, Any]
    email: str | None
    phone: str | None
    state: LeadState


def kept_of(row: LeadRow) -> Kept:
    """Return what the record of a lead says.

    Args:
        row: The lead.

    Raises:
        HistoryError: If it cannot be read.
    """
    try:
        data = json.loads(row.record)
        lead, state = data["lead"], {"schema": SCHEMA, **data["state"]}
        email, phone = lead.get("email"), lead.get("phone")
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        hint = "Make it anew from facts and events with Qualifier.restore."
        raise refusal("a stored record was expected", row.record, hint) from None
    return Kept(data=data, email=email, phone=phone, state=state_from_plain(state))


def holding_of(unit: Unit, lead_id: str, *, lock: bool = False) -> Holding | None:
    """Return all that is held of a person.

    Args:
        unit: The transaction that reads it.
        lead_id: A lead of the person's, whether it goes on or has gone into another one.
        lock: Whether its leads are locked.

    Returns:
        What is held; ``None`` if there is no such lead.

    Raises:
        HistoryError: If a record cannot be read.
    """
    leads = _leads(unit, lead_id, lock=lock)
    if not leads:
        return None
    of = {"lead_id": tuple(row.lead_id for row in leads)}
    keys = unit.find(KEYS, equal=of, order=("kind",))
    visitors = tuple(nobody(row.digest) for row in keys if row.kind == "visitor")
    return Holding(
        leads=leads,
        events=tuple(unit.find(EVENTS, equal={"lead_id": (*of["lead_id"], *visitors)}, order=("at",))),
        facts=tuple(unit.find(FACTS, equal=of, order=("lead_id", "seq"))),
        effects=tuple(unit.find(EFFECTS, equal=of, order=("made_at", "number"))),
        keys=tuple(keys),
        commands=tuple(unit.find(COMMANDS, equal=of, order=("at",))),
    )


def spared_of(unit: Unit, addresses: Iterable[str]) -> list[SparedRow]:
    """Return to which of some addresses nothing goes, on which channels and for which purposes.

    Args:
        unit: The transaction that reads it.
        addresses: Digests of addresses.
    """
    return unit.find(SPARED, equal={"digest": tuple(addresses)}, order=("channel", "purpose"))


def nobody(digest: str) -> str:
    """Return under which id the history of somebody unknown is kept.

    Args:
        digest: Digest of the visitor, or of the form if no visitor is known.
    """
    return f"{NOBODY}-{digest[:_SHORT]}"


def _leads(unit: Unit, lead_id: str, *, lock: bool) -> tuple[LeadRow, ...]:
    """Return the lead that goes on for one, and all that have gone into it, straight or by way of others."""
    rows = unit.get(LEADS, [(lead_id,)], lock=lock)
    while rows and rows[0].into is not None:
        rows = unit.get(LEADS, [(rows[0].into,)], lock=lock)
    found = tuple(rows)
    while rows:
        gone = [row.lead_id for row in unit.find(LEADS, equal={"into": tuple(row.lead_id for row in rows)})]
        rows = unit.get(LEADS, [(one,) for one in gone], lock=lock)
        found += tuple(rows)
    return found
