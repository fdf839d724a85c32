"""What has to be in a store by the pure replay of the inputs that it holds, without any service."""

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from leadqual import Event, Lead, Qualifier, Tick, Verdict
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.effects import AddEvent, CancelTouch, Effect, RecheckAt, RefoldNeeded
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, TouchReport
from leadqual.service.bodies import event_of, fact_of, fact_row
from leadqual.service.clock import instant
from leadqual.service.store import Store
from leadqual.service.tables import COMMANDS, EFFECTS, EVENTS, FACTS, LEADS

_INSIDE = (AddEvent, RecheckAt, RefoldNeeded)


@frozen(kw_only=True)
class Kept:
    """All rows that a store holds.

    Attributes:
        leads: By id.
        events: By id.
        facts: By lead, in order.
        effects: By key.
        commands: Their ids.
    """

    leads: dict[str, Any]
    events: dict[str, Any]
    facts: dict[str, list[Any]]
    effects: dict[str, Any]
    commands: frozenset[str]


@frozen
class Follows:
    """What follows for a lead from its inputs.

    Attributes:
        facts: What becomes of it.
        effects: What is to go out.
        state: Where it stands.
    """

    facts: list[Fact] = field(factory=list)
    effects: list[Effect] = field(factory=list)


def kept(store: Store, tenant: str = "main") -> Kept:
    """Return all rows of a store, as of one instant."""
    with store.unit(tenant, write=False) as unit:
        facts: dict[str, list[Any]] = {}
        for row in unit.find(FACTS, order=("lead_id", "seq")):
            facts.setdefault(row.lead_id, []).append(row)
        return Kept(
            leads={row.lead_id: row for row in unit.find(LEADS)},
            events={row.event_id: row for row in unit.find(EVENTS)},
            facts=facts,
            effects={row.key: row for row in unit.find(EFFECTS)},
            commands=frozenset(row.command_id for row in unit.find(COMMANDS)),
        )


def events_by_lead(there: Kept) -> dict[str, list[Any]]:
    """Return the rows of events by lead."""
    found: dict[str, list[Any]] = {}
    for row in there.events.values():
        found.setdefault(row.lead_id, []).append(row)
    return found


def follows(qualifier: Qualifier, lead: Lead, event_rows: list[Any], fact_rows: list[Any]) -> Follows:
    """Return what follows for a lead, from its inputs one after the other: every command has an instant of its own."""
    found = Follows()
    facts = [fact_of(row) for row in fact_rows]
    record = None
    for known_at in sorted({row.known_at for row in (*event_rows, *fact_rows)}):
        now = instant(known_at)
        events = [event_of(row) for row in event_rows if row.known_at == known_at]
        told = [fact for fact in facts if fact.known_at == now]
        if record is None:
            record = _took(found, qualifier.open(lead, now=now))
        for one in _inputs(events, told):
            outcome = qualifier.handle(record, one, now=now)
            record = _took(found, outcome)
            for cancel in (effect for effect in outcome.effects if isinstance(effect, CancelTouch)):
                if any(fact.key == cancel.touch_key for fact in told if isinstance(fact, made.TouchEnded)):
                    report = TouchReport(key=cancel.touch_key, outcome="cancelled", reason=cancel.reason)
                    record = _took(found, qualifier.handle(record, report, now=now))
                    found.effects.remove(cancel)
    return found


def bodies(facts: list[Fact]) -> list[str]:
    """Return facts as they are kept."""
    return [fact_row(fact).body for fact in facts]


def _took(found: Follows, outcome: Any) -> Any:
    found.facts.extend(outcome.facts)
    found.effects.extend(effect for effect in outcome.effects if not isinstance(effect, _INSIDE))
    return outcome.record


def _inputs(events: list[Event], told: list[Any]) -> Iterator[Any]:
    """Return what a lead was handled with in one command: its events, else what its facts say, else time."""
    if events:
        yield from sorted(events, key=lambda event: (event.at, event.source, event.id))
        return
    for fact in told:
        name, kind = fact.name, fact.cause.kind
        if name == made.VerdictGiven.name:
            yield Verdict(fact.verdict)
            return
        if name == made.Enrolled.name and kind == "enrolment":
            yield EnrolmentChange(change="enrol", sequence=fact.sequence)
            return
        if name == made.TouchEnded.name and kind == "touch":
            yield TouchReport(key=fact.key, outcome=fact.outcome, reason=fact.reason)
            return
    yield Tick()
