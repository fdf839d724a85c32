"""One transaction of a tenant in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter
from threading import RLock
from typing import Any

from attrs import evolve

from leadqual.errors import Kind, Problem, StoreError
from leadqual.service.store import Taken
from leadqual.service.stores.asked import Asked
from leadqual.service.stores.memory_shelf import Shelf, fulfils, ordered
from leadqual.service.tables import R, Table, Value, Values

Before = dict[Table[Any], dict[Values, Any]]
"""What rows were, by table and key, before they were changed; ``None`` for those that were not there."""


class Room:
    """What the transactions of a store in memory share.

    Attributes:
        lock: Held while something is looked at or changed.
        shelves: All rows, as they are now.
        closed: Whether the store is closed.
        open: The transactions that are open.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.shelves: dict[tuple[str, Table[Any]], Shelf[Any]] = {}
        self.closed = False
        self.open: list[MemoryBacking] = []

    def check_open(self) -> None:
        """Refuse to work once the store is closed.

        Raises:
            StoreError: If it is.
        """
        if self.closed:
            got, hint = Kind("closed"), "Open another one."
            raise StoreError([Problem(where="store", what="the store is closed", got=got, hint=hint)])

    def shelf(self, tenant: str, table: Table[R]) -> Shelf[R]:
        """Return the rows of a table of a tenant.

        Args:
            tenant: The tenant.
            table: The table.
        """
        if (tenant, table) not in self.shelves:
            self.shelves[tenant, table] = Shelf(table)
        return self.shelves[tenant, table]


class MemoryBacking:
    """What a store in memory does in a transaction of a tenant.

    What it writes is in its place at once. Each transaction that is open remembers what the rows were that another one
    has changed since, and the one that writes remembers it of its own, to undo it.

    Args:
        room: What all transactions share.
        tenant: The tenant.
        write: Whether it may write.

    Attributes:
        tenant: The tenant.
        writes: Whether it may write.
        before: What rows were before they were changed, by another transaction or, if it writes, by itself.
    """

    def __init__(self, room: Room, tenant: str, *, write: bool) -> None:
        self._room = room
        self.tenant = tenant
        self.writes = write
        self.before: Before = {}
        with room.lock:
            room.check_open()
            for other in room.open:
                if other.writes and other.tenant == tenant:
                    self.before = {table: dict(rows) for table, rows in other.before.items()}
            room.open.append(self)

    def rows(self, table: Table[R], keys: Sequence[Values]) -> list[R]:
        """Return the rows with these keys.

        Args:
            table: The table.
            keys: The keys, sorted.
        """
        with self._room.lock:
            rows, before = self._shelf(table).rows, self._seen_before(table)
            found = [before[key] if key in before else rows.get(key) for key in keys]
        return [row for row in found if row is not None]

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
        with self._room.lock:
            shelf, before = self._shelf(table), self._seen_before(table)
            if not before:
                return shelf.find(what)
            now = [row for row in shelf.find(evolve(what, limit=None)) if table.key(row) not in before]
            then = [row for row in before.values() if row is not None and fulfils(row, what)]
        return ordered(table, [*now, *then], what)

    def counted(self, table: Table[Any], column: str, what: Asked) -> dict[Value, int]:
        """Return how many of the rows that are asked for hold each value of a column.

        Args:
            table: The table.
            column: The column.
            what: What is asked for.
        """
        return dict(Counter(map(attrgetter(column), self.matching(table, what))))

    def insert(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows.

        Args:
            table: The table.
            rows: The rows by their keys.
        """
        with self._room.lock:
            if not self._shelf(table).rows.keys().isdisjoint(rows):
                raise Taken
            self.replace(table, rows)

    def replace(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows, or replace those that are there.

        Args:
            table: The table.
            rows: The rows by their keys.
        """
        with self._room.lock:
            for key, row in rows.items():
                self._set(table, key, row)

    def delete(self, table: Table[Any], what: Asked) -> None:
        """Remove the rows that are asked for.

        Args:
            table: The table.
            what: What is asked for.
        """
        with self._room.lock:
            for row in self._shelf(table).find(what):
                self._set(table, table.key(row), None)

    def end(self, *, undo: bool) -> None:
        """End the transaction.

        Args:
            undo: Whether all that it has written is undone.
        """
        with self._room.lock:
            for table, rows in self.before.items() if undo and self.writes else ():
                shelf = self._room.shelf(self.tenant, table)
                for key, row in rows.items():
                    shelf.set(key, row)
            self._room.open.remove(self)

    def _set(self, table: Table[R], key: Values, row: R | None) -> None:
        shelf = self._shelf(table)
        before = shelf.rows.get(key)
        for other in self._room.open:
            if other.tenant == self.tenant:
                other.before.setdefault(table, {}).setdefault(key, before)
        shelf.set(key, row)

    def _seen_before(self, table: Table[R]) -> Mapping[Values, R | None]:
        """Return what this transaction sees of rows that others have changed since it began."""
        return {} if self.writes else self.before.get(table, {})

    def _shelf(self, table: Table[R]) -> Shelf[R]:
        self._room.check_open()
        return self._room.shelf(self.tenant, table)
