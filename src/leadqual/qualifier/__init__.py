"""The pure whole: a record, an input and an instant make an outcome."""

from leadqual.qualifier.outcome import Outcome
from leadqual.qualifier.qualifier import Qualifier
from leadqual.qualifier.record import Record

__all__ = ["Outcome", "Qualifier", "Record"]
