"""What a host does with its leads: ticks, folds, new models, merges, and beginning again from what it has stored."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from leadqual import Lead, TallyMismatch, Tick, TransitionError
from leadqual.lifecycle.facts import Merged, StageChanged

from .base import COUNTS, Base, a_while, an_index
from .world import Life, picture


class Keeping(Base):
    """Rules for what a host does."""

    @rule(which=an_index, late=st.sampled_from([timedelta(0), timedelta(0), timedelta(seconds=1), timedelta(days=3)]))
    def tick_when_due(self, which: int, late: timedelta) -> None:
        """The host keeps its date, or comes a little late."""
        self.count("tick_when_due")
        life = self.life(which)
        due = life.qualifier.next_due(life.record)
        if due is not None and due - self.world.now < timedelta(days=900):
            self.world.now = max(self.world.now, due + late)
            self.world.handle(life, Tick())

    @rule(which=an_index, wait=a_while)
    def tick(self, which: int, wait: timedelta) -> None:
        """A tick comes early, or late."""
        self.count("tick")
        self.world.now += wait
        self.world.handle(self.life(which), Tick())

    @rule(which=an_index, wait=a_while)
    def refold(self, which: int, wait: timedelta) -> None:
        """The host folds all events anew."""
        self.count("refold")
        self.world.now += wait
        self.fold(self.life(which))

    @rule(which=an_index, wait=a_while, released=st.booleans())
    def new_model(self, which: int, wait: timedelta, released: bool) -> None:
        """The playbook's next version, or the one before, is put to use; history stays as it is."""
        self.count("new_model")
        self.world.now += wait
        life = self.life(which)
        other = self.next_version if life.qualifier is self.qualifier else self.qualifier
        self.world.refuses(life, lambda record: other.handle(record, Tick(), now=self.world.now), TallyMismatch)
        life.qualifier = other
        self.fold(life)
        assert life.record.model is other.model
        if released:
            self._release(life)

    @rule(which=an_index, wait=a_while)
    def release(self, which: int, wait: timedelta) -> None:
        """The host lets a lead be promoted by what it has already, once its events are folded."""
        self.count("release")
        self.world.now += wait
        life, now = self.life(which), self.world.now
        if life.record.stale:
            self.world.refuses(life, lambda record: life.qualifier.release(record, now=now), TransitionError)
        else:
            self._release(life)

    def _release(self, life: Life) -> None:
        plan, stage = life.qualifier.lifecycle, life.record.stage
        outcome = self.world.do(life, lambda record: life.qualifier.release(record, now=self.world.now))
        for fact in outcome.facts:
            if isinstance(fact, StageChanged) and fact.cause.kind == "rescore" and plan.stages[stage].kind == "open":
                assert plan.ranks[fact.to] > plan.ranks[fact.from_]

    @rule(which=an_index)
    def restore(self, which: int) -> None:
        """The host has lost the record and makes it anew from what it has stored."""
        self.count("restore")
        life = self.life(which)
        if life.record.as_of == self.world.now and not life.record.stale:
            events = self.world.events(life.ids)
            life.record = life.qualifier.restore(life.record.lead, life.facts, events, now=self.world.now)

    @rule(which=an_index, back=st.integers(1, 10**9))
    def clock_goes_back(self, which: int, back: int) -> None:
        """An instant before what is decided is refused."""
        self.count("clock_goes_back")
        life = self.life(which)
        before = life.record.as_of - timedelta(microseconds=back)
        self.world.refuses(life, lambda record: life.qualifier.handle(record, Tick(), now=before), TransitionError)

    @precondition(lambda self: len(self.world.lives) > 1)
    @rule(wait=a_while, undone=st.booleans())
    def merge(self, wait: timedelta, undone: bool) -> None:
        """Two leads turn out to be one, or so it seemed."""
        self.count("merge")
        self.world.now += wait
        one, other = [*self.world.lives.values()][:2]
        if other.qualifier is not one.qualifier:
            other.qualifier = one.qualifier
            self.fold(other)
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

    def _unmerge(self, one: Life, other: Life, profiles: tuple[Lead, Lead]) -> None:
        COUNTS["unmerged"] += 1
        merged = [fact for fact in one.facts if isinstance(fact, Merged)][-1]
        events, now = self.world.events(one.ids), self.world.now
        first, second = one.qualifier.unmerge(one.record, merged, profiles, events=events, now=now)
        self.world.lives[other.id] = other
        del self.world.gone[other.id]
        for life, outcome in ((one, first), (other, second)):
            self.world.took(life, life.record, outcome, None)
