"""DuckDB for the tests of the axes."""

import pytest


@pytest.fixture(scope="session")
def con():
    """Return a connection to a DuckDB in memory."""
    found = pytest.importorskip("duckdb")
    connection = found.connect(":memory:")
    yield connection
    connection.close()
