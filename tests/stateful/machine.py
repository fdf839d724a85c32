"""Random lives: leads of one base to which anything may happen, in any order, while time goes on."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from leadqual import (
    ConsentChange,
    Event,
    EventError,
    Flag,
    InputRefused,
    Lead,
    ProfileChange,
    TallyMismatch,
    Tick,
    TransitionError,
    Verdict,
)
from leadqual.lifecycle.facts import Merged, StageChanged
from leadqual.lifecycle.values import VERDICTS

from .history import HISTORY
from .playbooks import NAMES, attributes, qualifiers
from .standing import STANDING
from .world import Life, World, picture

START = datetime(2026, 8, 27, 15, 30, tzinfo=UTC)
KINDS = ("download", "page_view", "pricing", "email_reply", "newsletter_open", "trial_start", "careers", "unheard_of")
OURS = ("call", "sales_email", "newsletter_sent", "meeting")
PROFILES = ("good", "fair", "poor", "unknown")
REASONS = ("no_budget", "timing", "no_response", "fond_of_another")
COUNTS: Counter[str] = Counter()
"""How often each rule, transition and kind of fact occurred, over all lives."""

seconds = st.integers(0, 90).map(lambda n: timedelta(seconds=n))
a_while = (
    st.sampled_from([timedelta(0), timedelta(microseconds=1)])
    | seconds
    | st.integers(1, 48).map(lambda n: timedelta(hours=n))
    | st.integers(1, 9).map(lambda n: timedelta(days=n))
    | st.integers(1, 9).map(lambda n: timedelta(days=n))
    | st.integers(10, 200).map(lambda n: timedelta(days=n))
)
an_index = st.integers(0, 2)
a_lag = st.sampled_from([timedelta(0)] * 3 + [timedelta(seconds=7), timedelta(hours=5)])
a_long_lag = st.integers(1, 12).map(lambda n: timedelta(hours=5 * n)) | st.integers(1, 90).map(
    lambda n: timedelta(days=n)
)


class Lives(RuleBasedStateMachine):
    """Up to three leads; each rule does one thing to one of them, and everything is looked at after it."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(START, HISTORY + STANDING)
        self.number = 0

    # What all rules share.

    def _count(self, name: str) -> None:
        COUNTS["steps"] += 1
        COUNTS[f"rule {name}"] += 1

    def _life(self, which: int) -> Life:
        lives = [*self.world.lives.values()]
        return lives[which % len(lives)]

    def _open(self, acquisition: str | None, profile: str, *, imported: bool = False) -> Life:
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

    def _event(self, life: Life, kind: str, at: datetime, *, by: Any = "lead", lead_id: str | None = None) -> Event:
        self.number += 1
        properties = {"item": "a"} if self.playbook in ("quick", "own") else {"asset": f"a{self.number % 5}"}
        if kind == "pricing":
            kind, properties = "page_view", ({} if self.playbook in ("quick", "own") else {"page": "/pricing"})
        return Event(
            id=f"e{self.number}", lead_id=lead_id or life.id, kind=kind, at=at, by=by, properties=properties
        )

    def _act(self, life: Life, kind: str, at: datetime, by: Any = "lead", lead_id: str | None = None) -> None:
        event = self._event(life, kind, at, by=by, lead_id=lead_id)
        assert self.world.keep(event)
        self.world.handle(life, event)

    def teardown(self) -> None:
        """Add what happened to what happened before."""
        COUNTS.update(self.world.counts)

    # Rules.

    @initialize(
        playbook=st.sampled_from(NAMES),
        acquisition=st.sampled_from(["inbound", "outbound", "partner", None]),
        profile=st.sampled_from(PROFILES),
        past=st.lists(st.sampled_from(["demo_request", "download", "accept", "yes", "no", "maybe", "email_reply"]), max_size=3),
    )
    def begin(self, playbook: str, acquisition: str | None, profile: str, past: list[str]) -> None:
        self.playbook = playbook
        self.qualifier, self.next_version = qualifiers(playbook)
        life = self._open(acquisition, profile)
        for done in past:
            self.world.now += timedelta(minutes=1)
            if done not in VERDICTS:
                self._act(life, done, self.world.now)
            elif done in self.qualifier.allowed(life.record):
                self.world.handle(life, Verdict(done))

    @precondition(lambda self: len(self.world.lives) < 3)
    @rule(
        acquisition=st.sampled_from(["inbound", "outbound", "partner", None]),
        profile=st.sampled_from(PROFILES),
        acts=st.lists(st.tuples(st.sampled_from((*KINDS, "demo_request")), a_long_lag), max_size=4),
        imported=st.booleans(),
        released=st.booleans(),
    )
    def another_lead(
        self, acquisition: str | None, profile: str, acts: list[Any], imported: bool, released: bool
    ) -> None:
        """A lead comes with what it did before; of a back-fill nobody is promoted before it is released."""
        self._count("another_lead")
        name = f"L{self.number + len(acts) + 1}"
        holder = self._life(0)
        for kind, lag in acts:
            self.world.keep(self._event(holder, kind, self.world.now - lag, lead_id=name))
        life = self._open(acquisition, profile, imported=imported)
        assert life.id == name
        changed = [fact for fact in life.facts if isinstance(fact, StageChanged)]
        if imported:
            assert not changed
            if released:
                self.world.do(
                    life, lambda record: life.qualifier.release(record, now=self.world.now, cause="import")
                )

    @rule(which=an_index, wait=a_while, kind=st.sampled_from(KINDS), lag=a_lag)
    def act(self, which: int, wait: timedelta, kind: str, lag: timedelta) -> None:
        """The lead does something."""
        self._count("act")
        self.world.now += wait
        self._act(self._life(which), kind, self.world.now - lag)

    @rule(which=an_index, wait=a_while, kind=st.sampled_from((*KINDS, "demo_request")), lag=a_long_lag)
    def late_act(self, which: int, wait: timedelta, kind: str, lag: timedelta) -> None:
        """What the lead did long ago becomes known now."""
        self._count("late_act")
        self.world.now += wait
        self._act(self._life(which), kind, self.world.now - lag)

    @rule(which=an_index, wait=a_while, kind=st.sampled_from((*KINDS, "demo_request")), ahead=st.integers(1, 24 * 60))
    def act_dated_ahead(self, which: int, wait: timedelta, kind: str, ahead: int) -> None:
        """A clock runs ahead, by up to a day; more is refused."""
        self._count("act_dated_ahead")
        self.world.now += wait
        life, now = self._life(which), self.world.now
        too_far = self._event(life, kind, now + timedelta(days=1, seconds=ahead))
        self.world.refuses(life, lambda record: life.qualifier.handle(record, too_far, now=now), EventError)
        self._act(life, kind, now + timedelta(minutes=ahead))

    @rule(which=an_index, pick=st.integers(0, 99))
    def duplicate(self, which: int, pick: int) -> None:
        """What is delivered twice never comes past the store."""
        if self.world.store:
            self._count("duplicate")
            event = [*self.world.store.values()][pick % len(self.world.store)]
            assert not self.world.keep(event)

    @rule(which=an_index, wait=a_while)
    def hand_raise(self, which: int, wait: timedelta) -> None:
        """The lead asks for sales."""
        self._count("hand_raise")
        self.world.now += wait
        self._act(self._life(which), "demo_request", self.world.now)

    @rule(which=an_index, wait=a_while, kind=st.sampled_from(OURS), lag=a_lag)
    def we_act(self, which: int, wait: timedelta, kind: str, lag: timedelta) -> None:
        """We do something."""
        self._count("we_act")
        self.world.now += wait
        self._act(self._life(which), kind, self.world.now - lag, by="us")

    @rule(
        which=an_index,
        wait=a_while,
        pick=st.integers(0, 20),
        reason=st.sampled_from(REASONS),
        lag=a_lag,
        named=st.booleans(),
    )
    def verdict(self, which: int, wait: timedelta, pick: int, reason: str, lag: timedelta, named: bool) -> None:
        """A person says something that the lead can take."""
        self._count("verdict")
        self.world.now += wait
        life, now = self._life(which), self.world.now
        self.world.handle(life, Tick())
        allowed = life.qualifier.allowed(life.record)
        if not allowed:
            return
        said = allowed[pick % len(allowed)]
        wake_on = date(now.year, now.month, 1) + timedelta(days=77) if said == "maybe" and named else None
        given = Verdict(said, reason=reason, actor="ana", at=now - lag, wake_on=wake_on)
        try:
            self.world.handle(life, given)
        except TransitionError:
            assert said == "reopen"
            COUNTS["refused reopen"] += 1

    @rule(which=an_index, said=st.sampled_from(VERDICTS))
    def illegal_verdict(self, which: int, said: str) -> None:
        """A person says something that the lead cannot take."""
        self._count("illegal_verdict")
        life, now = self._life(which), self.world.now
        self.world.handle(life, Tick())
        allowed = life.qualifier.allowed(life.record)
        given = Verdict(said, reason="timing")
        if said not in allowed:
            error = self.world.refuses(
                life, lambda record: life.qualifier.handle(record, given, now=now), TransitionError
            )
            assert set(error.allowed) == set(allowed)
        tomorrow = Verdict(said, reason="timing", at=now + timedelta(seconds=1))
        self.world.refuses(
            life, lambda record: life.qualifier.handle(record, tomorrow, now=now), InputRefused, TransitionError
        )

    @rule(which=an_index, late=st.sampled_from([timedelta(0), timedelta(0), timedelta(seconds=1), timedelta(days=3)]))
    def tick_when_due(self, which: int, late: timedelta) -> None:
        """The host keeps its date, or comes a little late."""
        self._count("tick_when_due")
        life = self._life(which)
        due = life.qualifier.next_due(life.record)
        if due is not None and due - self.world.now < timedelta(days=900):
            self.world.now = max(self.world.now, due + late)
            self.world.handle(life, Tick())

    @rule(which=an_index, wait=a_while)
    def tick(self, which: int, wait: timedelta) -> None:
        """A tick comes early, or late."""
        self._count("tick")
        self.world.now += wait
        self.world.handle(self._life(which), Tick())

    @rule(
        which=an_index,
        wait=a_while,
        profile=st.sampled_from((*PROFILES, "gated", "good")),
        lag=a_lag,
        acquisition=st.sampled_from(["same", "same", "outbound"]),
    )
    def profile_change(self, which: int, wait: timedelta, profile: str, lag: timedelta, acquisition: str) -> None:
        """The profile becomes another one; a gate may close or open."""
        self._count("profile_change")
        self.world.now += wait
        life = self._life(which)
        email = "x@rival.example" if profile == "gated" else f"{life.id.lower()}@b.example"
        known = {"size": "rival"} if profile == "gated" else attributes(self.playbook, profile)
        if self.playbook not in ("quick", "own") and profile == "gated":
            known = attributes(self.playbook, "good")
        won = life.record.lead.acquisition if acquisition == "same" else acquisition
        lead = Lead(id=life.id, email=email, acquisition=won, zone="Europe/Madrid", attributes=known)
        self.world.handle(life, ProfileChange(lead, at=self.world.now - lag, actor="crm"))

    @rule(which=an_index, wait=a_while, given=st.booleans(), channel=st.sampled_from(["email", "*"]), lag=a_lag)
    def consent_change(self, which: int, wait: timedelta, given: bool, channel: str, lag: timedelta) -> None:
        """The lead gives a consent, or withdraws it."""
        self._count("consent_change")
        self.world.now += wait
        change = ConsentChange(channel=channel, purpose="newsletter", given=given, at=self.world.now - lag)
        outcome = self.world.handle(self._life(which), change)
        assert not [fact for fact in outcome.facts if isinstance(fact, StageChanged) and fact.cause.kind == "consent"]

    @rule(which=an_index, wait=a_while, pick=st.integers(0, 99), on=st.booleans(), folded=st.booleans())
    def flag(self, which: int, wait: timedelta, pick: int, on: bool, folded: bool) -> None:
        """An event turns out to be a machine's, or none after all; the host folds anew, sooner or later."""
        self._count("flag")
        self.world.now += wait
        life = self._life(which)
        keys = [event.key for event in self.world.events(life.ids)] if on else sorted(life.record.state.flagged)
        if keys:
            source, name = keys[pick % len(keys)]
            outcome = self.world.handle(life, Flag(event_id=name, source=source, flag="bot", on=on))
            if on:
                assert (source, name) in outcome.record.state.flagged
        if folded:
            self._refold(life)

    @rule(which=an_index, wait=a_while)
    def refold(self, which: int, wait: timedelta) -> None:
        """The host folds all events anew."""
        self._count("refold")
        self.world.now += wait
        self._refold(self._life(which))

    def _refold(self, life: Life) -> None:
        events, stage = self.world.events(life.ids), life.record.stage
        outcome = self.world.do(life, lambda record: life.qualifier.refold(record, events, now=self.world.now))
        assert not outcome.record.stale
        moved = [fact for fact in outcome.facts if isinstance(fact, StageChanged)]
        assert all(fact.cause.kind in ("event", "time") for fact in moved)
        assert moved or outcome.record.stage == stage

    @rule(which=an_index, wait=a_while, released=st.booleans())
    def new_model(self, which: int, wait: timedelta, released: bool) -> None:
        """The playbook's next version, or the one before, is put to use; history stays as it is."""
        self._count("new_model")
        self.world.now += wait
        life = self._life(which)
        other = self.next_version if life.qualifier is self.qualifier else self.qualifier
        self.world.refuses(life, lambda record: other.handle(record, Tick(), now=self.world.now), TallyMismatch)
        life.qualifier = other
        self._refold(life)
        assert life.record.model is other.model
        if released:
            self._release(life)

    @rule(which=an_index, wait=a_while)
    def release(self, which: int, wait: timedelta) -> None:
        """The host lets a lead be promoted by what it has already."""
        self._count("release")
        self.world.now += wait
        self._release(self._life(which))

    def _release(self, life: Life) -> None:
        plan, stage = life.qualifier.plan, life.record.stage
        outcome = self.world.do(life, lambda record: life.qualifier.release(record, now=self.world.now))
        for fact in outcome.facts:
            if isinstance(fact, StageChanged) and fact.cause.kind == "rescore" and plan.stages[stage].kind == "open":
                assert plan.ranks[fact.to] > plan.ranks[fact.from_]

    @rule(which=an_index)
    def restore(self, which: int) -> None:
        """The host has lost the record and makes it anew from what it has stored."""
        self._count("restore")
        life = self._life(which)
        if life.record.as_of == self.world.now and not life.record.stale:
            events = self.world.events(life.ids)
            life.record = life.qualifier.restore(life.record.lead, life.facts, events, now=self.world.now)

    @rule(which=an_index, back=st.integers(1, 10**9))
    def clock_goes_back(self, which: int, back: int) -> None:
        """An instant before what is decided is refused."""
        self._count("clock_goes_back")
        life = self._life(which)
        before = life.record.as_of - timedelta(microseconds=back)
        self.world.refuses(life, lambda record: life.qualifier.handle(record, Tick(), now=before), TransitionError)

    @precondition(lambda self: len(self.world.lives) > 1)
    @rule(wait=a_while, undone=st.booleans())
    def merge(self, wait: timedelta, undone: bool) -> None:
        """Two leads turn out to be one, or so it seemed."""
        self._count("merge")
        self.world.now += wait
        one, other = [*self.world.lives.values()][:2]
        if other.qualifier is not one.qualifier:
            other.qualifier = one.qualifier
            self._refold(other)
        now, qualifier = self.world.now, one.qualifier
        profiles, ids = (one.record.lead, other.record.lead), (*one.ids, *other.ids)
        events = self.world.events(ids)
        pictures = picture(one.record), picture(other.record)
        outcome = qualifier.merge(one.record, other.record, events, now=now)
        assert (picture(one.record), picture(other.record)) == pictures
        self.world.took_over(one, other, outcome)
        assert set(one.ids) == set(ids)
        assert qualifier.replay(other.facts).absorbed_into == one.id
        if undone:
            self._unmerge(one, other, profiles)

    def _unmerge(self, one: Life, other: Life, profiles: Any) -> None:
        COUNTS["unmerged"] += 1
        merged = [fact for fact in one.facts if isinstance(fact, Merged)][-1]
        events, now = self.world.events(one.ids), self.world.now
        first, second = one.qualifier.unmerge(one.record, merged, profiles, events=events, now=now)
        self.world.lives[other.id] = other
        del self.world.gone[other.id]
        for life, outcome in ((one, first), (other, second)):
            self.world.took(life, life.record, outcome, None)
