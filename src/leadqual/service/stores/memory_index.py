"""Keys of rows in memory in the order of some columns, so that rows are found without looking at all."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from itertools import product
from operator import attrgetter
from typing import Any, Final

from leadqual.service.rows import Row
from leadqual.service.stores.asked import Asked
from leadqual.service.tables import Table, Values

_LEAST: Final = -(1 << 63)
_NOTHING: Final[dict[str, str | int]] = {"text": "", "integer": _LEAST - 1}
"""What stands for a column that holds nothing: it comes first."""


class Index:
    """Keys in the order of some columns.

    Args:
        table: The table.
        columns: The columns; those of the key are among them.
    """

    def __init__(self, table: Table[Any], columns: tuple[str, ...]) -> None:
        kinds = {column.name: column for column in table.columns}
        self._columns = columns
        self._nothing = {name: _NOTHING[kinds[name].kind] for name in columns}
        self._blurred = {name for name in columns if kinds[name].optional and kinds[name].kind == "text"}
        self._primary = table.primary
        self._places = tuple(columns.index(name) for name in table.primary)
        self._take = attrgetter(*columns, columns[0])  # always a tuple
        self._entries: list[Values] = []

    def move(self, before: Row | None, after: Row | None) -> None:
        """Put a row in the place of another one.

        Args:
            before: The one that was there, if any.
            after: The one that is there now, if any.
        """
        old, new = self._entry(before), self._entry(after)
        if old == new:
            return
        if old is not None:
            del self._entries[bisect_left(self._entries, old)]
        if new is not None:
            insort(self._entries, new)

    def use(self, what: Asked) -> tuple[int, bool]:
        """Return how well the index serves: how far it narrows down what is looked at, and whether it orders it.

        Args:
            what: What is asked for.
        """
        fixed = self._fixed(what)
        bound = {bounds[0] for bounds in (what.above, what.upto) if bounds is not None}
        return 2 * len(fixed) + (self._column_after(fixed) in bound), self.orders(what)

    def orders(self, what: Asked) -> bool:
        """Return whether `keys` yields keys in the order that is asked for.

        Args:
            what: What is asked for.
        """
        single = {*(name for name, _ in what.equal), *what.missing}
        if any(name not in single for name in self._fixed(what)):
            return False
        given = [name for name in self._columns if name not in single]
        asked = [*what.order, *(name for name in self._primary if name not in what.order)]
        return given == [name for name in asked if name not in single] and not self._blurred.intersection(given)

    def keys(self, what: Asked) -> Iterator[Values]:
        """Yield the keys of all rows that may be meant, and of some that are not.

        Args:
            what: What is asked for.
        """
        choices: dict[str, tuple[str | int, ...]] = dict(what.among)
        choices |= {name: (value,) for name, value in what.equal}
        choices |= {name: (self._nothing[name],) for name in what.missing if name in self._nothing}
        fixed = self._fixed(what)
        column = self._column_after(fixed)
        low: tuple[str | int, ...] = ()
        high: tuple[str | int, ...] = ()
        if what.upto is not None and what.upto[0] == column:
            low, high = ("" if isinstance(what.upto[1], str) else _LEAST,), (what.upto[1],)
        if what.above is not None and what.above[0] == column:
            low = (what.above[1],)
        for start in product(*(choices[name] for name in fixed)):
            for entry in self._between((*start, *low), (*start, *high)):
                yield tuple(entry[place] for place in self._places)

    def _between(self, low: Values, high: Values) -> list[Values]:
        first = bisect_left(self._entries, low)
        last = bisect_right(self._entries, high, lo=first, key=lambda entry: entry[: len(high)])
        return self._entries[first:last]

    def _fixed(self, what: Asked) -> list[str]:
        """Return the first columns, as far as their values are given."""
        given = {*(name for name, _ in what.equal), *what.missing, *(name for name, _ in what.among)}
        rest = next((place for place, name in enumerate(self._columns) if name not in given), len(self._columns))
        return list(self._columns[:rest])

    def _column_after(self, fixed: list[str]) -> str | None:
        return self._columns[len(fixed)] if len(fixed) < len(self._columns) else None

    def _entry(self, row: Row | None) -> Values | None:
        if row is None:
            return None
        taken: Values = self._take(row)[:-1]
        if None not in taken:
            return taken
        return tuple(
            self._nothing[name] if value is None else value for name, value in zip(self._columns, taken, strict=True)
        )
