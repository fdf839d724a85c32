"""Stores that do not keep what a unit promises, to see that this is noticed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from leadqual.service.store import Store

from .builds import Around


class Hasty(Around):
    """Everything is read before the transaction that writes, so that the last one to write wins."""

    @contextmanager
    def unit(self, tenant: str, *, write: bool) -> Iterator[Any]:
        """Return a transaction that locks nothing while it decides."""
        if not write:
            with self.store.unit(tenant, write=False) as unit:
                yield unit
            return
        later: list[tuple[str, Any, Any]] = []
        with self.store.unit(tenant, write=False) as unit:
            yield Deferred(unit, later)
        with self.store.unit(tenant, write=True) as unit:
            for name, table, rows in later:
                if name == "remove":
                    unit.remove(table, equal=rows)
                else:
                    unit.put(table, rows)


class Deferred:
    """A unit that remembers what it is to write."""

    def __init__(self, unit: Any, later: list[tuple[str, Any, Any]]) -> None:
        self.unit = unit
        self._later = later

    def get(self, table: Any, keys: Any, **_lock: bool) -> Any:
        """Return rows that are not locked."""
        return self.unit.get(table, keys)

    def find(self, table: Any, **more: Any) -> Any:
        """Return rows that are not locked."""
        return self.unit.find(table, **{**more, "lock": False})

    def count(self, table: Any, column: str, **more: Any) -> Any:
        """Return numbers."""
        return self.unit.count(table, column, **more)

    def add(self, table: Any, rows: Any) -> None:
        """Write rows at the end."""
        self._later.append(("put", table, list(rows)))

    def put(self, table: Any, rows: Any) -> None:
        """Write rows at the end."""
        self._later.append(("put", table, list(rows)))

    def remove(self, table: Any, *, equal: Any) -> None:
        """Remove rows at the end."""
        self._later.append(("remove", table, equal))


def sound(store: Store) -> Store:
    """Return the store as it is."""
    return store


WRONGS: Final[dict[str, Callable[[Store], Store]]] = {"sound": sound, "hasty": Hasty}
