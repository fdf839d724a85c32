"""Planners: what is to become of a lead, if nothing happens before."""

from datetime import datetime
from typing import Final, Protocol, runtime_checkable

from attrs import evolve, field, frozen

from leadqual.lifecycle.enrolment import Enrolment
from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.asked import Asked
from leadqual.nurture.instants import instants_ahead
from leadqual.nurture.lanes import Lanes
from leadqual.nurture.plan import NurturePlan, plan_sequence
from leadqual.nurture.planned import Plan
from leadqual.nurture.sequences import Pool, Sequence, Step
from leadqual.nurture.waits import Wait

NEXT_BEST: Final = "next_best_content"
"""Name of the sequence, and of its step, to which the touches of next best content belong."""


@runtime_checkable
class Planner(Protocol):
    """Says what goes to a lead, and when. It is pure: it reads what it is asked, and nothing else."""

    def plan(self, asked: Asked) -> Plan:
        """Return what is to become of a lead.

        Asked again later, it answers the same of what lies ahead, if nothing has happened but what it has planned.

        Args:
            asked: The lead at the moment of planning.
        """


@frozen
class SequencePlanner:
    """Plans what the sequences say in which a lead is.

    Attributes:
        sequences: The sequences with all that belongs to them.

    >>> from leadqual.nurture.basis import BasisRule
    >>> from leadqual.nurture.plan import plan_nurture
    >>> from leadqual.nurture.settings import Nurture
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
        return plan_ahead(self.sequences, asked)

    def instants(self, asked: Asked) -> tuple[datetime, ...]:
        """Return when the touches of a plan go, without the rest of it: for a look at a whole base.

        Args:
            asked: The lead at the moment of planning.

        Returns:
            The instants of `plan`, in UTC, in order.
        """
        return instants_ahead(self._lanes, asked)


@frozen
class NextBestContent:
    """Plans the content that suits a lead best, again and again, whatever sequences it is in.

    Attributes:
        playbook: Content, windows, caps and bases.
        channel: The channel.
        purpose: The purpose of the touches.
        pool: What there is to choose from; all content when absent.
        every: How long it waits from one touch to the next.
    """

    playbook: NurturePlan
    channel: str = field(kw_only=True, default="email")
    purpose: str = field(kw_only=True, default="newsletter")
    pool: Pool = field(kw_only=True, factory=Pool)
    every: Wait = field(kw_only=True, default=Wait(days=7))
    _plan: NurturePlan = field(init=False, eq=False, repr=False)

    @_plan.default
    def _ready(self) -> NurturePlan:
        first = Step(name="first", next=NEXT_BEST, channel=self.channel, pool=self.pool)
        again = evolve(first, name=NEXT_BEST, wait=self.every)
        sequence = Sequence(purpose=self.purpose, steps=(first, again))
        return evolve(self.playbook, sequences={NEXT_BEST: plan_sequence(self.playbook, NEXT_BEST, sequence)})

    def plan(self, asked: Asked) -> Plan:
        """Return what suits a lead best, from now on and as long as there is something that it has not got.

        Args:
            asked: The lead at the moment of planning; its sequences are not minded, its touches are.
        """
        gone = [touch.at for touch in asked.touches if touch.sequence == NEXT_BEST]
        step, since = (NEXT_BEST, max(gone)) if gone else ("first", asked.now)
        place = Enrolment(sequence=NEXT_BEST, at=since, step=step, since=since)
        return plan_ahead(self._plan, evolve(asked, enrolments=(place,)))
