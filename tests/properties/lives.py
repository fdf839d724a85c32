"""Random lives of one lead: what happens to it, when, and what a host makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from leadqual import Event, Lead, Outcome, ProfileChange, Qualifier, Record, Tick, TransitionError, Verdict, loads
from leadqual.lifecycle.effects import AddEvent, Effect
from leadqual.lifecycle.facts import Fact, StageChanged

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ACQUISITIONS = ("inbound", "outbound", "partner")
SIZES = ("big", "mid", "small", "tiny")
KINDS = ("visit", "reply", "careers", "open", "demo")
_TEXT = """
schema = 1
name = "lives"
version = "1"
attributes = { size = "text" }
[fit]
[[fit.tables]]
field = "size"
values = { big = 30, mid = 20, small = 10, tiny = 0 }
[fit.grades]
A = 30
B = 20
C = 10
D = 0
[interest]
decay = { linear = 10 }
[[interest.rules]]
event = "visit"
points = 3
[[interest.rules]]
event = ["reply", "call_answered"]
points = 8
decay = { half_life = 2 }
[[interest.rules]]
event = "demo"
points = 6
[[interest.rules]]
event = "careers"
points = -2
[[interest.rules]]
event = "open"
points = 1
counts = false
[qualify]
hand_raise = ["demo"]
[qualify.mql]
when = { field = "interest", op = "ge", value = 6 }
#stay { field = "interest", op = "ge", value = 3 }
[qualify.sql]
when = { all = [{ field = "grade", op = "in", value = ["A", "B"] }, { field = "interest", op = "ge", value = 12 }] }
#stay { field = "interest", op = "ge", value = 5 }
[lifecycle]
replies = ["reply"]
"""
_SLAS = """
[sla]
hand_raise = "1h"
mql = "1d"
sql = "4h"
"""
_RESTS = """
[recycle.inbound]
interest = "INTEREST"
[recycle.outbound]
interest = "INTEREST"
rest_months = [3, 6]
attempts = 3
reasons = { no_budget = 6, timing = 4 }
"""


@cache
def qualifier_of(*, stay: bool = True, slas: bool = True, interest: str = "restart") -> Qualifier:
    """Return what qualifies by points that fade within days.

    Args:
        stay: Whether stages can be lost again.
        slas: Whether anybody has to act in a time.
        interest: What becomes of points in a rest.
    """
    text = _TEXT.replace("#stay ", "stay = ") if stay else _TEXT
    return Qualifier(loads(text + (_SLAS if slas else "") + _RESTS.replace("INTEREST", interest)))


def lead_of(acquisition: Any = "inbound", size: str = "big", name: str = "L1", zone: str | None = None) -> Lead:
    """Return a lead."""
    return Lead(id=name, acquisition=acquisition, zone=zone, attributes={"size": size})


def act_of(number: int, kind: str, at: datetime, *, by: Any = "lead", name: str = "L1") -> Event:
    """Return an act of a lead, or ours."""
    return Event(id=f"{name}-{number}", lead_id=name, kind=kind, at=at, by=by)


@frozen
class Deed:
    """Something that happens, so long after what happened before; what is late became known so much later.

    What is late by less than nothing is dated ahead.
    """

    wait: timedelta
    what: str
    name: str = ""
    late: timedelta = timedelta(0)


waits = st.sampled_from([timedelta(0), timedelta(seconds=1)]) | st.one_of(
    st.integers(1, 2_000).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 12).map(lambda n: n * DAY),
    st.integers(10, 120).map(lambda n: n * DAY),
)
lags = st.sampled_from([timedelta(0)] * 4) | st.integers(1, 60).map(lambda n: timedelta(hours=10 * n))
leads_ahead = st.integers(-1440, -1).map(lambda n: timedelta(minutes=n))
acts = st.builds(Deed, waits, st.just("act"), st.sampled_from(KINDS), lags)
early_acts = st.builds(Deed, waits, st.just("act"), st.sampled_from(KINDS), leads_ahead)
touches = st.builds(Deed, waits, st.just("touch"), st.sampled_from(["call", "newsletter"]), lags)
verdicts = st.builds(
    Deed,
    waits,
    st.just("verdict"),
    st.sampled_from(["yes", "no", "maybe", "accept", "return", "disqualify", "reinstate"]),
)
profiles = st.builds(Deed, waits, st.just("profile"), st.sampled_from(SIZES))
deeds = st.lists(st.one_of(acts, acts, acts, verdicts, verdicts, touches, profiles), max_size=14)
all_deeds = st.lists(st.one_of(acts, acts, early_acts, verdicts, verdicts, touches, profiles), max_size=14)
"""Among them some that are dated ahead."""


def given_at(deed: Deed, number: int, lead: Lead, now: datetime) -> Any:
    """Return a deed as the input that it is."""
    if deed.what in ("act", "touch"):
        by = "lead" if deed.what == "act" else "us"
        return act_of(number, deed.name, now - deed.late, by=by, name=lead.id)
    if deed.what == "verdict":
        word: Any = deed.name
        return Verdict(word, reason="timing")
    return ProfileChange(evolve(lead, attributes={"size": deed.name}))


class Host:
    """Keeps what comes of one lead's life."""

    def __init__(self, qualifier: Qualifier, lead: Lead, now: datetime = START) -> None:
        self.qualifier, self.lead, self.now, self.clock, self.number = qualifier, lead, now, now, 0
        self.facts: list[Fact] = []
        self.effects: list[Effect] = []
        self.events: list[Event] = []
        self.record: Record
        self._take(qualifier.open(lead, now=now))

    def _take(self, outcome: Outcome) -> Outcome:
        self.record = outcome.record
        self.facts += outcome.facts
        self.effects += outcome.effects
        self.events += [effect.event for effect in outcome.effects if isinstance(effect, AddEvent)]
        return outcome

    def handle(self, given: Any, now: datetime) -> Outcome | None:
        """Handle an input; ``None`` if the lead cannot take it."""
        self.now = now
        try:
            outcome = self.qualifier.handle(self.record, given, now=now)
        except TransitionError:
            return None
        if isinstance(given, Event):
            self.events.append(given)
        return self._take(outcome)

    def refold(self) -> None:
        """Fold the lead's events anew if it waits for that, as a host does upon the effect that asks for it."""
        if self.record.stale:
            self._take(self.qualifier.refold(self.record, self.events, now=self.now))

    def tick_until(self, end: datetime) -> None:
        """Tick whenever something is due, up to an instant."""
        for _ in range(1_000):
            due = self.qualifier.next_due(self.record)
            if due is None or due > end:
                return
            self.handle(Tick(), max(due, self.record.as_of))
        raise AssertionError("something is due again and again")

    def do(self, deed: Deed) -> Outcome | None:
        """Do what a deed says, after its wait since the one before."""
        self.number += 1
        self.clock += deed.wait
        return self.handle(given_at(deed, self.number, self.lead, self.clock), self.clock)

    @property
    def changes(self) -> list[StageChanged]:
        """All changes of stage."""
        return [fact for fact in self.facts if isinstance(fact, StageChanged)]


def lived(
    qualifier: Qualifier, lead: Lead, story: Iterable[Deed], *, before: Callable[[Host, datetime], object] | None = None
) -> Host:
    """Return a host after a life; before each deed something may be done, up to its instant."""
    host = Host(qualifier, lead)
    for deed in story:
        if before is not None:
            before(host, host.clock + deed.wait)
        host.do(deed)
    return host


def untimed(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Return facts without when they became known."""
    return (evolve(fact, known_at=fact.at) for fact in facts)
