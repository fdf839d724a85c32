"""Postgres gives the scores of the reference: from its own tables, from files and frames, under any collation."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pyarrow as pa
import pytest
import sqlalchemy as sa
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from leadqual import MissingExtra, loads
from leadqual.batch import postgres, score_table
from leadqual.batch.sql.template import statement
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
from tests.engines.pg_tables import quoted, tables
from tests.engines.real_bases import real_base

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def plain(postgres):
    """Return an engine of SQLAlchemy for a database that compares by code point."""
    engine = sa.create_engine(postgres)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def turkish(postgres_turkish):
    """Return one for a database that compares and folds as Turkish readers would."""
    engine = sa.create_engine(postgres_turkish)
    yield engine
    engine.dispose()


def answer(found):
    """Return the scores of a table as `check_engine` takes them, and close it."""
    try:
        report = found.report
        return EngineAnswer(
            rows=list(found.rows()), copies=report.copies, orphans=report.orphans, conflicts=report.conflicts
        )
    finally:
        found.close()


def from_frames(engine):
    """Return an engine that is handed Arrow tables."""

    def score(model, leads, events, now):
        handed = {"leads": arrow_leads(model, leads), "events": arrow_events(model, events)}
        return answer(score_table(model, **handed, now=now, engine=postgres(engine), details=True, bad_rows="skip"))

    return score


def from_tables(engine):
    """Return an engine that scores tables of the database."""

    def score(model, leads, events, now):
        with tables(engine, leads=arrow_leads(model, leads), events=arrow_events(model, events)) as names:
            found = score_table(model, **names, now=now, engine=postgres(engine), details=True, bad_rows="skip")
            return answer(found)

    return score


def on_a_connection(engine):
    """Return an engine that scores tables of the database on a connection of the caller's, who finds it as it was."""

    def score(model, leads, events, now):
        with tables(engine, leads=arrow_leads(model, leads), events=arrow_events(model, events)) as names:
            with engine.connect() as connection:
                how = {"now": now, "engine": postgres(connection), "details": True, "bad_rows": "skip"}
                found = answer(score_table(model, **names, **how))
                assert left(connection) == []
            return found

    return score


def left(connection):
    """Return the names of temporary tables and views that a connection has."""
    query = "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind IN ('r', 'v')"
    return [name for (name,) in connection.exec_driver_sql(query)]


def test_postgres_passes_the_conformance_set_from_frames(plain):
    """Arrow tables are brought through a pool of the caller's; all cases by night, since they go through an URL too."""
    check_engine(from_frames(plain), cases=conformance_cases()[:: 1 if NIGHTLY else 4])


def test_postgres_passes_the_conformance_set_from_tables_under_turkish_rules(turkish):
    """Tables of the database are read where they lie, whatever its default collation."""
    check_engine(from_tables(turkish))


def test_postgres_passes_the_conformance_set_on_a_connection_of_the_callers(plain):
    """Every fourth case, all of them by night; nothing is left on the connection afterwards."""
    check_engine(on_a_connection(plain), cases=conformance_cases()[:: 1 if NIGHTLY else 4])


@given(data=st.data())
@settings(max_examples=300 if NIGHTLY else 15, deadline=None)
def test_postgres_gives_the_scores_of_any_playbook(turkish, data):
    """Random playbooks on random bases: every field of every lead is that of the reference."""
    model = data.draw(playbooks()).model
    base = data.draw(bases(model))
    leads = [evolve(lead, merged_ids=()) for lead in base.leads]
    wanted = python_engine(model, leads, base.events, base.now)
    found = from_tables(turkish)(model, leads, base.events, base.now)
    assert list(compare_rows({row["lead_id"]: row for row in wanted.rows}, found.rows)) == []
    assert (found.copies, found.orphans, found.conflicts) == (wanted.copies, wanted.orphans, wanted.conflicts)


BOOK = """
schema = 1
name = "all types"
version = "1"
[attributes]
word = "text"
size = "integer"
share = "number"
agreed = "boolean"
day = "date"
seen = "instant"
tags = "list"
[[fit.criteria]]
points = 1
when = {all = [{field = "word", op = "eq", value = "Ünï"}]}
[[fit.criteria]]
points = 2
when = {field = "size", op = "ge", value = 10}
[[fit.criteria]]
points = 4
when = {field = "share", op = "gt", value = 0.5}
[[fit.criteria]]
points = 8
when = {field = "agreed", op = "eq", value = true}
[[fit.criteria]]
points = 16
when = {field = "day", op = "ge", value = "2026-01-01"}
[[fit.criteria]]
points = 32
when = {field = "seen", op = "ge", value = "2026-01-01T00:00:00Z"}
[[fit.criteria]]
points = 64
when = {field = "tags", op = "has", value = "vip"}
[[interest.rules]]
event = "visit"
points = 1
"""


def made(connection, *statements):
    """Run statements on the driver itself, in which a percent sign is no place."""
    for one in statements:
        connection.connection.driver_connection.execute(one)


def fits(engine, name, **how):
    """Return the fit of each lead of a table."""
    book = how.pop("book", BOOK)
    found = score_table(loads(book), leads=name, now=NOW, engine=engine, **how)
    try:
        return {row["lead_id"]: row["fit"] / 100 for row in found.rows()}
    finally:
        found.close()


@pytest.fixture
def begun(plain):
    """Return a connection whose transaction is undone afterwards."""
    with plain.connect() as connection:
        yield connection


def test_postgres_reads_every_type_that_means_the_same(begun):
    """Words of a list, JSON, domains, UUID as id, small numbers, decimals and timestamps are read as what they are."""
    made(
        begun,
        "CREATE DOMAIN pg_temp.percent AS numeric(6, 4)",
        "CREATE TYPE pg_temp.word AS ENUM ('Ünï', 'other')",
        "CREATE TEMP TABLE l (lead_id uuid, word pg_temp.word, size smallint, share pg_temp.percent, agreed int,"
        " day date, seen timestamptz, tags jsonb)",
        "INSERT INTO l VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'Ünï', 10, 0.75, 1, '2026-01-01',"
        " '2026-01-01 01:00+01', '[\"a\", null, \"\", \"vip\"]'), ('b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'other', 9,"
        " 0.5, 0, '2025-12-31', '2025-12-31 23:59:59.999999+00', '[]'),"
        " ('c0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', NULL, NULL, NULL, NULL, NULL, NULL, 'null')",
    )
    assert list(fits(postgres(begun), "l").values()) == [127, 0, 0]


def test_postgres_reads_lists_and_edge_numbers(begun):
    """Arrays without empty texts; NaN is missing, -0.0 is zero, a decimal too small for a double is zero."""
    made(
        begun,
        "CREATE TEMP TABLE l (lead_id bigint, share numeric, tags varchar(9)[])",
        "INSERT INTO l VALUES (1, 'NaN', '{vip}'), (2, 1e-400, '{\"\",vi,p}'),"
        " (3, 1e300, '{NULL,\"vip\"}'), (4, NULL, NULL)",
    )
    assert fits(postgres(begun), "l") == {"1": 64, "2": 0, "3": 68, "4": 0}


def test_postgres_lists_all_wrong_values_at_once(begun):
    """Infinite numbers, dates far away, JSON that is no list of texts, ids that are missing: each is told."""
    made(
        begun,
        "CREATE TEMP TABLE l (lead_id text, size numeric, share float8, day date, seen timestamptz, tags json,"
        " acquisition text)",
        "INSERT INTO l VALUES ('good', 3, 1, '2026-01-01', '2026-01-01', '[\"a\"]', 'inbound'),"
        " ('L1', 3.5, 'Infinity', 'infinity', 'infinity', '{\"a\": 1}', 'by hand'),"
        " (NULL, 1e30, NULL, '0044-03-15 BC', '1969-12-31', '[1]', NULL),"
        " ('L3', 'NaN', '-Infinity', NULL, '2200-01-01', '[[\"a\"]]', NULL)",
    )
    with pytest.raises(RowsError) as caught:
        fits(postgres(begun), "l")
    told = {problem.where.partition(": ")[2] for problem in caught.value.problems}
    first = {f"lead 'L1':{name}" for name in ("size", "share", "day", "seen", "tags", "acquisition")}
    second = {f"lead without an id:{name}" for name in ("lead_id", "size", "day", "seen", "tags")}
    assert told == first | second | {f"lead 'L3':{name}" for name in ("size", "share", "seen", "tags")}
    assert caught.value.total == 15
    assert "by hand" not in str(caught.value)


def test_postgres_leaves_out_wrong_rows_where_it_is_told_to(begun):
    """What is left out is counted; the sound rows are scored."""
    made(
        begun,
        "CREATE TEMP TABLE l (lead_id text, share float8)",
        "INSERT INTO l VALUES ('a', 1), ('b', 'Infinity'), ('c', 0)",
    )
    found = score_table(loads(BOOK), leads="l", now=NOW, engine=postgres(begun), bad_rows="skip")
    assert [(row["lead_id"], row["fit"]) for row in found.rows()] == [("a", 400), ("c", 0)]
    assert (found.report.bad_rows, found.report.lead_rows, found.report.total) == (1, 3, 1)


def test_postgres_lists_all_columns_of_a_wrong_type_at_once(begun):
    """Columns of leads and events that cannot mean what is declared, and a file that is wrong too."""
    made(
        begun,
        "CREATE TEMP TABLE l (lead_id int, word bytea, size text, share boolean, agreed date, day timestamptz,"
        " seen timestamp, tags int[])",
        "CREATE TEMP TABLE e (event_id int, lead_id int, kind text, at time)",
    )
    with pytest.raises(InputError) as caught:
        score_table(loads(BOOK), leads="l", events=["e", "nowhere.csv"], now=NOW, engine=postgres(begun))
    told = {problem.where.rpartition(":")[2] for problem in caught.value.problems}
    assert told == {"word", "size", "share", "agreed", "day", "seen", "tags", "at", "nowhere.csv"}
    assert "got a column of type bytea" in str(caught.value)


def test_postgres_reads_times_without_a_zone_where_the_playbook_says_which(begun):
    """UTC is read by Postgres itself; another zone goes through the readers of files, which know its gaps."""
    made(
        begun,
        "SET LOCAL timezone = 'America/Sao_Paulo'",
        "CREATE TEMP TABLE l (lead_id text, seen timestamp, day text)",
        "INSERT INTO l VALUES ('a', '2026-01-01 00:00', NULL), ('b', '2025-12-31 23:59:59.999999', '2026-05-05'),"
        " ('c', '2026-01-01 00:59:59.999999', NULL), ('d', '2026-01-01 01:00', NULL)",
    )
    utc = f'{BOOK}\n[files.leads]\nzone = "UTC"'
    madrid = f'{BOOK}\n[files.leads]\nzone = "Europe/Madrid"'
    assert fits(postgres(begun), "l", book=utc) == {"a": 32, "b": 16, "c": 32, "d": 32}
    assert fits(postgres(begun), "l", book=madrid) == {"a": 0, "b": 16, "c": 0, "d": 32}


def test_postgres_takes_leads_from_the_database_and_events_from_a_file(begun, tmp_path):
    """Ids are whole numbers here and texts there: they meet as texts."""
    made(begun, "CREATE TEMP TABLE l (lead_id int)", "INSERT INTO l VALUES (7), (8)")
    path = tmp_path / "events.csv"
    path.write_text("event_id,lead_id,kind,at\ne1,7,visit,2026-10-31T00:00:00Z\n", encoding="utf-8")
    found = score_table(loads(BOOK), leads="l", events=path, now=NOW, engine=postgres(begun))
    assert [(row["lead_id"], row["interest"]) for row in found.rows()] == [("7", 100), ("8", 0)]


def test_postgres_takes_tables_of_sqlalchemy_and_several_at_once(begun):
    """A Table names its schema; a list of tables is one table."""
    made(
        begun,
        'CREATE SCHEMA "Big Crm"',
        'CREATE TABLE "Big Crm"."Lead""s" (lead_id text)',
        'INSERT INTO "Big Crm"."Lead""s" VALUES (\'a\')',
        "CREATE TEMP TABLE l (lead_id text, share float8)",
        "INSERT INTO l VALUES ('b', 1)",
    )
    table = sa.Table('Lead"s', sa.MetaData(), schema="Big Crm")
    assert fits(postgres(begun), [table, "l"]) == {"a": 0, "b": 4}
    assert fits(postgres(begun), f'"Big Crm".{quoted(table.name)}') == {"a": 0}


def test_postgres_holds_hostile_names_and_values(begun):
    """Quotes, percent signs, backslashes, colons and dollars are what they are, wherever they stand."""
    word = "'; DROP TABLE l; -- %s %(x)s :x \\ $1 \" \u202e"
    made(
        begun,
        'CREATE TEMP TABLE "l%s"";--" (lead_id text, "wo:rd%""\'" text)',
    )
    begun.connection.driver_connection.execute('INSERT INTO "l%%s"";--" VALUES (%s, %s)', (f"id{word}", word))
    book = f'{BOOK}\n[columns.leads]\nword = "wo:rd%\\"\'"'.replace('"Ünï"', repr_toml(word))
    assert fits(postgres(begun), sa.Table('l%s";--', sa.MetaData()), book=book) == {f"id{word}": 1}


def repr_toml(text):
    """Return a text as TOML writes it."""
    return '"' + "".join(f"\\u{ord(letter):04x}" for letter in text) + '"'


def test_postgres_sees_one_snapshot_of_its_tables(plain):
    """What others write while a base is scored is not there."""
    leads = pa.table({"lead_id": ["a"]})
    events = pa.table(
        {"event_id": ["e"], "lead_id": ["a"], "kind": ["visit"], "at": pa.array([NOW], pa.timestamp("us", "UTC"))}
    )
    with tables(plain, leads=leads, events=events) as names:
        engine = postgres(plain).engine()
        model = loads(BOOK)
        staged = engine.stage(model, **names, bad_rows="fail", progress=None)
        with plain.begin() as other:
            other.exec_driver_sql("""INSERT INTO "Test".leads VALUES ('b')""")
        assert staged.leads.rows == 1
        assert engine.ask(statement("SELECT COUNT(*) FROM lq_leads AS l")) == [(1,)]
        engine.close()


def test_postgres_gives_its_connection_back_when_something_fails(plain):
    """A base that is refused leaves no connection out of the pool, and nothing on it."""
    for _ in range(plain.pool.size() + plain.pool._max_overflow + 1):
        with pytest.raises(InputError):
            score_table(loads(BOOK), leads=pa.table({"nothing": [1]}), now=NOW, engine=postgres(plain))
    assert plain.pool.checkedout() == 0


def test_postgres_scores_two_bases_at_once(plain):
    """Each has its own tables, on one connection too."""
    book = loads(BOOK)
    with plain.connect() as connection:
        engine = postgres(connection)
        first = score_table(book, leads=pa.table({"lead_id": ["a"], "share": [1.0]}), now=NOW, engine=engine)
        second = score_table(book, leads=pa.table({"lead_id": ["b"]}), now=NOW, engine=engine)
        assert [row["lead_id"] for row in first.rows()] == ["a"]
        first.close()
        assert [row["lead_id"] for row in second.rows()] == ["b"]
        second.close()
        assert left(connection) == []


@pytest.mark.parametrize("wrong", ["sqlite://", "no address", 7, "mysql://nobody@localhost/x"])
def test_postgres_refuses_what_is_no_postgres(wrong):
    """Another database, another driver, or nothing of the kind."""
    with pytest.raises(InputError, match="a Postgres database was expected"):
        postgres(wrong)


def test_postgres_tells_of_a_table_that_is_not_there(begun):
    """By its name, with what to check; a text that is no name is a path."""
    with pytest.raises(InputError, match="there is no such table"):
        score_table(loads(BOOK), leads=sa.Table("nobody", sa.MetaData()), now=NOW, engine=postgres(begun))
    with pytest.raises(InputError, match="no/such/file.csv"):
        score_table(loads(BOOK), leads="no/such/file.csv", now=NOW, engine=postgres(begun))


def test_postgres_refuses_a_session_that_reads_literals_otherwise(plain):
    """Backslashes would mean something else."""
    with plain.connect() as connection:
        connection.exec_driver_sql("SET LOCAL standard_conforming_strings = off")
        with pytest.raises(UnsupportedByEngine, match="standard_conforming_strings"):
            score_table(loads(BOOK), leads=pa.table({"lead_id": ["a"]}), now=NOW, engine=postgres(connection))


def test_postgres_needs_its_extra(monkeypatch):
    """Without the driver it says how to install it."""
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"pip install 'leadqual\[postgres\]'"):
        postgres("postgresql://localhost/x")


def test_postgres_tells_a_failure_without_data(begun):
    """A table that may not be read, or a view that fails on a value, stops with the kind of error and no value."""
    made(
        begun,
        "CREATE TEMP TABLE t (lead_id text, word text)",
        "INSERT INTO t VALUES ('a', 'private')",
        "CREATE TEMP VIEW l AS SELECT lead_id, CAST(word AS int) AS size FROM t",
    )
    with pytest.raises(EngineFailure, match="InvalidTextRepresentation 22P02") as caught:
        fits(postgres(begun), "l")
    assert "private" not in str(caught.value)


def test_postgres_scores_on_a_connection_that_commits_by_itself(plain):
    """There is no transaction to do it in; nothing is left all the same."""
    with plain.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        found = score_table(loads(BOOK), leads=pa.table({"lead_id": ["a"]}), now=NOW, engine=postgres(connection))
        assert [row["lead_id"] for row in found.rows()] == ["a"]
        found.close()
        assert left(connection) == []


def test_postgres_reads_its_scores_twice_at_the_same_time(plain):
    """Two readers do not disturb each other."""
    leads = pa.table({"lead_id": ["a", "b"]})
    found = score_table(loads(BOOK), leads=leads, now=NOW, engine=postgres(plain))
    both = [(one["lead_id"], other["lead_id"]) for one, other in zip(found.rows(), found.rows(), strict=True)]
    assert both == [("a", "a"), ("b", "b")]
    found.close()


def test_postgres_that_ends_a_connection_is_told(plain):
    """What was being done fails as an error of ours, and the pool hands out a sound connection next."""
    engine = postgres(plain).engine()
    engine.stage(loads(BOOK), leads=pa.table({"lead_id": ["a"]}), events=None, bad_rows="fail", progress=None)
    ((process,),) = engine.opened.ask("SELECT pg_backend_pid()")
    with plain.begin() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({process})")
    with pytest.raises(EngineFailure, match="could not carry out the plan"):
        engine.ask(statement("SELECT COUNT(*) FROM lq_leads AS l"))
    engine.close()
    with plain.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_postgres_that_cannot_be_reached_is_told():
    """A wrong address is no traceback of a driver's."""
    with pytest.raises(EngineFailure, match="cannot be reached"):
        score_table(loads(BOOK), leads="l", now=NOW, engine="postgresql://nobody@/x?host=/no/such/folder")


@pytest.mark.parametrize("name", ["xeducation", "bank"])
def test_postgres_writes_the_files_that_duckdb_writes_of_real_leads(shared_data, plain, tmp_path, name):
    """Real leads, with their events, through DuckDB and through Postgres: the same bytes."""
    handed = real_base(name, shared_data, tmp_path)
    score_table(**handed).write(tmp_path / "duck.csv")
    found = score_table(**handed, engine=postgres(plain))
    found.write(tmp_path / "postgres.csv")
    found.write(tmp_path / "postgres.parquet")
    rows = parquet.read_table(tmp_path / "postgres.parquet")
    assert rows.equals(found.to_arrow().select(rows.column_names))
    found.close()
    assert (tmp_path / "postgres.csv").read_bytes() == (tmp_path / "duck.csv").read_bytes()
    assert rows.num_rows > 6_000
