"""Facts of nurturing: which sequences a lead is in, how far it has come, and what has come due to it."""

from datetime import datetime
from typing import ClassVar, Literal

from attrs import field, frozen

from leadqual.lifecycle.facts.base import Fact


@frozen(kw_only=True, slots=False)
class Enrolled(Fact):
    """A lead came into a sequence.

    Attributes:
        sequence: Name of the sequence.
        number: How many times it has come in, this one included.
        version: The sequence's version.
        step: Name of the first step.
        arm: Its arm of the experiment, drawn here and never again.
        held_out: Whether it gets nothing, to compare with.
    """

    name: ClassVar[str] = "enrolled"
    sequence: str
    number: int = 1
    version: str = "1"
    step: str
    arm: str | None = None
    held_out: bool = False


@frozen(kw_only=True, slots=False)
class EnrolmentEnded(Fact):
    """A lead is in a sequence no longer.

    Attributes:
        sequence: Name of the sequence.
        reason: Why: ``"finished"``, an exit, ``"goal"``, ``"stage"``, ``"superseded"``, ``"left"``, ``"changed"``,
            ``"removed"`` (the playbook no longer has the sequence) or ``"merged"``.
    """

    name: ClassVar[str] = "enrolment_ended"
    sequence: str
    reason: str


@frozen(kw_only=True, slots=False)
class EnrolmentPaused(Fact):
    """A sequence stands still for a lead.

    Attributes:
        sequence: Name of the sequence.
    """

    name: ClassVar[str] = "enrolment_paused"
    sequence: str


@frozen(kw_only=True, slots=False)
class EnrolmentResumed(Fact):
    """A sequence goes on for a lead where it stood; the pause does not count as waiting.

    Attributes:
        sequence: Name of the sequence.
    """

    name: ClassVar[str] = "enrolment_resumed"
    sequence: str


@frozen(kw_only=True, slots=False)
class EnrolmentPostponed(Fact):
    """A machine has answered for a lead: nothing of a sequence goes before an instant.

    Attributes:
        sequence: Name of the sequence.
        until: The instant.
    """

    name: ClassVar[str] = "enrolment_postponed"
    sequence: str
    until: datetime


@frozen(kw_only=True, slots=False)
class StepSkipped(Fact):
    """A sequence went on without one of its touches.

    Attributes:
        sequence: Name of the sequence.
        step: Name of the step that was left out.
        reason: Why.
        to: Name of the step that follows; ``None`` for the end.
    """

    name: ClassVar[str] = "step_skipped"
    sequence: str
    step: str
    reason: str
    to: str | None = None


@frozen(kw_only=True, slots=False)
class ForkTaken(Fact):
    """A lead went one of two ways in a sequence.

    Attributes:
        sequence: Name of the sequence.
        step: Name of the fork.
        way: ``"yes"`` if it did what was waited for, ``"no"`` if its time was over.
        to: Name of the step that follows; ``None`` for the end.
    """

    name: ClassVar[str] = "fork_taken"
    sequence: str
    step: str
    way: Literal["yes", "no"]
    to: str | None = None


@frozen(kw_only=True, slots=False)
class TouchCameDue(Fact):
    """A touch of a sequence came due.

    Attributes:
        key: Identifies it over the whole base.
        sequence: Name of the sequence.
        step: Name of the step.
        channel: Its channel.
        purpose: Its purpose.
        content: Name of what is sent, if something is.
        to: Name of the step that follows; ``None`` for the end.
    """

    name: ClassVar[str] = "touch_came_due"
    key: str
    sequence: str
    step: str
    channel: str
    purpose: str
    content: str | None = None
    to: str | None = None


@frozen(kw_only=True, slots=False)
class TouchEnded(Fact):
    """What became of a touch is known.

    Attributes:
        key: The touch.
        outcome: ``"sent"``, ``"skipped"``, ``"cancelled"``, or ``"expired"`` if it was not told in time.
        reason: Why, if a reason was given.
    """

    name: ClassVar[str] = "touch_ended"
    key: str
    outcome: Literal["sent", "skipped", "cancelled", "expired"]
    reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True, slots=False)
class AddressSuppressed(Fact):
    """Nothing goes to a lead's address on a channel any more.

    It holds whichever the address is or will be, or for one address alone.

    Attributes:
        channel: On which channel; ``"*"`` is all.
        reason: Why, if a reason was given.
        address: Digest of the only address that is meant, such as one that does not exist; any when absent.
    """

    name: ClassVar[str] = "address_suppressed"
    channel: str
    reason: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
