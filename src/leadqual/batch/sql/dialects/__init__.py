"""The dialects of SQL that statements are written in."""

from leadqual.batch.sql.dialects.base import Dialect
from leadqual.batch.sql.dialects.bigquery import BIGQUERY
from leadqual.batch.sql.dialects.duckdb import DUCKDB
from leadqual.batch.sql.dialects.postgres import POSTGRES
from leadqual.batch.sql.dialects.render import render
from leadqual.batch.sql.dialects.snowflake import SNOWFLAKE
from leadqual.batch.sql.dialects.spark import SPARK

DIALECTS = {dialect.sqlglot: dialect for dialect in (DUCKDB, SPARK, POSTGRES, SNOWFLAKE, BIGQUERY)}
"""Every dialect by its name."""

__all__ = ["BIGQUERY", "DIALECTS", "DUCKDB", "POSTGRES", "SNOWFLAKE", "SPARK", "Dialect", "render"]
