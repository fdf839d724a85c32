"""One base on Postgres: temporary tables and views of one connection, gone when the scores are closed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from attrs import define, evolve, field
from sqlglot.errors import ErrorLevel

from leadqual.batch.border import Staged, StagedTable
from leadqual.batch.border.canonical import sql_type
from leadqual.batch.border.extra import pyarrow
from leadqual.batch.border.native import selecting
from leadqual.batch.engines.cells import Spelling
from leadqual.batch.engines.gathered import gather
from leadqual.batch.engines.names import Names
from leadqual.batch.engines.postgres_opened import Opened
from leadqual.batch.engines.postgres_tables import handed, stream_of
from leadqual.batch.engines.postgres_types import SPELLING
from leadqual.batch.engines.tables import Handed
from leadqual.batch.engines.through import BATCH, Through
from leadqual.batch.engines.written import write_parquet
from leadqual.batch.program import Made, Small, Step
from leadqual.batch.sql.dialects import POSTGRES, Dialect, render
from leadqual.batch.sql.nodes import Expr, column, identifier
from leadqual.batch.sql.template import table as named
from leadqual.files.source import Progress
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

_ARROW: Final = {16: "bool", 20: "int64", 701: "float64"}
"""Arrow's names of types by Postgres's numbers of them; all others come as text."""
_TYPES: Final = {"TEXT": 'TEXT COLLATE "C"', "DOUBLE": "DOUBLE PRECISION"}


@define(kw_only=True)
class PostgresRun:
    """An engine for one base.

    Attributes:
        opened: The connection.
        names: How its tables are called.
        dialect: How Postgres speaks.
        spelling: How it reads columns.
    """

    opened: Opened
    names: Names = field(factory=lambda: Names(longest=POSTGRES.longest_name, folder="pg_temp"), init=False)
    dialect: Dialect = field(default=POSTGRES, init=False)
    spelling: Spelling = field(default=SPELLING, init=False)
    _made: dict[str, str] = field(factory=dict, init=False)
    _held: int = field(default=0, init=False)

    def stage(
        self,
        model: ScoringModel | Playbook,
        *,
        leads: Any,
        events: Any,
        bad_rows: Literal["fail", "skip"],
        progress: Progress | None,
    ) -> Staged:
        """Stage tables of the database, and whatever DuckDB's border takes."""
        try:
            self.opened.begin()
            tables = [list(handed(self.opened, items)) for items in (leads, events)]
            return gather(self, model, leads=tables[0], events=tables[1], bad_rows=bad_rows, progress=progress)
        except BaseException:
            self.close()
            raise

    def make(self, made: Made) -> None:
        """Make a table or a view."""
        if isinstance(made, Small):
            self._load(made.name, made.columns, [made.rows])
        else:
            self._make(made.name, render(self.names.of(made.query), POSTGRES), kept=made.kept)

    def ask(self, query: Expr) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.opened.ask(render(self.names.of(query), POSTGRES))

    def stream(self, query: Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, by a cursor of the server."""
        for rows, _ in self.opened.batches(render(self.names.of(query), POSTGRES), BATCH):
            yield from rows

    def arrow(self, query: Expr) -> Any:
        """Return the rows of a query as a PyArrow table."""
        return pyarrow().concat_tables(self._tables(query))

    def parquet(self, query: Expr, points: Sequence[str], path: str) -> None:
        """Write the rows of a query to a Parquet file; `points` become decimals with two places."""
        write_parquet(self._tables(query), points, path)

    def close(self) -> None:
        """Drop what was made; a connection of our own is given back, with its transaction undone."""
        self.opened.close([self._dropping(name, kind) for name, kind in reversed(self._made.items())])
        self._made.clear()

    def ask_source(self, query: Expr) -> Sequence[Sequence[Any]]:
        """Return the rows of a query over tables that were handed in."""
        return self.opened.ask(self._said(query))

    def held(self, table: Handed, wanted: Sequence[str]) -> Handed:
        """Return a table that does not change while it is read: a copy, where the connection is somebody else's."""
        if self.opened.own:
            return table
        name = f"lq_held_{self._held}"
        self._held += 1
        query = selecting([column(part) for part in wanted], table.source)
        self._make(name, self._said(query), kept=True)
        return evolve(table, source=named(name, "h"))

    def streamed(self, table: Handed, names: Sequence[str]) -> object:
        """Return columns of a table that was handed in as a stream of Arrow."""
        return stream_of(self.opened, table, names, self._said)

    def load(self, name: str, through: Through, table: StagedTable) -> None:
        """Make a table of canonical rows that went through DuckDB."""
        ids = {"lq_lead": through.staged.lead_id_type, "lq_event": through.staged.event_id_type}
        columns = [(column, ids.get(column) or sql_type(kind)) for column, kind in table.columns.items()]
        batches = (
            zip(*(column.to_pylist() for column in batch.columns), strict=True) for batch in through.batches(table)
        )
        self._load(name, columns, batches)

    def make_source(self, step: Step) -> None:
        """Make a table or a view over tables that were handed in."""
        self._make(step.name, self._said(step.query), kept=step.kept)

    def _tables(self, query: Expr) -> Iterator[Any]:
        """Yield the rows of a query as tables of PyArrow, at least one."""
        arrow = pyarrow()
        for rows, types in self.opened.batches(render(self.names.of(query), POSTGRES), BATCH):
            kinds = [(name, arrow.type_for_alias(_ARROW.get(number, "string"))) for name, number in types]
            columns = zip(*rows, strict=True) if rows else ((),) * len(kinds)
            arrays = [arrow.array(list(values), kind) for values, (_, kind) in zip(columns, kinds, strict=True)]
            yield arrow.table(arrays, schema=arrow.schema(kinds))

    def _said(self, query: Expr) -> str:
        """Return a query over tables that were handed in as text; all of it is ours but for quoted names."""
        return self.names.of(query).sql("postgres", identify=True, unsupported_level=ErrorLevel.RAISE)

    def _name(self, name: str) -> str:
        return self.names.table(name).sql("postgres")

    def _dropping(self, name: str, kind: str) -> str:
        return " ".join(("DROP", kind, "IF EXISTS", self._name(name), "CASCADE"))

    def _made_anew(self, name: str, kind: str) -> str:
        """Return the name of a table or a view; one of that name, and what was made of it, is dropped."""
        if name in self._made:
            self.opened.run(self._dropping(name, self._made.pop(name)))
        self._made[name] = kind
        return self._name(name)

    def _make(self, name: str, query: str, *, kept: bool) -> None:
        kind = "TABLE" if kept else "VIEW"
        called = self._made_anew(name, kind)
        self.opened.run(f"CREATE TEMPORARY {kind} {called} AS {query}")
        if kept:
            self.opened.run(f"ANALYZE {called}")

    def _load(self, name: str, columns: Sequence[tuple[str, str]], batches: Iterable[Iterable[Sequence[Any]]]) -> None:
        """Make a table of rows."""
        called = self._made_anew(name, "TABLE")
        quoted = [identifier(self.names.short(column)).sql("postgres") for column, _ in columns]
        typed = [f"{column} {_TYPES.get(kind, kind)}" for column, (_, kind) in zip(quoted, columns, strict=True)]
        self.opened.run(f"CREATE TEMPORARY TABLE {called} ({', '.join(typed)})")
        self.opened.copy(f"COPY {called} ({', '.join(quoted)}) FROM STDIN", batches)
        self.opened.run(f"ANALYZE {called}")
