"""A decision in the making: facts one after the other, each of which already holds for the next."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, Final

from leadqual.interest.tally import Tally
from leadqual.lead import Lead
from leadqual.lifecycle.effects import Effect
from leadqual.lifecycle.evolve import ACTS
from leadqual.lifecycle.facts import Cause, CycleStarted, Fact, Recycled, StageChanged, VerdictGiven
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.state import LeadState
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.profile import Profile
from leadqual.scoring.score import Score

blank: Final = object.__new__
"""Makes a value whose ``__init__`` is still to be called: calling its class with names makes a table of them first."""
_READ_BY_SCORES: Final = frozenset({CycleStarted, Recycled, StageChanged, VerdictGiven})


class Draft(ABC):
    """One lead, and what is being decided of it; whoever makes one sets all of this.

    Attributes:
        plan: The lifecycle.
        model: How the lead is scored.
        now: The instant of the decision: that of the input, or that at which something fell due before it.
        known_at: When the facts become known: the instant of the input.
        profile: The lead's profile as the model reads it.
        tally: Its events.
        newest: Its newest interaction.
        folded_to: The newest event that was folded before the input at hand.
        stale: Whether its events have to be folded anew before a score can decide anything.
        state: The state after the facts so far; what it was before stays as it is.
        facts: The facts so far.
        effects: The effects so far.
    """

    __slots__ = (
        "_score",
        "effects",
        "facts",
        "folded_to",
        "known_at",
        "model",
        "newest",
        "now",
        "plan",
        "profile",
        "stale",
        "state",
        "tally",
    )  # fmt: skip

    plan: LifecyclePlan
    model: ScoringModel
    now: datetime
    known_at: datetime
    profile: Profile
    tally: Tally
    newest: datetime | None
    folded_to: datetime | None
    stale: bool
    state: LeadState
    facts: list[Fact]
    effects: list[Effect]
    _score: Score | None

    @property
    def lead(self) -> Lead:
        """The lead's profile as it was given."""
        return self.profile.lead

    def score(self) -> Score:
        """Return the score with the state as it is, as of the instant of the decision."""
        score = self._score
        if score is None:
            score = self.model.score_state(self.profile, self.tally.state, self.now, None, self.state)
            self._score = score
        return score

    def score_anew(self) -> None:
        """Forget the score: what it was worked out from has changed."""
        self._score = None

    @abstractmethod
    def begin_anew(self) -> None:
        """Let only count what happened since the state's ``since``."""

    def add(self, fact_kind: type[Fact], at: datetime, cause: Cause, actor: str | None = None, /, **more: Any) -> None:
        """Add a fact.

        Args:
            fact_kind: Which.
            at: The instant from which it holds.
            cause: What brought it about.
            actor: Who, if a person did.
            more: What else it says.
        """
        lead_id, seq, known_at = self.state.lead_id, self.state.seq + 1, self.known_at
        fact = fact_kind(lead_id=lead_id, seq=seq, at=at, known_at=known_at, cause=cause, actor=actor, **more)
        self.note(fact)

    def note(self, fact: Fact) -> None:
        """Let a fact hold that is made already; it has the next number and the instant at which it becomes known.

        Args:
            fact: The fact.
        """
        fact_kind = type(fact)
        state = blank(LeadState)
        known = state.__dict__
        known.update(self.state.__dict__)  # a state of its own: those before stay as they are
        ACTS[fact_kind](known, fact)
        known["seq"] = fact.seq
        known["known_at"] = fact.known_at
        self.state = state
        self.facts.append(fact)
        if fact_kind in _READ_BY_SCORES:
            self._score = None

    def emit(self, effect_kind: type[Effect], /, **more: Any) -> None:
        """Add an effect of the newest fact.

        Args:
            effect_kind: Which.
            more: What it says.
        """
        state = self.state
        lead_id = state.lead_id
        self.effects.append(effect_kind(key=f"{lead_id}:{state.seq}:{effect_kind.name}", lead_id=lead_id, **more))
