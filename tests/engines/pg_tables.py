"""Arrow tables as tables of a Postgres database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from sqlglot import exp

_TYPES = {
    pa.string(): "text",
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", tz="UTC"): "timestamptz",
    pa.list_(pa.string()): "text[]",
}


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return str(exp.Identifier(this=name, quoted=True).sql("postgres"))


def fill(connection: Any, name: str, table: pa.Table) -> None:
    """Make a table; names of more than 63 bytes are not Postgres's, and nothing here has them."""
    columns = ", ".join(f"{quoted(field.name)} {_TYPES[field.type]}" for field in table.schema)
    cursor = connection.connection.driver_connection.cursor()
    cursor.execute(f"CREATE TABLE {name} ({columns})")
    names = ", ".join(map(quoted, table.schema.names))
    with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copying:
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
            copying.write_row(row)


@contextmanager
def tables(engine: Any, **made: pa.Table) -> Iterator[dict[str, Any]]:
    """Make tables in a schema of their own, and drop it afterwards."""
    with engine.connect() as connection:
        connection.exec_driver_sql('DROP SCHEMA IF EXISTS "Test" CASCADE')
        connection.exec_driver_sql('CREATE SCHEMA "Test"')
        for name, table in made.items():
            fill(connection, f'"Test".{quoted(name)}', table)
        connection.commit()
        try:
            yield {name: f'"Test".{quoted(name)}' for name in made}
        finally:
            connection.exec_driver_sql('DROP SCHEMA "Test" CASCADE')
            connection.commit()
