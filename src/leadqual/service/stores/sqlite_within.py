"""A store within a transaction of the caller's own on SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager

from leadqual.errors import Kind, Problem, StoreError
from leadqual.service.stores.asked import check_tenant
from leadqual.service.stores.migrating import Steps
from leadqual.service.stores.sqlite_backing import SQLiteBacking
from leadqual.service.stores.sqlite_failing import told
from leadqual.service.stores.sqlite_schema import STEPS, take_steps
from leadqual.service.stores.unit import StoreUnit, working

_WHERE = "store"


class SQLiteWithin:
    """A store on a connection of the caller's; `SQLiteStore.within` makes it.

    Args:
        connection: The connection; it is never closed here, and used by one thread at a time.
        steps: The versions of the schema.
    """

    def __init__(self, connection: sqlite3.Connection, *, steps: Steps = STEPS) -> None:
        self._connection = connection
        self._steps = steps
        self._closed = False
        with told(_WHERE), closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA secure_delete=ON")

    def __repr__(self) -> str:
        return "<SQLiteStore within a connection>"

    def unit(self, tenant: str, *, write: bool) -> AbstractContextManager[StoreUnit]:
        """Return a part of the caller's transaction; see `leadqual.service.store.Store`."""
        check_tenant(tenant)
        return self._unit(tenant, write=write)

    def clear_traces(self) -> None:
        """Empty the write-ahead log, unless a transaction is open: then the caller does it after its end."""
        if not self._connection.in_transaction:
            with told(_WHERE), closing(self._connection.cursor()) as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Leave the connection to the caller."""
        self._closed = True

    @contextmanager
    def _unit(self, tenant: str, *, write: bool) -> Iterator[StoreUnit]:
        if self._closed:
            got, hint = Kind("closed"), "Open another one."
            raise StoreError([Problem(where=_WHERE, what="the store is closed", got=got, hint=hint)])
        with told(_WHERE):
            cursor = self._connection.cursor()
        with closing(cursor), self._transaction(cursor, write=write):
            backing = SQLiteBacking(cursor, tenant, _WHERE)
            with working(backing, _WHERE, write=write) as unit:
                yield unit

    @contextmanager
    def _transaction(self, cursor: sqlite3.Cursor, *, write: bool) -> Iterator[None]:
        """Hold a savepoint in the caller's transaction, which is begun if need be; the caller ends one that writes."""
        cursor.row_factory = None
        began = not self._connection.in_transaction
        try:
            with told(_WHERE):
                if began:
                    cursor.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                cursor.execute("SAVEPOINT leadqual")
                take_steps(cursor, self._steps)
            yield
            with told(_WHERE):
                cursor.execute("RELEASE leadqual")
                if began and not write:
                    cursor.execute("COMMIT")
        except BaseException:
            self._undo(cursor, all_of_it=began)
            raise

    def _undo(self, cursor: sqlite3.Cursor, *, all_of_it: bool) -> None:
        if not self._connection.in_transaction:
            return  # SQLite has undone everything itself
        with told(_WHERE):
            if all_of_it:
                cursor.execute("ROLLBACK")
            else:
                cursor.execute("ROLLBACK TO leadqual")
                cursor.execute("RELEASE leadqual")
