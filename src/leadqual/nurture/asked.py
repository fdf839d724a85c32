"""What a planner is asked: everything that it may look at, as plain values."""

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import field, frozen

from leadqual.conditions.nodes import Condition
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.state import Consent
from leadqual.nurture.zones import CandidateZones


@frozen(kw_only=True)
class Who:
    """The three questions, answered: who is it, what did it take, what does it want?

    Attributes:
        persona: Name of its persona; ``None`` if nobody can tell.
        confidence: How sure that is, in hundredths of a per cent.
        offers: By name of the offers that it has taken, when it last did.
        acts: By kind of its own acts, how many there were.
        need: Name of the need that these imply; ``None`` if none is implied.
    """

    persona: str | None = None
    confidence: int = 0
    offers: Mapping[str, datetime] = field(factory=dict, hash=False)
    acts: Mapping[str, int] = field(factory=dict, hash=False)
    need: str | None = None


@frozen(kw_only=True)
class Asked:
    """A lead at the moment of planning.

    Attributes:
        lead_id: Whose plan it is.
        now: The moment.
        enrolments: Its sequences that have not ended, the one of highest priority first.
        touches: All that has come due, the earliest first.
        who: The three questions, answered.
        stage: Where it stands.
        phase: Phase of the purchase cycle of that stage.
        resting: Whether it waits in the rolodex, or is dormant.
        gates: The gates that hold.
        disqualified: Whether a person has disqualified it.
        missing: Points of the total that are missing to the next bar, in hundredths; ``None`` if nobody can tell.
        consents: By channel and purpose, what it last decided.
        suppressed: Channels whose address must not be used; ``"*"`` is all.
        reachable: Channels for which there is an address; ``None`` if nobody knows of any.
        requested_at: When it last asked for something.
        answers: By sequence and fork of it that asks for what was done since the enrolment, when the lead last did it;
            a fork whose answer is not older than the enrolment goes the way of the act as soon as it is reached.
        candidates: Zones in which it may be.
        countries: Countries in which it may be; none if nobody knows.
        holds: Tells whether a condition over score, lead and state holds now.
    """

    lead_id: str
    now: datetime
    enrolments: tuple[Enrolment, ...] = ()
    touches: tuple[PastTouch, ...] = ()
    who: Who = field(factory=Who)
    stage: str
    phase: str | None = None
    resting: bool = False
    gates: tuple[str, ...] = ()
    disqualified: bool = False
    missing: int | None = None
    consents: Mapping[tuple[str, str], Consent] = field(factory=dict, hash=False)
    suppressed: frozenset[str] = frozenset()
    reachable: frozenset[str] | None = None
    requested_at: datetime | None = None
    answers: Mapping[tuple[str, str], datetime] = field(factory=dict, hash=False)
    candidates: CandidateZones = field(factory=CandidateZones)
    countries: tuple[str, ...] = ()
    holds: Callable[[Condition], bool] = field(default=lambda _: True, eq=False, repr=False)
