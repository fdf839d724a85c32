"""An event: whose act, when, and by which id it is known."""

from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

import pytest

from leadqual.errors import EventError
from leadqual.event import Event

AT = datetime(2026, 1, 1, tzinfo=UTC)


def _event(**fields):
    return Event(**{"id": "e1", "lead_id": "L1", "kind": "visit", "at": AT, **fields})


def _wrong(**fields):
    with pytest.raises(EventError) as caught:
        _event(**fields)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


def test_event_is_known_by_source_and_id():
    """Ids are unique within their source only."""
    assert _event(source="hubspot").key == ("hubspot", "e1")
    assert _event().key == ("", "e1")


def test_event_keeps_its_instant_in_utc():
    """Another zone is moved to UTC, to the microsecond."""
    event = _event(at=datetime(2026, 1, 1, 2, 0, 0, 7, timezone(timedelta(hours=2))))
    assert event.at == AT + timedelta(microseconds=7)
    assert event.at.tzinfo is UTC


def test_event_takes_any_mapping_as_properties():
    """Properties are read, not copied, so that any mapping will do."""
    properties = MappingProxyType({"asset": "guide"})
    assert _event(properties=properties).properties is properties


def test_event_shows_no_properties():
    """Properties may be personal and stay out of the repr."""
    assert "guide" not in repr(_event(properties={"asset": "guide"}))


def test_event_ids_may_hold_characters_that_do_not_print():
    """A line break in an id is unusual, not wrong."""
    assert _event(id="a\nb").key == ("", "a\nb")


def test_event_lists_everything_that_is_wrong():
    """All problems come at once, each with its path."""
    assert _wrong(
        id=7, lead_id="", kind="\ud800", source=None, by="them", properties=[("a", 1)], at=datetime(2026, 1, 1)
    ) == [
        "event.id: a text was expected",
        "event.lead_id: a text was expected",
        "event.kind: the text cannot be used",
        "event.source: a text was expected",
        "event.by: whose act it is was expected",
        "event.properties: a mapping was expected",
        "event.at: the instant has no zone",
    ]


@pytest.mark.parametrize("at", [datetime(2026, 1, 1), AT.replace(year=1969), AT.replace(year=2200), "2026-01-01"])
def test_event_refuses_instants_that_are_none(at):
    """A naive instant, one out of range and a text are refused."""
    assert [line.partition(":")[0] for line in _wrong(at=at)] == ["event.at"]


def test_event_is_frozen():
    """An event is a value: nobody changes when it happened."""
    with pytest.raises(AttributeError):
        _event().at = AT
