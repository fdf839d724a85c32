"""A store within a transaction of the caller's own on Postgres."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from leadqual.errors import Kind, Problem, StoreError
from leadqual.service.stores.asked import check_tenant
from leadqual.service.stores.migrating import Steps
from leadqual.service.stores.sql_backing import SqlBacking
from leadqual.service.stores.sql_failing import told
from leadqual.service.stores.sql_schema import STEPS, take_steps
from leadqual.service.stores.unit import StoreUnit, working

_WHERE: Final = "store"


class SqlWithin:
    """A store on a connection of the caller's; `SqlStore.within` makes it.

    Args:
        connection: The connection; it is never closed here, and used by one thread at a time.
        steps: The versions of the schema.
    """

    def __init__(self, connection: sa.Connection, *, steps: Steps = STEPS) -> None:
        self._connection = connection
        self._steps = steps
        self._closed = False

    def __repr__(self) -> str:
        return "<SqlStore within a connection>"

    def unit(self, tenant: str, *, write: bool) -> AbstractContextManager[StoreUnit]:
        """Return a part of the caller's transaction; see `leadqual.service.store.Store`."""
        check_tenant(tenant)
        return self._unit(tenant, write=write)

    def clear_traces(self) -> None:
        """Do nothing: within a transaction, nothing can be cleared away."""

    def close(self) -> None:
        """Leave the connection to the caller."""
        self._closed = True

    @contextmanager
    def _unit(self, tenant: str, *, write: bool) -> Iterator[StoreUnit]:
        if self._closed:
            got, hint = Kind("closed"), "Open another one."
            raise StoreError([Problem(where=_WHERE, what="the store is closed", got=got, hint=hint)])
        with told(_WHERE):
            savepoint = self._connection.begin_nested()
        try:
            with told(_WHERE):
                take_steps(self._connection, self._steps)
            with working(SqlBacking(self._connection, tenant, _WHERE), _WHERE, write=write) as unit:
                yield unit
            with told(_WHERE):
                savepoint.commit()
        except BaseException:
            with suppress(SQLAlchemyError):  # of a connection that broke there is nothing to undo
                savepoint.rollback()
            raise
