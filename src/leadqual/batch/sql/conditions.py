"""Conditions as expressions: two-valued and three-valued, exactly as the reference evaluates them."""

from collections.abc import Callable

from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Columns
from leadqual.batch.sql.leaves import leaf_holds, leaf_knows
from leadqual.batch.sql.nodes import Expr
from leadqual.conditions.nodes import All, Condition, Leaf, Not


def holds(condition: Condition, columns: Columns) -> Expr:
    """Return whether a condition holds of a row: true or false, never null.

    Args:
        condition: The condition; it passed its checks.
        columns: What it may read.

    Raises:
        ModelError: If it did not pass its checks.

    >>> from leadqual.batch.sql.columns import Column
    >>> from leadqual.batch.sql.dialects import DUCKDB, render
    >>> from leadqual.batch.sql.texts import TextTests
    >>> from leadqual.conditions import FieldType, Scope, field
    >>> size = Column(key="a_size", value=nodes.column("a_size"))
    >>> scope = Scope({"size": FieldType("integer")}, {})
    >>> columns = Columns(scope=scope, by_name={"size": size}, tests=TextTests(), dialect=DUCKDB)
    >>> render(holds(~field("size").ge(50), columns), DUCKDB)
    'NOT COALESCE("a_size" >= CAST(50 AS BIGINT), FALSE)'
    """
    return _compiled(condition, lambda leaf: leaf_holds(leaf, columns))


def knows(condition: Condition, columns: Columns) -> Expr:
    """Return whether a condition holds of a row, or null when that depends on a missing value.

    Args:
        condition: The condition; it passed its checks.
        columns: What it may read.

    Raises:
        ModelError: If it did not pass its checks.
    """
    return _compiled(condition, lambda leaf: leaf_knows(leaf, columns))


def _compiled(condition: Condition, of_leaf: Callable[[Leaf], Expr]) -> Expr:
    if isinstance(condition, Leaf):
        return of_leaf(condition)
    if isinstance(condition, Not):
        return nodes.negated(_compiled(condition.part, of_leaf))
    parts = [_compiled(part, of_leaf) for part in condition.parts]
    return nodes.all_of(parts) if isinstance(condition, All) else nodes.any_of(parts)
