"""What is wrong with a lifecycle, before any lead is in it."""

from leadqual.lifecycle.check.all import table_problems
from leadqual.lifecycle.check.table import Table

__all__ = ["Table", "table_problems"]
