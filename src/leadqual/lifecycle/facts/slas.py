"""Facts of the time within which somebody has to act."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from leadqual.lifecycle.facts.base import Fact


@frozen(kw_only=True, slots=False)
class SlaStarted(Fact):
    """From now on somebody has to act within a time.

    Attributes:
        sla: Name of the SLA.
        due: Until when.
    """

    name: ClassVar[str] = "sla_started"
    sla: str
    due: datetime


@frozen(kw_only=True, slots=False)
class SlaMet(Fact):
    """Somebody has acted in time.

    Attributes:
        sla: Name of the SLA.
    """

    name: ClassVar[str] = "sla_met"
    sla: str


@frozen(kw_only=True, slots=False)
class SlaBreached(Fact):
    """Nobody has acted in time.

    Attributes:
        sla: Name of the SLA.
    """

    name: ClassVar[str] = "sla_breached"
    sla: str


@frozen(kw_only=True, slots=False)
class SlaWithdrawn(Fact):
    """Nobody has to act any more: the lead went on, or out.

    Attributes:
        sla: Name of the SLA.
    """

    name: ClassVar[str] = "sla_withdrawn"
    sla: str
