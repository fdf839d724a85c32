"""What users hand in, staged: two relations of DuckDB with canonical columns and one meaning."""

from leadqual.batch.border.stage import stage, unreadable
from leadqual.batch.border.staged import Staged, StagedTable

__all__ = ["Staged", "StagedTable", "stage", "unreadable"]
