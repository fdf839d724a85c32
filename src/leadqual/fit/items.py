"""One criterion or table, bound: what it earns, whether that is known, and between which bounds it could lie."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from leadqual.conditions.bind import Bound, Row
from leadqual.conditions.describe import describe
from leadqual.conditions.fieldtypes import LITERALS, READERS, WrongType
from leadqual.conditions.nodes import Condition, leaves
from leadqual.fit.values import Criterion, Table
from leadqual.points import to_hundredths


@frozen(kw_only=True)
class Earned:
    """What an item earns of a lead, in hundredths, with the bounds it has when the answer is unknown."""

    points: int
    low: int
    high: int

    @classmethod
    def known(cls, points: int) -> "Earned":
        """Return what is certain."""
        return cls(points=points, low=points, high=points)


@frozen(kw_only=True)
class Item:
    """A criterion or table, ready to be evaluated.

    Attributes:
        where: Its path, such as ``fit.criteria[2]``.
        name: How people call it.
        what: ``"criterion"`` or ``"table"``.
        group: The group it belongs to.
        fields: What it reads.
        earn: What it earns of a row.
        part: What it was made from; engines work out from it what `earn` does.
        marks: For a single size (integer, number or date), the values that it is compared with.
    """

    where: str
    name: str
    what: str
    group: str | None
    fields: tuple[str, ...]
    earn: Callable[[Row], Earned]
    part: Criterion | Table
    marks: tuple[Any, ...] = ()


def criterion_item(criterion: Criterion, bound: Bound, where: str, type_names: Mapping[str, str]) -> Item:
    """Return a criterion bound to its condition.

    Args:
        criterion: The criterion; its numbers have been checked.
        bound: Its condition, bound.
        where: Its path.
        type_names: Declared types by field.

    Returns:
        The item.
    """
    points = to_hundredths(criterion.points)
    if_unknown = None if criterion.missing is None else to_hundredths(criterion.missing)
    low, high = min(0, points), max(0, points)
    yes, no = Earned.known(points), Earned.known(0)

    def earn(row: Row) -> Earned:
        known = bound.knows(row)
        if known is not None:
            return yes if known else no
        earned = if_unknown
        if earned is None:
            earned = points if bound.holds(row) else 0
        return Earned(points=earned, low=low, high=high)

    name = criterion.name or describe(criterion.when)
    return Item(
        where=where,
        name=name,
        what="criterion",
        group=criterion.group,
        fields=bound.fields,
        earn=earn,
        part=criterion,
        marks=_marks(criterion.when, type_names.get(bound.fields[0])) if len(bound.fields) == 1 else (),
    )


def _marks(condition: Condition, type_name: str | None) -> tuple[Any, ...]:
    """Return every value that a condition on one size compares with."""
    if type_name not in ("integer", "number", "date"):
        return ()
    values = [leaf.value for leaf in leaves(condition) if leaf.value is not None]
    parts = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return tuple(LITERALS[type_name](part) for part in parts)


def table_item(table: Table, type_name: str, where: str) -> Item:
    """Return a table as an item.

    Args:
        table: The table; its rows have been checked.
        type_name: The declared type of its field.
        where: Its path.

    Returns:
        The item.
    """
    other = 0 if table.other is None else to_hundredths(table.other)
    marks: tuple[Any, ...] = ()
    if table.bands:
        bounds, outcomes = bands_of(table, type_name)
        look_up = _banded(bounds, outcomes)
        marks = tuple(bounds)
    else:
        named = named_values(table.values, type_name)
        look_up, outcomes = _named(named, other), [*named.values(), other]
        marks = tuple(named) if type_name == "integer" else ()
    if_missing = Earned(
        points=0 if table.missing is None else to_hundredths(table.missing), low=min(outcomes), high=max(outcomes)
    )
    read, field = READERS[type_name], table.field

    def earn(row: Row) -> Earned:
        value = row.get(field)
        try:
            value = None if value is None else read(value)
        except WrongType as error:
            raise WrongType(error.expected, error.got, field) from None
        return if_missing if value is None else Earned.known(look_up(value))

    name = table.name or field.replace("_", " ")
    return Item(
        where=where,
        name=name,
        what="table",
        group=table.group,
        fields=(field,),
        earn=earn,
        part=table,
        marks=marks,
    )


def _banded(bounds: list[Any], points: list[int]) -> Callable[[Any], int]:
    return lambda value: points[bisect_right(bounds, value)]


def _named(points: Mapping[object, int], other: int) -> Callable[[Any], int]:
    return lambda value: points.get(value, other)


def bands_of(table: Table, type_name: str) -> tuple[list[Any], list[int]]:
    """Return the upper ends of all bands but the last, and the points of all in hundredths.

    Args:
        table: A table with bands; its rows have been checked.
        type_name: The declared type of its field.
    """
    bounds: list[Any] = [LITERALS[type_name](band.below) for band in table.bands[:-1]]
    return bounds, [to_hundredths(band.points) for band in table.bands]


def named_values(values: Mapping[str, Any], type_name: str) -> dict[object, int]:
    """Return the points of named values by the value as it compares.

    >>> named_values({"true": 5}, "boolean")
    {True: 500}
    """
    return {read_key(key, type_name): to_hundredths(points) for key, points in values.items()}


def read_key(key: object, type_name: str) -> object:
    """Return the name of a value in a document as the value it stands for.

    Args:
        key: The name: documents have texts only.
        type_name: ``text``, ``integer`` or ``boolean``.

    Returns:
        The value.

    Raises:
        WrongType: If it stands for none.
    """
    if type_name == "boolean" and key in ("true", "false"):
        return key == "true"
    if type_name == "integer" and isinstance(key, str) and len(key) <= 20 and key.removeprefix("-").isdecimal():
        return LITERALS[type_name](int(key)) if key.isascii() else LITERALS[type_name](key)
    return LITERALS[type_name](key)
