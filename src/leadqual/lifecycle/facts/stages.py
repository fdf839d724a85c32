"""Facts of the way of a lead: where it went, and why."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from attrs import field, frozen

from leadqual.event import Key
from leadqual.lifecycle.facts.base import Fact


@frozen(kw_only=True, slots=False)
class Opened(Fact):
    """A lead came under qualification.

    Attributes:
        stage: Where it began.
        model: Fingerprint of the model.
        acquisition: How it was won.
        since: Events before this instant do not count.
        imported: Whether it came with a back-fill, which promotes and notifies nobody.
    """

    name: ClassVar[str] = "opened"
    stage: str
    model: str
    acquisition: str | None = None
    since: datetime | None = None
    imported: bool = False


@frozen(kw_only=True, slots=False)
class StageChanged(Fact):
    """A lead went from a stage to another.

    Attributes:
        from_: The stage it left.
        to: The stage it entered.
        transition: Name of the transition.
        skipped: Open stages between them that it did not stand in.
        furthest: The furthest stage it has ever stood in.
        cycle: The cycle it is in from then on.
        reason: Why, if a reason was given.
        fit: Fit at that moment, in hundredths of a point.
        interest: Interest at that moment, in hundredths.
        total: Both together, in hundredths.
        label: The label at that moment.
        model: Fingerprint of the model that gave these scores.
    """

    name: ClassVar[str] = "stage_changed"
    from_: str
    to: str
    transition: str
    skipped: tuple[str, ...] = ()
    furthest: str
    cycle: int
    reason: str | None = field(default=None, repr=False)
    fit: int
    interest: int
    total: int
    label: str
    model: str


@frozen(kw_only=True, slots=False)
class CycleStarted(Fact):
    """A lead that had ended came back by itself and starts anew.

    Attributes:
        cycle: Its number.
        since: Events before this instant count no more.
        previous_reason: Why the cycle before it ended.
    """

    name: ClassVar[str] = "cycle_started"
    cycle: int
    since: datetime
    previous_reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True, slots=False)
class VerdictGiven(Fact):
    """A person has said something of a lead.

    Attributes:
        verdict: What.
        reason: Why.
        amount: What was sold for.
        currency: In which currency.
        closed_on: Day of the deal.
        wake_on: Day that the buyer named for another talk.
        shut_until: After a return, until when the score alone promotes nobody.
    """

    name: ClassVar[str] = "verdict_given"
    verdict: str
    reason: str | None = field(default=None, repr=False)
    amount: Decimal | None = None
    currency: str | None = None
    closed_on: date | None = None
    wake_on: date | None = None
    shut_until: datetime | None = None


@frozen(kw_only=True, slots=False)
class HandRaised(Fact):
    """A lead asked for sales by itself.

    Attributes:
        key: The event.
        kind: Its kind.
        until: Until when that is valid.
    """

    name: ClassVar[str] = "hand_raised"
    key: Key
    kind: str
    until: datetime


@frozen(kw_only=True, slots=False)
class Touched(Fact):
    """A person of ours has worked on the lead for the first time since it entered its stage.

    Attributes:
        kind: Kind of the act.
    """

    name: ClassVar[str] = "touched"
    kind: str


@frozen(kw_only=True, slots=False)
class Listed(Fact):
    """An outbound lead is worth an approach by its profile alone; it is no MQL by that."""

    name: ClassVar[str] = "listed"


@frozen(kw_only=True, slots=False)
class Recycled(Fact):
    """A lead rests, or goes back into the funnel.

    Attributes:
        reason: Why.
        attempt: Its number within the cycle.
        wake_at: When the rest ends by itself; ``None`` if the lead waits for an act of its own.
        dormant: Whether it rests without a date.
        since: Events before this instant count no more; ``None`` if interest is kept.
    """

    name: ClassVar[str] = "recycled"
    reason: str | None = field(default=None, repr=False)
    attempt: int
    wake_at: datetime | None = None
    dormant: bool = False
    since: datetime | None = None


@frozen(kw_only=True, slots=False)
class Woken(Fact):
    """A rest has ended.

    Attributes:
        early: Whether the lead ended it by an act of its own.
        previous_reason: Why it rested.
    """

    name: ClassVar[str] = "woken"
    early: bool
    previous_reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True, slots=False)
class BonusAdded(Fact):
    """An event was added for a lead that returned by itself; the host stores it among the lead's events.

    Attributes:
        key: The event.
        kind: Its kind.
    """

    name: ClassVar[str] = "bonus_added"
    key: Key
    kind: str
