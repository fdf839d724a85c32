"""Facts: what has become of a lead, in the order in which it became known; stored by the host, never changed.

A fact holds no personal data but the ids of lead and event, reasons and actors, which the host gave.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import field, frozen

from leadqual.event import Event, Key

if TYPE_CHECKING:
    from leadqual.lifecycle.state import LeadState


@frozen
class Cause:
    """What brought a fact about.

    Attributes:
        kind: ``event``, ``verdict``, ``profile``, ``consent``, ``flag``, ``time``, ``open``, ``import``, ``rescore``,
            ``refold`` or ``merge``.
        source: Source of the event, if it was one.
        id: Id of the event, if it was one.
    """

    kind: str
    source: str = ""
    id: str = ""


def cause_of(event: Event | None) -> Cause:
    """Return what an event is to the facts that it brings about.

    Args:
        event: The event; without one, nobody knows.
    """
    return Cause("event") if event is None else Cause("event", event.source, event.id)


@frozen(kw_only=True, slots=False)
class Fact:
    """What every fact has.

    Attributes:
        lead_id: Whose it is.
        seq: Its place in the lead's history, from 1 on.
        at: The instant from which it holds.
        known_at: When it became known; never goes back within a lead.
        cause: What brought it about.
        actor: Who, if a person did.
    """

    name: ClassVar[str] = "fact"
    lead_id: str
    seq: int
    at: datetime
    known_at: datetime
    cause: Cause
    actor: str | None = field(default=None, repr=False)


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
class SlaStarted(Fact):
    """From now on somebody has to act within a time.

    Attributes:
        sla: Name of the SLA.
        due: Until when.
    """

    name: ClassVar[str] = "sla_started"
    sla: str
    due: datetime


@frozen(kw_only=True, slots=False)
class SlaMet(Fact):
    """Somebody has acted in time.

    Attributes:
        sla: Name of the SLA.
    """

    name: ClassVar[str] = "sla_met"
    sla: str


@frozen(kw_only=True, slots=False)
class SlaBreached(Fact):
    """Nobody has acted in time.

    Attributes:
        sla: Name of the SLA.
    """

    name: ClassVar[str] = "sla_breached"
    sla: str


@frozen(kw_only=True, slots=False)
class SlaWithdrawn(Fact):
    """Nobody has to act any more: the lead went on, or out.

    Attributes:
        sla: Name of the SLA.
    """

    name: ClassVar[str] = "sla_withdrawn"
    sla: str


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


@frozen(kw_only=True, slots=False)
class ProfileChanged(Fact):
    """A lead's profile is another one.

    Attributes:
        names: Names of what differs, without the values.
        gates: Reasons of the gates that hold now.
        acquisition: How it was won, as the profile now says.
    """

    name: ClassVar[str] = "profile_changed"
    names: tuple[str, ...] = ()
    acquisition: str | None = None
    gates: tuple[str, ...] = ()


@frozen(kw_only=True, slots=False)
class ConsentChanged(Fact):
    """A lead gave or withdrew a consent.

    Attributes:
        channel: On which channel.
        purpose: To which purpose.
        given: Whether it consents from then on.
    """

    name: ClassVar[str] = "consent_changed"
    channel: str
    purpose: str
    given: bool


@frozen(kw_only=True, slots=False)
class Flagged(Fact):
    """An event was flagged, or a flag lifted.

    Attributes:
        key: The event.
        flag: ``bot``, ``test`` or ``duplicate``.
        on: Whether it is flagged from then on.
    """

    name: ClassVar[str] = "flagged"
    key: Key
    flag: str
    on: bool


@frozen(kw_only=True, slots=False)
class Refolded(Fact):
    """A lead's events were folded anew; its stage stays as it is.

    Attributes:
        model: Fingerprint of the model.
    """

    name: ClassVar[str] = "refolded"
    model: str


@frozen(kw_only=True, slots=False)
class ReviewOpened(Fact):
    """A person should look whether the stage is still right; nobody is moved by a flag or by a model.

    Attributes:
        because: ``"flag"`` or ``"model"``.
    """

    name: ClassVar[str] = "review_opened"
    because: Literal["flag", "model"]


@frozen(kw_only=True, slots=False)
class Merged(Fact):
    """Another lead turned out to be this one.

    Attributes:
        other_id: The other lead.
        before: This lead's state before.
        other: The other's state before.
        state: What follows from both.
    """

    name: ClassVar[str] = "merged"
    other_id: str
    before: "LeadState"
    other: "LeadState"
    state: "LeadState"


@frozen(kw_only=True, slots=False)
class Absorbed(Fact):
    """This lead turned out to be another one, which goes on for both.

    Attributes:
        into: The other lead.
    """

    name: ClassVar[str] = "absorbed"
    into: str


@frozen(kw_only=True, slots=False)
class Unmerged(Fact):
    """A merge was undone.

    Attributes:
        state: The state from then on: that before the merge.
    """

    name: ClassVar[str] = "unmerged"
    state: "LeadState"


FACTS: tuple[type[Fact], ...] = (
    Opened, StageChanged, CycleStarted, VerdictGiven, HandRaised, Touched, Listed, SlaStarted, SlaMet, SlaBreached,
    SlaWithdrawn, Recycled, Woken, BonusAdded, ProfileChanged, ConsentChanged, Flagged, Refolded, ReviewOpened, Merged,
    Absorbed, Unmerged,
)  # fmt: skip
"""Every kind of fact."""
