"""The events of one lead, each once."""

from collections.abc import Collection, Container, Iterable, Mapping

from leadqual.errors import EventError, Kind, Problem, kind_of, shown
from leadqual.event import Event, Key
from leadqual.interest.dedupe import each_once
from leadqual.lead import Lead


def events_of_one(
    events: Iterable[Event], lead: Lead | None, properties: Mapping[str, str], flagged: Container[Key]
) -> tuple[Event, ...]:
    """Return each event once, or raise if they are not all of one lead.

    Args:
        events: What should be events.
        lead: Whose they should be; any one lead's when absent.
        properties: Declared properties with their types.
        flagged: Keys of events that do not exist while they are flagged.

    Returns:
        The events, without copies and flagged ones.

    Raises:
        EventConflict: If one id came with two contents.
        EventError: If something else than events came, or events of another lead.
    """
    checked = checked_events(events, flagged)
    if lead is None:
        if len({event.lead_id for event in checked}) > 1:
            hint = "Pass one lead's events; after a merge, pass lead=Lead(…, merged_ids=…)."
            what = "events of one lead were expected"
            raise EventError([Problem(where="events", what=what, got=Kind("events of several"), hint=hint)])
        return each_once(checked, properties, flagged=flagged)
    same_lead = dict.fromkeys(lead.merged_ids, lead.id)
    for event in checked:
        if same_lead.get(event.lead_id, event.lead_id) != lead.id:
            hint = "Pass this lead's events only; after a merge, name the other id in Lead(merged_ids=…)."
            got = Kind(f"an event of lead {shown(event.lead_id)}")
            where = f"event {shown(event.id)}.lead_id"
            raise EventError([Problem(where=where, what=f"lead {shown(lead.id)} was expected", got=got, hint=hint)])
    return each_once(checked, properties, same_lead=same_lead, flagged=flagged)


def checked_events(events: Iterable[Event], flagged: Container[Key] = frozenset()) -> tuple[Event, ...]:
    """Return events as a tuple, or raise if they, or the flags, are nothing of the kind.

    Args:
        events: What should be events.
        flagged: What should be keys of events.

    Raises:
        EventError: With the first that is no event.
    """
    hint = "Pass Event values, or a tally made by model.tally()."
    if not isinstance(events, Iterable):
        raise EventError([Problem(where="events", what="events were expected", got=kind_of(events), hint=hint)])
    first = next(iter(flagged), None) if isinstance(flagged, Collection) else None
    if not isinstance(flagged, Container) or (first is not None and not isinstance(first, tuple)):
        wrong = "Pass a set of event keys, (source, id)."
        raise EventError([Problem(where="flagged", what="keys were expected", got=kind_of(flagged), hint=wrong)])
    listed_events = tuple(events)
    for i, event in enumerate(listed_events):
        if not isinstance(event, Event):
            raise EventError(
                [Problem(where=f"events[{i}]", what="an event was expected", got=kind_of(event), hint=hint)]
            )
    return listed_events
