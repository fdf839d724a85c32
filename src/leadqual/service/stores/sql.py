"""A store on Postgres, by SQLAlchemy Core."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from leadqual.errors import Kind, MissingExtra, Problem, StoreError
from leadqual.service.store import Store
from leadqual.service.stores.asked import check_tenant
from leadqual.service.stores.migrating import Steps, steps_after
from leadqual.service.stores.sql_backing import SqlBacking
from leadqual.service.stores.sql_failing import told
from leadqual.service.stores.sql_schema import STEPS, take_steps
from leadqual.service.stores.sql_statements import PATIENCE, START, VACUUM
from leadqual.service.stores.unit import StoreUnit, working

WAIT: Final = timedelta(seconds=30)
"""How long a unit waits for others before it says that the store is busy."""
_DRIVER: Final = "postgresql+psycopg"
_READS: Final[dict[str, Any]] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_WRITES: Final[dict[str, Any]] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
_ALONE: Final[dict[str, Any]] = {"isolation_level": "AUTOCOMMIT"}


class SqlStore:
    """A store on Postgres, for any number of threads, processes and machines.

    A unit that writes locks the rows that it reads with ``lock`` (``FOR UPDATE``), so that those who write the same
    wait for each other; one that reads sees what there was when it began (``REPEATABLE READ``), and nobody waits for
    it. A store that made its engine itself may be used on after a fork.

    Args:
        engine: An engine of SQLAlchemy for Postgres by psycopg, which stays yours to dispose of; or a URL.
        wait: How long a unit waits for others before it fails with `StoreBusy`.
        steps: The versions of the schema.

    Raises:
        MissingExtra: If psycopg is not installed.
        StoreBusy: If somebody else holds the tables for too long.
        StoreError: If the database cannot be used, or belongs to a newer release.
    """

    def __init__(self, engine: sa.Engine | str, *, wait: timedelta = WAIT, steps: Steps = STEPS) -> None:
        self._made = isinstance(engine, str)
        self._engine = _engine(engine) if isinstance(engine, str) else engine
        _check(_driver(self._engine))
        self._milliseconds = max(1, int(wait.total_seconds() * 1000))
        self._process = os.getpid()
        self._closed = False
        self._steps = steps
        self._where = f"store {self._engine.url.database!r}"
        with ExitStack() as failing:
            failing.callback(self.close)
            with self._connected(_WRITES) as connection, told(self._where), connection.begin():
                connection.execute(PATIENCE, {"wait": str(self._milliseconds)})
                take_steps(connection, steps)
            failing.pop_all()

    def __repr__(self) -> str:
        return f"<SqlStore on {self._engine.url.database!r}>"

    @staticmethod
    def within(connection: sa.Connection, *, steps: Steps = STEPS) -> Store:
        """Return a store whose units are parts of a transaction of your own, so that your rows commit with ours.

        You commit the transaction or roll it back. A unit that fails undoes what it did itself. The tables are made in
        the same transaction if they are not there.

        Args:
            connection: Your connection to Postgres, at ``READ COMMITTED``, as it comes; it is never closed here. Use
                it, and the store, by one thread at a time.
            steps: The versions of the schema.
        """
        from leadqual.service.stores.sql_within import SqlWithin

        _check(_driver(connection.engine))
        return SqlWithin(connection, steps=steps)

    def unit(self, tenant: str, *, write: bool) -> AbstractContextManager[StoreUnit]:
        """Return a transaction of a tenant; see `leadqual.service.store.Store`."""
        check_tenant(tenant)
        return self._unit(tenant, write=write)

    def clear_traces(self) -> None:
        """Let Postgres clear away what was removed (``VACUUM``), so that its room is used again.

        The server's log, its backups and the free room in its files are the server's business.

        Raises:
            StoreError: If the database cannot be used.
        """
        with self._connected(_ALONE) as connection, told(self._where):
            connection.exec_driver_sql(VACUUM)

    def close(self) -> None:
        """Close all connections, unless the engine is yours; units that are at work end first."""
        self._closed = True
        self._own()
        if self._made:
            self._engine.dispose()

    @contextmanager
    def _unit(self, tenant: str, *, write: bool) -> Iterator[StoreUnit]:
        with self._connected(_WRITES if write else _READS) as connection:
            with told(self._where):
                transaction = connection.begin()
            try:
                self._start(connection)
                with working(SqlBacking(connection, tenant, self._where), self._where, write=write) as unit:
                    yield unit
                with told(self._where):
                    transaction.commit()
            except BaseException:
                with suppress(SQLAlchemyError):  # of a connection that broke there is nothing to undo
                    transaction.rollback()
                raise

    def _start(self, connection: sa.Connection) -> None:
        """Say how long to wait, and see to it that the tables are still those of this release."""
        with told(self._where):
            row = connection.execute(START, {"wait": str(self._milliseconds)}).first()
        if steps_after(0 if row is None else row.version, self._steps):
            what = "the tables of the store were removed while it was open"
            raise StoreError([Problem(where=self._where, what=what, got=Kind("none"), hint="Open it again.")])

    @contextmanager
    def _connected(self, options: dict[str, Any]) -> Iterator[sa.Connection]:
        self._own()
        if self._closed:
            hint = "Open another one."
            raise StoreError([Problem(where=self._where, what="the store is closed", got=Kind("closed"), hint=hint)])
        with told(self._where):
            connection = self._engine.connect()
        try:
            with told(self._where):
                connection.execution_options(**options)
            yield connection
        finally:
            with suppress(SQLAlchemyError):
                connection.close()

    def _own(self) -> None:
        """Leave the connections of a parent process alone."""
        process = os.getpid()
        if process != self._process and self._made:
            self._engine.dispose(close=False)
        self._process = process


def _engine(url: str) -> sa.Engine:
    """Return an engine for a URL, whose password no message shows."""
    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None:
        what, hint = "the URL of a database was expected", "Write postgresql://user:password@host/database."
        raise StoreError([Problem(where="store", what=what, got=Kind("something else"), hint=hint)])
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername=_DRIVER)
    _check(parsed.drivername)
    try:
        return sa.create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    except ImportError:
        raise MissingExtra("Postgres needs SQLAlchemy and psycopg: pip install 'leadqual[sql]'") from None


def _driver(engine: sa.Engine) -> str:
    return f"{engine.dialect.name}+{engine.dialect.driver}"


def _check(driver: str) -> None:
    if driver != _DRIVER:
        hint = f"Use {_DRIVER}://; for SQLite there is SQLiteStore."
        raise StoreError([Problem(where="store", what="Postgres by psycopg was expected", got=driver, hint=hint)])
