"""Qualification as a service over a real database, for applications to embed."""

from leadqual.service.answers import Captured, Claim, Dead, Decision, Recorded, Ticked
from leadqual.service.forms import Form
from leadqual.service.opening import open_store
from leadqual.service.service import QualificationService
from leadqual.service.store import Store, Taken, Unit

__all__ = [
    "Captured", "Claim", "Dead", "Decision", "Form", "QualificationService", "Recorded", "Store", "Taken", "Ticked",
    "Unit", "open_store",
]  # fmt: skip
