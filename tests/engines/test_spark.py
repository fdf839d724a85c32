"""Spark gives the scores of the reference: from its own data frames, from files and frames, in any session."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from leadqual import MissingExtra, loads
from leadqual.batch import score_table
from leadqual.batch import spark as on_spark
from leadqual.errors import EngineFailure, InputError, UnsupportedByEngine
from leadqual.files.notes import RowsError
from leadqual.testing import (
    EngineAnswer,
    arrow_events,
    arrow_leads,
    bases,
    check_engine,
    conformance_cases,
    playbooks,
    python_engine,
)
from leadqual.testing.engines import compare_rows
from tests.engines.real_bases import real_base
from tests.engines.test_postgres import BOOK

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SETTINGS = {"spark.sql.session.timeZone": "America/Sao_Paulo", "spark.sql.codegen.wholeStage": "false"}


@pytest.fixture(scope="module")
def session(spark):
    """Return a session whose time zone is not UTC; code is not made anew for each small base."""
    before = {name: spark.conf.get(name) for name in SETTINGS}
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    yield spark
    for name, value in before.items():
        spark.conf.set(name, value)


def left(session):
    """Return the temporary views of a session, and whether anything is kept."""
    views = [table.name for table in session.catalog.listTables() if table.isTemporary]
    return views, session._jsparkSession.sharedState().cacheManager().isEmpty()


def scoring(session, *, frames):
    """Return an engine that is handed data frames of Spark's, or Arrow tables; nothing may be left behind."""

    def score(model, leads, events, now):
        handed = {"leads": arrow_leads(model, leads), "events": arrow_events(model, events)}
        if frames:
            handed = {name: session.createDataFrame(table) for name, table in handed.items()}
        found = score_table(model, **handed, now=now, engine=on_spark(session), details=True, bad_rows="skip")
        report = found.report
        answer = EngineAnswer(
            rows=list(found.rows()), copies=report.copies, orphans=report.orphans, conflicts=report.conflicts
        )
        found.close()
        assert left(session) == ([], True)
        return answer

    return score


def test_spark_passes_the_conformance_set_from_data_frames(session):
    """Data frames are scored where they lie; the session's time zone changes nothing. All of them by night."""
    check_engine(scoring(session, frames=True), cases=conformance_cases()[:: 1 if NIGHTLY else 12])


def test_spark_passes_cases_from_arrow_tables_without_ansi_mode(session):
    """What DuckDB has read is moved; some cases, all of them by night, in a session of the old kind."""
    session.conf.set("spark.sql.ansi.enabled", "false")
    try:
        check_engine(
            scoring(session, frames=False), cases=conformance_cases()[slice(None) if NIGHTLY else slice(5, None, 16)]
        )
    finally:
        session.conf.set("spark.sql.ansi.enabled", "true")


@given(data=st.data())
@settings(max_examples=100 if NIGHTLY else 5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spark_gives_the_scores_of_any_playbook(session, data):
    """Random playbooks on random bases: every field of every lead is that of the reference."""
    model = data.draw(playbooks()).model
    base = data.draw(bases(model))
    leads = [evolve(lead, merged_ids=()) for lead in base.leads]
    wanted = python_engine(model, leads, base.events, base.now)
    found = scoring(session, frames=True)(model, leads, base.events, base.now)
    assert list(compare_rows({row["lead_id"]: row for row in wanted.rows}, found.rows)) == []
    assert (found.copies, found.orphans, found.conflicts) == (wanted.copies, wanted.orphans, wanted.conflicts)


def fits(session, frame, **how):
    """Return the fit of each lead of a data frame."""
    found = score_table(loads(how.pop("book", BOOK)), leads=frame, now=NOW, engine=on_spark(session), **how)
    try:
        return {row["lead_id"]: row["fit"] / 100 for row in found.rows()}
    finally:
        found.close()


def rows_of(session, schema, *values):
    """Return a data frame whose rows are written in SQL."""
    listed = ", ".join(f"({row})" for row in values)
    typed = ", ".join(f"CAST({name} AS {kind}) AS `{name}`" for name, kind in schema.items())
    return session.sql(" ".join(("SELECT", typed, "FROM VALUES", listed, f"AS t({', '.join(schema)})")))


def test_spark_reads_every_type_that_means_the_same(session):
    """Small numbers, decimals, 0 and 1 as no and yes, dates, instants with microseconds, lists with gaps."""
    schema = {
        "lead_id": "INT", "word": "STRING", "size": "TINYINT", "share": "DECIMAL(9, 4)", "agreed": "INT",
        "day": "DATE", "seen": "TIMESTAMP", "tags": "ARRAY<STRING>",
    }  # fmt: skip
    frame = rows_of(
        session,
        schema,
        "1, 'Ünï', 10, 0.75, 1, '2026-01-01', TIMESTAMP'2026-01-01 01:00:00+01:00', ARRAY('a', NULL, '', 'vip')",
        "2, 'x', 9, 0.5, 0, '2025-12-31', TIMESTAMP'2025-12-31 23:59:59.999999Z', ARRAY('', 'vi', 'p')",
        "3, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
    )
    assert fits(session, frame) == {"1": 127, "2": 0, "3": 0}


def test_spark_reads_edge_numbers(session):
    """NaN is missing, -0.0 is zero, whole decimals of 64 bits are whole numbers."""
    frame = rows_of(
        session,
        {"lead_id": "STRING", "share": "DOUBLE", "size": "DECIMAL(38, 0)"},
        "'a', 'NaN', 9223372036854775807BD",
        "'b', '-0.0', 9BD",
        "'c', '1e308', NULL",
    )
    assert fits(session, frame) == {"a": 2, "b": 0, "c": 4}


def test_spark_reads_local_times_as_the_playbook_says(session):
    """Those of UTC by itself, exactly, whatever the session's zone; those of another zone by the readers of files."""
    frame = rows_of(
        session,
        {"lead_id": "STRING", "seen": "TIMESTAMP_NTZ"},
        "'a', '2026-01-01 00:00:00'",
        "'b', '2025-12-31 23:59:59.999999'",
        "'c', '2026-01-01 00:59:59.999999'",
        "'d', '2026-01-01 01:00:00'",
    )
    utc = f'{BOOK}\n[files.leads]\nzone = "UTC"'
    madrid = f'{BOOK}\n[files.leads]\nzone = "Europe/Madrid"'
    assert fits(session, frame, book=utc) == {"a": 32, "b": 0, "c": 32, "d": 32}
    assert fits(session, frame, book=madrid) == {"a": 0, "b": 0, "c": 0, "d": 32}
    with pytest.raises(InputError, match="the time has no zone"):
        fits(session, frame)


def test_spark_lists_all_wrong_values_at_once(session):
    """Infinite numbers, instants out of range, texts with characters that none may hold, ids that are missing."""
    frame = rows_of(
        session,
        {
            "lead_id": "STRING",
            "word": "STRING",
            "size": "DECIMAL(38, 0)",
            "share": "FLOAT",
            "seen": "TIMESTAMP",
            "tags": "ARRAY<STRING>",
            "acquisition": "STRING",
        },
        "'good', 'a', 1BD, '1.0', TIMESTAMP'2026-01-01 00:00:00Z', ARRAY('a'), 'inbound'",
        "'L1', CONCAT('a', CHAR(0)), 9223372036854775808BD, 'Infinity', TIMESTAMP'2200-01-01 00:00:00Z',"
        " ARRAY(CHAR(31)), 'by hand'",
        "NULL, 'a', NULL, 'NaN', TIMESTAMP'1969-12-31 23:59:59.999999Z', ARRAY(CHAR(0)), NULL",
    )
    with pytest.raises(RowsError) as caught:
        fits(session, frame)
    told = {problem.where.partition(": ")[2] for problem in caught.value.problems}
    first = {f"lead 'L1':{name}" for name in ("word", "size", "share", "seen", "tags", "acquisition")}
    assert told == first | {f"lead without an id:{name}" for name in ("lead_id", "seen", "tags")}
    assert caught.value.total == 9
    assert "by hand" not in str(caught.value)
    assert fits(session, frame, bad_rows="skip") == {"good": 36}
    assert left(session) == ([], True)


def test_spark_lists_all_columns_of_a_wrong_type_at_once(session):
    """Columns of leads and events that cannot mean what is declared."""
    leads = rows_of(
        session,
        {
            "lead_id": "INT",
            "word": "BINARY",
            "size": "STRING",
            "share": "BOOLEAN",
            "agreed": "DATE",
            "tags": "ARRAY<INT>",
        },
        "1, NULL, NULL, NULL, NULL, NULL",
    )
    events = rows_of(session, {"event_id": "INT", "lead_id": "INT", "kind": "STRING", "at": "DATE"}, "1, 1, 'a', NULL")
    with pytest.raises(InputError) as caught:
        score_table(loads(BOOK), leads=leads, events=events, now=NOW, engine=on_spark(session))
    told = {problem.where.rpartition(":")[2] for problem in caught.value.problems}
    assert told == {"word", "size", "share", "agreed", "tags", "at"}
    assert "got a column of type binary" in str(caught.value)


def test_spark_reads_parquet_itself_and_what_it_cannot_read_through_duckdb(session, tmp_path):
    """Files of several types and forms are one table; their ids meet as texts."""
    first, second, events = tmp_path / "a b.parquet", tmp_path / "b.parquet", tmp_path / "events.csv"
    parquet.write_table(pa.table({"lead_id": [1, 2], "size": pa.array([10, 9], pa.int16())}), first)
    nanos = pa.array([datetime(2026, 1, 1, tzinfo=UTC)], pa.timestamp("ns", "UTC"))
    parquet.write_table(pa.table({"lead_id": ["x"], "seen": nanos}), second)
    events.write_text("event_id,lead_id,kind,at\ne1,2,visit,2026-10-31T00:00:00Z\n", encoding="utf-8")
    found = score_table(loads(BOOK), leads=[first, second], events=events, now=NOW, engine=on_spark(session))
    scores = {row["lead_id"]: (row["fit"], row["interest"]) for row in found.rows()}
    found.close()
    assert scores == {"1": (200, 0), "2": (0, 100), "x": (3200, 0)}


def test_spark_works_out_a_data_frame_once(session):
    """A data frame that gives other rows each time is read once, and its numbers fit together."""
    frame = session.range(200).selectExpr("CAST(CAST(rand() * 1e9 AS BIGINT) AS STRING) AS lead_id")
    assert len(fits(session, frame)) >= 199


def test_spark_leaves_alone_what_the_user_keeps(session):
    """Views of other names stay, and a data frame that was kept before is kept after."""
    frame = rows_of(session, {"lead_id": "STRING"}, "'a'").cache()
    frame.createOrReplaceTempView("lq_lead")
    assert fits(session, frame) == {"a": 0}
    assert frame.is_cached
    assert frame.storageLevel.useMemory
    assert [row.lead_id for row in session.table("lq_lead").collect()] == ["a"]
    session.catalog.dropTempView("lq_lead")
    frame.unpersist()


def test_spark_scores_two_bases_at_once(session):
    """Each has its own views in one session."""
    book, engine = loads(BOOK), on_spark(session)
    first = score_table(book, leads=pa.table({"lead_id": ["a"]}), now=NOW, engine=engine)
    second = score_table(book, leads=pa.table({"lead_id": ["b"]}), now=NOW, engine=engine)
    assert [row["lead_id"] for row in first.rows()] == ["a"]
    first.close()
    assert [row["lead_id"] for row in second.rows()] == ["b"]
    second.close()
    assert left(session) == ([], True)


def test_spark_holds_hostile_names_and_values(session):
    """Quotes, backslashes, backticks and dollars are what they are, wherever they stand."""
    word = "'; DROP TABLE l; -- \\ \\' ${x} :x % \" ` \u202e"
    frame = session.createDataFrame(pa.table({"lead_id": [f"id{word}"], "wo`rd.x'\"\\": [word]}))
    as_toml = "".join(f"\\u{ord(letter):04x}" for letter in word)
    book = BOOK.replace('"Ünï"', f'"{as_toml}"') + '\n[columns.leads]\nword = "wo`rd.x\'\\"\\\\"\n'
    assert fits(session, frame, book=book) == {f"id{word}": 1}


def test_spark_refuses_two_columns_of_one_name(session):
    """Also where only the case of letters differs, since Spark sees none."""
    with pytest.raises(InputError, match="two columns have one name"):
        fits(session, session.createDataFrame(pa.table({"lead_id": ["a"], "LEAD_ID": ["b"]})))


def test_spark_tells_a_failure_without_data(session):
    """A data frame that fails on a value stops with the kind of error and no value."""
    frame = rows_of(session, {"lead_id": "STRING", "size": "INT"}, "'a', 'private'")
    with pytest.raises(EngineFailure, match="CAST_INVALID_INPUT") as caught:
        fits(session, frame)
    assert "private" not in str(caught.value)


def test_spark_refuses_a_session_that_reads_literals_otherwise(session):
    """Backslashes would mean something else."""
    session.conf.set("spark.sql.parser.escapedStringLiterals", "true")
    try:
        with pytest.raises(UnsupportedByEngine, match="escapedStringLiterals"):
            fits(session, pa.table({"lead_id": ["a"]}))
    finally:
        session.conf.set("spark.sql.parser.escapedStringLiterals", "false")


def test_spark_takes_the_active_session_by_name(session):
    """`engine="spark"` scores in the session that there is, and does not stop it."""
    found = score_table(loads(BOOK), leads=pa.table({"lead_id": ["a"]}), now=NOW, engine="spark")
    assert [row["lead_id"] for row in found.rows()] == ["a"]
    found.close()
    assert session.sql("SELECT 1").collect()


def test_spark_refuses_what_is_no_session():
    """A word, or a context."""
    with pytest.raises(InputError, match="a session of Spark was expected"):
        on_spark("local")


def test_spark_needs_its_extra(monkeypatch):
    """Without PySpark it says how to install it."""
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtra, match=r"pip install 'leadqual\[spark\]'"):
        on_spark()


@pytest.mark.parametrize("name", ["xeducation", "bank"])
def test_spark_writes_the_files_that_duckdb_writes_of_real_leads(shared_data, session, tmp_path, name):
    """Real leads, with their events, through DuckDB and through Spark: the same bytes."""
    handed = real_base(name, shared_data, tmp_path)
    score_table(**handed).write(tmp_path / "duck.csv")
    found = score_table(**handed, engine=on_spark(session))
    found.write(tmp_path / "spark.csv")
    found.write(tmp_path / "spark.parquet")
    rows = parquet.read_table(tmp_path / "spark.parquet")
    assert rows.equals(found.to_arrow().select(rows.column_names))
    found.close()
    assert (tmp_path / "spark.csv").read_bytes() == (tmp_path / "duck.csv").read_bytes()
    assert rows.num_rows > 6_000
