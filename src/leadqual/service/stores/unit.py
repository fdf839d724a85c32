"""What is alike in the units of all stores: all that comes is checked, and one in which something failed has to end."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from leadqual.errors import Kind, Problem, StoreError
from leadqual.service.store import Taken
from leadqual.service.stores.asked import Asked, asked, check_rows, keys_of
from leadqual.service.tables import R, Table, Value, Values


class Backing(Protocol):
    """What a store does in a transaction of a tenant with what was checked."""

    def rows(self, table: Table[R], keys: Sequence[Values]) -> list[R]:
        """Return the rows with these keys, which are sorted, in their order."""
        ...

    def locked_rows(self, table: Table[R], keys: Sequence[Values]) -> list[R]:
        """Return the rows with these keys, which are sorted, in their order; lock one after the other."""
        ...

    def matching(self, table: Table[R], what: Asked) -> list[R]:
        """Return the rows that are asked for."""
        ...

    def counted(self, table: Table[Any], column: str, what: Asked) -> dict[Value, int]:
        """Return how many of the rows that are asked for hold each value of a column."""
        ...

    def insert(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows, by their keys, which are sorted; `Taken` if there is one already."""
        ...

    def replace(self, table: Table[R], rows: Mapping[Values, R]) -> None:
        """Add rows, by their keys, which are sorted, or replace those that are there."""
        ...

    def delete(self, table: Table[Any], what: Asked) -> None:
        """Remove the rows that are asked for."""
        ...


class StoreUnit:
    """One transaction of a tenant; see `leadqual.service.store.Unit`.

    Args:
        backing: What does it.
        where: Which store it is, for messages.
        write: Whether it may write.
    """

    def __init__(self, backing: Backing, where: str, *, write: bool) -> None:
        self._backing = backing
        self._where = where
        self._write = write
        self._flaw: str | None = None

    def get(self, table: Table[R], keys: Collection[Values], *, lock: bool = False) -> list[R]:
        """Return the rows with these keys; see `leadqual.service.store.Unit`."""
        with self._working(write=lock):
            wanted = keys_of(table, keys)
            return self._backing.locked_rows(table, wanted) if lock else self._backing.rows(table, wanted)

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
        """Return the rows that fulfil all conditions; see `leadqual.service.store.Unit`."""
        with self._working(write=lock):
            what = asked(table, equal=equal, above=above, upto=upto, order=order, limit=limit, lock=lock)
            return [] if what.hopeless else self._backing.matching(table, what)

    def count(
        self,
        table: Table[Any],
        column: str,
        *,
        equal: Mapping[str, Value | Collection[str]] | None = None,
        upto: tuple[str, str | int] | None = None,
    ) -> dict[Value, int]:
        """Return how many rows hold each value of a column; see `leadqual.service.store.Unit`."""
        with self._working(write=False):
            what = asked(table, equal=equal, upto=upto, order=(column,))
            return {} if what.hopeless else self._backing.counted(table, column, what)

    def add(self, table: Table[R], rows: Iterable[R]) -> None:
        """Add rows; see `leadqual.service.store.Unit`."""
        with self._working(write=True):
            given = list(rows)
            found = _checked(table, given)
            if len(found) < len(given):
                raise Taken
            if found:
                self._backing.insert(table, found)

    def put(self, table: Table[R], rows: Iterable[R]) -> None:
        """Add rows, or replace those with the same keys; see `leadqual.service.store.Unit`."""
        with self._working(write=True):
            found = _checked(table, list(rows))
            if found:
                self._backing.replace(table, found)

    def remove(self, table: Table[R], *, equal: Mapping[str, Value | Collection[str]]) -> None:
        """Remove the rows whose columns hold these values; see `leadqual.service.store.Unit`."""
        with self._working(write=True):
            what = asked(table, equal=equal)
            if not what.hopeless:
                self._backing.delete(table, what)

    def end(self, *, kept: bool) -> None:
        """End the unit: nothing can be done with it any more.

        Args:
            kept: Whether what it has written is to be kept.

        Raises:
            StoreError: If it is, and something failed in the unit.
        """
        flaw, self._flaw = self._flaw, "the unit is over"
        if kept and flaw is not None:
            raise self._error(flaw)

    @contextmanager
    def _working(self, *, write: bool) -> Iterator[None]:
        if self._flaw is not None:
            raise self._error(self._flaw)
        if write and not self._write:
            raise self._error("a unit that only reads was to write or to lock", "Open it with write=True.")
        try:
            yield
        except BaseException:
            self._flaw = "something failed in the unit, so that it has to end"
            raise

    def _error(self, what: str, hint: str = "Open another one; nothing was written.") -> StoreError:
        return StoreError([Problem(where=self._where, what=what, got=Kind("a unit"), hint=hint)])


def _checked(table: Table[R], rows: list[R]) -> dict[Values, R]:
    """Return rows by their keys, sorted; of several with one key the last."""
    check_rows(table, rows)
    found = {table.key(row): row for row in rows}
    return {key: found[key] for key in sorted(found)}


@contextmanager
def working(backing: Backing, where: str, *, write: bool) -> Iterator[StoreUnit]:
    """Lend a unit, and end it.

    Args:
        backing: What does it.
        where: Which store it is, for messages.
        write: Whether it may write.

    Raises:
        StoreError: If something failed in it, and it was left as if nothing had.
    """
    unit = StoreUnit(backing, where, write=write)
    try:
        yield unit
    except BaseException:
        unit.end(kept=False)
        raise
    unit.end(kept=True)
