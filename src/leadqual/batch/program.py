"""A plan as data: small tables, and queries that are made one after the other; engines run it, or print it."""

from collections.abc import Sequence
from typing import Any, Protocol

from attrs import frozen

from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr


@frozen(kw_only=True)
class Small:
    """A small table that the plan brings along.

    Attributes:
        name: Its name.
        columns: Its columns, each with ``"BIGINT"``, ``"TEXT"`` or ``"BOOLEAN"``.
        rows: Its rows.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]


@frozen(kw_only=True)
class Step:
    """A query with a name that later ones may read.

    Attributes:
        name: Its name.
        query: The query.
        kept: Whether it is read more than once, and therefore worked out once and kept.
        says: What its rows are, for who reads the SQL.
    """

    name: str
    query: Expr
    kept: bool = False
    says: str = ""


Made = Small | Step


class Runs(Protocol):
    """What runs a plan: a database, as far as a plan needs it."""

    @property
    def dialect(self) -> Dialect:
        """How it speaks SQL."""
        ...

    def make(self, made: Made) -> None:
        """Make a table or a view."""
        ...

    def ask(self, query: Expr) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query."""
        ...
