"""What people say of leads, and what becomes known of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import rule

from leadqual import ConsentChange, Flag, InputRefused, Lead, ProfileChange, Tick, TransitionError
from leadqual.lifecycle.facts import StageChanged
from leadqual.lifecycle.values import VERDICTS

from .base import COUNTS, PROFILES, Acquisition, Base, a_lag, a_while, an_index, verdict_of
from .playbooks import attributes

REASONS: Final = ("no_budget", "timing", "no_response", "fond_of_another")


class Judging(Base):
    """Rules for verdicts, profiles, consents and flags."""

    @rule(
        which=an_index,
        wait=a_while,
        pick=st.integers(0, 20),
        reason=st.sampled_from(REASONS),
        lag=a_lag,
        named=st.booleans(),
    )
    def verdict(self, *, which: int, wait: timedelta, pick: int, reason: str, lag: timedelta, named: bool) -> None:
        """A person says something that the lead can take."""
        self.count("verdict")
        self.world.now += wait
        life, now = self.life(which), self.world.now
        self.world.handle(life, Tick())
        allowed = life.qualifier.allowed(life.record)
        if not allowed:
            return
        said = allowed[pick % len(allowed)]
        wake_on = date(now.year, now.month, 1) + timedelta(days=77) if said == "maybe" and named else None
        given = verdict_of(said, reason=reason, actor="ana", at=now - lag, wake_on=wake_on)
        try:
            self.world.handle(life, given)
        except TransitionError:
            assert said == "reopen"
            COUNTS["refused reopen"] += 1

    @rule(which=an_index, said=st.sampled_from(VERDICTS))
    def illegal_verdict(self, which: int, said: str) -> None:
        """A person says something that the lead cannot take."""
        self.count("illegal_verdict")
        life, now = self.life(which), self.world.now
        self.world.handle(life, Tick())
        allowed = life.qualifier.allowed(life.record)
        given = verdict_of(said, reason="timing")
        if said not in allowed:
            error = self.world.refuses(
                life, lambda record: life.qualifier.handle(record, given, now=now), TransitionError
            )
            assert isinstance(error, TransitionError)
            assert set(error.allowed) == set(allowed)
        tomorrow = verdict_of(said, reason="timing", at=now + timedelta(seconds=1))
        self.world.refuses(
            life, lambda record: life.qualifier.handle(record, tomorrow, now=now), InputRefused, TransitionError
        )

    @rule(
        which=an_index,
        wait=a_while,
        profile=st.sampled_from((*PROFILES, "gated", "good")),
        lag=a_lag,
        acquisition=st.sampled_from([None, None, "outbound"]),
    )
    def profile_change(
        self, which: int, wait: timedelta, profile: str, lag: timedelta, acquisition: Acquisition
    ) -> None:
        """The profile becomes another one; a gate may close or open."""
        self.count("profile_change")
        self.world.now += wait
        life = self.life(which)
        email = "x@rival.example" if profile == "gated" else f"{life.id.lower()}@b.example"
        known = attributes(self.playbook, profile)
        won = acquisition or life.record.lead.acquisition
        lead = Lead(id=life.id, email=email, acquisition=won, zone="Europe/Madrid", attributes=known)
        self.world.handle(life, ProfileChange(lead, at=self.world.now - lag, actor="crm"))

    @rule(which=an_index, wait=a_while, given=st.booleans(), channel=st.sampled_from(["email", "*"]), lag=a_lag)
    def consent_change(self, which: int, wait: timedelta, given: bool, channel: str, lag: timedelta) -> None:
        """The lead gives a consent, or withdraws it."""
        self.count("consent_change")
        self.world.now += wait
        change = ConsentChange(channel=channel, purpose="newsletter", given=given, at=self.world.now - lag)
        outcome = self.world.handle(self.life(which), change)
        assert not [fact for fact in outcome.facts if isinstance(fact, StageChanged) and fact.cause.kind == "consent"]

    @rule(which=an_index, wait=a_while, pick=st.integers(0, 99), on=st.booleans(), folded=st.booleans())
    def flag(self, which: int, wait: timedelta, pick: int, on: bool, folded: bool) -> None:
        """An event turns out to be a machine's, or none after all; the host folds anew, sooner or later."""
        self.count("flag")
        self.world.now += wait
        life = self.life(which)
        keys = [event.key for event in self.world.events(life.ids)] if on else sorted(life.record.state.flagged)
        if keys:
            source, name = keys[pick % len(keys)]
            outcome = self.world.handle(life, Flag(event_id=name, source=source, flag="bot", on=on))
            if on:
                assert (source, name) in outcome.record.state.flagged
        if folded:
            self.fold(life)
