"""What helps to test and to learn: synthetic bases with known truth."""

from leadqual.testing.base import Outcome, SyntheticBase, synthetic_base

__all__ = ["Outcome", "SyntheticBase", "synthetic_base"]
