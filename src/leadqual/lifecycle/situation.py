"""What a guard reads when it is asked: the score, the lead, its state and the input at hand, as one row."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from leadqual.event import Event
from leadqual.lifecycle.quick import (
    ACCEPTED,
    CAPTURE,
    HAND_RAISE,
    HAND_RAISED,
    INTERACTION,
    QUALIFIES,
    REPLY,
    REVIEW,
    ROUTE_OPEN,
    SLA_RUNNING,
    STAYS,
    TOUCHED,
)
from leadqual.lifecycle.scope import INPUT
from leadqual.lifecycle.state import LeadState
from leadqual.scoring.score import Score


class Situation:
    """A lead at the moment of a decision.

    Args:
        state: Where it stands.
        score: Its score, with this state.
        now: The moment.
        newest: Its newest interaction.
        event: The event at hand, if it is one.
        marks: What is so of that event, as bits.
        reason: The reason of the verdict at hand, if it is one.
    """

    __slots__ = ("event", "marks", "newest", "now", "reason", "score", "state")

    def __init__(
        self,
        state: LeadState,
        score: Score,
        now: datetime,
        newest: datetime | None,
        *,
        event: Event | None = None,
        marks: int = 0,
        reason: str | None = None,
    ) -> None:
        self.state = state
        self.score = score
        self.now = now
        self.newest = newest
        self.event = event
        self.marks = marks
        self.reason = reason

    def bits(self) -> int:
        """Return what is so, as the bits by which guards are answered without being evaluated."""
        return self.marks | bits_of(self.state, self.score, self.now, self.newest)

    def get(self, name: str, /) -> object:
        """Return what a name in a guard stands for."""
        own = _OWN.get(name)
        if own is not None:
            return own(self)
        if name.startswith(INPUT):
            return None if self.event is None else self.event.properties.get(name[len(INPUT) :])
        return self.score.reading.get(name)


def bits_of(state: LeadState, score: Score, now: datetime, newest: datetime | None) -> int:
    """Return what is so of a lead at a moment without an input, as bits.

    Args:
        state: Where it stands.
        score: Its score, with this state.
        now: The moment.
        newest: Its newest interaction.
    """
    bits = 0
    if state.hand_raise is not None and hand_raised(state, now):
        bits = HAND_RAISED
    if state.shut_since is None or score_route_open(state, now, newest):
        bits |= ROUTE_OPEN
    if state.touched:
        bits |= TOUCHED
    if state.accepted:
        bits |= ACCEPTED
    if state.sla is not None:
        bits |= SLA_RUNNING
    if state.review is not None:
        bits |= REVIEW
    for bar in score.qualifies:
        bits |= QUALIFIES[bar]
    for bar in score.stays:
        bits |= STAYS[bar]
    return bits


def hand_raised(state: LeadState, now: datetime) -> bool:
    """Tell whether a hand-raise of a lead is still valid and has not led anywhere yet."""
    hand = state.hand_raise
    return hand is not None and now < hand.until and hand.key not in state.flagged


def score_route_open(state: LeadState, now: datetime, newest: datetime | None) -> bool:
    """Tell whether the score alone may promote a lead.

    After a return or a recycle it may not, until there is a newer interaction; after a return also not before a time.

    Args:
        state: Where the lead stands.
        now: The moment.
        newest: Its newest interaction.
    """
    if state.shut_since is None:
        return True
    fresh = newest is not None and newest > state.shut_since
    return fresh and (state.shut_until is None or now >= state.shut_until)


_OWN: Final[Mapping[str, Callable[[Situation], object]]] = {
    "score.qualifies": lambda row: tuple(sorted(row.score.qualifies)),
    "score.stays": lambda row: tuple(sorted(row.score.stays)),
    "score.gate": lambda row: row.score.gate,
    "state.hand_raised": lambda row: hand_raised(row.state, row.now),
    "state.score_route_open": lambda row: score_route_open(row.state, row.now, row.newest),
    "state.touched": lambda row: row.state.touched,
    "state.accepted": lambda row: row.state.accepted,
    "state.sla_running": lambda row: row.state.sla is not None,
    "state.review": lambda row: row.state.review is not None,
    "input.kind": lambda row: None if row.event is None else row.event.kind,
    "input.by": lambda row: None if row.event is None else row.event.by,
    "input.interaction": lambda row: bool(row.marks & INTERACTION),
    "input.hand_raise": lambda row: bool(row.marks & HAND_RAISE),
    "input.reply": lambda row: bool(row.marks & REPLY),
    "input.capture": lambda row: bool(row.marks & CAPTURE),
    "verdict.reason": lambda row: row.reason,
}
