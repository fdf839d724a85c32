"""Lint: a review of a playbook for what its authors can hardly have meant."""

from leadqual.playbook.lint.check import lint
from leadqual.playbook.lint.finding import CODES, SEVERITIES, Finding, Severity

__all__ = ["CODES", "SEVERITIES", "Finding", "Severity", "lint"]
