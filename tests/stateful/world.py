"""A host in small: the store of events, the facts of each lead, and what is looked at whenever something is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from attrs import Factory, define, frozen

from leadqual import Event, Lead, LeadqualError, Outcome, Qualifier, Record, Score
from leadqual.event import Key
from leadqual.lifecycle.effects import AddEvent
from leadqual.lifecycle.facts import Fact, StageChanged
from leadqual.lifecycle.inputs import Input
from leadqual.lifecycle.state import LeadState

LATER = timedelta(days=45)


@define
class Life:
    """What a host keeps of one lead, and under which version of the playbook it is."""

    lead: Lead
    qualifier: Qualifier
    record: Record
    facts: list[Fact] = Factory(list)

    @property
    def id(self) -> str:
        return self.lead.id

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.record.lead.id, *self.record.lead.merged_ids)


@frozen(kw_only=True)
class Step:
    """One thing that was done to one lead, and what came of it.

    Attributes:
        qualifier: By which it was decided.
        before: The record before, if there was one.
        after: The record after.
        old: The facts before.
        new: The facts that it gave.
        outcome: All that came of it.
        input: The input, if it was one.
        now: When.
        events: All events of the lead that are known.
    """

    qualifier: Qualifier
    before: Record | None
    after: Record
    old: tuple[Fact, ...]
    new: tuple[Fact, ...]
    outcome: Outcome
    input: Input | None
    now: datetime
    events: tuple[Event, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts."""
        return (*self.old, *self.new)

    def state(self, facts: tuple[Fact, ...]) -> LeadState:
        """Return the state that some of the facts make."""
        return self.qualifier.replay(facts)

    def changes(self) -> Iterable[tuple[StageChanged, tuple[Fact, ...]]]:
        """Return the new changes of stage, each with all facts before it."""
        facts = self.facts
        for i in range(len(self.old), len(facts)):
            fact = facts[i]
            if isinstance(fact, StageChanged):
                yield fact, facts[:i]

    def event(self, key: Key) -> Event:
        """Return a known event."""
        return next(event for event in self.events if event.key == key)


def picture(record: Record) -> tuple[Any, ...]:
    """Return all that can be seen of a record, so that two can be compared, or one with itself later."""
    scores = tuple(record.score(record.as_of + ahead) for ahead in (timedelta(0), LATER))
    seen = (record.lead, record.pending, record.as_of, record.stale, record.traces)
    return (deepcopy(record.state), seen, scores)


def visible(outcome: Outcome) -> tuple[Any, ...]:
    """Return all that can be seen of an outcome."""
    return (outcome.facts, outcome.effects, picture(outcome.record), outcome.because)


def from_scratch(qualifier: Qualifier, record: Record, events: Iterable[Event], now: datetime) -> Score:
    """Score a lead on its events alone, with the ``since`` and the flags of its state."""
    state = record.state
    return qualifier.model.score(record.lead.counting_from(state.since), events, now=now, flagged=state.flagged)


@define
class World:
    """All leads of one base under one playbook, and its clock.

    Attributes:
        now: Only ever moves forward.
        store: All events, by source and id.
        lives: The leads, by id.
        gone: The facts of those that went into another.
        keys: Of all effects so far.
        counts: How often each transition was taken, and anything else worth counting.
    """

    now: datetime
    checks: tuple[Callable[[Step], None], ...]
    store: dict[Key, Event] = Factory(dict)
    lives: dict[str, Life] = Factory(dict)
    gone: dict[str, list[Fact]] = Factory(dict)
    keys: set[str] = Factory(set)
    counts: Counter[str] = Factory(Counter)

    def events(self, ids: Iterable[str]) -> tuple[Event, ...]:
        """Return all events of some leads, in the order in which they became known."""
        wanted = set(ids)
        return tuple(event for event in self.store.values() if event.lead_id in wanted)

    def keep(self, event: Event) -> bool:
        """Store an event unless its source and id are there; tell whether it is new."""
        if event.key in self.store:
            return False
        self.store[event.key] = event
        return True

    def begin(self, lead: Lead, qualifier: Qualifier, *, imported: bool) -> Life:
        """Open a lead."""
        known = self.events((lead.id,))
        first, again = (qualifier.open(lead, known, now=self.now, imported=imported) for _ in range(2))
        assert visible(first) == visible(again), "opening a lead twice gives one outcome"
        life = Life(lead, qualifier, first.record)
        self.lives[lead.id] = life
        self.took(life, None, first, None)
        return life

    def do(self, life: Life, decide: Callable[[Record], Outcome], given: Input | None = None) -> Outcome:
        """Do something to a lead, twice: the second time nothing else may come of it, nor may the record change."""
        record, before = life.record, picture(life.record)
        outcome = decide(record)
        assert picture(record) == before, "a record stays as it is"
        assert visible(decide(record)) == visible(outcome), "the same done twice from one record gives one outcome"
        self.took(life, record, outcome, given)
        return outcome

    def handle(self, life: Life, given: Input) -> Outcome:
        """Handle an input as of now."""
        return self.do(life, lambda record: life.qualifier.handle(record, given, now=self.now), given)

    def refuses(self, life: Life, decide: Callable[[Record], object], *errors: type[LeadqualError]) -> LeadqualError:
        """See something refused, and nothing changed by it."""
        before = picture(life.record)
        try:
            decide(life.record)
        except errors as error:
            assert picture(life.record) == before, "what is refused changes nothing"
            return error
        names = ", ".join(error.__name__ for error in errors)
        raise AssertionError(f"{names} was expected")

    def took_over(self, life: Life, other: Life, outcome: Outcome) -> None:
        """Take what came of a merge: facts of both leads."""
        other.facts += [fact for fact in outcome.facts if fact.lead_id == other.id]
        self.gone[other.id] = self.lives.pop(other.id).facts
        self.took(life, life.record, outcome, None)

    def took(self, life: Life, before: Record | None, outcome: Outcome, given: Input | None) -> None:
        new = tuple(fact for fact in outcome.facts if fact.lead_id == life.id)
        for effect in outcome.effects:
            assert effect.key not in self.keys, f"a key of an effect came twice: {effect.key}"
            self.keys.add(effect.key)
            if isinstance(effect, AddEvent):
                assert self.keep(effect.event), "an added event is new"
        life.record = outcome.record
        step = Step(
            qualifier=life.qualifier,
            before=before,
            after=outcome.record,
            old=tuple(life.facts),
            new=new,
            outcome=outcome,
            input=given,
            now=self.now,
            events=self.events(life.ids),
        )
        life.facts += new
        for fact in new:
            self.counts[fact.transition if isinstance(fact, StageChanged) else f"fact {fact.name}"] += 1
        for check in self.checks:
            check(step)
