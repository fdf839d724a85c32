"""What a lead has decided of touches, and what a new decision makes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from leadqual.lifecycle.consents import after, confirmations, decisions, last_decision, of_both
from leadqual.lifecycle.facts import Cause, ConsentChanged
from leadqual.lifecycle.state import Consent

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAIL, ALL = ("email", "news"), ("*", "*")


def said(at, given=True, pair=MAIL, **more):
    """Return the fact that something was decided, so many hours after noon."""
    when = NOON + at * HOUR
    common = {"lead_id": "L1", "seq": 1, "at": when, "known_at": NOON, "cause": Cause("consent")}
    return ConsentChanged(**common, channel=pair[0], purpose=pair[1], given=given, **more)


def consent(at, asked=None, confirmed=None, **more):
    """Return a consent of so many hours after noon, and when it was asked for and confirmed."""
    asked_at, confirmed_at = (None if hour is None else NOON + hour * HOUR for hour in (asked, confirmed))
    return Consent(True, NOON + at * HOUR, asked_at=asked_at, confirmed_at=confirmed_at, **more)


def out(at):
    """Return a withdrawal."""
    return Consent(False, NOON + at * HOUR)


def made_of(*facts):
    """Return what a lead has decided after facts."""
    consents: dict[tuple[str, str], Consent] = {}
    for fact in facts:
        decided = after(consents, fact)
        if decided is not None:
            consents = {**consents, (fact.channel, fact.purpose): decided}
    return consents


def test_decisions_are_those_on_all_channels_and_purposes_too():
    """Each once, also of what is asked for all."""
    consents = {MAIL: consent(0), ("email", "*"): consent(1), ("*", "news"): consent(2), ALL: consent(3)}
    assert [one.at for one in decisions(consents, *MAIL)] == [NOON + hour * HOUR for hour in (0, 1, 2, 3)]
    assert list(decisions(consents, *ALL)) == [consent(3)]
    assert list(decisions(consents, "phone", "offers")) == [consent(3)]


@pytest.mark.parametrize(
    ("first", "second", "last"),
    [(consent(0), out(1), out(1)), (consent(1), out(0), consent(1)), (consent(0), out(0), out(0))],
)
def test_last_decision_is_the_newest_and_of_two_at_one_instant_the_withdrawal(first, second, last):
    """Whatever either is about, and in whichever order they stand."""
    assert last_decision({MAIL: first, ALL: second}, *MAIL) == last
    assert last_decision({ALL: first, MAIL: second}, *MAIL) == last
    assert last_decision({}, *MAIL) is None


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ([said(0), said(1, confirmed=True)], consent(0, 0, 1)),
        ([said(0), said(0, confirmed=True)], consent(0, 0, 0)),
        ([said(1), said(0, confirmed=True)], consent(1)),
        ([said(0, confirmed=True)], consent(0, 0, 0)),
        ([said(0), said(1, confirmed=True), said(2, confirmed=True)], consent(0, 0, 1)),
        ([said(0), said(2, confirmed=True), said(1, confirmed=True)], consent(0, 0, 1)),
        ([said(0), said(1, given=False), said(2, confirmed=True)], out(1)),
        ([said(0), said(1, confirmed=True), said(2)], consent(2, 0, 1)),
        ([said(0), said(3, confirmed=True), said(4), said(5, confirmed=True)], consent(4, 4, 5)),
        ([said(0), said(1, confirmed=True), said(4), said(9, confirmed=True)], consent(4, 0, 1)),
        ([said(0), said(1, confirmed=True), said(2, given=False), said(3)], consent(3)),
        ([said(0), said(1, confirmed=True), said(1, given=False)], out(1)),
        ([said(0, given=False), said(0, confirmed=True)], out(0)),
    ],
)
def test_confirmation_is_about_the_newest_consent(facts, kept):
    """Not of an older one, nor after a withdrawal; the one that came soonest counts, and who agrees again keeps it."""
    assert made_of(*facts) == {MAIL: kept}


def test_confirmation_after_a_withdrawal_of_all_is_none():
    """Until the lead agrees anew; what it had confirmed before counts no more."""
    before = made_of(said(0), said(1, confirmed=True), said(2, given=False, pair=ALL))
    assert made_of(said(0), said(2, given=False, pair=ALL), said(3, confirmed=True))[MAIL] == consent(0)
    assert list(confirmations(before, *MAIL)) == []
    again = {**before, MAIL: after(before, said(3))}
    assert list(confirmations(again, *MAIL)) == []
    assert after(again, said(9, confirmed=True)) == consent(3, 3, 9)


def test_confirmation_holds_only_if_it_was_asked_for_after_the_withdrawal():
    """Of both at one instant the withdrawal counts."""
    assert list(confirmations({MAIL: consent(1, 0, 0.5), ALL: out(0)}, *MAIL)) == []
    hours = NOON + HOUR, NOON + 2 * HOUR
    assert list(confirmations({MAIL: consent(1, 1, 2), ALL: out(0)}, *MAIL)) == [hours]


def test_confirmation_of_what_was_agreed_to_for_all_is_one_of_it_alone():
    """With where and on what the lead had agreed."""
    before = made_of(said(0, pair=ALL, source="fair", wording="v3"))
    assert before == {ALL: consent(0, source="fair", wording="v3")}
    assert after(before, said(1, confirmed=True, source="link")) == consent(0, 0, 1, source="fair", wording="v3")


def test_consent_keeps_where_it_was_taken_down_and_which_text_it_was_about():
    """Also one that comes confirmed, and a withdrawal."""
    more = {"source": "form", "wording": "2026-11"}
    assert made_of(said(0, **more)) == {MAIL: consent(0, **more)}
    assert made_of(said(0, confirmed=True, **more)) == {MAIL: consent(0, 0, 0, **more)}
    assert made_of(said(0, given=False, source="link")) == {MAIL: Consent(False, NOON, source="link")}


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (consent(0), consent(1), consent(1)),
        (consent(1), out(0), out(1)),
        (out(0), out(1), out(1)),
        (consent(0, 0, 1), consent(2), consent(2)),
        (consent(0, 0, 1), consent(2, 2, 4), consent(2, 2, 4)),
        (consent(0, 0, 3), consent(2, 2, 4), consent(2, 0, 3)),
        (consent(0, 0, 1), out(2), out(2)),
    ],
)
def test_decision_of_both_is_the_stricter(one, other, both):
    """A consent, or a confirmation, only if both gave it; of two confirmations the one that took longer."""
    assert of_both(one, other) == both
    assert of_both(other, one) == both


def test_decision_of_both_comes_from_where_the_stricter_does():
    """The withdrawal before the consent, the newer before the older."""
    withdrawn = Consent(False, NOON, source="link")
    assert of_both(consent(1, source="form"), withdrawn) == Consent(False, NOON + HOUR, source="link")
    assert of_both(consent(0, source="form"), consent(1, source="fair")).source == "fair"
