"""Small bases: some leads with all their events."""

from datetime import datetime

from attrs import evolve, frozen
from hypothesis import strategies as st

from leadqual.event import Event, Key
from leadqual.lead import Lead
from leadqual.testing.drawn.choose import Draw, few, often, seldom
from leadqual.testing.drawn.events import event_lists
from leadqual.testing.drawn.leads import leads
from leadqual.testing.reads import Reads


@frozen(kw_only=True)
class DrawnBase:
    """Leads, all their events in any order, and the instant to score them at.

    Attributes:
        leads: The leads; their ids differ.
        events: Their events; an id names one content, and now and then an event comes twice.
        flagged: Keys of events that are flagged.
        now: The instant.
    """

    leads: tuple[Lead, ...]
    events: tuple[Event, ...]
    flagged: frozenset[Key]
    now: datetime

    def events_of(self, lead: Lead) -> tuple[Event, ...]:
        """Return the events of a lead, those that came under its merged ids included.

        Args:
            lead: One of the leads.
        """
        ids = {lead.id, *lead.merged_ids}
        return tuple(event for event in self.events if event.lead_id in ids)


def bases(reads: Reads, *, now: datetime, most_leads: int, most_events: int) -> st.SearchStrategy[DrawnBase]:
    """Return a strategy for bases.

    Args:
        reads: What the playbook reads.
        now: The instant at which leads are scored.
        most_leads: How many leads there are at most.
        most_events: How many events each has at most, copies aside.
    """
    some = [leads(reads, id=f"L{number}", now=now) for number in range(1, most_leads + 1)]

    @st.composite
    def base(draw: Draw) -> DrawnBase:
        count = draw(st.integers(0, most_leads))
        drawn = [draw(lead) for lead in some[:count]]
        own = [_apart(lead) for lead in drawn]
        events = [event for lead in own for event in draw(event_lists(reads, lead=lead, now=now, most=most_events))]
        if often(draw):
            events.reverse()
        flagged = few(draw, events, 1, 1) if events and seldom(draw) else []
        keys = frozenset(event.key for event in flagged)
        return DrawnBase(leads=tuple(own), events=tuple(events), flagged=keys, now=now)

    return base()


def _apart(lead: Lead) -> Lead:
    """Return a lead whose merged id is no other lead's."""
    return evolve(lead, merged_ids=tuple(f"{lead.id}-{merged}" for merged in lead.merged_ids))
