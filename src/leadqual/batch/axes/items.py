"""What one criterion or table earns of a lead, as SQL: as it is, and at worst and best where the answer is unknown."""

from itertools import pairwise
from typing import Any

from leadqual.batch.axes.lookup import looked_up
from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Column, Columns
from leadqual.batch.sql.conditions import holds, knows
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr
from leadqual.batch.sql.sizes import size_literal
from leadqual.conditions.nodes import Condition
from leadqual.fit.items import Item, bands_of, named_values
from leadqual.fit.values import Criterion, Table
from leadqual.points import to_hundredths


def points_of(item: Item, columns: Columns) -> Expr:
    """Return what an item earns of a lead, in hundredths.

    Args:
        item: The item.
        columns: The fields of a lead.
    """
    part = item.part
    if isinstance(part, Table):
        return _of_table(part, columns, 0 if part.missing is None else to_hundredths(part.missing))
    points = to_hundredths(part.points)
    if part.missing is None:
        return _earned(holds(part.when, columns), points, 0) if points else nodes.integer(0)
    return _of_condition(part.when, columns, points, to_hundredths(part.missing))


def low_of(item: Item, columns: Columns) -> Expr:
    """Return the least that an item could earn of a lead, in hundredths.

    Args:
        item: The item.
        columns: The fields of a lead.
    """
    return _bound(item, columns, min)


def high_of(item: Item, columns: Columns) -> Expr:
    """Return the most that an item could earn of a lead, in hundredths.

    Args:
        item: The item.
        columns: The fields of a lead.
    """
    return _bound(item, columns, max)


def span_of(item: Item, columns: Columns) -> tuple[int, int]:
    """Return between which points anything lies that an item may earn of any lead, in hundredths.

    Args:
        item: The item.
        columns: The fields of a lead.
    """
    outcomes = _outcomes(item.part, columns)
    return min(0, *outcomes), max(0, *outcomes)


def _bound(item: Item, columns: Columns, worst: Any) -> Expr:
    """Return the worst or the best that an item could earn."""
    part = item.part
    if isinstance(part, Table):
        return _of_table(part, columns, worst(_outcomes(part, columns)))
    points = to_hundredths(part.points)
    return _of_condition(part.when, columns, points, worst(0, points))


def _outcomes(part: Criterion | Table, columns: Columns) -> list[int]:
    """Return what an item may earn where the answer is known; of a criterion also nothing."""
    if isinstance(part, Criterion):
        return [0, to_hundredths(part.points)]
    type_name = columns.scope.fields[part.field].name
    if part.bands:
        return bands_of(part, type_name)[1]
    return [*named_values(part.values, type_name).values(), 0 if part.other is None else to_hundredths(part.other)]


def _of_condition(when: Condition, columns: Columns, points: int, if_unknown: int) -> Expr:
    """Return points where a condition is true, 0 where it is false, and something else where it is unknown."""
    if not points:
        return nodes.integer(0)
    known = knows(when, columns)
    if not if_unknown:
        return _earned(known, points, 0)
    untrue = (nodes.negated(known), nodes.integer(0))
    if if_unknown == points:
        return nodes.case([untrue], nodes.integer(points))
    return nodes.case([(known, nodes.integer(points)), untrue], nodes.integer(if_unknown))


def _earned(when: Expr, points: int, otherwise: int) -> Expr:
    return nodes.case([(when, nodes.integer(points))], nodes.integer(otherwise))


def _of_table(table: Table, columns: Columns, if_missing: int) -> Expr:
    """Return what a table earns."""
    column = columns.by_name[table.field]
    type_name = columns.scope.fields[table.field].name
    found, last = (_bands if table.bands else _values)(table, type_name, column, columns.dialect)
    if if_missing == last:  # what is null is in no band and has no name
        return found
    return nodes.case([(nodes.is_null(column.value), nodes.integer(if_missing))], found)


def _bands(table: Table, type_name: str, column: Column, _: Dialect) -> tuple[Expr, int]:
    """Return what the bands earn, and what the last does; neighbours that earn the same are one."""
    bounds, points = bands_of(table, type_name)
    whens = [
        (nodes.less(column.value, size_literal(bound, type_name)), nodes.integer(earned))
        for bound, (earned, following) in zip(bounds, pairwise(points), strict=True)
        if earned != following
    ]
    return nodes.case(whens, nodes.integer(points[-1])), points[-1]


def _values(table: Table, type_name: str, column: Column, dialect: Dialect) -> tuple[Expr, int]:
    """Return what named values earn, and what others do."""
    other = 0 if table.other is None else to_hundredths(table.other)
    points = named_values(table.values, type_name)
    if type_name == "boolean":
        whens = [
            (column.value if name else nodes.negated(column.value), nodes.integer(earned))
            for name, earned in points.items()
        ]
        return nodes.case(whens, nodes.integer(other)), other
    if type_name != "text":
        return looked_up(column.value, points, other, lambda name: size_literal(name, type_name)), other
    if column.normal is None:  # every value is pure ASCII
        points = {name: earned for name, earned in points.items() if str(name).isascii()}
    return looked_up(column.composed(dialect), points, other, nodes.text), other
