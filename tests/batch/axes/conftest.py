"""DuckDB for the tests of the axes."""

import duckdb
import pytest


@pytest.fixture(scope="session")
def con():
    """Return a connection to a DuckDB in memory."""
    connection = duckdb.connect(":memory:")
    yield connection
    connection.close()
