"""What the rules of random lives share: the world, its leads, and how an act comes about."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from leadqual import Event, Lead, Verdict
from leadqual.lifecycle.facts import StageChanged

from .history import HISTORY
from .moves import MOVES
from .playbooks import attributes, by_size, qualifiers
from .standing import STANDING
from .world import Life, World

START: Final = datetime(2026, 8, 27, 15, 30, tzinfo=UTC)
OURS: Final = ("call", "sales_email", "newsletter_sent", "meeting")
KINDS: Final = (
    "download", "page_view", "pricing", "email_reply", "newsletter_open", "trial_start", "careers", "unheard_of"
)  # fmt: skip
ACQUISITIONS: Final = ("inbound", "outbound", "partner", None)
PROFILES: Final = ("good", "fair", "poor", "unknown")
PASTS: Final = ("demo_request", "download", "accept", "yes", "no", "maybe", "email_reply", "pricing", "reopen")
TICKS: Final = ("tick",) * 8
STORIES: Final = (
    ("download", "yes", "yes"),
    ("maybe", "tick"),
    ("download", "maybe", "tick"),
    ("maybe", "download"),
    ("accept", "return", "pricing"),
    ("pricing", "demo_request", "no", "demo_request"),
    ("email_reply", "trial_start", "download", "page_view", "email_reply", "download"),
    ("no", "reopen", "call"),
    ("accept", "yes", "reopen", "call"),
    ("download", "pricing", *TICKS),
    ("email_reply", "email_reply", "page_view", "download", *TICKS),
    ("demo_request", *TICKS),
)
"""Beginnings that chance alone would seldom make: between them, they take every way in every playbook."""
COUNTS: Counter[str] = Counter()
"""How often each rule, transition and kind of fact occurred, over all lives."""
Acquisition = Literal["inbound", "outbound", "partner"] | None

seconds = st.integers(0, 90).map(lambda n: timedelta(seconds=n))
a_while = (
    st.sampled_from([timedelta(0), timedelta(microseconds=1)])
    | seconds
    | st.integers(1, 48).map(lambda n: timedelta(hours=n))
    | st.integers(1, 9).map(lambda n: timedelta(days=n))
    | st.integers(1, 9).map(lambda n: timedelta(days=n))
    | st.integers(10, 200).map(lambda n: timedelta(days=n))
)
"""Until the next thing happens: from nothing to months."""
an_index = st.integers(0, 2)
a_lag = st.sampled_from([timedelta(0)] * 3 + [timedelta(seconds=7), timedelta(hours=5)])
"""How old something is when it becomes known."""
a_long_lag = st.integers(1, 12).map(lambda n: timedelta(hours=5 * n)) | st.integers(1, 90).map(
    lambda n: timedelta(days=n)
)


def verdict_of(word: Any, **more: Any) -> Verdict:
    """Return a verdict; which one is drawn."""
    return Verdict(word, **more)


class Base(RuleBasedStateMachine):
    """A base of up to three leads under one playbook."""

    def __init__(self, playbook: str) -> None:
        super().__init__()
        self.playbook = playbook
        self.qualifier, self.next_version = qualifiers(playbook)
        self.world = World(START, HISTORY + MOVES + STANDING)
        self.number = 0

    def count(self, name: str) -> None:
        """Note that a rule was followed."""
        COUNTS["steps"] += 1
        COUNTS[f"rule {name}"] += 1

    def life(self, which: int) -> Life:
        """Return one of the leads."""
        lives = [*self.world.lives.values()]
        return lives[which % len(lives)]

    def bring(self, acquisition: Acquisition, profile: str, *, imported: bool = False) -> Life:
        """Open another lead."""
        self.number += 1
        name = f"L{self.number}"
        lead = Lead(
            id=name,
            email=f"{name.lower()}@b.example",
            acquisition=acquisition,
            zone="Europe/Madrid",
            attributes=attributes(self.playbook, profile),
        )
        return self.world.begin(lead, self.qualifier, imported=imported)

    def event(self, life: Life, kind: str, at: datetime, *, by: Any = "lead", lead_id: str | None = None) -> Event:
        """Return an event with a new id."""
        self.number += 1
        properties = {"item": "a"} if by_size(self.playbook) else {"asset": f"a{self.number % 5}"}
        if kind == "pricing":
            kind, properties = "page_view", {"item": "b"} if by_size(self.playbook) else {"page": "/pricing"}
        return Event(id=f"e{self.number}", lead_id=lead_id or life.id, kind=kind, at=at, by=by, properties=properties)

    def put(self, life: Life, kind: str, at: datetime, *, by: Any = "lead") -> None:
        """Let an event come past the store, and handle it."""
        event = self.event(life, kind, at, by=by)
        assert self.world.keep(event)
        self.world.handle(life, event)

    def fold(self, life: Life) -> None:
        """Fold all events of a lead anew: nobody is moved by that."""
        events, stage = self.world.events(life.ids), life.record.stage
        outcome = self.world.do(life, lambda record: life.qualifier.refold(record, events, now=self.world.now))
        assert not outcome.record.stale
        moved = [fact for fact in outcome.facts if isinstance(fact, StageChanged)]
        assert all(fact.cause.kind in ("event", "time") for fact in moved)
        assert moved or outcome.record.stage == stage

    def teardown(self) -> None:
        """Add what happened to what happened before."""
        COUNTS.update(self.world.counts)
