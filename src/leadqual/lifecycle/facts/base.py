"""What every fact has."""

from datetime import datetime
from typing import ClassVar, Literal

from attrs import field, frozen

from leadqual.event import Event


@frozen
class Cause:
    """What brought a fact about.

    Attributes:
        kind: ``event``, ``verdict``, ``profile``, ``consent``, ``flag``, ``time``, ``open``, ``import``, ``rescore``,
            ``refold``, ``merge``, ``enrolment`` (somebody put the lead into a sequence, or took it out), ``touch``
            (the host said what became of one) or ``suppression``.
        source: Source of the event, if it was one.
        id: Id of the event, if it was one.
    """

    kind: Literal[
        "event",
        "verdict",
        "profile",
        "consent",
        "flag",
        "time",
        "open",
        "import",
        "rescore",
        "refold",
        "merge",
        "enrolment",
        "touch",
        "suppression",
    ]
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
