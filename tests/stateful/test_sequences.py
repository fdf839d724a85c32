"""Whatever happens to leads in sequences, in any order: what must hold of their touches and of their records holds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from leadqual import ConsentChange, Flag, Lead, ProfileChange, Tick, Verdict
from leadqual.lifecycle.facts import Enrolled, EnrolmentEnded, Merged, StageChanged, TouchCameDue
from leadqual.lifecycle.inputs import Input
from leadqual.lifecycle.nurtured import NURTURED
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport

from .contact import ZONES
from .guard import broken
from .known import Known, Sent, copied, open_ends
from .sender import Books, Sender, begin, contact

START: Final = datetime(2026, 3, 23, 9, tzinfo=UTC)
SEQUENCES: Final = ("education", "strong", "once", "warm", "daily", "best", "back", "asleep")
KINDS: Final = (
    "download", "visit", "webinar", "form", "download", "visit", "webinar", "form", "email_reply",
    "auto_reply", "booking", "meeting", "demo_request",
    "hard_bounce",
)  # fmt: skip
WORDS: Final = ("maybe", "maybe", "maybe", "accept", "return", "no", "reopen", "disqualify", "reinstate")
OUTCOMES: Final = ("sent", "skipped", "cancelled")
FAR: Final = timedelta(days=200)
_MOMENT: Final = timedelta.resolution
FEW, ENOUGH = 80, 60
"""A quick run lives a few lives; any other this many, a nightly one more."""

which_one = st.integers(0, 2)
a_while = st.one_of(
    st.just("due"),
    st.just(timedelta(0)),
    st.integers(1, 72).map(lambda n: timedelta(hours=n)),
    st.integers(3, 60).map(lambda n: timedelta(days=n)),
)
"""Until something happens: at the very instant at which something is due, at once, hours or days later."""
a_lag = st.sampled_from([timedelta(0)] * 3 + [timedelta(hours=30), timedelta(days=6)])
zones = st.sampled_from(ZONES)
acquisitions = st.sampled_from(["inbound", "outbound", "partner"])
some_sequences = st.lists(st.sampled_from(SEQUENCES), min_size=1, max_size=3, unique=True)


class Sequences(RuleBasedStateMachine):
    """Up to three leads in sequences of every shape."""

    def __init__(self) -> None:
        super().__init__()
        self.books, self.senders, self.number = Books(), [], 0
        self.undo: tuple[Sender, Sender, Known, Known, tuple[Lead, Lead], Merged] | None = None

    senders: list[Sender]

    @initialize(acquisition=acquisitions, zone=zones, names=some_sequences)
    def first(self, acquisition: Any, zone: str | None, names: list[str]) -> None:
        self.bring(acquisition, zone, names)

    def bring(self, acquisition: Any, zone: str | None, names: list[str]) -> None:
        self.number += 1
        name = f"L{self.number}"
        latest = max((sender.now for sender in self.senders), default=START)
        phone = "+34600000000" if self.number != 2 else None
        lead = Lead(id=name, email=f"{name}@b.example", phone=phone, acquisition=acquisition, zone=zone)
        sender = begin(lead, self.books, latest)
        self.senders.append(sender)
        if self.number % 2:
            sender.say(ConsentChange(channel="*", purpose="newsletter", given=True), sender.now)
        for name in names:
            sender.say(EnrolmentChange(change="enrol", sequence=name), sender.now)
        self.look(sender)

    def one(self, which: int) -> Sender:
        return self.senders[which % len(self.senders)]

    def after(self, sender: Sender, wait: Any) -> datetime:
        due = sender.due
        if wait == "due":
            return sender.now if due is None or due > sender.now + FAR else due
        return sender.now + wait

    def say(self, which: int, wait: Any, said: Input) -> None:
        sender = self.one(which)
        sender.say(said, self.after(sender, wait))
        self.look(sender)

    @precondition(lambda self: len(self.senders) < 3)
    @rule(acquisition=acquisitions, zone=zones, names=some_sequences)
    def another(self, acquisition: Any, zone: str | None, names: list[str]) -> None:
        """A lead comes."""
        self.bring(acquisition, zone, names)

    @rule(which=which_one, times=st.integers(3, 8), outcome=st.sampled_from((None, *OUTCOMES)))
    def send(self, which: int, times: int, outcome: Any) -> None:
        """The host keeps its dates, and says at once what became of what it sent."""
        sender = self.one(which)
        for _ in range(times):
            due = sender.due
            if due is not None and due < sender.now + FAR:
                sender.tick(due)
                for touch in sender.record.state.touches:
                    if touch.outcome == "due" and touch.at == due and outcome is not None:
                        sender.say(TouchReport(key=touch.key, outcome=outcome), due)
                self.look(sender)

    @rule(which=which_one, times=st.integers(1, 4), late=st.sampled_from([timedelta(0), timedelta(hours=50)]))
    def tick(self, which: int, times: int, late: timedelta) -> None:
        """The host keeps its dates, or comes late, and says nothing."""
        sender = self.one(which)
        for _ in range(times):
            due = sender.due
            if due is not None and due < sender.now + FAR:
                sender.tick(due + late)
                self.look(sender)

    @rule(which=which_one, wait=a_while, kind=st.sampled_from(KINDS), lag=a_lag, by=st.sampled_from(["lead", "us"]))
    def act(self, which: int, wait: Any, kind: str, lag: timedelta, by: Literal["lead", "us"]) -> None:
        """The lead does something, which may become known late."""
        sender = self.one(which)
        now = self.after(sender, wait)
        sender.act(kind, now, at=now - lag, by=by)
        self.look(sender)

    @rule(
        which=which_one,
        wait=a_while,
        given=st.booleans(),
        lag=a_lag,
        channel=st.sampled_from(["email", "sms", "*"]),
        purpose=st.sampled_from(["newsletter", "sales", "*"]),
    )
    def consent(self, *, which: int, wait: Any, given: bool, lag: timedelta, channel: str, purpose: str) -> None:
        """The lead agrees, or withdraws."""
        sender = self.one(which)
        at = self.after(sender, wait) - lag
        self.say(which, wait, ConsentChange(channel=channel, purpose=purpose, given=given, at=at))

    @rule(which=which_one, wait=a_while, at=st.booleans())
    def tie(self, which: int, wait: Any, at: bool) -> None:
        """The lead agrees and withdraws at one instant, in either order."""
        sender = self.one(which)
        now = self.after(sender, wait)
        for given in (at, not at):
            sender.say(ConsentChange(channel="email", purpose="newsletter", given=given, at=now), now)
            self.look(sender)

    @rule(
        which=which_one,
        wait=a_while,
        name=st.sampled_from(SEQUENCES),
        change=st.sampled_from(["enrol", "enrol", "enrol", "leave", "pause", "resume"]),
    )
    def place(self, which: int, wait: Any, name: str, change: Any) -> None:
        """A person puts the lead into a sequence or takes it out, or lets it stand still and go on."""
        inside = [one for one, place in self.one(which).known.places.items() if place.ended is None]
        if change != "enrol" and inside:
            name = inside[SEQUENCES.index(name) % len(inside)]
        self.say(which, wait, EnrolmentChange(change=change, sequence=name))

    @rule(which=which_one, wait=a_while, pick=st.integers(1, 3), outcome=st.sampled_from(OUTCOMES))
    def report(self, which: int, wait: Any, pick: int, outcome: Any) -> None:
        """The host says what became of a touch."""
        touches = self.one(which).record.state.touches
        if touches:
            self.say(which, wait, TouchReport(key=touches[-min(pick, len(touches))].key, outcome=outcome))

    @rule(which=which_one, wait=a_while, word=st.sampled_from(WORDS))
    def verdict(self, which: int, wait: Any, word: Any) -> None:
        """A person decides."""
        self.say(which, wait, Verdict(word, reason="timing"))

    @rule(which=which_one, wait=a_while, channel=st.sampled_from(["sms"] * 4 + ["phone"] * 3 + ["email", "*"]))
    def suppress(self, which: int, wait: Any, channel: str) -> None:
        """The lead is to be spared."""
        self.say(which, wait, Suppression(channel=channel))

    @rule(which=which_one, wait=a_while, house=st.sampled_from(["b", "b", "b", "c", "rival"]), zone=zones)
    def profile(self, which: int, wait: Any, house: str, zone: str | None) -> None:
        """The lead moves: to another zone, to another address, to a rival and back."""
        old = self.one(which).record.lead
        email = f"{old.id}@{house}.example"
        lead = Lead(id=old.id, email=email, phone=old.phone, acquisition=old.acquisition, zone=zone)
        self.say(which, wait, ProfileChange(lead))

    @rule(which=which_one, wait=a_while, pick=st.integers(0, 9), on=st.booleans())
    def flag(self, which: int, wait: Any, pick: int, on: bool) -> None:
        """An event turns out to be a machine's, or none after all; the host folds anew."""
        sender = self.one(which)
        if sender.events:
            event = sender.events[pick % len(sender.events)]
            sender.say(Flag(event_id=event.id, flag="bot", on=on), self.after(sender, wait))
            sender.keep(contact().refold(sender.record, sender.events, now=sender.now))
            self.look(sender)

    @precondition(lambda self: len(self.senders) > 1)
    @rule(really=st.sampled_from([True, False, False]))
    def merge(self, really: bool) -> None:
        """Two leads turn out to be one, or do not."""
        if not really:
            return
        one, other = self.senders[:2]
        befores, leads = (copied(one.known), copied(other.known)), (one.record.lead, other.record.lead)
        merged = one.join(other)
        del self.senders[1]
        self.undo = one, other, *befores, leads, merged
        self.look(one)

    @precondition(lambda self: self.undo is not None and len(self.senders) < 3)
    @rule()
    def unmerge(self) -> None:
        """They do not, after all."""
        assert self.undo is not None
        one, other, mine, theirs, leads, merged = self.undo
        self.undo = None
        now, after = one.now, copied(one.known)
        first, second = contact().unmerge(one.record, merged, leads, events=one.events, now=now)
        one.keep(first, apart=(mine, one.known))
        other.keep(second, apart=(theirs, after))
        ids = {other.known.id}
        other.events = [event for event in one.events if event.lead_id in ids]
        one.events = [event for event in one.events if event.lead_id not in ids]
        self.senders.append(other)
        for sender in (one, other):
            self.look(sender)

    def look(self, sender: Sender) -> None:
        """See that nothing that must not go has gone or is planned, and that the record is what was kept makes it."""
        assert self.books.wrong == []
        by, record = contact(), sender.record
        assert by.replay(sender.facts) == record.state
        assert by.load(record.to_json()) == record
        if not record.stale:
            assert by.restore(record.lead, sender.facts, sender.events, now=record.as_of) == record
        self._look_ahead(sender)

    def _look_ahead(self, sender: Sender) -> None:
        by, record, due = contact(), sender.record, sender.due
        plan = by.plan(record)
        assert by.plan(record) == plan
        ahead, keys = copied(sender.known), set(self.books.keys)
        for one in plan.touches[:12]:
            touch = Sent(one.key, one.at, one.sequence, one.step, one.channel, one.purpose, one.content)
            assert [rule for rule in broken(ahead, touch, keys) if rule != "early"] == []
            ahead.sent[touch.key] = touch
        if due is None:
            assert plan.touches == ()
            return
        assert due >= record.as_of
        wait = due - record.as_of
        for early in {record.as_of + wait / 2, due - _MOMENT} if _MOMENT < wait < FAR else ():
            outcome = by.handle(record, Tick(), now=early)
            assert (outcome.facts, outcome.effects) == ((), ())
            assert outcome.record.state == record.state
        if wait < FAR:
            facts = by.handle(record, Tick(), now=due).facts
            came = [(fact.key, fact.content) for fact in facts if isinstance(fact, TouchCameDue)]
            planned = [(one.key, one.content) for one in plan.touches if one.at <= due]
            if not any(isinstance(fact, StageChanged | Enrolled | EnrolmentEnded) for fact in facts):
                assert came == planned

    def teardown(self) -> None:
        """See that every touch ends."""
        for sender in self.senders:
            sender.end()
        assert self.books.wrong == []
        assert open_ends(sender.known for sender in self.senders) == []
        TRIED.update(self.books.counts)


TRIED: Counter[str] = Counter()
"""What has happened, over all lives."""


def test_what_went_before_a_merge_is_held_against_what_was_known_of_the_one_lead():
    """A lead goes on by itself up to the merge; what keeps the other out counts from the merge on."""
    told = Sequences()
    told.first("inbound", "Europe/Madrid", ["education"])
    told.suppress(0, timedelta(0), "*")
    told.another("inbound", "Europe/Madrid", ["best"])
    told.verdict(1, timedelta(days=41), "disqualify")
    told.merge(really=True)
    ended = {fact.sequence: fact for fact in told.senders[0].facts if isinstance(fact, EnrolmentEnded)}
    begun = [fact for fact in told.senders[0].facts if isinstance(fact, Enrolled) and fact.sequence == "warm"]
    assert begun
    assert ended["warm"].reason == "gate"
    told.unmerge()
    told.teardown()


def test_sequences_keep_what_they_promise_whatever_happens():
    """No order of inputs, however late, breaks a rule of touches; a life that is told meets every kind of fact."""
    TRIED.clear()
    told, now = Sequences(), timedelta(0)
    told.first("inbound", "Europe/Madrid", ["education", "warm"])
    told.place(which=0, wait=now, name="education", change="pause")
    told.place(which=0, wait=now, name="education", change="resume")
    told.act(0, now, "auto_reply", now, "lead")
    told.send(0, 8, "sent")
    told.suppress(0, now, "sms")
    told.send(0, 8, "cancelled")
    told.teardown()
    assert sorted(kind.name for kind in NURTURED if not TRIED[f"fact {kind.name}"]) == []
    asked = settings.default.max_examples
    run_state_machine_as_test(
        Sequences,
        settings=settings(
            max_examples=5 if asked < FEW else max(ENOUGH, asked // 4),
            stateful_step_count=50,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )
    if asked >= FEW:
        assert all(TRIED[name] for name in ("sent", "skipped", "cancelled", "expired", "recycled", "merged"))
        assert TRIED["due"] > 250
