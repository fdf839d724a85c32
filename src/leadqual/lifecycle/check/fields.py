"""Can one field have a value of which several comparisons are true? *No* is certain, *perhaps* is not."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from leadqual.conditions.comparisons import NO_VALUE
from leadqual.conditions.nodes import Leaf
from leadqual.lifecycle.check.known import Known


class Asked(NamedTuple):
    """A comparison that must hold, or must not.

    Attributes:
        leaf: The comparison.
        holds: Whether it must hold.
        literals: What it compares with, as values of the type of its field.
        says: Tells of a value of the field, or of ``None`` for a missing one, whether it is as asked.
    """

    leaf: Leaf
    holds: bool
    literals: tuple[Any, ...]
    says: Callable[[object], bool]


_MOMENT: Final = timedelta(microseconds=1)
_SOME: Final[Mapping[str, object]] = {
    "integer": 0,
    "number": 0.0,
    "points": 0,
    "date": date(2000, 1, 1),
    "instant": datetime(2000, 1, 1, tzinfo=UTC),
}
_EQUAL: Final = {True: ("eq", "in"), False: ("ne", "not_in")}
"""Operators that name the only values, where they must hold, and where they must not."""


def can_be(asked: Sequence[Asked], known: Known, kind: str) -> bool:
    """Return whether all that is asked of one field may be true together; `False` is certain.

    Args:
        asked: The comparisons; at least one.
        known: What is known of the field.
        kind: Its type.
    """
    if known.missing and all(each.says(None) for each in asked):
        return True
    if any(each.leaf.op == "missing" for each in asked):
        return False
    if kind == "list":
        return _can_hold(asked, known)
    values: Sequence[object]
    if known.among is not None or kind == "boolean":
        values = (False, True) if known.among is None else sorted(known.among, key=str)
    elif kind in _SOME:
        values = [*_near(asked, known, _SOME[kind])]
    else:
        naming = [each for each in asked if each.leaf.op in _EQUAL[each.holds]]
        if not naming:
            return True
        first = min(naming, key=_fold)
        asked = [each for each in asked if _fold(first) in ((False, False), _fold(each))]
        values = first.literals
    return any(all(each.says(value) for each in asked) for value in values)


def _can_hold(asked: Sequence[Asked], known: Known) -> bool:
    """Return whether all that is asked may be true of the longest list that holds nothing it must not."""
    barred = [each for each in asked if not each.holds and each.leaf.op != "has_all"]
    needed = [each for each in asked if each.holds]
    members: Sequence[Any]
    if known.among is None:
        needed = [each for each in needed if _fold(each) == (False, False) and each.leaf.op not in NO_VALUE]
        members = [literal for each in needed for literal in each.literals]
    else:
        members = sorted(known.among, key=str)
    longest = [member for member in members if all(each.says([member]) for each in barred)]
    if known.among is not None and not longest:
        return False
    return all(each.says(longest) for each in needed)


def _near(asked: Sequence[Asked], known: Known, some: object) -> Iterator[object]:
    """Yield values such that if any is as asked, one of these is: each end, and what is next to it."""
    ends = [some if known.low is None else known.low]
    ends += [literal for each in asked for literal in each.literals]
    for end in ends:
        for value in (end, *_beside(end)):
            if known.low is None or value >= known.low:
                yield value


def _beside(value: Any) -> Sequence[Any]:
    """Return the values right before and after another one of the same type."""
    if isinstance(value, float):
        return math.nextafter(value, -math.inf), math.nextafter(value, math.inf)
    if isinstance(value, datetime):
        return value - _MOMENT, value + _MOMENT
    if isinstance(value, date):
        days = value.toordinal()
        return [date.fromordinal(day) for day in (days - 1, days + 1) if 1 <= day <= date.max.toordinal()]
    return value - 1, value + 1


def _fold(asked: Asked) -> tuple[bool, bool]:
    return asked.leaf.ignore_case, asked.leaf.ignore_accents
