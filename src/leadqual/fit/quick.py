"""The quick path of fit: what a profile earns, looked up rather than worked out.

Nothing here has a meaning of its own. What one attribute earns is asked once of the items that read it (`Item.earn`)
and remembered: by value for texts, and for sizes once on either side of every bound that an item names, since what is
earned can change nowhere else. A property test holds this path and `FitPlan.read` together.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from leadqual.conditions.fieldtypes import INT64, WrongType
from leadqual.fit.items import Item
from leadqual.lead import Lead
from leadqual.points import clamp

Quick = Callable[[Lead], tuple[int, bool]]
"""A lead to hundredths of a point, and whether a field that is read is known."""
Readers = Mapping[str, Callable[[object], object]]
_MOST: Final = 1 << 12
"""Texts remembered per attribute at most; others are worked out each time."""
_LONGEST: Final = 64
"""Characters of a text that is remembered at most."""
_PERSONAL: Final = ("id", "email", "phone", "company_id")
"""Fields of every lead whose texts are never remembered."""
_MAX: Final = math.nextafter(math.inf, 0)
_FAR: Final = 1 << 60
_DAY: Final = timedelta(days=1)
_NOTHING: Final = (None, "")
_NO_FIELD: Final = "\0"
"""No attribute has this name in a playbook; where a lead has it all the same, it is not looked at."""


class _Text(NamedTuple):
    """Points by the text of one attribute, worked out when first asked for.

    Attributes:
        name: The attribute.
        points: What is earned by text, and by ``None``.
        items: The items that read it.
    """

    name: str
    points: dict[object, int]
    items: Sequence[Item]

    def earned(self, text: object) -> int:
        """Return what a text earns, and remember it while there is room."""
        points = self.points.get(text)
        if points is None:
            points = sum(item.earn({self.name: text}).points for item in self.items)
            if len(self.points) < _MOST and (text is None or (isinstance(text, str) and len(text) <= _LONGEST)):
                self.points[text] = points
        return points


class _Size(NamedTuple):
    """Points by the size of one attribute.

    Attributes:
        name: The attribute.
        kind: The only type of value that is looked up; others are left to the items themselves.
        low: Least value that is looked up.
        high: Greatest value that is looked up.
        bounds: Values at which the points may change.
        points: What is earned before the first bound, and from each bound on.
        if_missing: What a missing value earns.
    """

    name: str
    kind: type
    low: Any
    high: Any
    bounds: list[Any]
    points: list[int]
    if_missing: int


class _Never:
    """The type of no value."""


_NO_SIZE: Final = _Size(_NO_FIELD, _Never, 0, 0, [], [], 0)
_RANGES: Final[Mapping[str, tuple[type, Any, Any]]] = {
    "boolean": (bool, False, True),
    "integer": (int, -INT64, INT64 - 1),
    "number": (float, -_MAX, _MAX),
    "date": (date, date.min, date.max),
}


def _after(mark: Any, type_name: str) -> Any:
    """Return the next value after a mark, among those of its type."""
    if type_name == "number":
        return math.nextafter(mark, math.inf)
    return mark + _DAY if type_name == "date" else mark + 1


def _size(name: str, type_name: str, items: Sequence[Item]) -> _Size:
    kind, low, high = _RANGES[type_name]
    marks = {mark for item in items for mark in item.marks}
    bounds = [True] if kind is bool else sorted(marks | {_after(mark, type_name) for mark in marks if mark < high})

    def earned(value: object) -> int:
        return sum(item.earn({name: value}).points for item in items)

    return _Size(name, kind, low, high, bounds, [earned(low), *map(earned, bounds)], earned(None))


def quick_points(
    items: Sequence[Item], types: Mapping[str, str], readers: Readers, low: int = -_FAR, high: int = _FAR
) -> Quick:
    """Return a function that gives what items earn together of a lead.

    Args:
        items: The items, of one group or of none.
        types: Type of each field that they read.
        readers: How each of them is read.
        low: Lower bound of what they earn together, in hundredths.
        high: Upper bound.

    Returns:
        The function; it raises `WrongType` for a value of another type than declared.
    """
    by_field = _by_field(items, types)
    words = [_Text(name, {}, by_field[name]) for name in by_field if types[name] == "text"]
    sizes = [_size(name, types[name], part) for name, part in by_field.items() if types[name] in _RANGES]
    (t1, m1, _), (t2, m2, _), (t3, m3, _), (t4, m4, _), (t5, m5, _), (t6, m6, _) = texts = _at_least_six(words)[:6]
    size_1, size_2 = [*sizes, _NO_SIZE, _NO_SIZE][:2]
    s1, kind_1, low_1, high_1, bounds_1, points_1, none_1 = size_1
    s2, kind_2, low_2, high_2, bounds_2, points_2, none_2 = size_2
    names = [name for name in (*(text.name for text in texts), s1, s2) if name != _NO_FIELD]
    others = [item for item in items if len(item.fields) != 1 or item.fields[0] not in names]
    more = _more(others, words[6:], readers)
    each = _one_by_one(items, readers)

    # Written out for six texts and two sizes: a loop over them takes twice the time (docs/benchmarks.md).
    def points(lead: Lead) -> tuple[int, bool]:
        row = lead.row
        get = row.get
        try:
            try:
                first = row[t1]
                total = m1[first] + m2[row[t2]] + m3[row[t3]] + m4[row[t4]] + m5[row[t5]] + m6[row[t6]]
            except KeyError:  # an attribute is not there, or a text was not seen before
                first = get(t1)
                total = sum(text.earned(get(text.name)) for text in texts)
            value = get(s1)
            if type(value) is kind_1 and low_1 <= value <= high_1:
                total += points_1[bisect_right(bounds_1, value)]
            elif value is None:
                total += none_1
            else:
                return each(lead, low, high)
            value = get(s2)
            if type(value) is kind_2 and low_2 <= value <= high_2:
                total += points_2[bisect_right(bounds_2, value)]
            elif value is None:
                total += none_2
            else:
                return each(lead, low, high)
        except WrongType:
            raise
        except TypeError:  # a value that cannot be looked up, such as a list where a text was declared
            return each(lead, low, high)
        known = (bool(first) and t1 != _NO_FIELD) or any(get(name) not in _NOTHING for name in names)
        if more is not None:
            earned, seen = more(lead)
            total += earned
            known = known or seen
        if total > high:
            return high, known
        if total < low:
            return low, known
        return total, known

    return points


def _by_field(items: Sequence[Item], types: Mapping[str, str]) -> dict[str, list[Item]]:
    """Return the items that read one field of a type that can be looked up, by field."""
    by_field: dict[str, list[Item]] = {}
    for item in items:
        looked_up = len(item.fields) == 1 and item.fields[0] not in _PERSONAL
        if looked_up and types[item.fields[0]] in ("text", *_RANGES):
            by_field.setdefault(item.fields[0], []).append(item)
    return by_field


def _more(others: Sequence[Item], words: Sequence[_Text], readers: Readers) -> Quick | None:
    """Return a function for what is not written out: further texts, and items that are asked one by one."""
    names = {text.name for text in words}
    each = [item for item in others if len(item.fields) != 1 or item.fields[0] not in names]
    ask = _one_by_one(each, readers)
    if not others:
        return None

    def points(lead: Lead) -> tuple[int, bool]:
        total, known = ask(lead)
        for text in words:
            value = lead.row.get(text.name)
            try:
                total += text.earned(value)
            except WrongType:
                raise
            except TypeError:  # a list where a text was declared
                raise WrongType("a text", type(value).__name__, text.name) from None
            known = known or bool(value)
        return total, known

    return points


def _at_least_six(texts: list[_Text]) -> list[_Text]:
    """Return the texts, with some that earn nothing where there are fewer than six."""
    name = texts[0].name if texts else _NO_FIELD
    return texts + [_Text(name, {}, ()) for _ in range(6 - len(texts))]


def _one_by_one(items: Sequence[Item], readers: Readers) -> Callable[..., tuple[int, bool]]:
    """Return a function that asks each item, and keeps what they earn within bounds."""
    own = {name: readers[name] for item in items for name in item.fields}

    def points(lead: Lead, low: int = -_FAR, high: int = _FAR) -> tuple[int, bool]:
        row = lead.row
        total = clamp(sum(item.earn(row).points for item in items), low, high)
        values = ((row.get(name), read) for name, read in own.items())
        return total, any(value is not None and read(value) is not None for value, read in values)

    return points
