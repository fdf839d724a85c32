"""What leads do, and what we do to them: punctual, late, ahead of time, twice."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from leadqual import EventError
from leadqual.lifecycle.facts import StageChanged

from .base import ACQUISITIONS, KINDS, OURS, PROFILES, Acquisition, Base, a_lag, a_long_lag, a_while, an_index


class Acting(Base):
    """Rules for acts."""

    @precondition(lambda self: len(self.world.lives) < 3)
    @rule(
        acquisition=st.sampled_from(ACQUISITIONS),
        profile=st.sampled_from(PROFILES),
        acts=st.lists(st.tuples(st.sampled_from((*KINDS, "demo_request")), a_long_lag), max_size=4),
        imported=st.booleans(),
        released=st.booleans(),
    )
    def another_lead(
        self,
        *,
        acquisition: Acquisition,
        profile: str,
        acts: list[tuple[str, timedelta]],
        imported: bool,
        released: bool,
    ) -> None:
        """A lead comes with what it did before; of a back-fill nobody is promoted before it is released."""
        self.count("another_lead")
        name = f"L{self.number + len(acts) + 1}"
        holder = self.life(0)
        for kind, lag in acts:
            self.world.keep(self.event(holder, kind, self.world.now - lag, lead_id=name))
        life = self.bring(acquisition, profile, imported=imported)
        assert life.id == name
        changed = [fact for fact in life.facts if isinstance(fact, StageChanged)]
        if imported:
            assert not changed
            if released:
                self.world.do(life, lambda record: life.qualifier.release(record, now=self.world.now, cause="import"))

    @rule(which=an_index, wait=a_while, kind=st.sampled_from(KINDS), lag=a_lag)
    def act(self, which: int, wait: timedelta, kind: str, lag: timedelta) -> None:
        """The lead does something."""
        self.count("act")
        self.world.now += wait
        self.put(self.life(which), kind, self.world.now - lag)

    @rule(which=an_index, wait=a_while, kind=st.sampled_from((*KINDS, "demo_request")), lag=a_long_lag)
    def late_act(self, which: int, wait: timedelta, kind: str, lag: timedelta) -> None:
        """What the lead did long ago becomes known now."""
        self.count("late_act")
        self.world.now += wait
        self.put(self.life(which), kind, self.world.now - lag)

    @rule(which=an_index, wait=a_while, kind=st.sampled_from((*KINDS, "demo_request")), ahead=st.integers(1, 24 * 60))
    def act_dated_ahead(self, which: int, wait: timedelta, kind: str, ahead: int) -> None:
        """A clock runs ahead, by up to a day; more is refused."""
        self.count("act_dated_ahead")
        self.world.now += wait
        life, now = self.life(which), self.world.now
        too_far = self.event(life, kind, now + timedelta(days=1, seconds=ahead))
        self.world.refuses(life, lambda record: life.qualifier.handle(record, too_far, now=now), EventError)
        self.put(life, kind, now + timedelta(minutes=ahead))

    @rule(pick=st.integers(0, 99))
    def duplicate(self, pick: int) -> None:
        """What is delivered twice never comes past the store."""
        if self.world.store:
            self.count("duplicate")
            event = [*self.world.store.values()][pick % len(self.world.store)]
            assert not self.world.keep(event)

    @rule(which=an_index, wait=a_while)
    def hand_raise(self, which: int, wait: timedelta) -> None:
        """The lead asks for sales."""
        self.count("hand_raise")
        self.world.now += wait
        self.put(self.life(which), "demo_request", self.world.now)

    @rule(which=an_index, wait=a_while, kind=st.sampled_from(OURS), lag=a_lag)
    def we_act(self, which: int, wait: timedelta, kind: str, lag: timedelta) -> None:
        """We do something."""
        self.count("we_act")
        self.world.now += wait
        self.put(self.life(which), kind, self.world.now - lag, by="us")
