"""What is to become of a lead in its sequences."""

from datetime import datetime

from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.nurture.planned import Plan
from leadqual.qualifier.nurturedstep import NurturedStep
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.record import Record


def plan_of(lifecycle: LifecyclePlan, nurturing: Nurturing | None, record: Record, now: datetime) -> Plan:
    """Return what is to become of a lead in its sequences; see `Qualifier.plan`."""
    if nurturing is None:
        return Plan(as_of=now)
    step = NurturedStep(lifecycle, nurturing, record, now)
    step.settle()
    return nurturing.planner.plan(step.asked())
