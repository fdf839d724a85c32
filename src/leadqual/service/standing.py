"""Where all leads stand, and what is still to go out, in numbers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import frozen

from leadqual.service.clock import instant
from leadqual.service.store import Unit
from leadqual.service.tables import EFFECTS, LEADS, Value

_LAST: Final = (1 << 63) - 1


@frozen(kw_only=True)
class Standing:
    """Where all leads of a tenant stand, and what is still to go out, in numbers.

    Attributes:
        stages: How many leads stand in each stage that has some; one that has gone into another is not counted.
        held: Of these, how many wait for a release, by what holds them: ``"import"`` or ``"rescore"``.
        waiting: How many effects wait to be claimed.
        claimed: How many effects somebody has claimed.
        dead: How many effects were given up.
        next_effect: When the first of those that wait, or whose lease ends, can be claimed; one that lies well in the
            past tells that nobody carries them out.
        next_tick: When the next `tick_due` has something to do.
    """

    stages: Mapping[str, int]
    held: Mapping[str, int]
    waiting: int
    claimed: int
    dead: int
    next_effect: datetime | None
    next_tick: datetime | None


def standing_of(unit: Unit) -> Standing:
    """Return where all leads stand; see `QualificationService.standing`.

    Args:
        unit: A transaction of the tenant.
    """
    open_effects = unit.count(EFFECTS, "state", upto=("ready_at", _LAST))  # by their index: those done are the most
    first = unit.find(EFFECTS, upto=("ready_at", _LAST), order=("ready_at", "number"), limit=1)
    return Standing(
        stages=_named(unit.count(LEADS, "stage", equal={"into": None})),
        held=_named(unit.count(LEADS, "held", equal={"into": None, "held": ("import", "rescore")})),
        waiting=open_effects.get("waiting", 0),
        claimed=open_effects.get("claimed", 0),
        dead=unit.count(EFFECTS, "state", equal={"state": "dead"}).get("dead", 0),
        next_effect=instant(first[0].ready_at) if first and first[0].ready_at is not None else None,
        next_tick=next_tick(unit),
    )


def next_tick(unit: Unit) -> datetime | None:
    """Return when the next tick is due; ``None`` if nothing ever is.

    Args:
        unit: A transaction of the tenant.
    """
    rows = unit.find(LEADS, upto=("due", _LAST), order=("due",), limit=1)
    due = rows[0].due if rows else None
    return None if due is None else instant(due)


def _named(counts: Mapping[Value, int]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(name for name in counts if isinstance(name, str))}
