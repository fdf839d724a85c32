"""What guards ask most often, as bits: an answer without evaluating a condition, and the same one."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from leadqual.conditions.nodes import All, Condition, Leaf, Not

HAND_RAISED: Final = 1
ROUTE_OPEN: Final = 2
TOUCHED: Final = 4
ACCEPTED: Final = 8
SLA_RUNNING: Final = 16
REVIEW: Final = 32
INTERACTION: Final = 64
HAND_RAISE: Final = 128
REPLY: Final = 256
CAPTURE: Final = 512
QUALIFIES: Final[Mapping[str, int]] = {"mql": 1024, "sql": 2048}
STAYS: Final[Mapping[str, int]] = {"mql": 4096, "sql": 8192}
FLAGS: Final[Mapping[str, int]] = {
    "state.hand_raised": HAND_RAISED,
    "state.score_route_open": ROUTE_OPEN,
    "state.touched": TOUCHED,
    "state.accepted": ACCEPTED,
    "state.sla_running": SLA_RUNNING,
    "state.review": REVIEW,
    "input.interaction": INTERACTION,
    "input.hand_raise": HAND_RAISE,
    "input.reply": REPLY,
    "input.capture": CAPTURE,
}
"""The bit of each name that is true or false."""
_LISTS: Final = {"score.qualifies": QUALIFIES, "score.stays": STAYS}


@frozen
class Quick:
    """A guard in bits.

    Attributes:
        needs: What must be so.
        forbids: What must not be so.
        whole: Whether the guard asks for nothing else.
    """

    needs: int = 0
    forbids: int = 0
    whole: bool = True


def quick(guard: Condition | None) -> Quick:
    """Return what of a guard can be said in bits.

    Args:
        guard: The guard; none always holds.

    >>> from leadqual.conditions import field
    >>> quick(field("state.touched").eq(value=False) & field("fit").ge(10))
    Quick(needs=0, forbids=4, whole=False)
    """
    needs = forbids = 0
    whole = True
    parts = [] if guard is None else [guard]
    while parts:
        part = parts.pop()
        negated = isinstance(part, Not)
        inner = part.part if isinstance(part, Not) else part
        bit, wanted = _bit(inner)
        if isinstance(part, All):
            parts += part.parts
        elif bit == 0:
            whole = False
        elif wanted is negated:
            forbids |= bit
        else:
            needs |= bit
    return Quick(needs, forbids, whole)


def _bit(part: Condition) -> tuple[int, bool]:
    """Return the bit that a comparison asks for and whether it wants it to be so; 0 if bits cannot say it."""
    if not isinstance(part, Leaf) or part.ignore_case or part.ignore_accents:
        return 0, True
    if part.op == "eq" and isinstance(part.value, bool):
        return FLAGS.get(part.field, 0), part.value
    if part.op == "has" and part.field in _LISTS and isinstance(part.value, str) and part.missing is not True:
        return _LISTS[part.field].get(part.value, 0), True
    return 0, True
