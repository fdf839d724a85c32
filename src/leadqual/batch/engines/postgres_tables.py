"""Tables of a Postgres database, as they are handed in: by name, or as SQLAlchemy's."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike
from typing import Any, Final

from sqlglot import exp

from leadqual.batch.border.extra import pyarrow
from leadqual.batch.border.native import selecting
from leadqual.batch.engines.cells import micros_of
from leadqual.batch.engines.postgres_opened import Opened
from leadqual.batch.engines.postgres_types import SPELLING, physical_of, plain_column
from leadqual.batch.engines.tables import Handed
from leadqual.batch.engines.through import BATCH
from leadqual.batch.sql.nodes import Expr, aliased, as_text, case, column
from leadqual.errors import InputError, Kind, Problem
from leadqual.files.notes import plain

_NAMED: Final = re.compile(r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)(?:\.(?:"(?:[^"]|"")+"|[^\W\d][\w$]*))?').fullmatch
_FOUND: Final = "SELECT to_regclass(%s)::oid, to_regclass(%s)::text"
_WHERE: Final = """
SELECT n.nspname, c.relname FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = %s
"""
_COLUMNS: Final = """
SELECT a.attname, format_type(COALESCE(NULLIF(t.typbasetype, 0), t.oid), NULL), COALESCE(b.typtype, t.typtype),
    CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END, format_type(a.atttypid, a.atttypmod)
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type AS b ON b.oid = t.typbasetype
WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
"""
_ARROW: Final = {"text": "string", "integer": "int64", "double": "float64", "boolean": "bool", "date": "string"}


def handed(opened: Opened, items: object) -> Iterator[Handed | object]:
    """Yield what was handed in; tables of the database as `Handed`, everything else as it is.

    Args:
        opened: The connection.
        items: One thing, or a list of them; nothing at all if there is none.
    """
    for item in _each(items):
        name = _name(item)
        oid = None if name is None else _oid(opened, name)
        if oid is not None:
            yield _handed(opened, oid)
        elif name is not None and not isinstance(item, str):
            raise InputError([_no_table(name)])
        else:
            yield item


def stream_of(opened: Opened, table: Handed, names: Sequence[str], said: Callable[[Expr], str]) -> Any:
    """Return columns of a table as a reader of Arrow record batches.

    Args:
        opened: The connection.
        table: The table.
        names: The columns.
        said: Writes a query.
    """
    arrow = pyarrow()
    kinds = [(name, _arrow_kind(arrow, table, name)) for name in names]
    schema = arrow.schema(kinds)
    query = said(selecting([aliased(_moved(table, name), name) for name in names], table.source))

    def batches() -> Iterator[Any]:
        for rows, _ in opened.batches(query, BATCH):
            columns = zip(*rows, strict=True) if rows else ((),) * len(kinds)
            arrays = [arrow.array(list(values), kind) for values, (_, kind) in zip(columns, kinds, strict=True)]
            yield arrow.record_batch(arrays, schema=schema)

    return arrow.RecordBatchReader.from_batches(schema, batches())


def _each(items: object) -> Iterable[object]:
    if items is None:
        return ()
    if isinstance(items, list | tuple | set | frozenset):
        return items
    return (items,)


def _name(item: object) -> str | None:
    """Return the name that an item may have in the database, as SQL writes it."""
    if isinstance(item, str):
        return item if _NAMED(item) else None
    if isinstance(item, PathLike):
        return None
    from sqlalchemy import TableClause

    mapped = getattr(item, "__table__", item)
    if not isinstance(mapped, TableClause):
        return None
    parts = [part for part in (mapped.schema, mapped.name) if part is not None]
    return ".".join(exp.Identifier(this=str(part), quoted=True).sql("postgres") for part in parts)


def _oid(opened: Opened, name: str) -> int | None:
    ((oid,),) = opened.asked("SELECT CAST(to_regclass(%s) AS oid)", name)
    return None if oid is None else int(oid)


def _handed(opened: Opened, oid: int) -> Handed:
    ((folder, name),) = opened.asked(_WHERE, oid)
    columns = opened.asked(_COLUMNS, oid)
    source: Expr = exp.Table(this=exp.Identifier(this=name, quoted=True), db=exp.Identifier(this=folder, quoted=True))
    listed = [part for part, base, *_ in columns if base in ("json", "jsonb")]
    if listed:
        values = [aliased(plain_column(part, base), part) for part, base, *_ in columns]
        source = exp.Subquery(this=selecting(values, source), alias=exp.TableAlias(this=exp.to_identifier("lq_source")))
    return Handed(
        name=f"{folder}.{name}",
        source=source,
        physicals={part: physical_of(base, kind, modifier) for part, base, kind, modifier, _ in columns},
        types={part: shown for part, *_, shown in columns},
    )


def _no_table(name: str) -> Problem:
    hint = "Check its schema, and that the connection is to the database that holds it."
    return Problem(where=plain(name), what="there is no such table", got=Kind("a name"), hint=hint)


def _arrow_kind(arrow: Any, table: Handed, name: str) -> Any:
    physical = table.physicals[name]
    if physical.family == "stamp":
        return arrow.timestamp("us", "UTC" if physical.aware else None)
    if physical.family == "texts":
        return arrow.list_(arrow.string())
    if physical.family == "decimal":
        return arrow.float64() if physical.places or not physical.digits else arrow.int64()
    return arrow.type_for_alias(_ARROW[physical.family])


def _moved(table: Handed, name: str) -> Expr:
    """Return a column as it goes to Arrow."""
    physical, own = table.physicals[name], column(name)
    if physical.family == "stamp":
        return micros_of(SPELLING, physical, own)
    if physical.family == "decimal":
        infinite = exp.Cast(this=exp.Literal.string("Infinity"), to=exp.DataType(this=exp.DataType.Type.DOUBLE))
        return case([(SPELLING.is_huge(own), infinite)], SPELLING.double(own))
    if physical.family in ("text", "date"):
        return as_text(own)
    return own
