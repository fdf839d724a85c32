"""Whether a touch is permitted: suppression first, then what the lead decided last, then the basis."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from attrs import frozen

from leadqual.calendar import utc
from leadqual.lifecycle.consents import Consents, confirmations, last_decision
from leadqual.nurture.basis import Bases, Basis
from leadqual.nurture.elapsed import elapsed_of
from leadqual.nurture.purposes import touch_kind


@frozen(kw_only=True)
class Permission:
    """Whether a touch is permitted.

    Attributes:
        basis: What it needs; under ``"opt_in"`` and ``"opt_out"`` it has to offer a way out.
        withheld: ``"suppressed"`` if nothing goes to the address, ``"withdrawn"`` if the lead does not want it,
            ``"no_basis"`` if it has not agreed, ``"unconfirmed"`` if it has and did not confirm that; ``None`` if the
            touch is permitted.
        until: Until when it can be confirmed; ``None`` if there is nothing to confirm, or all the time.
    """

    basis: Basis
    withheld: Literal["suppressed", "withdrawn", "no_basis", "unconfirmed"] | None = None
    until: datetime | None = None

    @property
    def granted(self) -> bool:
        """Whether the touch may go."""
        return self.withheld is None


ConsentState = Literal["none", "asked", "confirmed", "expired", "withdrawn"]


def consent_state(
    consents: Consents, channel: str, purpose: str, *, at: datetime, within: timedelta | None = None
) -> ConsentState:
    """Return where a lead stands with a double opt-in.

    Args:
        consents: Its last decisions by channel and purpose.
        channel: Such as ``"email"``.
        purpose: Such as ``"newsletter"``.
        at: As of when; a decision of a later instant is none yet, but for a withdrawal.
        within: How long it has time to confirm; without end when absent.

    Returns:
        ``"asked"`` if it has agreed and not confirmed that yet, ``"expired"`` if its time to confirm is over,
        ``"none"`` if it has decided nothing.

    >>> from leadqual.lifecycle.state import Consent
    >>> noon = datetime.fromisoformat("2026-12-04T12:00:00Z")
    >>> pending = {("email", "newsletter"): Consent(True, noon)}
    >>> day = timedelta(days=1)
    >>> consent_state(pending, "email", "newsletter", at=noon), consent_state(pending, "email", "offers", at=noon)
    ('asked', 'none')
    >>> consent_state(pending, "email", "newsletter", at=noon + day, within=day)
    'expired'
    """
    decision = last_decision(consents, channel, purpose)
    if decision is None:
        return "none"
    if not decision.given:
        return "withdrawn"
    if decision.at > at:
        return "none"
    for asked, confirmed in confirmations(consents, channel, purpose):
        if confirmed <= at and (within is None or confirmed - asked <= within):
            return "confirmed"
    return "asked" if within is None or at < decision.at + within else "expired"


def permission(
    bases: Bases,
    consents: Consents,
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
    that the lead makes after it is answered all the same. A consent counts from its instant on; where it has to be
    confirmed, from then on, if that was in time.

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

    >>> from leadqual.lifecycle.state import Consent
    >>> friday = datetime.fromisoformat("2026-12-04T12:00:00Z")
    >>> out = {("email", "newsletter"): Consent(False, friday)}
    >>> permission(Bases(), out, channel="email", purpose="newsletter", at=friday).withheld
    'withdrawn'
    >>> permission(Bases(), out, channel="email", purpose="requested", at=friday).granted
    True
    """
    moment = utc(at, "at")
    asked = None if requested_at is None else utc(requested_at, "requested_at")
    rule = bases.rule(channel, purpose, countries)
    basis = rule.basis
    if suppressed:
        return Permission(basis=basis, withheld="suppressed")
    decision = last_decision(consents, channel, purpose)
    if decision is not None and not decision.given:
        answers = touch_kind(purpose) == "requested" and asked is not None and asked > decision.at
        return Permission(basis=basis, withheld=None if answers else "withdrawn")
    if basis != "opt_in":
        return Permission(basis=basis)
    if decision is None or decision.at > moment:
        return Permission(basis=basis, withheld="no_basis")
    if not rule.confirmed:
        return Permission(basis=basis)
    within = elapsed_of(rule.confirm_within)
    if consent_state(consents, channel, purpose, at=moment, within=within) == "confirmed":
        return Permission(basis=basis)
    return Permission(basis=basis, withheld="unconfirmed", until=None if within is None else decision.at + within)
