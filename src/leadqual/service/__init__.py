"""Qualification as a service over a real database, for applications to embed."""

from leadqual.qualifier.backlog import Backlog
from leadqual.service.answers import (
    Captured,
    Claim,
    Dead,
    Decision,
    Erased,
    Imported,
    Recorded,
    Released,
    Replayed,
    Rescored,
    Ticked,
)
from leadqual.service.forms import Form
from leadqual.service.opening import open_store
from leadqual.service.service import QualificationService
from leadqual.service.standing import Standing
from leadqual.service.store import Store, Taken, Unit

__all__ = [
    "Backlog", "Captured", "Claim", "Dead", "Decision", "Erased", "Form", "Imported", "QualificationService",
    "Recorded", "Released", "Replayed", "Rescored", "Standing", "Store", "Taken", "Ticked", "Unit", "open_store",
]  # fmt: skip
