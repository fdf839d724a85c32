"""Which step goes to work: one that knows sequences, or one for a playbook that has none."""

from datetime import datetime
from typing import TYPE_CHECKING

from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.plan import LifecyclePlan
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
    if nurturing is None:
        return Step(plan, record, now, first)
    from leadqual.qualifier.nurturedstep import NurturedStep

    return NurturedStep(plan, nurturing, record, now, first)
