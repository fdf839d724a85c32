"""The state of a lead: what follows from its facts, and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from leadqual.event import Key
from leadqual.lifecycle.enrolment import Enrolment, PastTouch

_NO_CONSENTS: Final[Mapping[tuple[str, str], "Consent"]] = {}
_NO_VISITS: Final[Mapping[str, "Visit"]] = {}
_NO_ENROLMENTS: Final[Mapping[str, Enrolment]] = {}


@frozen
class Visit:
    """When a lead entered a stage.

    Attributes:
        first: For the first time.
        last: For the last time.
        times: How often.
    """

    first: datetime
    last: datetime
    times: int = 1


@frozen
class HandRaise:
    """A lead asked for sales.

    Attributes:
        key: By which event.
        kind: Its kind.
        until: Until when that is valid.
    """

    key: Key
    kind: str
    until: datetime


@frozen
class RunningSla:
    """Somebody has to act on the lead.

    Attributes:
        sla: Name of the SLA.
        started_at: Since when.
        due: Until when.
    """

    sla: str
    started_at: datetime
    due: datetime


@frozen
class Consent:
    """What a lead last decided of a channel and a purpose.

    Attributes:
        given: Whether it consents.
        at: Since when.
        asked_at: Since when the consent was given that was confirmed.
        confirmed_at: When it was confirmed, as in a double opt-in; ``None`` if it was not.
        source: Where the decision was taken down, such as a form.
        wording: Which version of the text the lead decided upon.
    """

    given: bool
    at: datetime
    asked_at: datetime | None = field(default=None, kw_only=True)
    confirmed_at: datetime | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True, repr=False)
    wording: str | None = field(default=None, kw_only=True, repr=False)


@frozen(kw_only=True, slots=False)
class LeadState:
    """Where a lead stands in its life; made by `evolve` from facts alone.

    Attributes:
        lead_id: Whose it is.
        seq: Number of facts.
        known_at: When the newest became known.
        opened_at: When the lead came under qualification.
        acquisition: How it was won.
        model: Fingerprint of the model it is scored with.
        stage: Where it stands.
        entered_at: Since when.
        entered_by: Key of the event that brought it there, if one did.
        furthest: The furthest stage it has ever stood in.
        visits: By stage, when it was entered.
        cycle: Number of its run through the lifecycle.
        since: Events before this instant do not count.
        attempts: How often it was recycled in this cycle.
        reason: Why it rests, was returned or was lost.
        previous_reason: The same of the time before.
        wake_at: When its rest ends by itself.
        dormant: Whether it rests without a date.
        shut_since: Since when the score alone promotes nobody, until there is a new interaction.
        shut_until: Before this instant not even with one.
        hand_raise: The hand-raise that has not led anywhere yet.
        touched: Whether somebody has worked on it since it entered its stage.
        accepted: Whether a person has accepted it.
        owner: The person who first gave a verdict.
        sla: The SLA that runs.
        listed: Whether it was worth an approach by its profile alone.
        disqualified: Why a person disqualified it.
        review: Why a person should look whether its stage is right.
        amount: What it was sold for in this cycle.
        currency: In which currency.
        superseded: How many ends were undone by `reopen`.
        profile_at: From when its newest profile is.
        consents: By channel and purpose, its last decision.
        flagged: Keys of the events that do not exist while they are flagged.
        absorbed_into: The lead that goes on for it since a merge.
        enrolments: By sequence, its place in it, or how it ended.
        touches: All touches that have come due, in the order in which that became known.
        suppressed: Channels on which nothing goes to its address any more, whichever it is; ``"*"`` is all.
        dead: Digests of addresses that do not exist, to which nothing goes; another one is free.
    """

    lead_id: str
    seq: int
    known_at: datetime
    opened_at: datetime
    acquisition: str | None = None
    model: str
    stage: str
    entered_at: datetime
    entered_by: Key | None = None
    furthest: str
    visits: Mapping[str, Visit] = field(default=_NO_VISITS, hash=False)
    cycle: int = 1
    since: datetime | None = None
    attempts: int = 0
    reason: str | None = field(default=None, repr=False)
    previous_reason: str | None = field(default=None, repr=False)
    wake_at: datetime | None = None
    dormant: bool = False
    shut_since: datetime | None = None
    shut_until: datetime | None = None
    hand_raise: HandRaise | None = None
    touched: bool = False
    accepted: bool = False
    owner: str | None = field(default=None, repr=False)
    sla: RunningSla | None = None
    listed: bool = False
    disqualified: str | None = field(default=None, repr=False)
    review: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    superseded: int = 0
    profile_at: datetime | None = None
    consents: Mapping[tuple[str, str], Consent] = field(default=_NO_CONSENTS, hash=False)
    flagged: frozenset[Key] = frozenset()
    absorbed_into: str | None = None
    enrolments: Mapping[str, Enrolment] = field(default=_NO_ENROLMENTS, hash=False)
    touches: tuple[PastTouch, ...] = ()
    suppressed: frozenset[str] = frozenset()
    dead: frozenset[str] = field(default=frozenset(), repr=False)

    def consents_to(self, channel: str, purpose: str) -> bool | None:
        """Return what the lead last decided of a channel and a purpose, or ``None`` if it never did.

        A decision on all channels or all purposes (``"*"``) counts too. The newest of all that apply is taken, of two
        at one instant a withdrawal.

        Args:
            channel: Such as ``"email"``.
            purpose: Such as ``"newsletter"``.
        """
        asked = ((one, other) for one in (channel, "*") for other in (purpose, "*"))
        known = [self.consents[pair] for pair in asked if pair in self.consents]
        newest = max(known, key=lambda consent: (consent.at, not consent.given), default=None)
        return None if newest is None else newest.given
