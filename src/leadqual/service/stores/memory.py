"""A store in memory: for tests, notebooks and everything that is worked out anew."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from threading import Lock
from typing import Final

from leadqual.errors import Kind, Problem, StoreBusy
from leadqual.service.stores.asked import check_tenant
from leadqual.service.stores.memory_backing import MemoryBacking, Room
from leadqual.service.stores.unit import StoreUnit, working

WAIT: Final = timedelta(seconds=30)
"""How long a unit waits for others before it says that the store is busy."""


class MemoryStore:
    """A store in memory, for the threads of one process; what it holds is gone with it.

    One unit writes at a time, and others wait for it; those that read wait for nobody.

    Args:
        wait: How long a unit waits for others before it fails with `StoreBusy`.

    >>> from leadqual.service.rows import NoteRow
    >>> from leadqual.service.tables import NOTES
    >>> store = MemoryStore()
    >>> with store.unit("main", write=True) as unit:
    ...     unit.add(NOTES, [NoteRow(name="a", value="1")])
    >>> with store.unit("main", write=False) as unit:
    ...     unit.get(NOTES, [("a",)])[0].value
    '1'
    """

    def __init__(self, *, wait: timedelta = WAIT) -> None:
        self._wait = wait
        self._writer = Lock()
        self._room = Room()

    def __repr__(self) -> str:
        return "<MemoryStore>"

    def unit(self, tenant: str, *, write: bool) -> AbstractContextManager[StoreUnit]:
        """Return a transaction of a tenant; see `leadqual.service.store.Store`."""
        check_tenant(tenant)
        return self._writing(tenant) if write else self._unit(tenant, write=False)

    def clear_traces(self) -> None:
        """Do nothing: a store in memory has no files."""

    def close(self) -> None:
        """Drop all that the store holds."""
        with self._room.lock:
            self._room.closed = True
            self._room.shelves.clear()

    @contextmanager
    def _writing(self, tenant: str) -> Iterator[StoreUnit]:
        if not self._writer.acquire(timeout=self._wait.total_seconds()):
            got, hint = Kind("a busy store"), "Try again; nothing was written."
            raise StoreBusy([Problem(where="store", what="somebody else writes", got=got, hint=hint)])
        try:
            with self._unit(tenant, write=True) as unit:
                yield unit
        finally:
            self._writer.release()

    @contextmanager
    def _unit(self, tenant: str, *, write: bool) -> Iterator[StoreUnit]:
        backing = MemoryBacking(self._room, tenant, write=write)
        try:
            with working(backing, "store", write=write) as unit:
                yield unit
        except BaseException:
            backing.end(undo=True)
            raise
        backing.end(undo=False)
