"""Effects: what the host carries out once; each has a key that is the same whenever it is worked out again."""

from datetime import datetime
from typing import ClassVar, Literal

from attrs import field, frozen

from leadqual.event import Event


@frozen(kw_only=True, slots=False)
class Effect:
    """What every effect has.

    Attributes:
        key: Identifies it over the whole base, so that it is carried out once.
        lead_id: Whom it is about.
    """

    name: ClassVar[str] = "effect"
    key: str
    lead_id: str


@frozen(kw_only=True, slots=False)
class Notify(Effect):
    """Tell whoever follows the lead's stages.

    Attributes:
        stage: The stage it has entered.
        because: Name of the transition.
    """

    name: ClassVar[str] = "notify"
    stage: str
    because: str


@frozen(kw_only=True, slots=False)
class HandOff(Effect):
    """Give the lead to sales.

    Attributes:
        stage: The stage it has entered.
        owner: Who has worked on it before, if anybody.
        previous_reason: Why it was recycled, returned or lost before.
    """

    name: ClassVar[str] = "hand_off"
    stage: str
    owner: str | None = field(default=None, repr=False)
    previous_reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True, slots=False)
class WithdrawHandOff(Effect):
    """Take the lead back from sales.

    Attributes:
        reason: Why.
    """

    name: ClassVar[str] = "withdraw_hand_off"
    reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True, slots=False)
class Enrol(Effect):
    """Put the lead into a nurturing sequence.

    Attributes:
        sequence: Its name.
    """

    name: ClassVar[str] = "enrol"
    sequence: str


@frozen(kw_only=True, slots=False)
class Unenrol(Effect):
    """Take the lead out of its nurturing sequences.

    Attributes:
        reason: Why: a stage, ``recycle``, ``gate``, ``disqualified``, ``withdrawal`` or ``merged``.
        channel: Only out of what comes by this channel; ``None`` for all.
    """

    name: ClassVar[str] = "unenrol"
    reason: str
    channel: str | None = None


@frozen(kw_only=True, slots=False)
class CreateTask(Effect):
    """Ask a person to do something.

    Attributes:
        task: ``"approach"`` an outbound lead, ``"contact_again"`` after a rest, or ``"act"`` before an SLA is due.
        due: Until when, if there is a time.
    """

    name: ClassVar[str] = "create_task"
    task: Literal["approach", "contact_again", "act"]
    due: datetime | None = None


@frozen(kw_only=True, slots=False)
class Escalate(Effect):
    """Tell somebody that nobody has acted in time.

    Attributes:
        sla: Name of the SLA.
        to: Who the playbook says is told.
    """

    name: ClassVar[str] = "escalate"
    sla: str
    to: str | None = None


@frozen(kw_only=True, slots=False)
class Review(Effect):
    """Ask a person whether the stage is still right.

    Attributes:
        because: ``"flag"`` or ``"model"``.
    """

    name: ClassVar[str] = "review"
    because: Literal["flag", "model"]


@frozen(kw_only=True, slots=False)
class RecheckAt(Effect):
    """Send a tick then.

    Attributes:
        at: When.
    """

    name: ClassVar[str] = "recheck_at"
    at: datetime


@frozen(kw_only=True, slots=False)
class RefoldNeeded(Effect):
    """Fold the lead's events anew with `Qualifier.refold`: a flag has changed which of them exist."""

    name: ClassVar[str] = "refold_needed"


@frozen(kw_only=True, slots=False)
class AddEvent(Effect):
    """Store an event among the lead's events; it is folded already.

    Attributes:
        event: The event.
    """

    name: ClassVar[str] = "add_event"
    event: Event


@frozen(kw_only=True, slots=False)
class TouchDue(Effect):
    """Carry out a touch: send something, or have a person do it; then say what became of it with a `TouchReport`.

    Attributes:
        touch_key: Identifies the touch over the whole base.
        sequence: Name of its sequence.
        step: Name of its step.
        channel: Its channel.
        purpose: Its purpose.
        content: Name of what is sent, if something is.
        task: What a person is to do, if one is.
        basis: By which permission: ``"none"`` needed, ``"opt_out"`` (it offers a way out) or ``"opt_in"``.
        one_click: Whether it has to carry the data for leaving the list with one click (RFC 8058).
        expires_at: Until when it may go; later it must not.
    """

    name: ClassVar[str] = "touch_due"
    touch_key: str
    sequence: str
    step: str
    channel: str
    purpose: str
    content: str | None = None
    task: str | None = None
    basis: Literal["none", "opt_out", "opt_in"]
    one_click: bool = False
    expires_at: datetime | None = None


@frozen(kw_only=True, slots=False)
class CancelTouch(Effect):
    """Do not carry out a touch that has come due, if it has not gone yet.

    Attributes:
        touch_key: The touch.
        reason: Why.
    """

    name: ClassVar[str] = "cancel_touch"
    touch_key: str
    reason: str


EFFECTS: tuple[type[Effect], ...] = (
    Notify, HandOff, WithdrawHandOff, Enrol, Unenrol, CreateTask, Escalate, Review, RecheckAt, RefoldNeeded, AddEvent,
    TouchDue, CancelTouch,
)  # fmt: skip
"""Every kind of effect."""
