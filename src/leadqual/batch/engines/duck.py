"""DuckDB, in the same process: tables in memory, spilled to a folder where a limit of memory says so."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, Literal

from attrs import field, frozen

from leadqual.batch.border import Staged, stage
from leadqual.batch.border.extra import duckdb
from leadqual.batch.engines.failing import failure, opening_failure
from leadqual.batch.program import Made, Small, Step
from leadqual.batch.sql.dialects import DUCKDB, Dialect, render
from leadqual.batch.sql.nodes import Expr, identifier
from leadqual.batch.sql.template import statement, table
from leadqual.files.source import Progress
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

_WRITTEN: Final = "join_order,build_side_probe_side"
"""Joins are carried out as they are written: the smaller table is on the right, which DuckDB sometimes misjudges."""
_BATCH: Final = 1 << 15
"""Rows that are fetched at once."""


@frozen(kw_only=True)
class Duck:
    """A connection to DuckDB that runs plans; what DuckDB raises becomes an error of ours, without any data.

    Attributes:
        connection: The connection; it is the plan's own.
        dialect: DuckDB's SQL.
    """

    connection: Any
    dialect: Dialect = field(default=DUCKDB, init=False)
    _kinds: dict[str, str] = field(factory=dict, init=False, repr=False)
    _staged: list[Staged] = field(factory=list, init=False, repr=False)

    @classmethod
    def open(
        cls,
        *,
        path: str | None = None,
        memory_limit: str | None = None,
        threads: int | None = None,
        spill: str | None = None,
    ) -> "Duck":
        """Open a database.

        Args:
            path: Its file; in memory without one.
            memory_limit: How much memory it may take, such as ``"1GB"``; beyond it, it spills to a folder.
            threads: How many threads it may use; all cores unless given.
            spill: The folder; one of the system's, removed afterwards, unless given.

        Raises:
            EngineFailure: If it cannot be opened.
            MissingExtra: If DuckDB is not installed.
        """
        config: dict[str, Any] = {"preserve_insertion_order": False, "disabled_optimizers": _WRITTEN}
        if threads is not None:
            config["threads"] = threads
        if memory_limit is not None:
            config["memory_limit"] = memory_limit
        if spill is not None:
            config["temp_directory"] = spill
        try:
            connection = duckdb().connect(path or ":memory:", config=config)
            connection.execute("SET enable_progress_bar = false")  # no setting of a database, but of a connection
        except duckdb().Error as error:
            raise opening_failure(error) from None
        return cls(connection=connection)

    def stage(
        self,
        model: ScoringModel | Playbook,
        *,
        leads: Any,
        events: Any,
        bad_rows: Literal["fail", "skip"],
        progress: Progress | None,
    ) -> Staged:
        """Stage paths, frames and relations; see `leadqual.batch.border`."""
        self._staged.clear()
        with self._running():
            staged = stage(self.connection, model, leads=leads, events=events, bad_rows=bad_rows, progress=progress)
        self._staged.append(staged)
        for name, view in (("lq_leads", staged.leads.view), ("lq_events", staged.events.view)):
            self.make(Step(name=name, query=statement("SELECT s.* FROM $view", view=table(view, "s"))))
        return staged

    def make(self, made: Made) -> None:
        """Make a table or a view."""
        name = identifier(made.name).sql("duckdb")
        if isinstance(made, Small):
            self._load(made, name)
            return
        kind = "TABLE" if made.kept else "VIEW"
        before = self._kinds.setdefault(made.name, kind)
        if before != kind:
            self.run(f"DROP {before} IF EXISTS {name}")
            self._kinds[made.name] = kind
        self.run(f"CREATE OR REPLACE TEMP {kind} {name} AS {render(made.query, DUCKDB)}")

    def ask(self, query: Expr) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.run(render(query, DUCKDB))

    def run(self, words: str, parameters: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
        """Run a statement of ours and return its rows.

        Args:
            words: The statement; values of users are never in it.
            parameters: Its values, in the order of their numbers.

        Raises:
            EngineFailure: If DuckDB cannot carry it out.
            InputError: If what was handed in turns out not to be readable.
        """
        with self._running():
            rows: Sequence[tuple[Any, ...]] = self.connection.execute(words, parameters).fetchall()
        return rows

    def stream(self, query: Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        with self._running():
            found = self.connection.execute(render(query, DUCKDB))
            while batch := found.fetchmany(_BATCH):
                yield from batch

    def arrow(self, query: Expr) -> Any:
        """Return the rows of a query as a PyArrow table."""
        return self.rows(render(query, DUCKDB))

    def parquet(self, query: Expr, points: Sequence[str], path: str) -> None:
        """Write the rows of a query to a Parquet file; `points` become decimals with two places."""
        named = ", ".join(
            f"CAST(CAST({name} AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS {name}"
            for name in points
        )
        replaced = f"{named}, CAST(level AS INTEGER) AS level"
        with self._running():
            self.connection.sql(render(query, DUCKDB)).project(f"* REPLACE ({replaced})").write_parquet(path)

    def rows(self, words: str) -> Any:
        """Return the rows of a query of ours as a PyArrow table."""
        with self._running():
            return self.connection.sql(words).to_arrow_table()

    def register(self, name: str, rows: Any) -> None:
        """Let statements read a PyArrow table under a name."""
        with self._running():
            self.connection.register(name, rows)

    def unregister(self, name: str) -> None:
        """Forget a table that was registered."""
        with self._running():
            self.connection.unregister(name)

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of what follows, or nothing.

        Raises:
            EngineFailure: If DuckDB cannot keep it.
        """
        kinds = dict(self._kinds)
        self.run("BEGIN TRANSACTION")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._kinds.clear()
            self._kinds.update(kinds)
            with suppress(duckdb().TransactionException):  # a commit that fails has ended it
                self.connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _running(self) -> Iterator[None]:
        try:
            yield
        except duckdb().Error as error:
            raise failure(self.connection, next(iter(self._staged), None), error) from None

    def _load(self, small: Small, name: str) -> None:
        """Make a small table; each column is one parameter, a list."""
        typed = ", ".join(f"{identifier(column).sql('duckdb')} {kind}" for column, kind in small.columns)
        if not small.rows:
            self.run(f"CREATE OR REPLACE TEMP TABLE {name} ({typed})")
            return
        columns = [list(values) for values in zip(*small.rows, strict=True)]
        places = ", ".join(
            f"UNNEST(CAST(${at} AS {kind}[])) AS {identifier(column).sql('duckdb')}"
            for at, (column, kind) in enumerate(small.columns, 1)
        )
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {places}", columns)
