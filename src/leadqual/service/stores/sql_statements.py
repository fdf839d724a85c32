"""What a store on Postgres asks, in SQLAlchemy Core."""

from collections.abc import Collection
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from leadqual.service.stores.asked import Asked
from leadqual.service.stores.schema import PREFIX, TENANT, table_name
from leadqual.service.tables import TABLES, Column, Table

_KINDS: Final = {"text": sa.Text, "integer": sa.BigInteger}
_METADATA: Final = sa.MetaData()
_WAIT: Final = sa.func.set_config("lock_timeout", sa.bindparam("wait", type_=sa.Text), sa.true())
PATIENCE: Final = sa.select(_WAIT)
"""What says how many milliseconds a transaction waits for others."""
START: Final = sa.select(_WAIT, sa.column("version", sa.BigInteger)).select_from(sa.table("leadqual_store"))
"""What begins a unit: it says how long to wait for others, and looks which version the store is of."""
VACUUM: Final = f"VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON) {', '.join(map(table_name, TABLES))}"
"""What clears away rows that were removed."""
_TENANT: Final = sa.bindparam(TENANT, type_=sa.Text)


@cache
def rows_by_key(table: Table[Any], *, lock: bool) -> sa.Select[Any]:
    """Return what selects rows by their keys; each column of the key is bound as a list.

    Args:
        table: The table.
        lock: Whether they are locked, one after the other.
    """
    made = _made(table)
    own = [made.c[name] for name in table.primary]
    kinds = {column.name: _kind(column) for column in table.columns}
    lists = [sa.bindparam(name, type_=postgresql.ARRAY(kinds[name])) for name in table.primary]
    wanted = sa.func.unnest(*lists).table_valued(*table.primary, name="wanted").render_derived()
    keys = sa.select(*(wanted.c[name] for name in table.primary))
    found = _select(table).where(made.c[TENANT] == _TENANT, sa.tuple_(*own).in_(keys)).order_by(*own)
    return found.with_for_update() if lock else found


@cache
def insert(table: Table[Any]) -> postgresql.Insert:
    """Return what adds rows that are bound as one JSON list of ``rows``.

    Args:
        table: The table.
    """
    columns = [column.name for column in table.columns]
    typed = [sa.column(column.name, _kind(column)) for column in table.columns]
    rows = sa.func.json_to_recordset(sa.cast(sa.bindparam("rows", type_=sa.Text), postgresql.JSON))
    given = rows.table_valued(*typed, name="given").render_derived(with_types=True)
    values = sa.select(_TENANT, *(given.c[name] for name in columns))
    return postgresql.insert(_made(table)).from_select([TENANT, *columns], values)


@cache
def replace(table: Table[Any]) -> postgresql.Insert:
    """Return what adds such rows, or replaces those that are there.

    Args:
        table: The table.
    """
    added = insert(table)
    new = {column.name: added.excluded[column.name] for column in table.columns if column.name not in table.primary}
    return added.on_conflict_do_update(index_elements=[TENANT, *table.primary], set_=new)


def matching(table: Table[Any], what: Asked) -> tuple[sa.Select[Any], dict[str, Any]]:
    """Return what selects the rows that are asked for, and what is bound in it but for the tenant.

    Args:
        table: The table.
        what: What is asked for.
    """
    conditions, bound = _conditions(table, what)
    made = _made(table)
    order = [*what.order, *(name for name in table.primary if name not in what.order)]
    optional = {column.name for column in table.columns if column.optional}
    by = [made.c[name].asc().nulls_first() if name in optional else made.c[name] for name in order]
    found = _select(table).where(*conditions).order_by(*by)
    if what.limit is not None:
        found = found.limit(sa.bindparam("limit", type_=sa.BigInteger))
        bound["limit"] = what.limit
    return found.with_for_update(skip_locked=True) if what.lock else found, bound


def counted(table: Table[Any], column: str, what: Asked) -> tuple[sa.Select[Any], dict[str, Any]]:
    """Return what counts the rows that are asked for by a column, and what is bound in it but for the tenant.

    Args:
        table: The table.
        column: The column.
        what: What is asked for.
    """
    conditions, bound = _conditions(table, what)
    own = _made(table).c[column]
    return sa.select(own, sa.func.count()).where(*conditions).group_by(own), bound


def delete(table: Table[Any], what: Asked) -> tuple[sa.Delete, dict[str, Any]]:
    """Return what removes the rows that are asked for, and what is bound in it but for the tenant.

    Args:
        table: The table.
        what: What is asked for.
    """
    conditions, bound = _conditions(table, what)
    return sa.delete(_made(table)).where(*conditions), bound


def _conditions(table: Table[Any], what: Asked) -> tuple[Collection[sa.ColumnElement[bool]], dict[str, Any]]:
    own = _made(table).c
    bound: dict[str, Any] = {}

    def put(role: str, name: str, value: Any, kind: Any = None) -> sa.BindParameter[Any]:
        bound[f"{role}_{name}"] = value
        return sa.bindparam(f"{role}_{name}", type_=kind or own[name].type)

    conditions: list[sa.ColumnElement[bool]] = [own[TENANT] == _TENANT]
    conditions += [own[name] == put("equal", name, value) for name, value in what.equal]
    conditions += [own[name].is_(None) for name in what.missing]
    for name, values in what.among:
        conditions.append(own[name] == sa.any_(put("among", name, list(values), postgresql.ARRAY(own[name].type))))
    if what.above is not None:
        conditions.append(own[what.above[0]] > put("above", *what.above))
    if what.upto is not None:
        conditions.append(own[what.upto[0]] <= put("upto", *what.upto))
    return conditions, bound


@cache
def _made(table: Table[Any]) -> sa.Table:
    columns = (sa.Column(column.name, _kind(column)) for column in table.columns)
    return sa.Table(f"{PREFIX}{table.name}", _METADATA, sa.Column(TENANT, sa.Text), *columns)


@cache
def _select(table: Table[Any]) -> sa.Select[Any]:
    made = _made(table)
    return sa.select(*(made.c[column.name] for column in table.columns))


def _kind(column: Column) -> Any:
    return _KINDS[column.kind]()
