"""Whether a touch is permitted: suppression first, then what the lead decided last, then the basis."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from attrs import frozen

from leadqual.calendar import utc
from leadqual.lifecycle.state import Consent
from leadqual.nurture.basis import Bases, Basis
from leadqual.nurture.purposes import EVERY, touch_kind


@frozen(kw_only=True)
class Permission:
    """Whether a touch is permitted.

    Attributes:
        basis: What it needs; under ``"opt_in"`` and ``"opt_out"`` it has to offer a way out.
        withheld: ``"suppressed"`` if nothing goes to the address, ``"withdrawn"`` if the lead does not want it,
            ``"no_basis"`` if it has not agreed; ``None`` if the touch is permitted.
    """

    basis: Basis
    withheld: Literal["suppressed", "withdrawn", "no_basis"] | None = None

    @property
    def granted(self) -> bool:
        """Whether the touch may go."""
        return self.withheld is None


def last_decision(consents: Mapping[tuple[str, str], Consent], channel: str, purpose: str) -> Consent | None:
    """Return what a lead last decided of a channel and a purpose, or ``None`` if it never did.

    A decision on all channels or all purposes counts too; of two at one instant the withdrawal.

    Args:
        consents: The last decisions by channel and purpose, as in `LeadState.consents`.
        channel: Such as ``"email"``.
        purpose: Such as ``"newsletter"``.
    """
    pairs = ((one, other) for one in (channel, EVERY) for other in (purpose, EVERY))
    known = (consents[pair] for pair in pairs if pair in consents)
    return max(known, key=lambda consent: (consent.at, not consent.given), default=None)


def permission(
    bases: Bases,
    consents: Mapping[tuple[str, str], Consent],
    *,
    channel: str,
    purpose: str,
    countries: Sequence[str] = (),
    at: datetime,
    requested_at: datetime | None = None,
    suppressed: bool = False,
) -> Permission:
    """Return whether a touch is permitted at an instant.

    A suppressed address gets nothing. A withdrawal holds from the moment it is known, under every basis; only a request
    that the lead makes after it is answered all the same. A consent counts from its instant on.

    Args:
        bases: What touches need.
        consents: The lead's last decisions by channel and purpose.
        channel: Channel of the touch.
        purpose: Its purpose.
        countries: ISO 3166-1 codes of the countries in which the lead may be; none if any is possible.
        at: When it is to go; an aware datetime in the years 1970 to 2199.
        requested_at: When the lead asked for it, if it answers a request.
        suppressed: Whether the key of the address is suppressed.

    Raises:
        InstantError: If an instant is none.

    >>> friday = datetime.fromisoformat("2026-12-04T12:00:00Z")
    >>> out = {("email", "newsletter"): Consent(False, friday)}
    >>> permission(Bases(), out, channel="email", purpose="newsletter", at=friday).withheld
    'withdrawn'
    >>> permission(Bases(), out, channel="email", purpose="requested", at=friday).granted
    True
    """
    moment = utc(at, "at")
    asked = None if requested_at is None else utc(requested_at, "requested_at")
    basis = bases.of(channel, purpose, countries)
    if suppressed:
        return Permission(basis=basis, withheld="suppressed")
    decision = last_decision(consents, channel, purpose)
    if decision is not None and not decision.given:
        answers = touch_kind(purpose) == "requested" and asked is not None and asked > decision.at
        return Permission(basis=basis, withheld=None if answers else "withdrawn")
    agreed = decision is not None and decision.at <= moment
    return Permission(basis=basis, withheld="no_basis" if basis == "opt_in" and not agreed else None)
