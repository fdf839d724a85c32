"""A plan: what is to be sent, what is withheld and why, and what was not chosen."""

from datetime import datetime

from attrs import frozen

from leadqual.nurture.basis import Basis


@frozen(kw_only=True)
class Rejected:
    """Content that was not chosen for a step.

    Attributes:
        content: Its name.
        reason: ``"seen"``, ``"not_yet"``, ``"over"``, ``"phase"``, ``"persona"``, ``"need"``, ``"channel"``,
            ``"after"``, ``"cost"`` or ``"other_chosen"``.
    """

    content: str
    reason: str


@frozen(kw_only=True)
class Touch:
    """A touch that is planned.

    Attributes:
        key: Identifies it over the whole base; the same whenever it is planned.
        at: When it goes, in UTC.
        sequence: Name of its sequence.
        step: Name of its step.
        channel: Its channel.
        purpose: Its purpose.
        content: Name of what is sent.
        task: What a person is to do.
        basis: By which permission.
        zones: The zones by whose clocks it goes.
        wished: When it would have gone if nothing had moved it.
        moved_by: What moved it: ``"window"``, ``"cap"``, ``"postponed"``, ``"content"`` that may not go yet, in the
            order in which they first did.
        rejected: Content that was not chosen.
        one_click: Whether it has to carry the data for leaving the list with one click (RFC 8058).
    """

    key: str
    at: datetime
    sequence: str
    step: str
    channel: str
    purpose: str
    content: str | None = None
    task: str | None = None
    basis: Basis
    zones: tuple[str, ...] = ()
    wished: datetime
    moved_by: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    one_click: bool = False


@frozen(kw_only=True)
class Withheld:
    """A step that sends nothing, or not yet.

    Attributes:
        sequence: Name of its sequence.
        step: Name of its step.
        channel: Its channel.
        reason: ``"no_basis"``, ``"unconfirmed"``, ``"withdrawn"``, ``"suppressed"``, ``"gate"``, ``"disqualified"``,
            ``"stage"``, ``"rest"``, ``"when"``, ``"arm"``, ``"held_out"``, ``"paused"``, ``"no_zone"``,
            ``"no_common_time"``, ``"closed"``, ``"cap"``, ``"exhausted"``, ``"cost"``, ``"seen"``, ``"over"`` or
            ``"no_address"``.
        at: When it would have gone; of what waits to be confirmed, until when it can be.
        skips: Whether the sequence goes on without it; else it waits.
        rejected: Content that was looked at.
    """

    sequence: str
    step: str
    channel: str | None = None
    reason: str
    at: datetime
    skips: bool = True
    rejected: tuple[Rejected, ...] = ()


@frozen(kw_only=True)
class Fork:
    """A fork at which a lead waits.

    Attributes:
        sequence: Name of its sequence.
        step: Name of its step.
        at: When the time for the act is over.
        yes: Name of the step to which the act leads; ``None`` for the end.
        no: Name of the step to which its absence leads; the plan goes on there.
    """

    sequence: str
    step: str
    at: datetime
    yes: str | None
    no: str | None


@frozen(kw_only=True)
class PlannedEnd:
    """The end of a sequence, if nothing happens before.

    Attributes:
        sequence: Its name.
        step: Name of the last step, if it was one that says so.
        at: When.
    """

    sequence: str
    step: str | None = None
    at: datetime


Move = Touch | Withheld | Fork | PlannedEnd
"""What happens to a lead in a sequence next."""


@frozen(kw_only=True)
class Plan:
    """What is to become of a lead in its sequences, if nothing happens before.

    Attributes:
        as_of: As of when.
        touches: What is to be sent, the earliest first.
        withheld: What is not, and why, the earliest first.
        forks: Where the lead may go another way.
        ends: Which sequences end, and when.
    """

    as_of: datetime
    touches: tuple[Touch, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    forks: tuple[Fork, ...] = ()
    ends: tuple[PlannedEnd, ...] = ()
