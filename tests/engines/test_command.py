"""`leadqual score --engine` on servers, and what the docs say of them."""

import json
import runpy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from leadqual.cli.app import cli
from leadqual.cli.sqlheader import MAKING
from tests.cli.conftest import NOW, PLAYBOOK
from tests.cli.test_score_engine import WORSE_EVENTS, WORSE_LEADS
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
WANTED = (int(AT.timestamp()) * 1_000_000, (date(2026, 11, 1) - date(1970, 1, 1)).days, "\x1fa\x1fb\x1f")


@pytest.fixture
def base(tmp_path):
    """A playbook and a base with much that can be wrong, as options of the command."""
    for name, text in (("playbook.toml", PLAYBOOK), ("leads.csv", WORSE_LEADS), ("events.csv", WORSE_EVENTS)):
        Path(tmp_path, name).write_text(text, encoding="utf-8")
    files = ["--leads", str(tmp_path / "leads.csv"), "--events", str(tmp_path / "events.csv")]
    return [str(tmp_path / "playbook.toml"), *files, "--now", NOW, "--bad-rows", "skip"]


def scored(base, folder, engine):
    """Return what an engine writes and what it shows."""
    path = folder / "scores.json"
    options = ["--engine", engine, "--top", "3", "-o", str(path)]
    result = CliRunner().invoke(cli, ["score", *base, *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return path.read_bytes(), result.output


def test_command_scores_alike_on_postgres(base, postgres, tmp_path):
    """The same file, the same table and the same sentences as python gives."""
    assert scored(base, tmp_path, postgres) == scored(base, tmp_path, "python")


def test_command_scores_alike_on_postgres_with_other_letters(base, postgres_turkish, tmp_path):
    """Neither order nor case of the database's language matters."""
    assert scored(base, tmp_path, postgres_turkish) == scored(base, tmp_path, "python")


def test_command_scores_alike_on_spark(base, spark, tmp_path):
    """It takes the session that is active."""
    assert spark is not None
    assert scored(base, tmp_path, "spark") == scored(base, tmp_path, "python")


def test_comments_make_instants_dates_and_lists_on_postgres(postgres):
    """What `leadqual sql` says of Postgres is so."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(postgres)
    values = (
        "SELECT TIMESTAMPTZ '2026-11-01 12:00Z' AS an_instant, DATE '2026-11-01' AS a_date, ARRAY['a', 'b'] AS a_list"
    )
    made: list[Any] = [sqlalchemy.literal_column(part) for part in MAKING["postgres"]]
    try:
        with engine.connect() as connection:
            query = sqlalchemy.select(*made).select_from(sqlalchemy.text(f"({values}) AS t"))
            assert tuple(connection.execute(query).one()) == WANTED
    finally:
        engine.dispose()


def test_comments_make_instants_dates_and_lists_on_spark(spark):
    """What `leadqual sql` says of Spark is so."""
    values = (
        "SELECT timestamp'2026-11-01T12:00:00Z' AS an_instant, date'2026-11-01' AS a_date, array('a', 'b') AS a_list"
    )
    assert tuple(spark.sql(values).selectExpr(*MAKING["spark"]).collect()[0]) == WANTED


def example(word):
    """Return the program in a text block of the page that holds a word."""
    found = [block for block in PAGE.split("```text\n")[1:] if word in block.partition("```")[0]]
    return found[0].partition("```")[0]


def run(folder, program, **names):
    """Run a program of the page."""
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    runpy.run_path(str(path), init_globals=names)


def parquet(folder, session):
    """Write a base as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    assert session is not None
    pq.write_table(pa.table({"lead_id": ["L1", "L2"], "job_title": ["CEO", "Clerk"]}), folder / "leads.parquet")
    columns = {"event_id": [1, 2], "lead_id": ["L1", "L2"], "kind": ["download"] * 2, "at": [AT, AT]}
    pq.write_table(pa.table(columns), folder / "events.parquet")


def test_program_of_the_page_runs_on_spark(base, spark, tmp_path, monkeypatch):
    """It reads, scores and writes as the page says."""
    parquet(tmp_path, spark)
    output = tmp_path / "out.jsonl"
    files = [str(tmp_path / f"{name}.parquet") for name in ("leads", "events")]
    monkeypatch.setattr("sys.argv", ["score.py", base[0], *files, AT.isoformat(), str(output)])
    run(tmp_path, example("SparkSession.builder"))
    assert [json.loads(line)["total"] for line in output.read_text(encoding="utf-8").splitlines()] == [24.0, 4.0]


def test_example_of_the_page_runs_on_postgres(base, postgres, tmp_path, monkeypatch):
    """It scores tables by name, and writes the file."""
    import sqlalchemy

    import leadqual

    engine = sqlalchemy.create_engine(postgres)
    made = (
        "CREATE SCHEMA crm",
        "CREATE TABLE crm.leads AS SELECT 'L1' AS lead_id, 'CEO' AS job_title",
        "CREATE TABLE crm.events (event_id int, lead_id text, kind text, at timestamptz)",
        "INSERT INTO crm.events VALUES (1, 'L1', 'download', '2026-11-01T12:00:00Z')",
    )
    program = example('leads="crm.leads"').replace("postgresql+psycopg://crm@localhost/crm", postgres)
    assert postgres in program
    monkeypatch.chdir(tmp_path)
    try:
        with engine.begin() as connection:
            for statement in made:
                connection.execute(sqlalchemy.text(statement))
        run(tmp_path, program, playbook=leadqual.load_playbook(base[0]), now=AT)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text("DROP SCHEMA crm CASCADE"))
    finally:
        engine.dispose()
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8").splitlines()[1] == "L1,20.00,4.00,24.00,A,2,A2,,"
