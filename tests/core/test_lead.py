"""A lead: what may be unknown, what must be sound, what never is shown."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from leadqual.errors import LeadError
from tests.core.loose import Lead


def _wrong(**fields):
    with pytest.raises(LeadError) as caught:
        Lead(**{"id": "L1", **fields})
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


def test_lead_needs_an_id_only():
    """Everything else may be unknown."""
    lead = Lead(id="007")
    assert (lead.email, lead.since, lead.merged_ids, dict(lead.attributes)) == (None, None, (), {})


def test_lead_shows_its_id_only():
    """No personal data stands in a repr."""
    assert repr(Lead(id="L1", email="ada@b.example", phone="1", attributes={"name": "Ada"})) == "Lead(id='L1')"


def test_lead_keeps_its_instants_in_utc():
    """`since` and `created_at` are moved to UTC."""
    at = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    lead = Lead(id="L1", since=at, created_at=at)
    assert lead.since.tzinfo is lead.created_at.tzinfo is UTC
    assert lead.since == at


@pytest.mark.parametrize("ids", [["L2"], {"L2"}, frozenset({"L2"}), ("L2",)])
def test_lead_takes_merged_ids_of_any_collection(ids):
    """Lists and sets of ids become tuples."""
    assert Lead(id="L1", merged_ids=ids).merged_ids == ("L2",)


def test_lead_texts_may_be_empty():
    """An empty text is unknown, as None is."""
    assert Lead(id="L1", email="", stage="").email == ""


def test_lead_lists_everything_that_is_wrong():
    """All problems come at once, each with its path."""
    assert _wrong(
        id="",
        email=3,
        zone="a\0",
        kind="animal",
        acquisition="bought",
        merged_ids=("L2", ""),
        attributes={"email": "x", "id": "y"},
        since=datetime(2026, 1, 1),
        created_at="today",
    ) == [
        "lead.id: a text was expected",
        "lead.email: a text was expected",
        "lead.zone: the text cannot be used",
        "lead.kind: a known word was expected",
        "lead.acquisition: a known word was expected",
        "lead.merged_ids[1]: a text was expected",
        "lead.attributes.email: this is a field of every lead",
        "lead.attributes.id: this is a field of every lead",
        "lead.created_at: an instant was expected",
        "lead.since: the instant has no zone",
    ]


def test_lead_refuses_collections_of_another_kind():
    """Merged ids are no text, attributes no list; only the types are shown."""
    assert _wrong(merged_ids="L2", attributes=[("a", 1)]) == [
        "lead.merged_ids: a tuple of ids was expected",
        "lead.attributes: a mapping was expected",
    ]


def test_lead_errors_hold_no_personal_data():
    """A problem with an address or a number does not show it."""
    with pytest.raises(LeadError) as caught:
        Lead(id="L1", email="ada@b.example\0", phone=600_123_456)
    assert "ada" not in str(caught.value)
    assert "600" not in str(caught.value)
