"""The rows of one table of one tenant in memory."""

from collections.abc import Iterable
from itertools import islice
from operator import attrgetter
from typing import Any, Generic

from leadqual.service.stores.asked import Asked
from leadqual.service.stores.memory_index import Index
from leadqual.service.tables import R, Table, Value, Values


class Shelf(Generic[R]):
    """The rows of one table of one tenant.

    Args:
        table: The table.

    Attributes:
        rows: The rows by their keys.
    """

    def __init__(self, table: Table[R]) -> None:
        self.rows: dict[Values, R] = {}
        self._table = table
        others = ((*index, *(name for name in table.primary if name not in index)) for index in table.indexes)
        self._indexes = tuple(Index(table, columns) for columns in (table.primary, *others))

    def set(self, key: Values, row: R | None) -> None:
        """Put a row in its place, or take it away.

        Args:
            key: Its key.
            row: The row; ``None`` to take away the one that is there.
        """
        before = self.rows.get(key)
        for index in self._indexes:
            index.move(before, row)
        if row is not None:
            self.rows[key] = row
        elif before is not None:
            del self.rows[key]

    def find(self, what: Asked) -> list[R]:
        """Return the rows that are asked for, in their order.

        Args:
            what: What is asked for.
        """
        index = max(self._indexes, key=lambda index: index.use(what))
        found = (row for key in index.keys(what) if fulfils(row := self.rows[key], what))
        return list(islice(found, what.limit)) if index.orders(what) else ordered(self._table, found, what)


def fulfils(row: Any, what: Asked) -> bool:
    """Return whether a row is one of those that are asked for.

    Args:
        row: The row.
        what: What is asked for.
    """
    for name, value in what.equal:
        if attrgetter(name)(row) != value:
            return False
    for name in what.missing:
        if attrgetter(name)(row) is not None:
            return False
    for name, values in what.among:
        if attrgetter(name)(row) not in values:
            return False
    if what.above is not None:
        held = attrgetter(what.above[0])(row)
        if held is None or held <= what.above[1]:
            return False
    if what.upto is not None:
        held = attrgetter(what.upto[0])(row)
        return held is not None and bool(held <= what.upto[1])
    return True


def ordered(table: Table[R], rows: Iterable[R], what: Asked) -> list[R]:
    """Return rows in the order that is asked for, and as many as are asked for.

    Args:
        table: Their table.
        rows: The rows.
        what: What is asked for.
    """
    take = attrgetter(*what.order, *table.primary, table.primary[0])  # always a tuple

    def place(row: R) -> list[tuple[bool, Value]]:
        return [(value is not None, 0 if value is None else value) for value in take(row)]

    return sorted(rows, key=place)[: what.limit]
