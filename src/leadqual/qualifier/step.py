"""One input at work on one record: what has fallen due comes first, each decision already holds for the next."""

from collections.abc import Iterable
from datetime import datetime

from attrs import evolve

from leadqual.calendar import LATEST
from leadqual.event import Event, Key
from leadqual.fold import normal
from leadqual.interest.tally import Tally
from leadqual.lead import Lead
from leadqual.lifecycle import effects as done
from leadqual.lifecycle.decide import breach_sla, on_event, on_tick, raise_hand
from leadqual.lifecycle.draft import Draft
from leadqual.lifecycle.due import Standing, next_due
from leadqual.lifecycle.facts import Fact, Opened
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.qualifier.outcome import Labels, Outcome
from leadqual.qualifier.record import Record


class Step(Draft):
    """A record in the making.

    Args:
        plan: The lifecycle.
        record: The record before; it stays as it is.
        now: The instant of the input.
        first: Facts that come before those of the step.

    Attributes:
        memory: What is remembered of the lead's acts for its nurturing.
    """

    __slots__ = ("_decided_to", "_event", "_first", "_pending", "_traces", "memory")

    def __init__(self, plan: LifecyclePlan, record: Record, now: datetime, first: tuple[Fact, ...] = ()) -> None:
        tally, traces = record.tally, record.traces
        self.plan = plan
        self.model = record.model
        self.now = now
        self.known_at = now
        self.profile = record.profile
        self.tally = tally
        self.newest = traces.interaction
        self.folded_to = tally.state.not_before
        self.stale = record.stale
        self.state = record.state
        self.facts = []
        self.effects = []
        self._score = None
        self._decided_to = record.as_of
        self._event: Event | None = None
        self._first = first
        self._traces = traces
        self._pending = record.pending
        self.memory = record.memory

    def begin(self, opened: Opened) -> None:
        """Decide upon a lead that has just come under qualification; a lead without sequences only stands there."""

    def settle(self) -> None:
        """Decide upon what has fallen due since the record was last looked at: in order, each as of its instant."""
        woken = False
        while (at := self._falls_due(woken=woken)) is not None and at <= self.known_at:
            woken = self._fall_due(at) or woken
        self._decide_at(self.known_at)

    def _falls_due(self, *, woken: bool) -> datetime | None:
        """Return when the next event, time to act or rest is due; no rest, if one was woken already."""
        pending, sla, wake = self._pending, self.state.sla, None if woken else self.state.wake_at
        if not pending and sla is None and wake is None:
            return None
        first, breach = pending[0].at if pending else LATEST, LATEST if sla is None else sla.due
        return min(first, breach, wake or LATEST)

    def let_time_pass(self) -> None:
        """Decide upon all that has fallen due, cooling included: in order, each as of its instant."""
        before: object = None
        due = next_due(self.standing())
        while due is not None and due <= self.known_at and before != self._progress(due):
            before = self._progress(due)
            self._fall_due(due)
            due = next_due(self.standing())
        self._decide_at(self.known_at)

    def _progress(self, due: datetime) -> tuple[datetime, int, int]:
        """Return what changes as long as something comes of what falls due."""
        return due, len(self.facts), len(self._pending)

    def next_due(self) -> datetime | None:
        """Return the first instant at which something happens by itself."""
        return next_due(self.standing())

    def standing(self) -> Standing:
        """Return the lead as it is between two inputs."""
        return Standing(
            plan=self.plan,
            model=self.model,
            profile=self.profile,
            tally=self.tally.state,
            state=self.state,
            newest=self.newest,
            pending=self._pending,
            as_of=self._decided_to,
            stale=self.stale,
        )

    def _fall_due(self, at: datetime) -> bool:
        """Decide upon what falls due at an instant: an event first, then a time to act, then the rest of time.

        Returns:
            Whether it was the end of a rest.
        """
        at = max(at, self._decided_to)  # what a gate had held back is decided now, with all that is known
        self._decide_at(at)
        event, sla = self._pending[0] if self._pending else None, self.state.sla
        rested = False
        if event is not None and event.at <= at:
            self._pending = self._pending[1:]
            self.take(event)
        elif sla is not None and sla.due <= at:
            breach_sla(self, sla)
        else:
            rested = self.state.wake_at is not None and self.state.wake_at <= at
            on_tick(self)
            self.decided()
        return rested

    def _decide_at(self, at: datetime) -> None:
        if self.now != at:
            self.now = at
            self.score_anew()
        self._decided_to = max(self._decided_to, at)

    def take(self, event: Event) -> None:
        """Fold an event and decide upon it.

        Raises:
            EventError: If a property it is matched by is of another type than declared.
        """
        before = self.tally
        self.folded_to = before.state.not_before
        self.tally, interaction = before.plus(event)
        self._traces = traces = self._traces.plus(event, interaction=interaction)
        self.newest = traces.interaction
        self.score_anew()
        self._event = event
        effects = len(self.effects)
        on_event(self, event, interaction=interaction)
        self.decided()
        self._event = None
        self.folded_to = self.tally.state.not_before
        for effect in self.effects[effects:]:
            if isinstance(effect, done.AddEvent):
                self.tally, _ = self.tally.plus(effect.event)
                self.score_anew()

    def remember_hand_raises(self, events: Iterable[Event]) -> None:
        """Remember which of a back-fill's acts ask for sales and are still valid; nobody is promoted by it.

        Args:
            events: The acts, the earliest first.
        """
        for event in events:
            if event.by == "lead" and normal(event.kind) in self.plan.hand_raise:
                raise_hand(self, event, normal(event.kind))

    def wait(self, event: Event) -> None:
        """Keep an event until it is due."""
        waiting = sorted((*self._pending, event), key=lambda one: (one.at, one.source, one.id))
        self._pending = tuple(waiting)

    def decided(self) -> None:
        """Follow what a decision has changed."""
        if self.state.since != self.tally.since:
            self.begin_anew()

    def begin_anew(self) -> None:
        """Let only count what happened since the state's ``since``; the event at hand, if there is one, counts."""
        event = self._event
        since, newest = self.state.since, self.folded_to
        self.profile = evolve(self.profile, lead=self.lead.counting_from(since))
        self._traces = evolve(self._traces, interaction=None)
        self.tally = Tally(self.model.plans.interest, self.model, since)
        if event is not None:
            self.tally, interaction = self.tally.plus(event)
            if interaction:
                self._traces = evolve(self._traces, interaction=event.at)
        self.newest = self._traces.interaction
        self.score_anew()
        if newest is not None and since is not None and newest >= since:
            self.refold_later()

    def refold_later(self) -> None:
        """Let no score decide anything until the events are folded anew."""
        self.stale = True
        self.emit(done.RefoldNeeded)

    def take_over(self, lead: Lead) -> None:
        """Use another profile from now on.

        Raises:
            LeadError: If an attribute is of another type than declared.
        """
        self.profile = self.model.profile(lead)
        self.score_anew()

    def drop(self, key: Key) -> bool:
        """Drop an event that is not due yet; return whether there was one."""
        kept = tuple(event for event in self._pending if event.key != key)
        dropped = len(kept) < len(self._pending)
        self._pending = kept
        return dropped

    def outcome(self, labels: Labels) -> Outcome:
        """Return what has come of it.

        Args:
            labels: By language, how people call what the playbook names.
        """
        record = Record(
            self.model,
            self.profile,
            self.state,
            self.tally,
            self._traces,
            self.known_at,
            self._pending,
            self.stale,
            self.memory,
        )
        facts, zone = (*self._first, *self.facts), self.plan.business.zone
        return Outcome(record, facts, tuple(self.effects), labels, zone)
