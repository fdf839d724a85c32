"""One event, one time: exact copies are one, one id with two contents is a conflict."""

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from leadqual.conditions.fieldtypes import READERS, WrongType
from leadqual.errors import EventConflict, EventError, Problem, shown
from leadqual.event import Event, Key
from leadqual.fold import normal

Content = tuple[object, ...]
_SAME_LEAD: Final[Mapping[str, str]] = {}
_FIXED: Final = ("lead_id", "kind", "by", "at")


@frozen(kw_only=True)
class Conflict:
    """One id that came with two contents.

    Attributes:
        key: Source and id.
        first: The event that came first.
        other: One with another content.
        differs: Names of what differs.
    """

    key: Key
    first: Event
    other: Event
    differs: tuple[str, ...]

    def problem(self) -> Problem:
        """Return what to tell the user; no content is shown."""
        source, name = self.key
        where = f"event {shown(name)}" + (f" of {shown(source)}" if source else "")
        hint = "An id names one event for ever: mend the source, or give the events different ids or sources."
        return Problem(
            where=where, what="one id came with two contents", got=f"differs in {', '.join(self.differs)}", hint=hint
        )


@frozen(kw_only=True)
class Deduped:
    """What is left of a collection of events.

    Attributes:
        events: Each once, in the order in which they came; none of an id in conflict.
        copies: How many exact copies were left out, those of ids in conflict too.
        conflicts: The ids that came with two contents.
    """

    events: tuple[Event, ...]
    copies: int
    conflicts: tuple[Conflict, ...]


def content_reader(
    properties: Mapping[str, str], same_lead: Mapping[str, str] = _SAME_LEAD
) -> Callable[[Event], Content]:
    """Return a function that gives the content of an event, as values that compare.

    Args:
        properties: Declared properties with their types.
        same_lead: Lead ids that a merge made one, each with the id it now goes by.

    Returns:
        A function; it raises `EventError` when a property is of another type than declared.
    """
    readers = [(name, READERS[type_name]) for name, type_name in sorted(properties.items())]

    def content(event: Event) -> Content:
        values: list[Any] = [same_lead.get(event.lead_id, event.lead_id), normal(event.kind), event.by, event.at]
        for name, read in readers:
            value = event.properties.get(name)
            try:
                values.append(None if value is None else read(value))
            except WrongType as error:
                wrong = WrongType(error.expected, error.got, name)
                raise EventError([wrong.problem(f"event {shown(event.id)}.properties")]) from None
        return tuple(values)

    return content


def dedupe(
    events: Iterable[Event],
    properties: Mapping[str, str],
    *,
    same_lead: Mapping[str, str] = _SAME_LEAD,
    flagged: Container[Key] = frozenset(),
) -> Deduped:
    """Return each event once.

    Args:
        events: Events of one lead or of the whole base, in any order.
        properties: Declared properties with their types; others are no part of an event's content.
        same_lead: Lead ids that a merge made one, each with the id it now goes by.
        flagged: Keys of events that do not exist while they are flagged.

    Returns:
        The events, how many copies there were, and the conflicts.

    Raises:
        EventError: If a property of a doubled id is of another type than declared.
    """
    content = content_reader(properties, same_lead)
    first: dict[Key, Event] = {}
    conflicts: dict[Key, Conflict] = {}
    contents: dict[Key, set[Content]] = {}
    copies = 0
    for event in events:
        key = (event.source, event.id)
        if key in flagged:
            continue
        known = first.setdefault(key, event)
        if known is event:
            continue
        before, after = content(known), content(event)
        if before == after or after in contents.get(key, ()):
            copies += 1
            continue
        contents.setdefault(key, set()).add(after)
        if key not in conflicts:
            names = (*_FIXED, *sorted(properties))
            differs = tuple(name for name, one, two in zip(names, before, after, strict=True) if one != two)
            conflicts[key] = Conflict(key=key, first=known, other=event, differs=differs)
    for key in conflicts:
        del first[key]
    return Deduped(events=tuple(first.values()), copies=copies, conflicts=tuple(conflicts.values()))


def each_once(
    events: Iterable[Event],
    properties: Mapping[str, str],
    *,
    same_lead: Mapping[str, str] = _SAME_LEAD,
    flagged: Container[Key] = frozenset(),
) -> tuple[Event, ...]:
    """Return each event once, or raise when an id is in conflict.

    Args:
        events: See `dedupe`.
        properties: See `dedupe`.
        same_lead: See `dedupe`.
        flagged: See `dedupe`.

    Returns:
        The events.

    Raises:
        EventConflict: If one id came with two contents; all such ids are reported.
    """
    result = dedupe(events, properties, same_lead=same_lead, flagged=flagged)
    if result.conflicts:
        raise EventConflict(conflict.problem() for conflict in result.conflicts)
    return result.events
