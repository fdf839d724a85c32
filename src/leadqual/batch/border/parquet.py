"""Parquet files that DuckDB reads itself: files of one schema together, and what their footers say of the values."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.border.extra import duckdb, run
from leadqual.batch.border.physical import OTHER, Physical, of_duckdb
from leadqual.batch.sql.nodes import Expr, identifier, text

_SCHEMA: Final = """
    SELECT file_name, name, type, num_children, converted_type, logical_type FROM parquet_schema(?)
"""
_FOOTERS: Final = """
    SELECT column_id, sum(stats_null_count), count(*) FILTER (stats_null_count IS NULL),
           count(*) FILTER (stats_null_count IS NULL OR stats_null_count < num_values), count(*),
           count(low_number), min(low_number), count(high_number), max(high_number),
           count(low_double), min(low_double), count(high_double), max(high_double),
           count(low_instant), min(low_instant), count(high_instant), max(high_instant)
    FROM (
        SELECT column_id, num_values, stats_null_count,
               TRY_CAST(stats_min_value AS HUGEINT) AS low_number, TRY_CAST(stats_max_value AS HUGEINT) AS high_number,
               TRY_CAST(stats_min_value AS DOUBLE) AS low_double, TRY_CAST(stats_max_value AS DOUBLE) AS high_double,
               epoch_us(TRY_CAST(stats_min_value AS TIMESTAMP)) AS low_instant,
               epoch_us(TRY_CAST(stats_max_value AS TIMESTAMP)) AS high_instant
        FROM parquet_metadata(?)
    )
    GROUP BY column_id
"""
_ROWS: Final = "SELECT sum(num_rows) FROM parquet_file_metadata(?)"
_COLUMNS: Final = "DESCRIBE SELECT * FROM read_parquet(?, hive_partitioning = false)"
_WILD: Final = "*?["
_AT: Final = {"integer": 5, "double": 9, "stamp": 13, "date": 13}
_Node = tuple[str, str | None, int, str | None, str | None]


@frozen(kw_only=True)
class Group:
    """Parquet files with the same columns.

    Attributes:
        paths: The files.
        names: Their columns.
        physicals: What the columns are, in the same order.
        leaves: The number of each column in the footer; nothing for a nested one.
    """

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    physicals: tuple[Physical, ...]
    leaves: tuple[int | None, ...]

    def scan(self, paths: Sequence[Path] | None = None) -> Expr:
        """Return what stands after ``FROM``; the columns are called c0, c1, … there, by place."""
        files = exp.Array(expressions=[text(escaped(path)) for path in paths or self.paths])
        options = [
            exp.EQ(this=exp.Column(this=exp.Identifier(this=name)), expression=value)
            for name, value in (("hive_partitioning", exp.false()), ("can_have_nan", exp.true()))
        ]  # most writers leave NaN out of the statistics; believing these, DuckDB would take ISNAN for always false
        names = [identifier(place(number)) for number in range(len(self.names))]
        return exp.Table(
            this=exp.Anonymous(this="READ_PARQUET", expressions=[files, *options]),
            alias=exp.TableAlias(this=identifier("lq_file"), columns=names),
        )


@frozen(kw_only=True)
class Footer:
    """What the footers of the files say of a column.

    Attributes:
        nulls: How many values are missing; nothing if they do not say.
        low: No number or instant (in microseconds) is below; nothing if they do not say.
        high: None is above.
    """

    nulls: int | None
    low: float | None
    high: float | None


def place(number: int) -> str:
    """Return the name of a column in our statements."""
    return f"c{number}"


def escaped(path: Path) -> str:
    """Return a path that DuckDB does not take for a pattern.

    >>> escaped(Path("/data/a[1].parquet"))
    '/data/a[[]1].parquet'
    """
    return "".join(f"[{letter}]" if letter in _WILD else letter for letter in str(path.resolve()))


def groups_of(connection: Any, paths: Sequence[Path]) -> tuple[list[Group], list[Path]]:
    """Return the files by their columns, and those that DuckDB cannot open."""
    schemas = _schemas(connection, paths)
    closed = [path for path in paths if path not in schemas]
    by_schema: dict[tuple[_Node, ...], list[Path]] = {}
    for path in paths:
        if path in schemas:
            by_schema.setdefault(schemas[path], []).append(path)
    groups = []
    for nodes, files in by_schema.items():
        group = _group(connection, files, nodes)
        if group is None:
            closed += files
        else:
            groups.append(group)
    return groups, closed


def footers_of(connection: Any, group: Group) -> tuple[int | None, Mapping[int, Footer]]:
    """Return how many rows the files have, and what their footers say, by place; nothing where they are odd."""
    files = [escaped(path) for path in group.paths]
    try:
        ((rows,),) = run(connection, _ROWS, files)
        found = {line[0]: line for line in run(connection, _FOOTERS, files)}
    except duckdb().Error:  # bounds that DuckDB cannot show, such as instants far away
        return None, {}
    places = {}
    for number, (leaf, physical) in enumerate(zip(group.leaves, group.physicals, strict=True)):
        if leaf in found:
            places[number] = _footer(found[leaf], physical)
    return int(rows), places


def _footer(line: Sequence[Any], physical: Physical) -> Footer:
    nulls = None if line[2] else int(line[1])
    filled, at = line[3], _AT.get(physical.family)
    if at is None or line[at] < filled or line[at + 2] < filled:
        return Footer(nulls=nulls, low=None, high=None)
    return Footer(nulls=nulls, low=line[at + 1] if filled else 0, high=line[at + 3] if filled else 0)


def _schemas(connection: Any, paths: Sequence[Path]) -> dict[Path, tuple[_Node, ...]]:
    try:
        return _schemas_at_once(connection, paths)
    except duckdb().Error:
        if len(paths) == 1:
            return {}
    found: dict[Path, tuple[_Node, ...]] = {}
    for path in dict.fromkeys(paths):
        found.update(_schemas(connection, [path]))
    return found


def _schemas_at_once(connection: Any, paths: Sequence[Path]) -> dict[Path, tuple[_Node, ...]]:
    lines = run(connection, _SCHEMA, [escaped(path) for path in paths])
    by_name: dict[str, list[_Node]] = {}
    for file_name, name, kind, children, converted, logical in lines:
        by_name.setdefault(file_name, []).append((name, kind, children or 0, converted, logical))
    return {path: tuple(by_name.get(str(path.resolve()), ())) for path in paths}


def _group(connection: Any, files: list[Path], nodes: tuple[_Node, ...]) -> Group | None:
    """Return the files of one schema; nothing if DuckDB sees other columns than it says."""
    tops = list(_tops(nodes))
    try:
        types = [line[1] for line in run(connection, _COLUMNS, escaped(files[0]))]
        physicals = tuple(_physical(node, kind) for (_, _, node), kind in zip(tops, types, strict=True))
    except (duckdb().Error, ValueError):
        return None
    return Group(
        paths=tuple(files),
        names=tuple(name for name, _, _ in tops),
        physicals=physicals,
        leaves=tuple(leaf for _, leaf, _ in tops),
    )


def _tops(nodes: tuple[_Node, ...]) -> Any:
    """Yield the columns of a schema: name, number of the leaf if it is one, and node."""
    leaf, number = 0, 1
    while number < len(nodes):
        node = nodes[number]
        yield node[0], None if node[2] else leaf, node
        pending = 1
        while pending:
            children = nodes[number][2]
            leaf += not children
            pending += children - 1
            number += 1


def _physical(node: _Node, type_name: str) -> Physical:
    """Return what a column is; kinds of text and of numbers that only their writers know are left to the readers."""
    _, kind, _, converted, logical = node
    odd_text = type_name == "VARCHAR" and not (converted == "UTF8" or (logical or "").startswith("String"))
    odd_number = type_name in ("FLOAT", "DOUBLE") and kind != type_name  # a half, or a decimal too wide for DuckDB
    return OTHER if odd_text or odd_number else of_duckdb(type_name)
