"""Random lives: leads of one base to which anything may happen, in any order, while time goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from leadqual import Tick
from leadqual.lifecycle.values import VERDICTS

from .acting import Acting
from .base import ACQUISITIONS, OURS, PASTS, PROFILES, STORIES, Acquisition, verdict_of
from .judging import Judging
from .keeping import Keeping


class Lives(Acting, Judging, Keeping):
    """Up to three leads; each rule does one thing to one of them, and everything is looked at after it."""

    @initialize(
        acquisition=st.sampled_from(ACQUISITIONS),
        profile=st.sampled_from(PROFILES),
        past=st.lists(st.sampled_from(PASTS), max_size=5) | st.sampled_from(STORIES),
    )
    def begin(self, acquisition: Acquisition, profile: str, past: Sequence[str]) -> None:
        life = self.bring(acquisition, profile)
        for done in past:
            self.world.now += timedelta(hours=7)
            if done == "tick":
                self.world.now = max(self.world.now, self.qualifier.next_due(life.record) or self.world.now)
                self.world.handle(life, Tick())
            elif done not in VERDICTS:
                self.put(life, done, self.world.now, by="us" if done in OURS else "lead")
            elif done in self.qualifier.allowed(life.record):
                self.world.handle(life, verdict_of(done, reason="timing"))

    def be_kept(self) -> None:
        """Follow, once, the rules that leave a kind of fact of their own, with a lead that has begun."""
        more: dict[str, Any] = {"which": 0, "wait": timedelta(hours=1)}
        self.act(**more, kind="download", lag=timedelta(0))
        self.flag(**more, pick=0, on=True, folded=True)
        self.profile_change(**more, profile="fair", lag=timedelta(0), acquisition=None)
        self.consent_change(**more, given=False, channel="email", lag=timedelta(0))
        self.another_lead(acquisition="inbound", profile="good", acts=[], imported=False, released=False)
        self.merge(wait=timedelta(0), undone=True)
