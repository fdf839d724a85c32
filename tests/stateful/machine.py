"""Random lives: leads of one base to which anything may happen, in any order, while time goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from leadqual import Tick
from leadqual.lifecycle.values import VERDICTS

from .acting import Acting
from .base import ACQUISITIONS, PASTS, PROFILES, STORIES, Acquisition, verdict_of
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
                self.world.now = self.qualifier.next_due(life.record) or self.world.now
                self.world.handle(life, Tick())
            elif done not in VERDICTS:
                self.put(life, done, self.world.now)
            elif done in self.qualifier.allowed(life.record):
                self.world.handle(life, verdict_of(done, reason="timing"))
