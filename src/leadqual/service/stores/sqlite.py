"""A store in a file, by the SQLite of the standard library."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from leadqual.errors import Kind, Problem, StoreBusy, StoreError
from leadqual.service.store import Store
from leadqual.service.stores.asked import check_tenant
from leadqual.service.stores.migrating import Steps
from leadqual.service.stores.sqlite_backing import SQLiteBacking
from leadqual.service.stores.sqlite_failing import BUSY_HINT, told
from leadqual.service.stores.sqlite_pool import Connections
from leadqual.service.stores.sqlite_schema import STEPS, missing_steps, take_steps
from leadqual.service.stores.sqlite_waiting import patiently
from leadqual.service.stores.unit import StoreUnit, working

WAIT: Final = timedelta(seconds=30)
"""How long a store waits for others before it says that it is busy."""


class SQLiteStore:
    """A store in a file, for any number of threads and processes of one machine.

    One unit writes at a time, and others wait for it; those that read wait for nobody. What a unit has written is on
    the disk when it ends (write-ahead log, ``synchronous=FULL``), and what was removed is overwritten
    (``secure_delete``). A store may be used on after a fork.

    Args:
        path: The file; it is made if it is not there, its folder is not. ``-wal`` and ``-shm`` lie beside it in use.
        wait: How long a unit waits for others before it fails with `StoreBusy`.
        steps: The versions of the schema.

    Raises:
        StoreBusy: If somebody else holds the file for too long.
        StoreError: If it cannot be used, or belongs to a newer release.
    """

    def __init__(self, path: str | os.PathLike[str], *, wait: timedelta = WAIT, steps: Steps = STEPS) -> None:
        self._connections = Connections(_checked(os.fspath(path)), wait)
        self._where = self._connections.where
        self._wait = wait
        self._steps = steps
        with self._connections.lent() as connection, told(self._where), closing(connection.cursor()) as cursor:
            patiently(lambda: _log_ahead(cursor), wait)
            patiently(lambda: self._prepare(cursor), wait)

    def __repr__(self) -> str:
        return f"<SQLiteStore in {self._where.removeprefix('store ')}>"

    @staticmethod
    def within(connection: sqlite3.Connection, *, steps: Steps = STEPS) -> Store:
        """Return a store whose units are parts of a transaction of your own, so that your rows commit with ours.

        Begin the transaction with ``BEGIN IMMEDIATE`` if you write before the store does; where none is open, a unit
        that writes begins one. You commit it or roll it back. A unit that fails undoes what it did itself. The tables
        are made in the same transaction if they are not there.

        Args:
            connection: Your connection; its settings stay as they are, but for ``secure_delete``. It is never closed
                here. Use it, and the store, by one thread at a time.
            steps: The versions of the schema.
        """
        from leadqual.service.stores.sqlite_within import SQLiteWithin

        return SQLiteWithin(connection, steps=steps)

    def unit(self, tenant: str, *, write: bool) -> AbstractContextManager[StoreUnit]:
        """Return a transaction of a tenant; see `leadqual.service.store.Store`."""
        check_tenant(tenant)
        return self._unit(tenant, write=write)

    def clear_traces(self) -> None:
        """Write the file anew without what was removed, and empty its write-ahead log.

        What is removed is overwritten at once (``secure_delete``), but for copies that SQLite leaves in the unused part
        of a page when it parts one in two: only ``VACUUM`` takes those away. It takes about 6 seconds a gigabyte, holds
        up those who write, and needs room for a second file, in the folder for temporary files.

        Raises:
            StoreBusy: If somebody reads what was, or writes, for too long.
            StoreError: If the file cannot be used.
        """
        with self._connections.lent() as connection, told(self._where):
            connection.execute("PRAGMA temp_store=FILE")  # not a whole base in memory
            patiently(lambda: connection.execute("VACUUM"), self._wait)
            connection.execute("PRAGMA temp_store=MEMORY")
            patiently(lambda: self._empty_log(connection), self._wait)

    def close(self) -> None:
        """Close all connections; units that are at work end first."""
        self._connections.close()

    @contextmanager
    def _unit(self, tenant: str, *, write: bool) -> Iterator[StoreUnit]:
        with self._connections.lent() as connection, closing(connection.cursor()) as cursor:
            with told(self._where):
                patiently(lambda: self._begin(cursor, write=write), self._wait)
            try:
                with working(SQLiteBacking(cursor, tenant, self._where), self._where, write=write) as unit:
                    yield unit
                with told(self._where):
                    patiently(lambda: cursor.execute("COMMIT"), self._wait)
            except BaseException:
                _undo(cursor)
                raise

    def _empty_log(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            got = Kind("a busy file")
            raise StoreBusy([Problem(where=self._where, what="somebody reads the file", got=got, hint=BUSY_HINT)])

    def _begin(self, cursor: sqlite3.Cursor, *, write: bool) -> None:
        """Begin a transaction; it sees what there is from here on."""
        cursor.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        try:
            missing = missing_steps(cursor, self._steps)
        except BaseException:
            _undo(cursor)
            raise
        if missing:
            _undo(cursor)
            got, hint = Kind("none"), "Open it again."
            what = "the tables of the store were removed while it was open"
            raise StoreError([Problem(where=self._where, what=what, got=got, hint=hint)])

    def _prepare(self, cursor: sqlite3.Cursor) -> None:
        """Make the tables, or bring them to the newest version."""
        if not missing_steps(cursor, self._steps):
            return
        cursor.execute("BEGIN IMMEDIATE")
        try:
            take_steps(cursor, self._steps)
            cursor.execute("COMMIT")
        except BaseException:
            _undo(cursor)
            raise


def _log_ahead(cursor: sqlite3.Cursor) -> None:
    """Let the file have a write-ahead log."""
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode=WAL")


def _undo(cursor: sqlite3.Cursor) -> None:
    if cursor.connection.in_transaction:
        with suppress(sqlite3.Error):  # then the connection is not used again
            cursor.execute("ROLLBACK")


def _checked(path: str) -> Path:
    if path in ("", ":memory:"):
        hint = "For a store in memory, use MemoryStore() or open_store('memory:')."
        raise StoreError([Problem(where="store", what="the path of a file was expected", got=path, hint=hint)])
    return Path(path)
