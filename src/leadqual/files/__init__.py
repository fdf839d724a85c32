"""Leads, events, verdicts, consents and reports on touches from files, strictly, and scores and histories to files.

CSV (comma, semicolon or tab; gzip too) and JSON Lines need nothing more; Parquet needs the extra ``parquet``.
"""

from leadqual.files.base import read_base, read_events, read_leads
from leadqual.files.contact import Contact, read_consents, read_reports
from leadqual.files.notes import RowsError
from leadqual.files.report import Base, Report
from leadqual.files.survey import ColumnSurvey, Survey, survey
from leadqual.files.verdicts import Verdicts, read_verdicts
from leadqual.files.write import score_rows, write_best, write_scores

__all__ = [
    "Base",
    "ColumnSurvey",
    "Contact",
    "Report",
    "RowsError",
    "Survey",
    "Verdicts",
    "read_base",
    "read_consents",
    "read_events",
    "read_leads",
    "read_reports",
    "read_verdicts",
    "score_rows",
    "survey",
    "write_best",
    "write_scores",
]
