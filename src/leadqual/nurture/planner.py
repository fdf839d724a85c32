"""What is to become of a lead in its sequences, if nothing happens before: whole plans, or only when touches go."""

from datetime import datetime

from attrs import field, frozen

from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.asked import Asked
from leadqual.nurture.instants import instants_ahead
from leadqual.nurture.lanes import Lanes
from leadqual.nurture.plan import NurturePlan
from leadqual.nurture.planned import Plan
from leadqual.nurture.quickplan import quick_plan


@frozen
class SequencePlanner:
    """Plans what the sequences say in which a lead is.

    Attributes:
        sequences: The sequences with all that belongs to them.

    >>> from leadqual.lifecycle.enrolment import Enrolment
    >>> from leadqual.nurture.basis import BasisRule
    >>> from leadqual.nurture.plan import plan_nurture
    >>> from leadqual.nurture.sequences import Sequence, Step
    >>> from leadqual.nurture.settings import Nurture
    >>> from leadqual.nurture.waits import Wait
    >>> hello = Step(name="hello", channel="email", task="Write")
    >>> again = Step(name="again", channel="email", task="Write", wait=Wait(days=2))
    >>> free = Nurture(bases=[BasisRule(basis="none")])
    >>> planner = SequencePlanner(plan_nurture({"welcome": Sequence(steps=[hello, again])}, nurture=free))
    >>> now = datetime.fromisoformat("2026-12-04T12:00:00+00:00")
    >>> place = Enrolment(sequence="welcome", at=now, step="hello", since=now)
    >>> for touch in planner.plan(Asked(lead_id="L1", now=now, enrolments=(place,), stage="lead")).touches:
    ...     print(touch.at, touch.key)
    2026-12-04 12:00:00+00:00 L1:welcome:1:hello:1
    2026-12-06 12:00:00+00:00 L1:welcome:1:again:1
    """

    sequences: NurturePlan
    _lanes: Lanes = field(init=False, eq=False, repr=False)

    @_lanes.default
    def _ready(self) -> Lanes:
        return Lanes(plan=self.sequences)

    def plan(self, asked: Asked) -> Plan:
        """Return what is to become of a lead in its sequences, if nothing happens before.

        It looks 400 days ahead, at most 100 touches and 1,000 moves.

        Args:
            asked: The lead at the moment of planning.
        """
        found = quick_plan(self._lanes, asked)
        return plan_ahead(self.sequences, asked) if found is None else found

    def instants(self, asked: Asked) -> tuple[datetime, ...]:
        """Return when the touches of a plan go, without the rest of it: for a look at a whole base.

        Args:
            asked: The lead at the moment of planning.

        Returns:
            The instants of `plan`, in UTC, in order.
        """
        return instants_ahead(self._lanes, asked)
