"""What a service answers."""

from datetime import datetime

from attrs import field, frozen

from leadqual.errors import Problem
from leadqual.lifecycle.effects import Effect
from leadqual.lifecycle.facts import Fact


@frozen(kw_only=True)
class Decision:
    """What has become of one lead by a command.

    Attributes:
        lead_id: Which lead; after a merge the one that goes on.
        stage: Where it stands.
        facts: What has become of it, in order; they are stored.
        effects: What has gone into the outbox.
        repeated: Whether the command had been carried out before, so that nothing was done; then `effects` is empty.
    """

    lead_id: str
    stage: str
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    effects: tuple[Effect, ...] = field(default=(), repr=False)
    repeated: bool = False


@frozen(kw_only=True)
class Recorded:
    """What came of a batch of events.

    Attributes:
        new: How many were new.
        known: How many were known already, or came twice.
        erased: How many were of leads that were erased: they are left out.
        refused: What was wrong with those that were left out; empty unless they are to be skipped.
        decisions: By lead, in order of their ids, what has become of those that had new events.
    """

    new: int
    known: int = 0
    erased: int = 0
    refused: tuple[Problem, ...] = ()
    decisions: tuple[Decision, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Ticked:
    """What time has done.

    Attributes:
        leads: How many leads were looked at.
        left: Whether more are due.
        refused: What is wrong with leads that could not be decided upon; they are tried again an hour later.
        decisions: What has become of the leads.
    """

    leads: int
    left: bool
    refused: tuple[Problem, ...] = ()
    decisions: tuple[Decision, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Captured:
    """What came of a form or a scan.

    Attributes:
        lead_id: Whose it is; ``None`` if nobody knows: it is kept as anonymous history.
        new: Whether the lead was not known before.
        known: Whether the form had come before, so that nothing was done.
        erased: Whether it is older than the erasure of whoever filled it in, so that nothing is kept of it.
        others: Other leads that it may be by what it says: merge them if they are one.
        decision: What has become of the lead; ``None`` if nobody knows whose it is.
    """

    lead_id: str | None
    new: bool = False
    known: bool = False
    erased: bool = False
    others: tuple[str, ...] = ()
    decision: Decision | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Claim:
    """An effect that somebody has claimed in order to carry it out.

    Attributes:
        effect: The effect; its key is the same whenever it is claimed, so that whoever receives it can tell a repeat.
        token: Changes with each claim: who comes late is told.
        attempt: How often it has been claimed, this time included.
        until: Until when it is held; later somebody else may claim it.
    """

    effect: Effect
    token: str = field(repr=False)
    attempt: int
    until: datetime


@frozen(kw_only=True)
class Dead:
    """An effect that was given up.

    Attributes:
        effect: The effect.
        reason: Why it failed the last time.
        attempts: How often it was tried.
    """

    effect: Effect
    reason: str
    attempts: int
