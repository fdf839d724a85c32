"""Spark: data frames are scored where they lie."""

from typing import TYPE_CHECKING, Any

from attrs import frozen

from leadqual.batch.engines.spark_run import SparkRun
from leadqual.errors import InputError, Kind, MissingExtra, Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@frozen(kw_only=True)
class Spark:
    """A session of Spark that scores bases; see `spark`.

    Attributes:
        session: The session; nothing where one is started for each base.
    """

    session: Any

    def engine(self) -> SparkRun:
        """Return an engine for one base."""
        if self.session is not None:
            return SparkRun(session=self.session)
        from pyspark.sql import SparkSession

        active = SparkSession.getActiveSession()
        if active is not None:
            return SparkRun(session=active)
        builder = SparkSession.builder.master("local[*]").appName("leadqual").config("spark.ui.enabled", "false")
        return SparkRun(session=builder.getOrCreate(), own=True)


def spark(session: "SparkSession | None" = None) -> Spark:
    """Return a Spark session that ``score_table`` may run on, version 4 or later; one of Spark Connect may not.

    Leads and events may then be data frames of Spark's, whatever they read; they are kept (``persist``) until the
    scores are closed, so that they are worked out once. Parquet files are read by Spark itself: those of an address
    such as ``"s3a://crm/leads"``, and, where the session is local, those of a path. Everything else that DuckDB reads
    is read on the driver and moved. Instants are ``timestamp``; ``timestamp_ntz`` only where the playbook says in which
    zone times were written. The session's time zone changes nothing, nor does its ANSI mode.

    The work is done by temporary views of the session, called ``lq_…`` with a mark of their own. On a cluster, put the
    call into a program and hand it in; the executors need neither leadqual nor Python's packages, since everything is
    SQL::

        # score.py: spark-submit --master yarn score.py
        from datetime import UTC, datetime
        from pyspark.sql import SparkSession
        from leadqual import load_playbook
        from leadqual.batch import score_table, spark

        session = SparkSession.builder.getOrCreate()
        scores = score_table(
            load_playbook("playbook.toml"),
            leads=session.table("crm.leads"),
            events=session.read.parquet("s3a://crm/events"),
            now=datetime.now(UTC),
            engine=spark(session),
        )
        scores.write("scores.parquet")
        scores.close()

    Args:
        session: The session; the active one, or a local one started for the base, unless given.

    Raises:
        InputError: If it is no session.
        MissingExtra: If PySpark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtra("Spark needs PySpark: pip install 'leadqual[spark]'") from None
    if session is not None and not isinstance(session, SparkSession):
        got = Kind(type(session).__name__)
        hint = "Pass a SparkSession, or nothing."
        raise InputError([Problem(where="engine", what="a session of Spark was expected", got=got, hint=hint)])
    return Spark(session=session)
