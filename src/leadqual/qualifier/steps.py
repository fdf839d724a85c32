"""Which step goes to work: one that knows sequences, or one for a playbook that has none.

Where a playbook has no sequences any more, places in those that it had end, and touches on their way come to their end.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.state import LeadState
from leadqual.qualifier.record import Record
from leadqual.qualifier.step import Step

if TYPE_CHECKING:
    from leadqual.qualifier.nurturing import Nurturing


def step_of(
    plan: LifecyclePlan, nurturing: "Nurturing | None", record: Record, now: datetime, first: tuple[Fact, ...] = ()
) -> Step:
    """Return a step for a record.

    Args:
        plan: The lifecycle.
        nurturing: What the playbook says of nurturing; ``None`` if it has no sequences.
        record: The record.
        now: The instant of the input.
        first: Facts that come before those of the step.
    """
    if nurturing is None and not _has_loose_ends(record.state):
        return Step(plan, record, now, first)
    from leadqual.qualifier.nurturedstep import NurturedStep
    from leadqual.qualifier.nurturing import no_nurturing

    known = no_nurturing(plan, record.model) if nurturing is None else nurturing
    return NurturedStep(plan, known, record, now, first)


def _has_loose_ends(state: LeadState) -> bool:
    """Tell whether a lead is in sequences, or has touches on their way, that an earlier playbook had."""
    return any(place.ended is None for place in state.enrolments.values()) or any(
        touch.outcome == "due" for touch in state.touches
    )
