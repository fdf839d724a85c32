"""Scores over millions of leads: one plan, run by an engine, equal to the last unit."""

from leadqual.batch.engines.postgres import postgres
from leadqual.batch.scores import ScoreTable
from leadqual.batch.table import score_table

__all__ = ["ScoreTable", "postgres", "score_table"]
