"""Statements written as SQL, with places for the pieces that depend on a model."""

from collections.abc import Sequence
from functools import lru_cache

from sqlglot import exp, parse_one

from leadqual.batch.sql.nodes import Expr, aliased, all_of, always, greatest, identifier, least


@lru_cache(maxsize=256)
def _parsed(text: str) -> exp.Expr:
    tree = parse_one(text, dialect="duckdb")
    for node in reversed(list(tree.walk())):
        if isinstance(node, exp.Identifier):
            node.args["quoted"] = True
        elif isinstance(node, exp.Least):
            node.replace(least(node.this, *node.expressions))
        elif isinstance(node, exp.Greatest):
            node.replace(greatest(node.this, *node.expressions))
    return tree


def statement(text: str, /, **pieces: Expr) -> Expr:
    """Return a query, read once, with its places filled.

    Args:
        text: A query of ours, in DuckDB's words; a place is a dollar sign and a name.
        pieces: What stands in each place.

    >>> from leadqual.batch.sql.nodes import integer
    >>> statement("SELECT a FROM t WHERE b < $most", most=integer(3)).sql("duckdb")
    'SELECT "a" FROM "t" WHERE "b" < CAST(3 AS BIGINT)'
    """
    tree = _parsed(text).copy()
    for place in list(tree.find_all(exp.Placeholder)):
        piece = pieces[place.name]
        whole = place.parent if isinstance(place.parent, exp.Table) else place
        whole.replace(piece if piece.parent is None else piece.copy())
    return tree


def selecting(query: Expr, columns: Sequence[tuple[str, Expr]]) -> Expr:
    """Return a query with more columns in its list.

    Args:
        query: The query.
        columns: Names with what they stand for.
    """
    for name, value in columns:
        query.args["expressions"].append(aliased(value, name))
    return query


def listing(query: Expr, columns: Sequence[tuple[str, Expr]]) -> Expr:
    """Return a query with other columns in its list.

    Args:
        query: The query.
        columns: Names with what they stand for.
    """
    query.set("expressions", [])
    return selecting(query, columns)


def united(queries: Sequence[Expr]) -> Expr:
    """Return the rows of all queries, one after the other.

    >>> united([statement("SELECT 1 AS a"), statement("SELECT 2 AS a")]).sql("duckdb")
    'SELECT 1 AS "a" UNION ALL SELECT 2 AS "a"'
    """
    whole = queries[0]
    for query in queries[1:]:
        whole = exp.Union(this=whole, expression=query, distinct=False)
    return whole


def table(name: str, alias: str) -> Expr:
    """Name a table or an earlier step in a ``FROM``.

    >>> statement("SELECT e.a FROM $events", events=table("lq_events", "e")).sql("duckdb")
    'SELECT "e"."a" FROM "lq_events" AS "e"'
    """
    return exp.Table(this=identifier(name), alias=exp.TableAlias(this=identifier(alias)))


def filtered(query: Expr, conditions: Sequence[Expr]) -> Expr:
    """Return a query of the rows of which more conditions hold.

    Args:
        query: The query.
        conditions: The conditions; constants that hold are left out.
    """
    known = query.args.get("where")
    whole = all_of([*([known.this] if known else []), *conditions])
    if not always(whole):
        query.set("where", exp.Where(this=whole))
    return query


def grouped(query: Expr, keys: Sequence[Expr]) -> Expr:
    """Return a query with one row for all rows of equal keys.

    Args:
        query: The query.
        keys: The keys.
    """
    query.set("group", exp.Group(expressions=[key.copy() for key in keys]))
    return query


def joined(query: Expr, other: str) -> Expr:
    """Return a query with the table of another joined.

    Args:
        query: The query.
        other: A query of ours whose first join is wanted.
    """
    query.append("joins", statement(other).args["joins"][0])
    return query


def nested(query: Expr, alias: str) -> Expr:
    """Return a query as what another reads from.

    Args:
        query: The query.
        alias: The name under which it is read.

    >>> statement("SELECT s.a FROM $inner", inner=nested(statement("SELECT 1 AS a"), "s")).sql("duckdb")
    'SELECT "s"."a" FROM (SELECT 1 AS "a") AS "s"'
    """
    return exp.Subquery(this=query, alias=exp.TableAlias(this=identifier(alias)))
