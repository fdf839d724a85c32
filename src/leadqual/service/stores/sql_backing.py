"""What Postgres does in a transaction of a tenant."""

from collections.abc import Mapping, Sequence
from json import dumps
from typing import Any

import sqlalchemy as sa

from leadqual.service.stores import sql_statements
from leadqual.service.stores.asked import Asked
from leadqual.service.stores.schema import TENANT
from leadqual.service.stores.sql_failing import told
from leadqual.service.tables import R, Table, Value, Values


class SqlBacking:
    """What Postgres does in a transaction of a tenant.

    Args:
        connection: The connection, in the transaction.
        tenant: The tenant.
        where: Which store it is, for messages.
    """

    def __init__(self, connection: sa.Connection, tenant: str, where: str) -> None:
        self._connection = connection
        self._tenant = tenant
        self._where = where

    def rows(self, table: Table[R], keys: Sequence[Values]) -> list[R]:
        """Return the rows with these keys.

        Args:
            table: The table.
            keys: The keys, sorted.
        """
        return self._keyed(table, keys, lock=False)

    def locked_rows(self, table: Table[R], keys: Sequence[Values]) -> list[R]:
        """Return the rows with these keys, and lock them in their order, so that nobody waits for each other.

        Args:
            table: The table.
            keys: The keys, sorted.
        """
        return self._keyed(table, keys, lock=True)

    def matching(self, table: Table[R], what: Asked) -> list[R]:
        """Return the rows that are asked for.

        Args:
            table: The table.
            what: What is asked for.
        """
        statement, bound = sql_statements.matching(table, what)
        return self._found(table, statement, bound)

    def counted(self, table: Table[Any], column: str, what: Asked) -> dict[Value, int]:
        """Return how many of the rows that are asked for hold each value of a column.

        Args:
            table: The table.
            column: The column.
            what: What is asked for.
        """
        statement, bound = sql_statements.counted(table, column, what)
        with told(self._where):
            return dict(map(tuple, self._connection.execute(statement, {TENANT: self._tenant, **bound})))

    def insert(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows, in the order of their keys, so that nobody waits for each other.

        Args:
            table: The table.
            rows: The rows by their keys, sorted.
        """
        self._write(sql_statements.insert(table), table, rows)

    def replace(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows, or replace those that are there, likewise in order.

        Args:
            table: The table.
            rows: The rows by their keys, sorted.
        """
        self._write(sql_statements.replace(table), table, rows)

    def delete(self, table: Table[Any], what: Asked) -> None:
        """Remove the rows that are asked for.

        Args:
            table: The table.
            what: What is asked for.
        """
        statement, bound = sql_statements.delete(table, what)
        with told(self._where):
            self._connection.execute(statement, {TENANT: self._tenant, **bound})

    def _keyed(self, table: Table[R], keys: Sequence[Values], *, lock: bool) -> list[R]:
        if not keys:
            return []
        lists = {name: [key[place] for key in keys] for place, name in enumerate(table.primary)}
        return self._found(table, sql_statements.rows_by_key(table, lock=lock), lists)

    def _write(self, statement: sa.Insert, table: Table[R], rows: Mapping[Values, R]) -> None:
        names = [column.name for column in table.columns]
        given = [dict(zip(names, table.values(row), strict=True)) for row in rows.values()]
        bound = {TENANT: self._tenant, "rows": dumps(given, ensure_ascii=False)}
        with told(self._where):
            self._connection.execute(statement, bound)

    def _found(self, table: Table[R], statement: Any, bound: Mapping[str, Any]) -> list[R]:
        with told(self._where):
            found = self._connection.execute(statement, {TENANT: self._tenant, **bound}).all()
        return [table.row(tuple(values)) for values in found]
