"""What is wrong with the nurturing of a playbook, before any lead is in it."""

from leadqual.nurture.check.all import nurturing_problems
from leadqual.nurture.check.table import Nurturing

__all__ = ["Nurturing", "nurturing_problems"]
