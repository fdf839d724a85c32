"""DuckDB for the tests of SQL."""

import importlib.util

import pytest

from tests.batch.sql.ground import Duck


@pytest.fixture(scope="session")
def duckdb(need):
    """Return a DuckDB in memory."""
    need(importlib.util.find_spec("duckdb"), "DuckDB is absent")
    import duckdb

    with duckdb.connect(":memory:") as connection:
        yield Duck(connection)
