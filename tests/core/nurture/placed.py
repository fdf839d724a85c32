"""A lead in a sequence, and a playbook with one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from leadqual.lifecycle.enrolment import Enrolment
from leadqual.nurture.advance import advance
from leadqual.nurture.asked import Asked
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.sequences import Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.zones import CandidateZones

NOW = datetime(2026, 12, 4, 12, tzinfo=UTC)
"""A Friday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FREE = (BasisRule(basis="none"),)


def mail(name, **parts):
    """Return a step that sends a message, which a person writes."""
    return Step(**{"name": name, "channel": "email", "task": "Write"} | parts)


def playbook(*steps, sequence=None, nurture=None, **parts):
    """Return a playbook with one sequence, whose touches need no permission."""
    return plan_nurture(
        {"welcome": Sequence(**{"steps": steps} | (sequence or {}))},
        nurture=Nurture(**{"bases": FREE} | (nurture or {})),
        **parts,
    )


def place(step="one", **parts):
    """Return a place in that sequence."""
    return Enrolment(**{"sequence": "welcome", "at": NOW, "since": NOW, "step": step} | parts)


def lead(*places, **parts):
    """Return a lead in Spain at its first step."""
    zones = CandidateZones(zones=("Europe/Madrid",), source="lead")
    known: dict[str, Any] = {
        "lead_id": "L1",
        "now": NOW,
        "stage": "lead",
        "candidates": zones,
        "enrolments": places or (place(),),
    }
    return Asked(**known | parts)


def next_move(plan, asked, enrolment, *counted):
    """Return what happens next, of whichever kind it is."""
    return advance(plan, asked, enrolment, *counted)
