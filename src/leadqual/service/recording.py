"""Events come in: each once, each upon its lead."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from leadqual.errors import EventConflict, EventError, Problem, ProblemsError, UnknownLead, shown
from leadqual.event import Event
from leadqual.interest.dedupe import content_reader, dedupe
from leadqual.service.answers import Decision, Recorded
from leadqual.service.arguments import long_problem
from leadqual.service.bodies import event_of
from leadqual.service.held import Held, unknown
from leadqual.service.tables import ERASED, EVENTS
from leadqual.service.work import Work

Bad = Literal["fail", "skip"]
"""What becomes of a batch in which something is wrong: nothing is taken, or the rest of it."""


@frozen(kw_only=True)
class Sorted:
    """A batch of events, sorted out.

    Attributes:
        fresh: Those that are new, each once, the earliest first.
        known: How many were known already, or came twice.
        erased: How many were erased with somebody, whoever they are told of now: they are left out.
        problems: What is wrong with others.
    """

    fresh: tuple[Event, ...]
    known: int
    erased: int
    problems: tuple[Problem, ...]


def record(work: Work, events: Sequence[Event], *, bad: Bad) -> Recorded:
    """Take in events; see `QualificationService.record`."""
    named = {event.lead_id for event in events}
    held = work.look(sorted(named))
    gone = erased_leads(work, sorted(named - held.keys()))
    problems: list[Problem] = [unknown(lead_id) for lead_id in sorted(named - held.keys() - gone)]
    if problems and bad == "fail":
        raise UnknownLead(problems)
    own = [event for event in events if event.lead_id in held]
    long = [problem for event in own for problem in id_problems(event)]
    if long and bad == "fail":
        raise EventError(long)
    problems += long
    batch = sort_out(work, [event for event in own if not long or not any(id_problems(event))], bad=bad)
    problems += batch.problems
    touched: dict[str, Held] = {}
    new = 0
    for event in batch.fresh:
        one = held[event.lead_id]
        try:
            work.handle(one, event)
        except ProblemsError as error:
            if bad == "fail":
                raise
            problems += error.problems
            continue
        work.keep(event)
        touched[one.lead_id] = one
        new += 1
    return Recorded(
        new=new,
        known=batch.known,
        erased=batch.erased + sum(event.lead_id in gone for event in events),
        refused=tuple(problems),
        decisions=tuple(decision_of(touched[lead_id]) for lead_id in sorted(touched)),
    )


def id_problems(event: Event) -> Iterator[Problem]:
    """Yield what is wrong with the ids of an event that no store can keep.

    Args:
        event: The event.
    """
    for name, word in (("id", event.id), ("source", event.source)):
        yield from long_problem(word, f"event {shown(event.id)}.{name}")


def sort_out(work: Work, events: Sequence[Event], *, bad: Bad) -> Sorted:
    """Tell events that are new from those that are known, and from those whose id came with other content.

    Args:
        work: The command.
        events: Events of leads that there are.
        bad: What becomes of the batch if an id came with other content.

    Raises:
        EventConflict: If one did and the batch is to fail.
        EventError: If a property is of another type than declared, likewise.
    """
    left = _not_erased(work, events)
    erased, events = len(events) - len(left), left
    keys = Counter(event.key for event in events)
    rows = work.unit.get(EVENTS, sorted(keys)) if keys else []
    if not rows and len(keys) == len(events):
        return Sorted(fresh=_in_order(events), known=0, erased=erased, problems=())
    stored = [event_of(row) for row in rows]
    doubled = {event.key for event in stored} | {key for key, times in keys.items() if times > 1}
    work.look(sorted({event.lead_id for event in stored}))
    leads = {event.lead_id for event in (*stored, *events)}
    properties, same = work.desk.qualifier.model.properties, {lead_id: work.survivor(lead_id) for lead_id in leads}
    readable, problems = _readable(events, doubled, properties, bad=bad)
    found = dedupe([*stored, *readable], properties, same_lead=same)
    if found.conflicts and bad == "fail":
        raise EventConflict(conflict.problem() for conflict in found.conflicts)
    known = {event.key for event in stored}
    fresh = [event for event in found.events if event.key not in known]
    problems += [conflict.problem() for conflict in found.conflicts]
    contested = {conflict.key for conflict in found.conflicts}
    copies = sum(event.key not in contested for event in readable) - len(fresh)
    return Sorted(fresh=_in_order(fresh), known=copies, erased=erased, problems=tuple(problems))


def _not_erased(work: Work, events: Sequence[Event]) -> Sequence[Event]:
    """Return the events without those that were erased with somebody."""
    digests = {work.desk.digests.of("event", *event.key): event.key for event in events}
    rows = work.unit.get(ERASED, [(digest,) for digest in sorted(digests)]) if digests else []
    gone = {digests[row.digest] for row in rows}
    return [event for event in events if event.key not in gone] if gone else events


def _readable(
    events: Iterable[Event], doubled: Collection[tuple[str, str]], properties: Mapping[str, str], *, bad: Bad
) -> tuple[list[Event], list[Problem]]:
    """Return the events whose contents can be compared where they have to be, and what is wrong with the others."""
    content = content_reader(properties)
    kept, problems = [], []
    for event in events:
        if event.key in doubled:
            try:
                content(event)
            except EventError as error:
                if bad == "fail":
                    raise
                problems += list(error.problems)
                continue
        kept.append(event)
    return kept, problems


def erased_leads(work: Work, lead_ids: Sequence[str]) -> frozenset[str]:
    """Return the ids among these of leads that were erased.

    Args:
        work: The command.
        lead_ids: The ids.
    """
    digests = {work.desk.digests.of("lead", lead_id): lead_id for lead_id in lead_ids}
    rows = work.unit.get(ERASED, [(digest,) for digest in digests]) if digests else []
    return frozenset(digests[row.digest] for row in rows)


def decision_of(held: Held) -> Decision:
    """Return what has become of a lead by a command.

    Args:
        held: The lead.
    """
    stage = held.record.stage
    return Decision(lead_id=held.lead_id, stage=stage, facts=tuple(held.facts), effects=tuple(held.effects))


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.at, event.source, event.id)))
