"""What a store has to do: keep rows, all of a command or none of them, and find them again."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol, runtime_checkable

from leadqual.service.tables import R, Table, Value, Values


class Unit(Protocol):
    """One transaction of one tenant; it is used by the thread that opened it, until it ends.

    It sees what was committed before it began and what it has done itself. Leaving it commits; leaving it by an error
    undoes all that it did. Once a call has failed, it can only be left by an error. A unit that does not write refuses
    to write and to lock.

    What not every database can keep, no store keeps: a text with a NUL character or half of a surrogate pair, a text of
    more than 640 bytes in a column by which rows are identified or found, a whole number of more than 64 bits. All this
    is refused with `StoreError`.
    """

    def get(self, table: Table[R], keys: Collection[Values], *, lock: bool = False) -> list[R]:
        """Return the rows with these keys, in the order of their keys; what there is not is left out.

        Args:
            table: The table.
            keys: What identifies them.
            lock: Whether nobody else may change them until the unit ends. Rows are locked in the order of their keys.

        Raises:
            Taken: If somebody else holds one and waiting for it would never end.
        """
        ...

    def find(
        self,
        table: Table[R],
        *,
        equal: Mapping[str, Value | Collection[str]] | None = None,
        above: tuple[str, str | int] | None = None,
        upto: tuple[str, str | int] | None = None,
        order: Collection[str] = (),
        limit: int | None = None,
        lock: bool = False,
    ) -> list[R]:
        """Return the rows that fulfil all conditions.

        Args:
            table: The table.
            equal: Columns with the value that they hold, ``None`` for nothing, or a collection of those they may hold.
            above: A column that holds something greater than this; texts compare by code point.
            upto: A column that holds this or something less; never nothing.
            order: Columns by which the rows are ordered, ascending, with those first that hold nothing; then by their
                keys.
            limit: How many at most.
            lock: Whether nobody else may change them until the unit ends; those that somebody else holds are left out.
        """
        ...

    def count(
        self,
        table: Table[Any],
        column: str,
        *,
        equal: Mapping[str, Value | Collection[str]] | None = None,
        upto: tuple[str, str | int] | None = None,
    ) -> dict[Value, int]:
        """Return how many of the rows that fulfil all conditions hold each value of a column; ``None`` is nothing.

        Args:
            table: The table.
            column: The column.
            equal: As `find` takes it.
            upto: Likewise.
        """
        ...

    def add(self, table: Table[R], rows: Iterable[R]) -> None:
        """Add rows.

        Raises:
            Taken: If there is one with such a key already.
        """
        ...

    def put(self, table: Table[R], rows: Iterable[R]) -> None:
        """Add rows, or replace those with the same keys."""
        ...

    def remove(self, table: Table[R], *, equal: Mapping[str, Value | Collection[str]]) -> None:
        """Remove the rows whose columns hold these values."""
        ...


class Store(Protocol):
    """Where a service keeps everything. One may be used by several threads, and its data by several processes."""

    def unit(self, tenant: str, *, write: bool) -> AbstractContextManager[Unit]:
        """Return a transaction of a tenant.

        A unit that writes sees no change by others until it ends, of what it locked at least. Of two that write the
        same, one waits, or fails with `Taken` and can be done again.

        Args:
            tenant: The tenant; no unit ever sees rows of another one.
            write: Whether it may write; one that only reads holds up nobody.

        Raises:
            StoreError: If the store cannot be used.
        """
        ...

    def clear_traces(self) -> None:
        """See to it that what was removed cannot be read in the store's files any more, as far as a store can."""
        ...

    def close(self) -> None:
        """Give back what the store holds; one may be closed twice."""
        ...


@runtime_checkable
class Joined(Protocol):
    """A store whose units can be parts of a transaction of the caller's."""

    def within(self, connection: Any, /) -> Store:
        """Return a store whose units are parts of the transaction of a connection.

        Args:
            connection: The caller's connection.
        """
        ...


class Taken(Exception):
    """Somebody else was faster: what was to be written has changed, or is there already. The command is done again."""
