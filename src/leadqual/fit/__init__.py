"""Fit: how well a profile matches the ideal customer."""

from leadqual.axis import Cap
from leadqual.fit.values import Band, Criterion, Fit, FitScorer, Gate, Table

__all__ = ["Band", "Cap", "Criterion", "Fit", "FitScorer", "Gate", "Table"]
