"""What staging gives: two relations of DuckDB with columns that every engine knows."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from leadqual.batch.border.extra import run
from leadqual.errors import Problem


@frozen(kw_only=True)
class StagedTable:
    """One table, staged: a view with the canonical columns, one row for each row that was handed in and can be read.

    Attributes:
        view: Its name.
        columns: The canonical columns with their leadqual types, in the order of the view.
        absent: Those that nothing handed in has: they are null in every row (an empty source, an own act).
        non_ascii: Those of text, or lists of texts, that may hold more than ASCII; the others surely do not.
        rows: How many rows were handed in, bad ones included.
        bad_rows: How many of them are left out.
        native: Whether DuckDB reads everything itself.
        inputs: What was handed in, for messages: the first files.
    """

    view: str
    columns: Mapping[str, str]
    absent: frozenset[str]
    non_ascii: frozenset[str]
    rows: int
    bad_rows: int
    native: bool
    inputs: tuple[str, ...] = ()


@frozen(kw_only=True)
class Staged:
    """Leads and events, staged on a connection.

    Attributes:
        leads: The leads; a lead may have several rows.
        events: The events; copies and conflicts are still in it.
        lead_id_type: ``BIGINT`` if every lead id that was handed in is a whole number, else ``TEXT``.
        event_id_type: The same of event ids.
        dated: Whether every leads table has ``valid_from``.
        problems: The first hundred problems of the rows that are left out.
        total: How many there are.
        warnings: What is odd but no error, as sentences.
    """

    leads: StagedTable
    events: StagedTable
    lead_id_type: str
    event_id_type: str
    dated: bool
    problems: tuple[Problem, ...] = ()
    total: int = 0
    warnings: tuple[str, ...] = ()
    _made: "Made" = field(repr=False, alias="made")

    def drop(self) -> None:
        """Take from the connection what was put there."""
        self._made.drop()


@frozen
class Made:
    """What staging has put on a connection.

    Attributes:
        connection: The connection.
        registered: Names of frames.
        tables: Names of temporary tables.
        views: Names of temporary views.
    """

    connection: Any
    registered: list[str] = field(factory=list)
    tables: list[str] = field(factory=list)
    views: list[str] = field(factory=list)

    def drop(self) -> None:
        """Take all of it away."""
        for name in self.views:
            run(self.connection, f"DROP VIEW IF EXISTS {name}")
        for name in self.tables:
            run(self.connection, f"DROP TABLE IF EXISTS {name}")
        for name in self.registered:
            self.connection.unregister(name)
        for names in (self.views, self.tables, self.registered):
            names.clear()
