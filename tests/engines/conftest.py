"""Engines for tests: each is started once in a run, by the worker whose tests need it.

Under pytest-xdist, tests that need one server are of one group, so that ``--dist=loadgroup`` starts each server once.
"""

import importlib.util
from collections.abc import Iterator

import pytest

from tests.engines.servers import (
    LIGHT,
    PLAIN,
    TURKISH,
    java_program,
    postgres_programs,
    running_postgres,
    running_spark,
)

_GROUPS = {"spark": "spark", "postgres_server": "postgres"}
"""The group of tests that use a fixture, whether they ask for it or something that they ask for does."""


def _installed(*names: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in names)


def pytest_configure(config):
    """Know the marker also where pytest-xdist is not installed."""
    config.addinivalue_line("markers", "xdist_group(name): tests of one group run in one worker")


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this hook, too
def pytest_collection_modifyitems(items):
    """Keep the tests of a server together."""
    for item in items:
        groups = {_GROUPS[name] for name in getattr(item, "fixturenames", ()) if name in _GROUPS}
        if groups:
            item.add_marker(pytest.mark.xdist_group("-".join(sorted(groups))))


@pytest.fixture(scope="session")
def postgres_server(need):
    """Return a running Postgres."""
    programs = postgres_programs()
    need(programs, "there is no Postgres server")
    need(_installed("sqlalchemy", "psycopg"), "SQLAlchemy or psycopg is absent")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres(postgres_server) -> str:
    """Return the URL of a database that compares texts by code point."""
    return postgres_server.url(PLAIN)


@pytest.fixture(scope="session")
def postgres_turkish(postgres_server) -> str:
    """Return the URL of a database that orders and folds texts as Turkish readers would by default."""
    return postgres_server.url(TURKISH)


@pytest.fixture(scope="session")
def spark(need) -> Iterator[object]:
    """Return a Spark session of our own, with ANSI mode on as Spark 4 has it."""
    need(_installed("pyspark"), "PySpark is absent")
    need(java_program(), "there is no Java")
    with running_spark() as session:
        yield session


@pytest.fixture
def spark_as_it_comes(spark) -> Iterator[object]:
    """Return the session with Spark's own settings while a test runs: plans adapt, and are compiled to Java."""
    before = {name: spark.conf.get(name) for name in LIGHT}
    for name in LIGHT:
        spark.conf.unset(name)
    yield spark
    for name, value in before.items():
        spark.conf.set(name, value)


@pytest.fixture
def duck(need) -> Iterator[object]:
    """Return a connection to a DuckDB of its own, in memory."""
    need(_installed("duckdb"), "DuckDB is absent")
    import duckdb

    with duckdb.connect(":memory:") as connection:
        yield connection


@pytest.fixture(scope="session")
def duckdb_engine(need):
    """Return what makes an engine for `check_engine` of DuckDB, from what goes to `score_table`."""
    need(_installed("duckdb", "sqlglot", "pyarrow"), "the extra `batch` is not installed")
    from tests.engines.engines import engine

    return engine


@pytest.fixture(scope="session")
def postgres_engine(postgres, duckdb_engine):
    """Return Postgres as an engine for `check_engine`."""
    from leadqual.batch import postgres as on_postgres

    return duckdb_engine(engine=on_postgres(postgres))


@pytest.fixture(scope="session")
def turkish_postgres_engine(postgres_turkish, duckdb_engine):
    """Return Postgres with a Turkish collation as an engine for `check_engine`."""
    from leadqual.batch import postgres as on_postgres

    return duckdb_engine(engine=on_postgres(postgres_turkish))


@pytest.fixture(scope="session")
def spark_engine(spark, duckdb_engine):
    """Return Spark as an engine for `check_engine`."""
    from leadqual.batch import spark as on_spark

    return duckdb_engine(engine=on_spark(spark))
