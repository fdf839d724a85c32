"""What somebody who only listens knows of a lead: what was said to the library, and what it has told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import Factory, define, evolve

from leadqual import ConsentChange, Event, Lead
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.inputs import Input
from leadqual.lifecycle.nurtureinputs import Suppression
from leadqual.lifecycle.state import LeadState

from .contact import EXPIRES, HOME, REQUESTS, RIVAL


@define
class Sent:
    """A touch that came due."""

    key: str
    at: datetime
    sequence: str
    step: str
    channel: str = "email"
    purpose: str = "newsletter"
    content: str | None = None
    outcome: str | None = None

    @property
    def kind(self) -> str:
        """Of which kind it is."""
        return self.purpose if self.purpose in ("requested", "sales") else "marketing"

    @property
    def counts(self) -> bool:
        """Whether it went, or may have."""
        return self.outcome not in ("skipped", "cancelled")


@define
class Place:
    """A lead's place in a sequence."""

    since: datetime
    arm: str | None = None
    held_out: bool = False
    paused: bool = False
    postponed: datetime | None = None
    ended: datetime | None = None


@define
class Known:
    """What is known of a lead."""

    id: str
    zones: tuple[str, ...] = HOME
    email: str | None = "ana@b.example"
    phone: str | None = "+34600000000"
    acquisition: str | None = None
    stage: str = "lead"
    wakes: datetime | None = None
    disqualified: bool = False
    decisions: dict[tuple[str, str], tuple[datetime, bool]] = Factory(dict)
    asked: datetime | None = None
    spared: set[str] = Factory(set)
    dead: set[str] = Factory(set)
    places: dict[str, Place] = Factory(dict)
    been: set[str] = Factory(set)
    arms: dict[str, tuple[str | None, bool]] = Factory(dict)
    sent: dict[str, Sent] = Factory(dict)

    @property
    def gated(self) -> bool:
        """Whether it is not to be won."""
        return (self.email or "").endswith(RIVAL)

    def is_like(self, lead: Lead) -> None:
        """Take over a profile."""
        self.zones = HOME if lead.zone is None else (lead.zone,)
        self.email, self.phone = lead.email, lead.phone

    def hear(self, said: Input, now: datetime) -> None:
        """Note what is said of the lead, before anything comes of it."""
        match said:
            case ConsentChange():
                self.decide((said.channel, said.purpose), said.at or now, given=said.given)
            case Suppression():
                self.spared.add(said.channel)
            case Event():
                if said.kind == "hard_bounce" and self.email:
                    self.dead.add(self.email)
                if said.kind in REQUESTS and said.by == "lead":
                    self.asked = max(said.at, self.asked or said.at)

    def decide(self, pair: tuple[str, str], at: datetime, *, given: bool) -> None:
        """Note a decision: the last one counts, of two at one instant the withdrawal."""
        known = self.decisions.get(pair)
        if known is None or (at, not given) > (known[0], not known[1]):
            self.decisions[pair] = at, given

    def absorb(self, other: Known) -> None:
        """Note that another lead is this one: both consented only if both did, and either was spared."""
        for pair in self.decisions.keys() | other.decisions.keys():
            both = [one.decisions[pair] for one in (self, other) if pair in one.decisions]
            if len(both) == 2:
                self.decisions[pair] = max(at for at, _ in both), all(given for _, given in both)
            elif both[0][1]:
                self.decisions.pop(pair, None)
            else:
                self.decisions[pair] = both[0]
        requests = [one.asked for one in (self, other) if one.asked is not None]
        self.asked = max(requests, default=None)
        self.disqualified |= other.disqualified
        self.spared |= other.spared
        self.dead |= other.dead
        self.been |= other.been
        both_sent = other.sent | self.sent
        self.sent = {touch.key: touch for touch in sorted(both_sent.values(), key=lambda touch: touch.at)}

    def read(self, fact: made.Fact) -> str | None:
        """Note a fact; return what is wrong with it, if something is."""
        match fact:
            case made.Opened():
                self.stage = fact.stage
            case made.StageChanged():
                self.stage = fact.to
                self.wakes = None if fact.from_ == "recycle" else self.wakes
            case made.Recycled():
                self.wakes = fact.wake_at
            case made.Merged():
                self.stage, self.wakes = fact.state.stage, fact.state.wake_at
            case made.VerdictGiven(verdict="disqualify" | "reinstate"):
                self.disqualified = fact.verdict == "disqualify"
            case made.Enrolled():
                self.places[fact.sequence] = Place(fact.at, fact.arm, fact.held_out)
                self.been.add(fact.sequence)
                self.arms[fact.sequence] = fact.arm, fact.held_out
            case made.EnrolmentPaused() | made.EnrolmentResumed() | made.EnrolmentPostponed() | made.EnrolmentEnded():
                return self._moved(fact)
            case made.StepSkipped() | made.ForkTaken():
                self.places[fact.sequence].since = fact.at
            case made.TouchCameDue():
                self.sent[fact.key] = sent_of(fact)
                self.places[fact.sequence].since = fact.at
            case made.TouchEnded():
                return self._ended(fact)
        return None

    def _moved(self, fact: Any) -> str | None:
        place = self.places.get(fact.sequence)
        if place is None or place.ended is not None:
            return "changes no place"
        match fact:
            case made.EnrolmentPaused():
                place.paused = True
            case made.EnrolmentResumed():
                place.paused = False
            case made.EnrolmentPostponed():
                place.postponed = fact.until
            case _:
                place.ended = fact.at
        return None

    def _ended(self, fact: made.TouchEnded) -> str | None:
        touch = self.sent.get(fact.key)
        if touch is None:
            return "ends what never came due"
        if touch.outcome is not None:
            return "ends twice"
        if fact.outcome == "expired" and fact.at != touch.at + EXPIRES:
            return "expires at another time"
        touch.outcome = fact.outcome
        return None


def sent_of(fact: made.TouchCameDue) -> Sent:
    """Return the touch of a fact."""
    return Sent(fact.key, fact.at, fact.sequence, fact.step, fact.channel, fact.purpose, fact.content)


def parted(after: Known, before: Known, state: LeadState) -> Known:
    """Return what is known of a lead once a merge was undone: who withdrew since withdrew, what went to it went.

    Args:
        after: What was known of both.
        before: What was known of it before the merge.
        state: Where it now stands.
    """
    known = copied(before)
    for pair, (at, given) in after.decisions.items():
        if not given and (pair not in known.decisions or at >= known.decisions[pair][0]):
            known.decisions[pair] = at, given
    outcomes = {touch.key: touch.outcome for touch in state.touches}
    everything = before.sent | after.sent
    known.sent = {key: evolve(everything[key]) for key in outcomes}
    for key, outcome in outcomes.items():
        known.sent[key].outcome = None if outcome == "due" else outcome
    known.asked = after.asked
    known.spared |= after.spared
    known.dead |= after.dead
    known.been |= after.been
    known.stage, known.wakes = state.stage, state.wake_at
    known.disqualified = state.disqualified is not None
    return known


def copied(known: Known) -> Known:
    """Return the same, to be changed apart from it."""
    parts: Mapping[str, Any] = {
        "decisions": dict(known.decisions), "spared": set(known.spared), "dead": set(known.dead),
        "been": set(known.been), "arms": dict(known.arms),
        "places": {name: evolve(place) for name, place in known.places.items()},
        "sent": {key: evolve(touch) for key, touch in known.sent.items()},
    }  # fmt: skip
    return evolve(known, **parts)


def open_ends(everybody: Iterable[Known]) -> list[str]:
    """Return the keys of the touches of which nobody knows what became of them."""
    return [touch.key for known in everybody for touch in known.sent.values() if touch.outcome is None]
