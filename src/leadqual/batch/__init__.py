"""Scores over millions of leads: one plan, run by an engine, equal to the last unit."""

from leadqual.batch.engines.postgres import postgres
from leadqual.batch.engines.spark import spark
from leadqual.batch.scores import ScoreTable
from leadqual.batch.script import Script, sql_script
from leadqual.batch.table import score_table
from leadqual.batch.tally import Added, TallyTable

__all__ = ["Added", "ScoreTable", "Script", "TallyTable", "postgres", "score_table", "spark", "sql_script"]
