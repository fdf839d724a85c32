"""Facts: what has become of a lead, in the order in which it became known; stored by the host, never changed.

A fact holds no personal data but the ids of lead and event, reasons and actors, which the host gave.
"""

from leadqual.lifecycle.facts.base import Cause, Fact, cause_of
from leadqual.lifecycle.facts.changes import ConsentChanged, Flagged, ProfileChanged, Refolded, ReviewOpened
from leadqual.lifecycle.facts.merges import Absorbed, Merged, Unmerged
from leadqual.lifecycle.facts.nurturing import (
    AddressSuppressed,
    Enrolled,
    EnrolmentEnded,
    EnrolmentPaused,
    EnrolmentPostponed,
    EnrolmentResumed,
    ForkTaken,
    StepSkipped,
    TouchCameDue,
    TouchEnded,
)
from leadqual.lifecycle.facts.slas import SlaBreached, SlaMet, SlaStarted, SlaWithdrawn
from leadqual.lifecycle.facts.stages import (
    BonusAdded,
    CycleStarted,
    HandRaised,
    Listed,
    Opened,
    Recycled,
    StageChanged,
    Touched,
    VerdictGiven,
    Woken,
)

FACTS: tuple[type[Fact], ...] = (
    Opened, StageChanged, CycleStarted, VerdictGiven, HandRaised, Touched, Listed, SlaStarted, SlaMet, SlaBreached,
    SlaWithdrawn, Recycled, Woken, BonusAdded, ProfileChanged, ConsentChanged, Flagged, Refolded, ReviewOpened, Merged,
    Absorbed, Unmerged, Enrolled, EnrolmentEnded, EnrolmentPaused, EnrolmentResumed, EnrolmentPostponed, StepSkipped,
    ForkTaken, TouchCameDue, TouchEnded, AddressSuppressed,
)  # fmt: skip
"""Every kind of fact."""

__all__ = [
    "FACTS",
    "Absorbed",
    "AddressSuppressed",
    "BonusAdded",
    "Cause",
    "ConsentChanged",
    "CycleStarted",
    "Enrolled",
    "EnrolmentEnded",
    "EnrolmentPaused",
    "EnrolmentPostponed",
    "EnrolmentResumed",
    "Fact",
    "Flagged",
    "ForkTaken",
    "HandRaised",
    "Listed",
    "Merged",
    "Opened",
    "ProfileChanged",
    "Recycled",
    "Refolded",
    "ReviewOpened",
    "SlaBreached",
    "SlaMet",
    "SlaStarted",
    "SlaWithdrawn",
    "StageChanged",
    "StepSkipped",
    "TouchCameDue",
    "TouchEnded",
    "Touched",
    "Unmerged",
    "VerdictGiven",
    "Woken",
    "cause_of",
]
