"""A host in small that sends: it says to the library what happens to one lead, and lets a guard see all that goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from attrs import Factory, define

from leadqual import Event, InputRefused, Lead, Outcome, Qualifier, Record, Tick, TransitionError, load_playbook
from leadqual.lifecycle.effects import CancelTouch, TouchDue
from leadqual.lifecycle.facts import (
    Enrolled,
    Fact,
    Merged,
    Opened,
    ProfileChanged,
    Recycled,
    TouchCameDue,
    TouchEnded,
    Unmerged,
)
from leadqual.lifecycle.inputs import Input
from leadqual.lifecycle.nurtureinputs import EnrolmentChange

from .contact import EXPIRES
from .guard import broken, wrong_entry
from .known import Known, parted, sent_of

_HERE: Final = Path(__file__).parent
_SAME: Final = ("sequence", "step", "channel", "purpose", "content")
_MOMENT: Final = timedelta.resolution


@cache
def contact() -> Qualifier:
    """Return what the playbook of sequences makes of leads."""
    return Qualifier(load_playbook(_HERE / "contact.toml"))


@define
class Books:
    """What is counted over all leads.

    Attributes:
        counts: How often what happened.
        keys: Of all touches.
        wrong: Whatever must not be, as far as it was: the lead, the instant, the touch and the rule.
    """

    counts: Counter[str] = Factory(Counter)
    keys: set[str] = Factory(set)
    wrong: list[tuple[str, ...]] = Factory(list)


@define
class Sender:
    """One lead and what is kept of it."""

    record: Record
    known: Known
    books: Books
    facts: list[Fact] = Factory(list)
    events: list[Event] = Factory(list)

    @property
    def now(self) -> datetime:
        """Up to when all is decided."""
        return self.record.as_of

    @property
    def due(self) -> datetime | None:
        """When something happens next by itself."""
        return contact().next_due(self.record)

    def say(self, said: Input, at: datetime) -> Outcome | None:
        """Say something to the library and keep what comes of it; ``None`` if it is refused."""
        try:
            outcome = contact().handle(self.record, said, now=at)
        except (TransitionError, InputRefused):
            self.books.counts["refused"] += 1
            return None
        self.known.hear(said, at)
        self.keep(outcome)
        return outcome

    def tick(self, at: datetime) -> Outcome | None:
        """Let time pass."""
        return self.say(Tick(), at)

    def act(self, kind: str, now: datetime, *, at: datetime | None = None, by: Literal["lead", "us"] = "lead") -> None:
        """Let the lead do something, or something happen to it."""
        number = f"{self.known.id}-{len(self.events)}"
        properties: Mapping[str, Any] = {"asset": "guide" if len(self.events) % 2 else "paper", "page": "/"}
        event = Event(id=number, lead_id=self.known.id, kind=kind, at=at or now, by=by, properties=properties)
        if self.say(event, now) is not None:
            self.events.append(event)

    def keep(self, outcome: Outcome, *, with_: Known | None = None, apart: tuple[Known, Known] | None = None) -> None:
        """Keep what came of an input, and look at all that goes.

        Args:
            outcome: What came of it.
            with_: Of a merge, what was known of the other lead: from the merge on, and not of what went before.
            apart: Of a merge that is undone, what was known before and after it.
        """
        self.record = outcome.record
        own = [fact for fact in outcome.facts if fact.lead_id == self.known.id]
        self.facts += own
        for fact in own:
            if isinstance(fact, Unmerged) and apart is not None:
                places = self.known.places  # of the other lead they ended with the merge
                self.known = parted(apart[1], apart[0], fact.state)
                self.known.places = places
            if isinstance(fact, Merged) and with_ is not None:
                self.known.absorb(with_)
            if isinstance(fact, Opened | ProfileChanged | Merged | Unmerged):
                self.known.is_like(outcome.record.lead)
            self._look_at(fact)
        self.known.acquisition = outcome.record.state.acquisition
        came = {fact.key: fact for fact in own if isinstance(fact, TouchCameDue)}
        due = {effect.touch_key: effect for effect in outcome.effects if isinstance(effect, TouchDue)}
        if came.keys() != due.keys():
            self._blame("effects", "do not agree")
        for key, fact in came.items():
            done = due.get(key)
            if done is not None and any(getattr(done, name) != getattr(fact, name) for name in _SAME):
                self._blame(key, "effect and fact differ")
            if done is not None and done.expires_at != fact.at + EXPIRES:
                self._blame(key, "expires at another time")
        for effect in outcome.effects:
            if isinstance(effect, CancelTouch):
                self.books.counts["called back"] += 1
                if effect.touch_key not in self.known.sent:
                    self._blame(effect.touch_key, "is called back and never came due")

    def join(self, other: Sender) -> Merged:
        """Let another lead turn out to be this one."""
        now, counts = max(self.now, other.now), self.books.counts
        events = (*self.events, *other.events)
        outcome = contact().merge(self.record, other.record, events, now=now, confirmed=True)
        for fact in outcome.facts:
            if fact.lead_id == other.known.id:
                other.facts.append(fact)
                other._look_at(fact)
        self.events += other.events
        self.keep(outcome, with_=other.known)
        other.known.sent = {}
        counts["merged"] += 1
        return next(fact for fact in outcome.facts if isinstance(fact, Merged))

    def end(self) -> None:
        """Take the lead out of everything, and wait until of every touch it is known what became of it."""
        for name, place in self.known.places.items():
            if place.ended is None:
                self.say(EnrolmentChange(change="leave", sequence=name), self.now)
        self.tick(self.now + EXPIRES)
        self.tick(self.now + _MOMENT)

    def _look_at(self, fact: Fact) -> None:
        counts, known = self.books.counts, self.known
        if isinstance(fact, TouchCameDue):
            counts["due"] += 1
            counts[f"due by {fact.channel}"] += 1
            for rule in broken(known, sent_of(fact), self.books.keys):
                self._blame(fact.key, rule)
        elif isinstance(fact, Enrolled):
            counts["enrolled"] += 1
            for rule in wrong_entry(known, fact):
                self._blame(fact.sequence, rule)
        elif isinstance(fact, TouchEnded):
            counts[fact.outcome] += 1
        elif isinstance(fact, Recycled):
            counts["recycled"] += 1
        counts[f"fact {fact.name}"] += 1
        wrong = known.read(fact)
        if wrong is not None:
            self._blame(f"{fact.name} {fact.seq}", wrong)

    def _blame(self, what: str, rule: str) -> None:
        self.books.wrong.append((self.known.id, str(self.now), what, rule))


def begin(lead: Lead, books: Books, now: datetime) -> Sender:
    """Open a lead."""
    outcome = contact().open(lead, now=now)
    sender = Sender(outcome.record, Known(lead.id), books)
    sender.keep(outcome)
    return sender
