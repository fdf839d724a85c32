"""Whether a touch is permitted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadqual import InstantError
from leadqual.lifecycle.consents import last_decision
from leadqual.lifecycle.state import Consent
from leadqual.nurture.basis import Bases, BasisRule
from leadqual.nurture.permission import Permission, consent_state, permission

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAIL = ("email", "newsletter")
OPT_OUT = Bases(rules=[BasisRule(basis="opt_out")])
NONE = Bases(rules=[BasisRule(basis="none")])


def asked(bases, consents, purpose="newsletter", **more):
    """Return why a mail at noon is withheld, or None."""
    return permission(bases, consents, channel="email", purpose=purpose, at=NOON, **more).withheld


@pytest.mark.parametrize(
    ("bases", "decision", "withheld"),
    [
        (Bases(), None, "no_basis"),
        (Bases(), Consent(True, NOON), None),
        (Bases(), Consent(True, NOON + HOUR), "no_basis"),
        (Bases(), Consent(False, NOON - HOUR), "withdrawn"),
        (OPT_OUT, None, None),
        (OPT_OUT, Consent(True, NOON - HOUR), None),
        (OPT_OUT, Consent(False, NOON), "withdrawn"),
        (NONE, None, None),
        (NONE, Consent(False, NOON - HOUR), "withdrawn"),
        (NONE, Consent(False, NOON + HOUR), "withdrawn"),
    ],
)
def test_touch_is_permitted_as_its_basis_and_the_last_decision_say(bases, decision, withheld):
    """An opt-in needs an agreement that is in force; a withdrawal holds under every basis, at once."""
    assert asked(bases, {} if decision is None else {MAIL: decision}) == withheld


@pytest.mark.parametrize("bases", [Bases(), OPT_OUT, NONE])
@pytest.mark.parametrize("purpose", ["newsletter", "requested"])
def test_touch_to_a_suppressed_address_is_never_permitted(bases, purpose):
    """Whatever the lead has agreed to or asked for."""
    consents = {("*", "*"): Consent(True, NOON - HOUR)}
    assert asked(bases, consents, purpose, suppressed=True, requested_at=NOON) == "suppressed"


@pytest.mark.parametrize(
    ("pair", "withheld"),
    [
        (("email", "newsletter"), "withdrawn"),
        (("*", "newsletter"), "withdrawn"),
        (("email", "*"), "withdrawn"),
        (("*", "*"), "withdrawn"),
        (("phone", "newsletter"), None),
        (("email", "offers"), None),
        (("phone", "*"), None),
    ],
)
def test_withdrawal_covers_what_it_names(pair, withheld):
    """Its channel and its purpose, or all of them, and nothing else."""
    assert asked(OPT_OUT, {pair: Consent(False, NOON - HOUR)}) == withheld


@pytest.mark.parametrize(
    ("given", "withheld"), [(NOON - HOUR, "withdrawn"), (NOON - 2 * HOUR, "withdrawn"), (NOON, None)]
)
def test_withdrawal_wins_ties_and_is_never_undone_by_an_older_consent(given, withheld):
    """Of a consent to mail and a withdrawal of everything, the later counts; of two at one instant the withdrawal."""
    consents = {MAIL: Consent(True, given), ("*", "*"): Consent(False, NOON - HOUR)}
    assert asked(Bases(), consents) == withheld


@pytest.mark.parametrize(
    ("requested_at", "withheld"),
    [
        (None, "withdrawn"),
        (NOON - 2 * HOUR, "withdrawn"),
        (NOON - HOUR, "withdrawn"),
        (NOON - HOUR + timedelta.resolution, None),
    ],
)
def test_request_is_answered_when_it_comes_after_the_withdrawal(requested_at, withheld):
    """Who said leave me alone and then asks for a demo is answered; at the same instant the withdrawal wins."""
    consents = {("*", "*"): Consent(False, NOON - HOUR)}
    assert asked(Bases(), consents, "requested", requested_at=requested_at) == withheld
    assert asked(OPT_OUT, consents, "newsletter", requested_at=requested_at) == "withdrawn"


def test_request_is_answered_without_any_consent():
    """It needs no basis, and a withdrawal of the newsletter is not about it."""
    assert asked(Bases(), {}, "requested") is None
    assert asked(Bases(), {MAIL: Consent(False, NOON - HOUR)}, "requested") is None


def test_permission_names_its_basis():
    """What needs an opt-in or may be objected to has to offer a way out."""
    found = permission(OPT_OUT, {}, channel="email", purpose="offer", countries=["ES"], at=NOON)
    assert (found, found.granted) == (Permission(basis="opt_out"), True)
    held = permission(Bases(), {}, channel="email", purpose="offer", at=NOON)
    assert (held, held.granted) == (Permission(basis="opt_in", withheld="no_basis"), False)
    out = {("email", "offer"): Consent(False, NOON)}
    held = permission(OPT_OUT, out, channel="email", purpose="offer", at=NOON)
    assert held == Permission(basis="opt_out", withheld="withdrawn")
    held = permission(OPT_OUT, {}, channel="email", purpose="offer", at=NOON, suppressed=True)
    assert held == Permission(basis="opt_out", withheld="suppressed")
    twice = {MAIL: Consent(True, NOON, asked_at=NOON, confirmed_at=NOON)}
    strict = Bases(rules=[BasisRule(basis="opt_in", confirmed=True)])
    found = permission(strict, twice, channel="email", purpose="newsletter", at=NOON)
    assert found == Permission(basis="opt_in")


def test_last_decision_is_none_when_there_is_none():
    """Who never said anything has decided nothing."""
    assert last_decision({("phone", "offers"): Consent(True, NOON)}, *MAIL) is None


@pytest.mark.parametrize("name", ["at", "requested_at"])
def test_naive_instant_is_refused(name):
    """An instant has a zone."""
    instants: dict[str, Any] = {"at": NOON, name: datetime(2026, 12, 4)}
    with pytest.raises(InstantError, match=f"^{name}: the instant has no zone"):
        permission(Bases(), {}, channel="email", purpose="x", **instants)


DOUBLE = Bases(rules=[BasisRule(basis="opt_in", confirmed=True)])
DAILY = Bases(rules=[BasisRule(basis="opt_in", confirmed=True, confirm_within="24h")])
DAY = 24 * HOUR


def confirmed(asked_at, at, given=None):
    """Return a consent that was confirmed."""
    return Consent(True, asked_at if given is None else given, asked_at=asked_at, confirmed_at=at)


@pytest.mark.parametrize(
    ("decision", "always", "daily"),
    [
        (None, "no_basis", "no_basis"),
        (Consent(True, NOON + HOUR), "no_basis", "no_basis"),
        (Consent(False, NOON - HOUR), "withdrawn", "withdrawn"),
        (Consent(True, NOON), "unconfirmed", "unconfirmed"),
        (Consent(True, NOON - 9 * DAY), "unconfirmed", "unconfirmed"),
        (confirmed(NOON - HOUR, NOON), None, None),
        (confirmed(NOON - HOUR, NOON + HOUR), "unconfirmed", "unconfirmed"),
        (confirmed(NOON - DAY, NOON), None, None),
        (confirmed(NOON - DAY - HOUR, NOON), None, "unconfirmed"),
        (confirmed(NOON - 9 * DAY, NOON - 9 * DAY + HOUR, NOON), None, None),
    ],
)
def test_touch_that_needs_a_confirmation_goes_from_then_on(decision, always, daily):
    """If that was in time, its last instant included."""
    consents = {} if decision is None else {MAIL: decision}
    assert (asked(DOUBLE, consents), asked(DAILY, consents)) == (always, daily)


def test_touch_that_needs_no_confirmation_goes_without():
    """A single consent is enough, and where none is needed none is asked for."""
    assert asked(Bases(), {MAIL: Consent(True, NOON)}) is None
    assert asked(DOUBLE, {}, "requested") is None


def test_permission_tells_until_when_a_consent_can_be_confirmed():
    """Counted from the newest consent; without a limit there is no such instant."""
    consents = {MAIL: Consent(True, NOON - HOUR), ("*", "*"): Consent(True, NOON - DAY)}
    found = permission(DAILY, consents, channel="email", purpose="newsletter", at=NOON)
    assert found == Permission(basis="opt_in", withheld="unconfirmed", until=NOON + DAY - HOUR)
    found = permission(DOUBLE, consents, channel="email", purpose="newsletter", at=NOON)
    assert found == Permission(basis="opt_in", withheld="unconfirmed")


@pytest.mark.parametrize(
    ("decision", "state", "daily"),
    [
        (None, "none", "none"),
        (Consent(True, NOON + HOUR), "none", "none"),
        (Consent(False, NOON + HOUR), "withdrawn", "withdrawn"),
        (Consent(True, NOON - HOUR), "asked", "asked"),
        (Consent(True, NOON - DAY), "asked", "expired"),
        (confirmed(NOON - HOUR, NOON), "confirmed", "confirmed"),
        (confirmed(NOON - 3 * DAY, NOON - DAY), "confirmed", "expired"),
        (confirmed(NOON - 3 * DAY, NOON - DAY, NOON - HOUR), "confirmed", "asked"),
    ],
)
def test_consent_state_tells_how_far_a_double_opt_in_has_come(decision, state, daily):
    """Asked for, confirmed, run out or withdrawn, as of an instant."""
    consents = {} if decision is None else {MAIL: decision}
    assert consent_state(consents, *MAIL, at=NOON) == state
    assert consent_state(consents, *MAIL, at=NOON, within=DAY) == daily
