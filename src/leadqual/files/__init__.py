"""Leads and events from files, strictly, and scores to files.

CSV (comma, semicolon or tab; gzip too) and JSON Lines need nothing more; Parquet needs the extra ``parquet``.
"""

from leadqual.files.base import read_base, read_events, read_leads
from leadqual.files.notes import RowsError
from leadqual.files.report import Base, Report
from leadqual.files.survey import ColumnSurvey, Survey, survey
from leadqual.files.write import score_rows, write_best, write_scores

__all__ = [
    "Base",
    "ColumnSurvey",
    "Report",
    "RowsError",
    "Survey",
    "read_base",
    "read_events",
    "read_leads",
    "score_rows",
    "survey",
    "write_best",
    "write_scores",
]
