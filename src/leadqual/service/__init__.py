"""Qualification as a service over a real database, for applications to embed."""

from leadqual.service.forms import Form
from leadqual.service.service import QualificationService

__all__ = ["Form", "QualificationService"]
