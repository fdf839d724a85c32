"""One transaction of a tenant on SQLite."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from json import dumps
from typing import Any

from leadqual.service.stores.asked import Asked
from leadqual.service.stores.schema import TENANT, names, quoted, table_name
from leadqual.service.stores.sqlite_failing import told
from leadqual.service.tables import R, Table, Value, Values


class SQLiteBacking:
    """What SQLite does in a transaction of a tenant.

    Args:
        cursor: What runs statements within the transaction.
        tenant: The tenant.
        where: Which store it is, for messages.
    """

    def __init__(self, cursor: sqlite3.Cursor, tenant: str, where: str) -> None:
        self._cursor = cursor
        self._tenant = tenant
        self._where = where

    def rows(self, table: Table[R], keys: Sequence[Values]) -> list[R]:
        """Return the rows with these keys.

        Args:
            table: The table.
            keys: The keys, sorted.
        """
        text, found = _get(table), []
        with told(self._where):
            for key in keys:
                found += self._cursor.execute(text, (self._tenant, *key)).fetchall()
        return [table.row(values) for values in found]

    def locked_rows(self, table: Table[R], keys: Sequence[Values]) -> list[R]:
        """Return the rows with these keys; nobody else writes anyway.

        Args:
            table: The table.
            keys: The keys, sorted.
        """
        return self.rows(table, keys)

    def matching(self, table: Table[R], what: Asked) -> list[R]:
        """Return the rows that are asked for.

        Args:
            table: The table.
            what: What is asked for.
        """
        where, values = _where(what, self._tenant)
        by = names((*what.order, *(name for name in table.primary if name not in what.order)))
        columns = names(tuple(column.name for column in table.columns))
        text = " ".join(("SELECT", columns, "FROM", table_name(table), where, "ORDER BY", by, "LIMIT ?"))
        with told(self._where):
            found = self._cursor.execute(text, (*values, -1 if what.limit is None else what.limit)).fetchall()
        return [table.row(values) for values in found]

    def counted(self, table: Table[Any], column: str, what: Asked) -> dict[Value, int]:
        """Return how many of the rows that are asked for hold each value of a column.

        Args:
            table: The table.
            column: The column.
            what: What is asked for.
        """
        where, values = _where(what, self._tenant)
        text = " ".join(("SELECT", f"{quoted(column)}, count(*)", "FROM", table_name(table), where, "GROUP BY 1"))
        with told(self._where):
            return dict(self._cursor.execute(text, values).fetchall())

    def insert(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows.

        Args:
            table: The table.
            rows: The rows by their keys.
        """
        self._run_many(_add(table), table, rows)

    def replace(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows, or replace those that are there.

        Args:
            table: The table.
            rows: The rows by their keys.
        """
        self._run_many(_put(table), table, rows)

    def delete(self, table: Table[Any], what: Asked) -> None:
        """Remove the rows that are asked for.

        Args:
            table: The table.
            what: What is asked for.
        """
        where, values = _where(what, self._tenant)
        with told(self._where):
            self._cursor.execute(" ".join(("DELETE FROM", table_name(table), where)), values)

    def _run_many(self, text: str, table: Table[R], rows: Mapping[Values, R]) -> None:
        tenant = self._tenant
        with told(self._where):
            self._cursor.executemany(text, [(tenant, *table.values(row)) for row in rows.values()])


def _where(what: Asked, tenant: str) -> tuple[str, list[str | int]]:
    """Return the conditions in SQL, and what is bound in them."""
    parts = [f"WHERE {quoted(TENANT)} = ?"]
    bound: list[str | int] = [tenant]
    for name, value in what.equal:
        parts.append(f"{quoted(name)} = ?")
        bound.append(value)
    parts += [f"{quoted(name)} IS NULL" for name in what.missing]
    for name, among in what.among:
        parts.append(" ".join((quoted(name), "IN (SELECT value FROM json_each(?))")))
        bound.append(dumps(among))
    for bounds, sign in ((what.above, ">"), (what.upto, "<=")):
        if bounds is not None:
            parts.append(f"{quoted(bounds[0])} {sign} ?")
            bound.append(bounds[1])
    return " AND ".join(parts), bound


@cache
def _get(table: Table[Any]) -> str:
    columns = names(tuple(column.name for column in table.columns))
    keyed = " AND ".join(f"{quoted(name)} = ?" for name in (TENANT, *table.primary))
    return " ".join(("SELECT", columns, "FROM", table_name(table), "WHERE", keyed))


@cache
def _add(table: Table[Any]) -> str:
    columns = (TENANT, *(column.name for column in table.columns))
    marks = ", ".join("?" for _ in columns)
    return " ".join(("INSERT INTO", table_name(table), f"({names(columns)})", f"VALUES ({marks})"))


@cache
def _put(table: Table[Any]) -> str:
    others = [column.name for column in table.columns if column.name not in table.primary]
    new = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in others)
    return " ".join((_add(table), f"ON CONFLICT ({names((TENANT, *table.primary))}) DO UPDATE SET", new))
