"""What a state says of consents."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadqual.lifecycle.state import Consent, LeadState

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def _state(**consents):
    """Return a state with consents; a name is channel and purpose, with `all` for all of them."""
    pairs: dict[Any, Consent] = {
        tuple(name.replace("all", "*").split("_")): consent for name, consent in consents.items()
    }
    common: dict[str, Any] = {
        "seq": 1,
        "known_at": AT,
        "opened_at": AT,
        "entered_at": AT,
        "model": "m",
        "stage": "lead",
    }
    return LeadState(lead_id="L1", furthest="lead", consents=pairs, **common)


@pytest.mark.parametrize(
    ("consents", "answer"),
    [
        ({}, None),
        ({"phone_news": Consent(True, AT), "email_offers": Consent(True, AT)}, None),
        ({"email_news": Consent(True, AT)}, True),
        ({"email_news": Consent(False, AT)}, False),
        ({"all_news": Consent(True, AT)}, True),
        ({"email_all": Consent(True, AT)}, True),
        ({"all_all": Consent(False, AT)}, False),
        ({"email_news": Consent(True, AT), "all_all": Consent(False, LATER)}, False),
        ({"email_news": Consent(True, LATER), "all_all": Consent(False, AT)}, True),
        ({"email_news": Consent(True, AT), "email_all": Consent(False, AT)}, False),
        ({"email_news": Consent(False, AT), "all_news": Consent(True, AT)}, False),
    ],
)
def test_state_consents_by_the_newest_decision_that_applies(consents, answer):
    """Of two at one instant the withdrawal counts; who never decided has neither consented nor withdrawn."""
    assert _state(**consents).consents_to("email", "news") is answer
