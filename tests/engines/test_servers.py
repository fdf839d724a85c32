"""The servers of the tests are what the tests take them for."""

import subprocess
import sys
from pathlib import Path

import sqlalchemy

from tests.engines.servers import LIGHT, postgres_programs, running_postgres
from tests.house.source import ROOT


def _ask(url, query):
    engine = sqlalchemy.create_engine(url)
    try:
        with engine.connect() as connection:
            return tuple(connection.execute(sqlalchemy.text(query)).one())
    finally:
        engine.dispose()


def test_postgres_compares_by_code_point_in_its_plain_database(postgres):
    """Upper case comes before lower case, and ASCII folds as ASCII does."""
    assert _ask(postgres, "select 'a' < 'B', lower('I'), current_setting('server_encoding')") == (False, "i", "UTF8")


def test_postgres_folds_as_turkish_in_its_other_database(postgres_turkish):
    """A query that trusts the default collation would answer otherwise there."""
    assert _ask(postgres_turkish, "select 'a' < 'B', lower('I')") == (True, "ı")


def test_postgres_ends_with_its_tests(need):
    """Neither its process nor its folder is left."""
    programs = postgres_programs()
    need(programs, "there is no Postgres server")
    with running_postgres(programs) as server:
        assert server.folder.is_dir()
    assert not server.folder.exists()
    assert not Path(f"/proc/{server.pid}").exists()


def test_spark_keeps_to_its_own_machine_and_to_the_standard(spark):
    """It listens on the loopback address only, and overflow and bad casts are errors, as by default."""
    settings = dict(spark.sparkContext.getConf().getAll())
    assert settings["spark.driver.host"] == "127.0.0.1"
    assert settings["spark.ui.enabled"] == "false"
    assert spark.conf.get("spark.sql.ansi.enabled") == "true"
    assert spark.sql("select lower('I')").collect()[0][0] == "i"


def test_spark_compiles_where_a_test_asks_for_it_as_it_comes(spark_as_it_comes):
    """Such a test runs what users run."""
    compiling = {name: spark_as_it_comes.conf.get(name) for name in LIGHT}
    assert compiling == {
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.codegen.wholeStage": "true",
    }


def test_duck_is_empty_when_it_comes(duck):
    """No test sees tables of another."""
    assert duck.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


def test_tests_without_a_server_start_none():
    """Importing the servers brings no engine."""
    program = (
        "import sys, tests.engines.servers; print(sorted(sys.modules.keys() & {'pyspark', 'duckdb', 'sqlalchemy'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
