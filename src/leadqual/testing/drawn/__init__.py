"""Hypothesis strategies behind `leadqual.testing.strategies`; everything here imports Hypothesis at once."""
