"""The tables of a store in SQL, made from what `leadqual.service.tables` says of them."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from leadqual.service.tables import TABLES, Column, Table

PREFIX: Final = "leadqual_"
"""What stands before the name of every table and index."""
TENANT: Final = "tenant"
"""The first column of every table."""


@frozen(kw_only=True)
class Spelling:
    """How a database says it.

    Attributes:
        kinds: Its types for texts, compared by code point, and for whole numbers of 64 bits.
        first: What makes an index begin with the rows that hold nothing.
    """

    kinds: tuple[tuple[str, str], ...]
    first: str = ""


def quoted(name: str) -> str:
    """Return a name of ours as SQL takes it.

    >>> quoted("into")
    '"into"'
    """
    return f'"{name}"'


def table_name(table: Table[Any]) -> str:
    """Return the name of a table in a database, as SQL takes it.

    Args:
        table: The table.
    """
    return quoted(f"{PREFIX}{table.name}")


def names(columns: Iterator[str] | tuple[str, ...]) -> str:
    """Return names of columns in a row, as SQL takes them."""
    return ", ".join(map(quoted, columns))


def statements(spelling: Spelling) -> tuple[str, ...]:
    """Return the statements that make all tables.

    Args:
        spelling: How the database says it.
    """
    return tuple(statement for table in TABLES for statement in _of_table(table, spelling))


def _of_table(table: Table[Any], spelling: Spelling) -> Iterator[str]:
    kinds = dict(spelling.kinds)
    columns = (Column(TENANT, "text", optional=False), *table.columns)
    parts = [f"{quoted(c.name)} {kinds[c.kind]}{'' if c.optional else ' NOT NULL'}" for c in columns]
    parts.append(f"PRIMARY KEY ({names((TENANT, *table.primary))})")
    yield f"CREATE TABLE {table_name(table)} ({', '.join(parts)})"
    optional = {column.name for column in table.columns if column.optional}
    for index in table.indexes:
        wanted = (*index, *(name for name in table.primary if name not in index))
        by = ", ".join([quoted(TENANT), *(quoted(n) + (spelling.first if n in optional else "") for n in wanted)])
        yield f"CREATE INDEX {quoted(f'{PREFIX}{table.name}_{index[0]}')} ON {table_name(table)} ({by})"
