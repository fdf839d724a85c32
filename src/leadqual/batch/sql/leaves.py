"""One comparison as an expression: what its operator says of a value, and what a missing value makes of it."""

from typing import Final

from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Columns
from leadqual.batch.sql.nodes import Expr
from leadqual.batch.sql.sizes import size_test
from leadqual.batch.sql.textleaves import Said, text_test
from leadqual.conditions.comparisons import NO_VALUE
from leadqual.conditions.leafcheck import leaf_problems, literals_of
from leadqual.conditions.nodes import Leaf
from leadqual.errors import ModelError

_OF_TEXTS: Final = ("text", "list", "grade")


def leaf_holds(leaf: Leaf, columns: Columns) -> Expr:
    """Return whether a comparison holds of a row: true or false, never null.

    Args:
        leaf: The comparison; it passed its checks.
        columns: What it may read.

    Raises:
        ModelError: If it did not pass its checks.
    """
    return _evaluated(leaf, columns, if_missing=leaf.missing is True)


def leaf_knows(leaf: Leaf, columns: Columns) -> Expr:
    """Return whether a comparison holds of a row, or null when its value is missing and it does not say for that.

    Args:
        leaf: The comparison; it passed its checks.
        columns: What it may read.

    Raises:
        ModelError: If it did not pass its checks.
    """
    return _evaluated(leaf, columns, if_missing=leaf.missing)


def _evaluated(leaf: Leaf, columns: Columns, *, if_missing: bool | None) -> Expr:
    problems = list(leaf_problems(leaf, columns.scope, "when"))
    if problems:
        raise ModelError(problems)
    column = columns.by_name[leaf.field]
    if leaf.op in NO_VALUE:
        return nodes.is_not_null(column.value) if leaf.op == "exists" else nodes.is_null(column.value)
    kind = columns.scope.fields[leaf.field]
    literals = literals_of(leaf, kind, columns.scope, "when", problems)
    if problems:
        raise ModelError(problems)
    if kind.name in _OF_TEXTS:
        said = text_test(leaf, literals, kind.name, column, columns)
    else:
        said = Said.plain(size_test(leaf.op, literals, kind.name, column.value))
    return _or_missing(said, column.value, if_missing=if_missing)


def _or_missing(said: Said, value: Expr, *, if_missing: bool | None) -> Expr:
    """Return what is said of a value, or what a missing one gives: null for ``None``."""
    test = said.test
    if said.strict:
        return test if if_missing is None else nodes.coalesce(test, nodes.boolean(if_missing))
    if if_missing is None:
        return nodes.case([(nodes.is_not_null(value), test)], nodes.null_boolean())
    if if_missing:
        return nodes.any_of([nodes.is_null(value), test])
    return nodes.all_of([nodes.is_not_null(value), test])
