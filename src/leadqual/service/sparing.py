"""To whom nothing goes any more, though its lead was erased: it is told of a new lead with the same address."""

from collections.abc import Iterable

from leadqual.lifecycle.inputs import ConsentChange
from leadqual.lifecycle.nurtureinputs import Suppression
from leadqual.lifecycle.state import LeadState
from leadqual.service.clock import instant, micros
from leadqual.service.digests import Digests
from leadqual.service.held import Held
from leadqual.service.rows import SparedRow
from leadqual.service.tables import SPARED
from leadqual.service.work import Work

_LISTED = ""
"""Stands for the purpose of an address that is on a list: no consent takes it off, as it does with a withdrawal."""


def spare(work: Work, held: Held) -> None:
    """Let a new lead not be sent what its address had withdrawn from before; what it says anew is newer.

    Args:
        work: The command.
        held: The lead.
    """
    lead = held.record.lead
    digests = sorted(digests_of(work.desk.digests, lead.email, lead.phone))
    rows = work.unit.find(SPARED, equal={"digest": digests}, order=("channel", "purpose")) if digests else []
    for row in rows:
        if row.purpose == _LISTED:
            work.handle(held, Suppression(channel=row.channel))
        else:
            at = min(instant(row.at), work.now)
            work.handle(held, ConsentChange(channel=row.channel, purpose=row.purpose, given=False, at=at))


def digests_of(digests: Digests, email: str | None, phone: str | None) -> frozenset[str]:
    """Return the digests of an address and a number, as far as there are any.

    Args:
        digests: How addresses are digested.
        email: The address.
        phone: The number.
    """
    found = {digests.of("email", email)} if email else set()
    return frozenset(found | ({digests.of("phone", phone)} if phone else set()))


def spared_rows(addresses: Iterable[str], state: LeadState, at: int) -> list[SparedRow]:
    """Return what has to be remembered of a lead that is erased, so that its addresses are spared for ever.

    Args:
        addresses: Digests of its addresses.
        state: Where it stands.
        at: The instant, in microseconds.
    """
    since = {(channel, _LISTED): at for channel in state.suppressed}
    since |= {pair: micros(consent.at) for pair, consent in state.consents.items() if not consent.given}
    return [
        SparedRow(digest=digest, channel=channel, purpose=purpose, at=first)
        for digest in sorted(addresses)
        for (channel, purpose), first in sorted(since.items())
    ]
