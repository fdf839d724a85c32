"""What a service answers."""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from leadqual.errors import Problem
from leadqual.lifecycle.effects import Effect
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.qualifier.backlog import Backlog
from leadqual.qualifier.replaying import Refusal


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
    reason: str = field(repr=False)
    attempts: int


@frozen(kw_only=True)
class Erased:
    """What came of an erasure.

    Attributes:
        lead_ids: The leads that were erased, the one that went on for the others first.
        at: When they were.
        events: How many events.
        facts: How many facts.
        effects: How many effects, whatever had become of them.
        spared: By channel and purpose, what its addresses are spared from now on; ``"*"`` is all.
        repeated: Whether the lead had been erased before, so that nothing was left to do; then nothing is counted.
    """

    lead_ids: tuple[str, ...]
    at: datetime
    events: int = 0
    facts: int = 0
    effects: int = 0
    spared: tuple[tuple[str, str], ...] = ()
    repeated: bool = False


@frozen(kw_only=True)
class Replayed:
    """What came of replaying what happened to leads.

    Attributes:
        leads: How many leads have come by then.
        opened: How many of them were new.
        changed: How many have another profile than before.
        new_events: How many events were new.
        known_events: How many were known already, or came twice.
        new_said: How many verdicts, consents and reports were new.
        known_said: How many were known already.
        facts: How many facts were made.
        erased: How many leads were erased before: they are left out.
        erased_events: How many events were erased with somebody though they are told of others now: they are left out.
        refused: Verdicts that a lead could not take, with its id.
        stray: Reports on touches that have not come due, with the id of the lead.
        problems: What was wrong with events that were left out; empty unless they are to be skipped.
    """

    leads: int = 0
    opened: int = 0
    changed: int = 0
    new_events: int = 0
    known_events: int = 0
    new_said: int = 0
    known_said: int = 0
    facts: int = 0
    erased: int = 0
    erased_events: int = 0
    refused: tuple[tuple[str, Refusal], ...] = field(default=(), repr=False)
    stray: tuple[tuple[str, TouchReport], ...] = field(default=(), repr=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Imported:
    """What came of a back-fill.

    Attributes:
        opened: How many leads were new.
        known: How many were known already by their id.
        elsewhere: Leads that were known under another id, by their address or number, with that id.
        new_events: How many events were new.
        known_events: How many were known already, or came twice.
        erased: How many leads were erased before: they are left out.
        erased_events: How many events were erased with somebody though they are told of others now: they are left out.
        problems: What was wrong with those that were left out; empty unless they are to be skipped.
        waiting: Who would be promoted by a release, those of earlier back-fills included.
    """

    opened: int = 0
    known: int = 0
    elsewhere: tuple[tuple[str, str], ...] = ()
    new_events: int = 0
    known_events: int = 0
    erased: int = 0
    erased_events: int = 0
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    waiting: Backlog = field(repr=False)


@frozen(kw_only=True)
class Released:
    """What came of a release.

    Attributes:
        lead_ids: The leads that were released, in the order in which they were.
        counts: By stage, how many of them entered it.
        today: How many have been released on this day, in UTC.
        left: How many still wait.
        problems: What is wrong with leads that could not be decided upon; they wait on.
    """

    lead_ids: tuple[str, ...]
    counts: Mapping[str, int]
    today: int
    left: int
    problems: tuple[Problem, ...] = ()


@frozen(kw_only=True)
class Rescored:
    """What another model makes, or has made, of the leads of a service.

    Attributes:
        applied: Whether it was carried out; else nothing was written.
        leads: How many leads it is about: those that go on, and are scored by another model than the service's.
        done: How many are scored by the service's model already.
        waiting: Who would be promoted by a release.
        reviews: By stage, of how many leads a person is asked whether they should still stand there.
        labels: By label before and label after, how many change it; ``None`` if the qualifier of before is not known.
        unchanged: How many change neither their label, as far as it is known, nor get a review, nor would be promoted.
        problems: What is wrong with leads that could not be decided upon; they are left as they are.
    """

    applied: bool
    leads: int
    done: int
    waiting: Backlog = field(repr=False)
    reviews: Mapping[str, int]
    labels: Mapping[tuple[str, str], int] | None
    unchanged: int
    problems: tuple[Problem, ...] = ()
