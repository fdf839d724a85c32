"""What a lead has decided of touches: the last decision of several, and what a new one makes of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from leadqual.lifecycle.facts import ConsentChanged
from leadqual.lifecycle.state import Consent

Consents = Mapping[tuple[str, str], Consent]
"""By channel and purpose, what a lead last decided."""
_ALL: Final = "*"


def decisions(consents: Consents, channel: str, purpose: str) -> Iterator[Consent]:
    """Yield what a lead decided that is about a channel and a purpose; what is about all is too.

    Args:
        consents: The last decisions by channel and purpose.
        channel: Such as ``"email"``.
        purpose: Such as ``"newsletter"``.
    """
    pairs = ((one, other) for one in dict.fromkeys((channel, _ALL)) for other in dict.fromkeys((purpose, _ALL)))
    return (consents[pair] for pair in pairs if pair in consents)


def last_decision(consents: Consents, channel: str, purpose: str) -> Consent | None:
    """Return what a lead last decided of a channel and a purpose, or ``None`` if it never did.

    A decision on all channels or all purposes counts too; of two at one instant the withdrawal.

    Args:
        consents: The last decisions by channel and purpose, as in `LeadState.consents`.
        channel: Such as ``"email"``.
        purpose: Such as ``"newsletter"``.
    """
    known = decisions(consents, channel, purpose)
    return max(known, key=lambda consent: (consent.at, not consent.given), default=None)


def confirmations(consents: Consents, channel: str, purpose: str) -> Iterator[tuple[datetime, datetime]]:
    """Yield when a lead gave and when it confirmed the consents that it has not withdrawn since.

    Args:
        consents: The last decisions by channel and purpose.
        channel: Such as ``"email"``.
        purpose: Such as ``"newsletter"``.
    """
    known = tuple(decisions(consents, channel, purpose))
    out = max((consent.at for consent in known if not consent.given), default=None)
    for consent in known:
        asked, confirmed = consent.asked_at, consent.confirmed_at
        if asked is not None and confirmed is not None and (out is None or asked > out):
            yield asked, confirmed


def after(consents: Consents, fact: ConsentChanged) -> Consent | None:
    """Return what a lead has decided after a change; ``None`` if that changes nothing.

    An older decision than the newest known changes nothing, of two at one instant the withdrawal stays. Who consents
    again stays confirmed. A confirmation is about the newest consent, and the one that came soonest counts.

    Args:
        consents: What it had decided before.
        fact: The change.
    """
    if fact.confirmed and fact.given:
        return _confirmed(consents, fact)
    before = consents.get((fact.channel, fact.purpose))
    if before is not None and (fact.at < before.at or (fact.at == before.at and fact.given)):
        return None
    asked, confirmed = (None, None) if before is None or not fact.given else (before.asked_at, before.confirmed_at)
    return Consent(
        fact.given, fact.at, asked_at=asked, confirmed_at=confirmed, source=fact.source, wording=fact.wording
    )


def _confirmed(consents: Consents, fact: ConsentChanged) -> Consent | None:
    last = last_decision(consents, fact.channel, fact.purpose)
    if last is None:
        last = Consent(given=True, at=fact.at, source=fact.source, wording=fact.wording)
    if not last.given or fact.at < last.at:
        return None
    known = confirmations(consents, fact.channel, fact.purpose)
    soonest = min((confirmed - asked for asked, confirmed in known), default=None)
    if soonest is not None and soonest <= fact.at - last.at:
        return None
    return evolve(last, asked_at=last.at, confirmed_at=fact.at)


def of_both(one: Consent, other: Consent) -> Consent:
    """Return what two leads have decided that turn out to be one: a consent, or a confirmation, only if both gave it.

    Args:
        one: What one decided.
        other: What the other decided of the same.
    """
    strictest = max((one, other), key=lambda consent: (not consent.given, consent.at))
    given = one.given and other.given
    known = [consent for consent in (one, other) if consent.confirmed_at is not None]
    latest = max(known, key=_span) if given and len(known) == 2 else None
    return evolve(
        strictest,
        at=max(one.at, other.at),
        asked_at=None if latest is None else latest.asked_at,
        confirmed_at=None if latest is None else latest.confirmed_at,
    )


def _span(consent: Consent) -> timedelta:
    """Return how long a consent waited until it was confirmed."""
    asked, confirmed = consent.asked_at, consent.confirmed_at
    return timedelta() if asked is None or confirmed is None else confirmed - asked
