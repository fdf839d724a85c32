"""Stores of services as one should not build them: effects that are sent after the commit, or before it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from leadqual.service.store import Store
from leadqual.service.tables import EFFECTS

Send = Callable[[Any, str], None]
"""Carries an effect out under a key."""


class Around:
    """A store around another one; every unit passes through `around`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @contextmanager
    def unit(self, tenant: str, *, write: bool) -> Iterator[Any]:
        """Return a transaction."""
        with self.store.unit(tenant, write=write) as unit:
            yield unit

    def clear_traces(self) -> None:
        """See to it that nothing is left of what was removed."""
        self.store.clear_traces()

    def close(self) -> None:
        """Give back what it holds."""
        self.store.close()


class Passing:
    """A unit that does what another one does."""

    def __init__(self, unit: Any) -> None:
        self.unit = unit
        self.get = unit.get
        self.find = unit.find
        self.put = unit.put
        self.remove = unit.remove

    def add(self, table: Any, rows: Any) -> None:
        """Add rows."""
        self.unit.add(table, rows)


class Diverting(Passing):
    """A unit that hands effects to somebody instead of storing them."""

    def __init__(self, unit: Any, take: Callable[[Any], None]) -> None:
        super().__init__(unit)
        self._take = take

    def add(self, table: Any, rows: Any) -> None:
        """Add rows."""
        if table is not EFFECTS:
            self.unit.add(table, rows)
            return
        for row in rows:
            self._take(row)


class CommitThenSend(Around):
    """Effects are kept in memory and sent after the commit: a process that dies between the two loses them."""

    def __init__(self, store: Store, send: Send) -> None:
        super().__init__(store)
        self._send = send

    @contextmanager
    def unit(self, tenant: str, *, write: bool) -> Iterator[Any]:
        """Return a transaction, after which its effects are sent."""
        effects: list[Any] = []
        with self.store.unit(tenant, write=write) as unit:
            yield Diverting(unit, effects.append)
        for row in effects:
            self._send(row, row.key)


class SendThenCommit(Around):
    """Effects are sent before the commit, under keys made anew: one that dies between the two sends them twice."""

    def __init__(self, store: Store, send: Send) -> None:
        super().__init__(store)
        self._send = send

    @contextmanager
    def unit(self, tenant: str, *, write: bool) -> Iterator[Any]:
        """Return a transaction that sends its effects itself."""
        with self.store.unit(tenant, write=write) as unit:
            yield Diverting(unit, lambda row: self._send(row, uuid4().hex))


def sound(store: Store, _send: Send) -> Store:
    """Return the store as it is: effects go through the outbox."""
    return store


BUILDS: dict[str, Callable[[Store, Send], Store]] = {
    "sound": sound,
    "commit then send": CommitThenSend,
    "send then commit": SendThenCommit,
}
