"""Events as a playbook matches them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from leadqual.calendar import EARLIEST, LATEST
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.testing.drawn.choose import Draw, few, pick, seldom
from leadqual.testing.drawn.values import instant_near, values
from leadqual.testing.reads import Reads

_TINY: Final = timedelta(microseconds=1)
_OTHER_KINDS: Final = ("something_else", "é")
_NOON: Final = timedelta(hours=12)
_FEW: Final[dict[str, tuple[object, ...]]] = {"text": ("a", "b"), "integer": (0, 1), "boolean": (True, False)}


def events(reads: Reads, *, lead: Lead, now: datetime) -> st.SearchStrategy[Event]:
    """Return a strategy for single events of a lead, each with an id that is likely its own.

    Args:
        reads: What the playbook reads.
        lead: Whose events they are.
        now: The instant at which it is scored.
    """
    ids = st.integers(0, 10**12).map("e{}".format)
    return st.builds(_named, ids, _contents(reads, lead, now))


def event_lists(reads: Reads, *, lead: Lead, now: datetime, most: int) -> st.SearchStrategy[list[Event]]:
    """Return a strategy for the events of a lead, in any order, now and then with exact copies.

    Args:
        reads: What the playbook reads.
        lead: Whose events they are.
        now: The instant at which it is scored.
        most: How many there are at most, copies aside.
    """
    several = st.lists(_contents(reads, lead, now), max_size=most)

    @st.composite
    def lists(draw: Draw) -> list[Event]:
        found = [_named(f"{lead.id}-e{i}", content) for i, content in enumerate(draw(several))]
        if found and seldom(draw, 6):
            found += few(draw, found, 1, 1)
        return found

    return lists()


def _named(id_: str, content: dict[str, Any]) -> Event:
    return Event(id=id_, **content)


def _contents(reads: Reads, lead: Lead, now: datetime) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for everything of an event but its id."""
    properties: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {}, optional={name: _property(name, kind, reads, now) for name, kind in reads.properties.items()}
    )
    kinds = (*reads.kinds, *_OTHER_KINDS)
    ids = (lead.id, *lead.merged_ids)
    edges = tuple(_edges(lead))

    @st.composite
    def content(draw: Draw) -> dict[str, Any]:
        found: dict[str, Any] = {"lead_id": pick(draw, ids), "kind": pick(draw, kinds)}
        found["at"] = pick(draw, edges) if edges and seldom(draw, 6) else _at(draw, reads, now)
        if seldom(draw):
            found["by"] = "us"
        if seldom(draw, 6):
            found["source"] = "crm"
        return {**found, "properties": draw(properties)}

    return content()


def _edges(lead: Lead) -> Iterator[datetime]:
    """Yield the instants around the one before which nothing counts."""
    if lead.since is not None:
        yield from (at for at in (lead.since, lead.since - _TINY) if EARLIEST <= at < LATEST)


def _at(draw: Draw, reads: Reads, now: datetime) -> datetime:
    if seldom(draw, 12):
        return min(now + pick(draw, (_TINY, timedelta(days=1))), LATEST - _TINY)
    of_day = now - now.replace(hour=0, minute=0, second=0, microsecond=0)
    times = (_NOON, of_day, of_day + _TINY, reads.day_starts, reads.day_starts - _TINY)
    return instant_near(now, pick(draw, reads.ages), pick(draw, times))


def _property(name: str, type_name: str, reads: Reads, now: datetime) -> st.SearchStrategy[Any]:
    """Return a strategy for a property: few values where nothing is compared, so that equal ones meet."""
    near = values(type_name, reads.of_event.get(name, ()), now).any()
    return st.one_of(st.sampled_from(_FEW[type_name]), near) if type_name in _FEW else near
