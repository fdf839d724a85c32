"""A tree of nodes to the text of a statement, once everything in it is known to the dialect."""

from collections.abc import Iterable, Sequence
from typing import Final, NoReturn

from sqlglot import Dialect as SQLGlotDialect
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.generator import Generator

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects.base import Dialect
from leadqual.batch.sql.nodes import Expr
from leadqual.errors import UnsupportedByEngine, shown

_EVERYWHERE: Final[frozenset[type[Expr]]] = frozenset({
    # statements and their parts
    exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Distinct,
    exp.With, exp.CTE, exp.Subquery, exp.Union, exp.Table, exp.TableAlias, exp.Alias, exp.Values, exp.Tuple,
    exp.Create, exp.Drop, exp.Insert, exp.Schema, exp.ColumnDef, exp.Properties, exp.TemporaryProperty,
    # values
    exp.Identifier, exp.Column, exp.Star, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Cast, exp.DataType,
    exp.Case, exp.If, exp.Coalesce, exp.Anonymous, exp.Var,
    # conditions
    exp.And, exp.Or, exp.Not, exp.Is, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In, exp.Between,
    exp.Exists, exp.NullSafeEQ, exp.NullSafeNEQ,
    # numbers and texts
    exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Mod, exp.BitwiseAnd, exp.DPipe,
    # over rows
    exp.Sum, exp.Count, exp.Min, exp.Max, exp.Window, exp.WindowSpec, exp.RowNumber, exp.Rank, exp.Lag, exp.Lead,
})  # fmt: skip
_TYPES: Final = frozenset(exp.DataType.Type[name] for name in ("BIGINT", "DOUBLE", "TEXT", "BOOLEAN"))
_WORDS: Final = frozenset({
    "", "ANTI", "CROSS", "CURRENT ROW", "FOLLOWING", "FULL", "INNER", "LEFT", "OUTER", "OVER", "PRECEDING", "RANGE",
    "ROWS", "SEMI", "TABLE", "UNBOUNDED", "VIEW",
})  # fmt: skip
_OWN_TEXT: Final = (exp.Identifier, exp.Literal, exp.Anonymous, exp.Var)
_NUMBERS: Final = frozenset("0123456789-, ()")
"""Characters of a list of numbers that stands as it is."""


def render(expression: Expr, dialect: Dialect, *, pretty: bool = False) -> str:
    r"""Write a statement, or a piece of one, as text.

    Args:
        expression: The tree; it is not changed.
        dialect: The engine's SQL.
        pretty: Over several lines.

    Returns:
        The text, without a semicolon; every name in it is quoted.

    Raises:
        UnsupportedByEngine: If the dialect does not list a node, a function or a type of the tree; sqlglot would let
            those that it does not know through.

    >>> from leadqual.batch.sql import nodes
    >>> from leadqual.batch.sql.dialects import BIGQUERY
    >>> render(nodes.equals(nodes.column("a"), nodes.text("it's")), BIGQUERY)
    "`a` = 'it\\'s'"
    """
    _check(expression, dialect)
    try:
        writer = SQLGlotDialect.get_or_raise(dialect.sqlglot).generator(
            identify=True, pretty=pretty, comments=False, unsupported_level=ErrorLevel.RAISE
        )
        words = writer.generate(_shortened(_settled(expression, dialect), writer), copy=False)
    except SqlglotError as error:
        raise UnsupportedByEngine(f"{dialect.name} cannot run this statement: {error}") from error
    return dialect.taken(words)


def table_of_numbers(
    alias: str, columns: Sequence[str], rows: Iterable[Sequence[object]], dialect: Dialect
) -> exp.Values | exp.Unnest:
    """Return rows of whole numbers as what a query reads from; the numbers are one piece of text.

    Args:
        alias: The name under which they are read.
        columns: Their names.
        rows: The rows, at least one.
        dialect: The engine's SQL.

    >>> from leadqual.batch.sql.dialects import BIGQUERY, DUCKDB
    >>> table_of_numbers("v", ["a", "b"], [(1, -2), (3, 4)], DUCKDB).sql("duckdb")
    '(VALUES (1, -2), (3, 4)) AS "v"("a", "b")'
    >>> table_of_numbers("v", ["a", "b"], [(1, -2), (3, 4)], BIGQUERY).sql("bigquery")
    'UNNEST([STRUCT(1 AS `a`, -2 AS `b`), (3, 4)]) AS `v`'
    """
    numbers = [[int(str(value)) for value in row] for row in rows]
    if dialect.sqlglot != "bigquery":
        named = exp.TableAlias(this=nodes.identifier(alias), columns=[nodes.identifier(name) for name in columns])
        return exp.Values(expressions=[_pairs(numbers)], alias=named)
    first = [nodes.aliased(nodes.bare_integer(value), name) for name, value in zip(columns, numbers[0], strict=True)]
    members = [exp.Struct(expressions=first), *([_pairs(numbers[1:])] if numbers[1:] else [])]
    named = exp.TableAlias(columns=[nodes.identifier(alias)])
    return exp.Unnest(expressions=[exp.Array(expressions=members)], alias=named)


def _pairs(numbers: Iterable[Sequence[int]]) -> Expr:
    return exp.Var(this=", ".join(f"({', '.join(map(str, row))})" for row in numbers))


def _settled(expression: Expr, dialect: Dialect) -> Expr:
    """Return a copy of a tree as the engine takes it.

    Nulls are sorted wherever the engine sorts them: nothing that is sorted by is ever null. Whole numbers are written
    here, since sqlglot takes its time over each cast.
    """
    order = SQLGlotDialect.get_or_raise(dialect.sqlglot).NULL_ORDERING
    bigint = exp.DataType.build("BIGINT").sql(dialect.sqlglot)
    tree = exp.Paren(this=expression.copy())
    for node in list(tree.walk()):
        if isinstance(node, exp.Ordered):
            falling = bool(node.args.get("desc"))
            node.set("nulls_first", order != "nulls_are_last" and falling == (order == "nulls_are_large"))
        elif isinstance(node, exp.Cast) and node.to.this is exp.DataType.Type.BIGINT:
            number = node.this.this if isinstance(node.this, exp.Neg) else node.this
            if isinstance(number, exp.Literal) and not number.is_string:
                sign = "-" if number is not node.this else ""
                node.replace(exp.Var(this=f"CAST({sign}{number.this} AS {bigint})"))
    settled: Expr = tree.this
    return settled


def _shortened(tree: Expr, writer: Generator) -> Expr:
    """Write what is listed in a query as text: sqlglot goes through a whole tree again for each query in it."""
    for query in tree.find_all(exp.Select):
        for listed in query.expressions:
            value = listed.this
            if isinstance(listed, exp.Alias) and not isinstance(value, exp.Column) and not value.find(exp.Select):
                value.replace(exp.Var(this=writer.generate(value, copy=False)))
    return tree


def _check(expression: Expr, dialect: Dialect) -> None:
    """Refuse what the dialect does not list."""
    kinds = _EVERYWHERE | dialect.kinds
    waiting: list[object] = [expression]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Expr):
            _refuse(dialect, "value", node)
        if type(node) not in kinds:
            _refuse(dialect, "node", type(node).__name__)
        for key, value in node.args.items():
            if isinstance(value, Expr):
                waiting.append(value)
            elif isinstance(value, list):
                waiting += value
            elif isinstance(value, exp.DataType.Type):
                if value not in _TYPES:
                    _refuse(dialect, "type", value.value)
            elif isinstance(value, str):
                if key == "this" and isinstance(node, _OWN_TEXT):
                    _check_text(node, value, dialect)
                elif value not in _WORDS:
                    _refuse(dialect, "word", value)
            elif value is not None and not isinstance(value, bool):
                _refuse(dialect, "value", value)


def _check_text(node: Expr, value: str, dialect: Dialect) -> None:
    """Refuse a function that is not listed, a number that is none, and a name that is too long."""
    if isinstance(node, exp.Anonymous):
        if value not in dialect.functions:
            _refuse(dialect, "function", value)
    elif isinstance(node, exp.Identifier):
        if dialect.longest_name is not None and len(value.encode()) > dialect.longest_name:
            _refuse(dialect, f"name of more than {dialect.longest_name} bytes", value)
    elif isinstance(node, exp.Var):
        if not _NUMBERS.issuperset(value):
            _refuse(dialect, "list of numbers", value)
    elif not node.args.get("is_string") and not (value.isascii() and value.isdecimal()):
        _refuse(dialect, "number", value)


def _refuse(dialect: Dialect, what: str, got: object) -> NoReturn:
    raise UnsupportedByEngine(f"{dialect.name} cannot run this statement: it holds the {what} {shown(got)}")
