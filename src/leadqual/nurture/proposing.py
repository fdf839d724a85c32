"""Planners: who decides which step of a sequence comes next, where that is not its order."""

from datetime import datetime
from typing import ClassVar, Protocol, runtime_checkable

from attrs import frozen

from leadqual.lifecycle.enrolment import Enrolment
from leadqual.nurture.asked import Asked
from leadqual.nurture.planned import Touch, Withheld

Option = Touch | Withheld
"""What would become of a step, if it were done next: its touch at the first instant that is allowed, or why none."""


@frozen(kw_only=True)
class Proposal:
    """What a planner would do next.

    Attributes:
        step: Name of the step.
        at: Not before this instant, if the planner would rather wait; an aware datetime. When it goes is up to the
            windows and caps all the same.
        content: Name of the content, one of those that the step may bring; the one that fits best when absent.
    """

    step: str
    at: datetime | None = None
    content: str | None = None


@runtime_checkable
class Planner(Protocol):
    """Decides which step of a sequence comes next.

    It is an attrs class with a `kind`, by which documents name it, and with fields that they may set. It is pure: the
    same question has the same answer. It proposes; permission, windows, caps and what was seen are looked after by
    leadqual, so that no planner can send what must not go. `leadqual.testing.check_planner` tells whether one keeps
    what is asked of it.
    """

    kind: ClassVar[str]

    def propose(self, asked: Asked, place: Enrolment, options: tuple[Option, ...], /) -> Proposal | None:
        """Return what comes next, or ``None`` when the sequence is over for this lead.

        Args:
            asked: The lead. Its ``now`` is the instant since which it has been waiting for what comes next: the touch
                before, or its enrolment; what is proposed then is the same whenever it is asked.
            place: Its place in the sequence.
            options: What would become of each step, in the order of the steps, if it were done next.
        """
