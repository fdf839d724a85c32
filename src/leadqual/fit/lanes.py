"""The quick path of fit: items that read one attribute share one look-up of its value."""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from leadqual.conditions.fieldtypes import READERS, WrongType
from leadqual.fit.items import Item
from leadqual.fit.read import LeadRow
from leadqual.lead import BUILT_IN, Lead
from leadqual.points import clamp

_MOST: Final = 4096
"""Values remembered per attribute; others are worked out each time."""
_PRESENT: Final = 1 << 50
"""Added to the points of a value that is there, so that one sum also counts the known attributes."""
_HALF: Final = _PRESENT // 2


class _Remembered(dict[object, int]):
    """Points by value of one attribute, worked out when first asked for."""

    __slots__ = ("_items", "_name", "_read")

    def __init__(self, name: str, items: Sequence[Item], read: Callable[[object], object]) -> None:
        super().__init__()
        self._name, self._items, self._read = name, items, read

    def __missing__(self, value: object) -> int:
        row = {self._name: value}
        points = sum(item.earn(row).points for item in self._items)
        if value is not None and self._read(value) is not None:
            points += _PRESENT
        # Not remembered: 0 and 1, which equal the booleans and would let those pass unseen.
        if len(self) < _MOST and (value is None or type(value) is str or value not in (0, 1)):
            self[value] = points
        return points


class Lane:
    """The items of one group (or of none), by the attribute they read.

    Args:
        items: The items.
        readers: How each field is read.
        bounds: Bounds of the group, in hundredths, if it is one.
    """

    __slots__ = ("_bounds", "_get", "_items", "_memos", "_names", "_one", "_readers", "_rest")

    def __init__(
        self, items: Sequence[Item], readers: Mapping[str, Callable[[object], object]], bounds: tuple[int, int] | None
    ) -> None:
        shared: dict[str, list[Item]] = {}
        self._rest: list[Item] = []
        for item in items:
            name = item.fields[0] if len(item.fields) == 1 else "id"
            if name in BUILT_IN or readers[name] is READERS["list"]:
                self._rest.append(item)
            else:
                shared.setdefault(name, []).append(item)
        self._names = tuple(shared)
        self._memos = tuple(_Remembered(name, part, readers[name]) for name, part in shared.items())
        self._one = len(shared) == 1
        self._get: Callable[[Mapping[str, object]], Any] = operator.itemgetter(*shared) if shared else lambda _: ()
        self._items = tuple(items)
        self._readers = {name: readers[name] for item in items for name in item.fields}
        self._bounds = bounds

    def points(self, lead: Lead) -> tuple[int, bool]:
        """Return what the lane earns of a lead in hundredths, bounded, and whether a field it reads is known.

        Raises:
            WrongType: If a value is of another type than declared.
        """
        attributes = lead.attributes
        try:
            values = self._get(attributes)
        except KeyError:
            values = attributes.get(self._names[0]) if self._one else tuple(map(attributes.get, self._names))
        try:
            packed = self._memos[0][values] if self._one else sum(map(operator.getitem, self._memos, values))
        except WrongType:
            raise
        except TypeError:  # a value that cannot be looked up, such as a list where a text was declared
            return self._read(lead, self._items)
        points, known = (packed + _HALF) % _PRESENT - _HALF, packed >= _HALF
        if self._rest:
            more, seen = self._read(lead, self._rest)
            points, known = points + more, known or seen
        return (points if self._bounds is None else clamp(points, *self._bounds)), known

    def _read(self, lead: Lead, items: Sequence[Item]) -> tuple[int, bool]:
        """Return the points and whether a field is known, item by item."""
        row = LeadRow(lead)
        points = sum(item.earn(row).points for item in items)
        names = {name for item in items for name in item.fields}
        return points, any((value := row.get(name)) is not None and self._readers[name](value) is not None for name in names)
