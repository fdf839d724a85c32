"""What a lead decided last, in whatever order it becomes known: of two decisions at one instant the withdrawal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leadqual import ConsentChange, Lead, Qualifier, loads
from leadqual.lifecycle.consents import last_decision

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = START + timedelta(days=9)
PAIRS = st.tuples(st.sampled_from(["email", "sms", "*"]), st.sampled_from(["newsletter", "offers", "*"]))
DECISIONS = st.lists(st.tuples(PAIRS, st.integers(0, 3), st.booleans()), max_size=8)
BY = Qualifier(loads('schema = 1\nname = "ties"\nversion = "1"\n'))


def told(decisions):
    """Return the consents of a lead whose decisions become known one after the other, all of them late."""
    record = BY.open(Lead(id="L1"), now=START).record
    for (channel, purpose), hour, agrees in decisions:
        change = ConsentChange(channel=channel, purpose=purpose, given=agrees, at=START + timedelta(hours=hour))
        record = BY.handle(record, change, now=NOW).record
    return record.state.consents


@given(DECISIONS, st.data())
def test_last_decision_counts_in_whatever_order_it_is_known(decisions, data):
    """Each pair keeps its newest; asked of a channel and a purpose, those of all channels or purposes count too."""
    consents = told(decisions)
    assert told(data.draw(st.permutations(decisions))) == consents
    for channel in ("email", "sms"):
        for purpose in ("newsletter", "offers"):
            about = [
                (hour, not agrees)
                for (one, other), hour, agrees in decisions
                if one in (channel, "*") and other in (purpose, "*")
            ]
            last = last_decision(consents, channel, purpose)
            assert (last is None) == (not about)
            if last is not None:
                assert (last.at, not last.given) == (START + timedelta(hours=max(about)[0]), max(about)[1])


def test_withdrawal_at_the_instant_of_a_consent_holds():
    """Whichever of the two is told first."""
    both = ((("email", "newsletter"), 1, True), (("email", "newsletter"), 1, False))
    for decisions in (both, both[::-1]):
        consent = told(decisions)["email", "newsletter"]
        assert not consent.given
