"""Facts of nurturing that follow the facts of a life."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from leadqual.lifecycle import facts as made


def nurtured(history: Sequence[made.Fact], reason: str = "r") -> list[made.Fact]:
    """Return a fact of every kind of nurturing that can come next, an hour from the other.

    Args:
        history: All facts of a lead.
        reason: What people say why.
    """
    last = history[-1]
    until = last.known_at + timedelta(days=1)
    touch = {"sequence": "warm", "step": "guide", "channel": "email", "purpose": "newsletter"}
    kinds: list[tuple[Any, dict[str, Any]]] = [
        (made.Enrolled, {"sequence": "warm", "number": 2, "version": "3", "step": "start", "arm": "short"}),
        (made.Enrolled, {"sequence": "news", "step": "start", "held_out": True}),
        (made.StepSkipped, {"sequence": "warm", "step": "start", "reason": "seen", "to": "guide"}),
        (made.TouchCameDue, {"key": "L1:warm:2:guide:1", "content": "crm", "to": "looked", **touch}),
        (made.TouchEnded, {"key": "L1:warm:2:guide:1", "outcome": "skipped", "reason": reason}),
        (made.TouchCameDue, {"key": "L1:news:1:start:1", **touch, "sequence": "news", "step": "start"}),
        (made.EnrolmentPaused, {"sequence": "warm"}),
        (made.EnrolmentResumed, {"sequence": "warm"}),
        (made.EnrolmentPostponed, {"sequence": "warm", "until": until}),
        (made.ForkTaken, {"sequence": "warm", "step": "looked", "way": "yes", "to": "call"}),
        (made.EnrolmentEnded, {"sequence": "news", "reason": "reply"}),
        (made.AddressSuppressed, {"channel": "email", "reason": reason}),
        (made.EnrolmentPaused, {"sequence": "warm"}),
    ]
    facts: list[made.Fact] = []
    for number, (kind, words) in enumerate(kinds, 1):
        at = last.known_at + timedelta(hours=number)
        common: dict[str, Any] = {"lead_id": last.lead_id, "seq": last.seq + number, "at": at, "known_at": at}
        facts.append(kind(**common, cause=made.Cause("time"), actor=reason, **words))
    return facts
