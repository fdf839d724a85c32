"""Values as they are kept in columns."""

from datetime import UTC, date, datetime

import pytest

from leadqual.batch.sql.dialects import DUCKDB, render
from leadqual.batch.sql.sizes import size_literal
from tests.batch.sql.ground import said, staged
from tests.batch.sql.nasty import NUMBERS


@pytest.mark.parametrize("kind", NUMBERS)
def test_literals_are_what_columns_hold(duckdb, kind):
    """A value that a playbook names is kept as the staged values of its type are."""
    values = NUMBERS[kind]
    assert said(duckdb, *(size_literal(value, kind) for value in values)) == tuple(staged(one, kind) for one in values)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (True, "boolean", "TRUE"),
        (7, "integer", "CAST(7 AS BIGINT)"),
        (7.0, "number", "CAST('7.0' AS DOUBLE)"),
        (650, "points", "CAST(650 AS BIGINT)"),
        (date(1969, 12, 31), "date", "CAST(-1 AS BIGINT)"),
        (datetime(1970, 1, 1, 0, 0, 1, 2, tzinfo=UTC), "instant", "CAST(1000002 AS BIGINT)"),
    ],
)
def test_literals_have_types(value, kind, text):
    """No engine has to guess how wide a number is: days and microseconds since 1970, hundredths, doubles."""
    assert render(size_literal(value, kind), DUCKDB) == text
