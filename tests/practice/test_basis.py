"""Rules of practice of consent, each as a test: by which permission a touch goes, and what ends it."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.lifecycle.consents import last_decision
from leadqual.lifecycle.state import Consent
from leadqual.nurture.basis import BASES, Bases, BasisRule
from leadqual.nurture.permission import permission
from leadqual.nurture.suppression import suppression_key
from leadqual.nurture.zones import possible_countries
from tests.practice.life import Life, on

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
EARLIER = NOON - timedelta(days=1)
OUTBOUND = Bases(
    rules=[
        BasisRule(basis="opt_out", channels="email", purposes="sales", countries=["US", "MX"]),
        BasisRule(basis="opt_out", channels="phone", purposes="sales"),
    ]
)
"""A stated choice: sales may write first in two countries, and call first anywhere."""
STATE = Life().record.state
PAIRS = st.tuples(st.sampled_from(["email", "phone", "*"]), st.sampled_from(["newsletter", "sales", "requested", "*"]))


def granted(bases=OUTBOUND, consents=None, *, channel="email", purpose="newsletter", at=NOON, **more):
    """Return whether a touch is permitted."""
    return permission(bases, consents or {}, channel=channel, purpose=purpose, at=at, **more).granted


@pytest.mark.parametrize("countries", [(), ("US",), ("ES", "US")])
def test_consent_is_needed_for_marketing_mail(countries):
    """Unless a playbook states otherwise, in every country."""
    assert not granted(countries=countries)
    assert granted(consents={("email", "newsletter"): Consent(True, EARLIER)}, countries=countries)


def test_consent_to_one_purpose_is_none_to_another():
    """Who reads the newsletter has not asked for offers, nor for calls."""
    reader = {("email", "newsletter"): Consent(True, EARLIER)}
    assert not granted(consents=reader, purpose="offer")
    assert not granted(consents=reader, channel="sms")


def test_consent_is_not_needed_to_answer_a_request():
    """Without it, nobody could send what was asked for."""
    for country in ("ES", "US", "DE"):
        assert granted(purpose="requested", countries=[country], requested_at=NOON)


def test_consent_is_not_needed_where_a_playbook_states_that_sales_may_write_first():
    """Outbound is possible where it is lawful by a choice that somebody made, and nowhere else."""
    assert granted(purpose="sales", countries=["MX"])
    assert not granted(purpose="sales", countries=["DE"])
    assert not granted(Bases(), purpose="sales", countries=["MX"])


def test_consent_of_a_lead_that_may_be_in_several_countries_is_as_the_strictest_asks():
    """A number from +1 may be a Canadian's; of whom nothing is known the same holds."""
    assert not granted(purpose="sales", countries=possible_countries(phone="+1 212 555 0100"))
    assert not granted(purpose="sales", countries=possible_countries())
    assert granted(purpose="sales", countries=possible_countries(country="us", phone="+1 416 555 0100"))


def test_consent_is_no_part_of_a_bought_list():
    """Nobody on it has agreed: no newsletter goes to it, whatever sales may do."""
    assert not granted(purpose="newsletter", countries=["US"])
    assert granted(purpose="sales", countries=["US"])


def test_withdrawal_of_one_purpose_leaves_calls_and_requested_answers_as_their_basis_says():
    """Who leaves the newsletter has not hung up."""
    left = {("email", "newsletter"): Consent(False, EARLIER)}
    assert not granted(consents=left)
    assert granted(consents=left, purpose="requested")
    assert granted(consents=left, channel="phone", purpose="sales", countries=["ES"])


@pytest.mark.parametrize("purpose", ["newsletter", "sales", "requested"])
@pytest.mark.parametrize("basis", BASES)
def test_withdrawal_of_everything_ends_everything_at_once(basis, purpose):
    """From that instant on, under every basis; a consent at the same instant does not save it."""
    bases = Bases() if purpose == "requested" else Bases(rules=[BasisRule(basis=basis)])
    consents = {("*", "*"): Consent(False, NOON), ("email", purpose): Consent(True, NOON)}
    assert not granted(bases, consents, purpose=purpose)


def test_withdrawal_of_everything_does_not_leave_a_later_request_unanswered():
    """Who asks for a demo after that gets an answer, and no newsletter."""
    left = {("*", "*"): Consent(False, EARLIER)}
    assert granted(consents=left, purpose="requested", requested_at=NOON)
    assert not granted(consents=left, purpose="newsletter", requested_at=NOON)


def test_withdrawal_in_a_lead_s_life_ends_what_needs_its_consent():
    """What a record remembers is what a touch is judged by."""
    life = Life()
    life.consents(True, 1)
    known = life.record.state.consents
    assert granted(consents=known, at=on(2))
    life.consents(False, 3)
    assert not granted(consents=life.record.state.consents, at=on(4))
    life.consents(True, 5, since=2)
    assert not granted(consents=life.record.state.consents, at=on(6))


def test_suppressed_address_gets_nothing_however_it_is_written():
    """A mail that bounced is not tried again in capitals."""
    suppressed = {suppression_key("Ana@BÜCHER.example")}
    for address in ("ana@bücher.example", "ANA@xn--bcher-kva.example", " ana@bücher.example."):
        assert not granted(purpose="requested", suppressed=suppression_key(address) in suppressed)
    assert granted(purpose="requested", suppressed=suppression_key("eva@bücher.example") in suppressed)


@given(
    st.dictionaries(PAIRS, st.builds(Consent, st.booleans(), st.sampled_from([EARLIER, NOON])), max_size=6),
    st.sampled_from(["email", "phone", "sms"]),
    st.sampled_from(["newsletter", "sales", "requested", "offer"]),
)
def test_decision_that_counts_is_that_of_the_lead_s_state(consents, channel, purpose):
    """A touch is judged by the same decision that a record tells, and a withdrawal holds under every basis."""
    state = evolve(STATE, consents=consents)
    decision = last_decision(consents, channel, purpose)
    assert state.consents_to(channel, purpose) is (None if decision is None else decision.given)
    if decision is not None and not decision.given:
        assert not granted(Bases(rules=[BasisRule(basis="none")]), consents, channel=channel, purpose=purpose)
