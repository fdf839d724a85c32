"""Experiments: which arm a lead is in, who gets nothing to compare with, and since when it has been exposed."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from attrs import frozen

from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.nurture.sequences import Sequence


@frozen(kw_only=True)
class Draw:
    """What a lead drew upon its enrolment; kept in the fact, and never drawn anew.

    Attributes:
        arm: Its arm; ``None`` if there is no experiment, or if it is held out.
        held_out: Whether it gets nothing.
    """

    arm: str | None = None
    held_out: bool = False


@frozen(kw_only=True)
class Exposure:
    """How a lead takes part in the experiment of a sequence.

    Attributes:
        sequence: Name of the sequence.
        number: Number of the enrolment.
        arm: Its arm.
        held_out: Whether it gets nothing.
        since: Since when it takes part: its enrolment, for those held out too, so that both are compared alike.
        at: When the first touch of the enrolment was sent that came due; ``None`` if none was.
        touches: How many were sent.
    """

    sequence: str
    number: int
    arm: str | None
    held_out: bool
    since: datetime
    at: datetime | None
    touches: int


def draw(name: str, sequence: Sequence, lead_id: str) -> Draw:
    """Return what a lead draws: always the same, whatever others draw and in whichever order.

    Two draws that depend on the salt, the sequence and the lead alone decide: one on the holdout, one on the arm, so
    that another holdout leaves everybody else in its arm. Another salt draws anew.

    Args:
        name: Name of the sequence.
        sequence: The sequence.
        lead_id: Id of the lead.

    >>> test = Sequence(arms={"short": 50, "long": 50}, holdout=10)
    >>> [draw("welcome", test, lead).arm for lead in ("L1", "L2", "L3", "L4")]
    ['short', 'long', 'short', None]
    """
    salt = name if sequence.salt is None else sequence.salt
    if _share("holdout", salt, name, lead_id, 100) < sequence.holdout:
        return Draw(held_out=True)
    arms = sorted(sequence.arms.items())
    place = _share("arm", salt, name, lead_id, sum(weight for _, weight in arms))
    for arm, weight in arms:
        if place < weight:
            return Draw(arm=arm)
        place -= weight
    return Draw()


def exposures(enrolments: Iterable[Enrolment], touches: Iterable[PastTouch]) -> tuple[Exposure, ...]:
    """Return how a lead takes part in experiments.

    Args:
        enrolments: Its places in sequences; those without an arm that are not held out take part in none.
        touches: All that has come due for it.
    """
    sent = [touch for touch in touches if touch.outcome == "sent"]
    return tuple(_exposure(one, sent) for one in enrolments if one.held_out or one.arm is not None)


def _exposure(enrolment: Enrolment, sent: list[PastTouch]) -> Exposure:
    name, since = enrolment.sequence, enrolment.at
    own = [touch.at for touch in sent if touch.sequence == name and touch.at >= since]
    return Exposure(
        sequence=name,
        number=enrolment.number,
        arm=enrolment.arm,
        held_out=enrolment.held_out,
        since=since,
        at=min(own, default=None),
        touches=len(own),
    )


def _share(word: str, salt: str, name: str, lead_id: str, parts: int) -> int:
    """Return which of so many equal parts falls to a lead, from 0 on; ids and names hold no NUL character."""
    digest = sha256(f"{word}\0{salt}\0{name}\0{lead_id}".encode()).digest()
    return int.from_bytes(digest[:8]) * parts >> 64
