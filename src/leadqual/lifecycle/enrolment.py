"""Where a lead stands in its sequences, and what has gone to it: parts of its state, made from facts alone."""

from datetime import datetime
from typing import Literal

from attrs import frozen


@frozen(kw_only=True)
class Enrolment:
    """A lead's place in a sequence; the newest one, if it has been in it several times.

    Attributes:
        sequence: Name of the sequence.
        number: How many times it has come in, this one included.
        version: The sequence's version at that time.
        at: When it came in.
        arm: Its arm of the experiment, drawn once.
        held_out: Whether it gets nothing, to compare with.
        step: Name of the step that it waits for; ``None`` once it has ended.
        since: Since when it waits for that step.
        postponed: Until when nothing goes, if a machine has answered.
        paused_at: Since when the sequence is paused for it.
        ended: Why it has ended: ``"finished"``, an exit, ``"goal"``, ``"stage"``, ``"superseded"``, ``"left"``,
            ``"changed"``, ``"removed"``, ``"merged"``.
        ended_at: When.
    """

    sequence: str
    number: int = 1
    version: str = "1"
    at: datetime
    arm: str | None = None
    held_out: bool = False
    step: str | None
    since: datetime
    postponed: datetime | None = None
    paused_at: datetime | None = None
    ended: str | None = None
    ended_at: datetime | None = None


@frozen(kw_only=True)
class PastTouch:
    """A touch that has come due.

    Attributes:
        key: Identifies it over the whole base.
        sequence: Name of its sequence.
        step: Name of its step.
        channel: Its channel.
        purpose: Its purpose.
        content: Name of what was sent.
        at: When it came due.
        outcome: ``"due"`` until the host says what became of it, then ``"sent"``, ``"skipped"``, ``"cancelled"`` or
            ``"expired"``.
    """

    key: str
    sequence: str
    step: str
    channel: str
    purpose: str
    content: str | None = None
    at: datetime
    outcome: Literal["due", "sent", "skipped", "cancelled", "expired"] = "due"
