"""One base on Spark: temporary views of a session, gone when the scores are closed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Literal

from attrs import define, evolve, field
from sqlglot.errors import ErrorLevel

from leadqual.batch.border import Staged, StagedTable
from leadqual.batch.border.canonical import sql_type
from leadqual.batch.border.extra import pyarrow
from leadqual.batch.engines.cells import Spelling
from leadqual.batch.engines.gathered import gather
from leadqual.batch.engines.names import Names
from leadqual.batch.engines.spark_frames import Frame, frames
from leadqual.batch.engines.spark_types import SPELLING, physical_of
from leadqual.batch.engines.tables import Handed
from leadqual.batch.engines.through import Through
from leadqual.batch.engines.written import write_parquet
from leadqual.batch.program import Made, Small, Step
from leadqual.batch.sql.dialects import SPARK, Dialect, render
from leadqual.batch.sql.nodes import Expr
from leadqual.batch.sql.template import table as named
from leadqual.errors import EngineFailure, UnsupportedByEngine
from leadqual.files.source import Progress
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

_ARROW: Final = {"TEXT": "string", "BIGINT": "int64", "DOUBLE": "float64", "BOOLEAN": "bool"}
_ESCAPED: Final = "spark.sql.parser.escapedStringLiterals"
_FAILED: Final = (
    "Spark could not carry out the plan ({kind}). Check its logs: what was handed in may not be readable, or memory or "
    "room may have run out; if nothing is wrong there, please report it, with the playbook."
)


@contextmanager
def running() -> Iterator[None]:
    """Turn what Spark raises into an error of ours, without any data.

    Raises:
        EngineFailure: If anything fails.
    """
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        raise EngineFailure(_FAILED.format(kind=error.getCondition() or type(error).__name__)) from None
    except Exception as error:
        if not type(error).__module__.startswith("py4j."):  # what brings words to the JVM has no types of its own here
            raise
        raise EngineFailure(_FAILED.format(kind=type(error).__name__)) from None


@define(kw_only=True)
class SparkRun:
    """An engine for one base.

    Attributes:
        session: Spark's session.
        own: Whether it was started for this base, and ends with it.
        names: How its views are called.
        dialect: How Spark speaks.
        spelling: How it reads columns.
    """

    session: Any
    own: bool = False
    names: Names = field(factory=Names, init=False)
    dialect: Dialect = field(default=SPARK, init=False)
    spelling: Spelling = field(default=SPELLING, init=False)
    _views: dict[str, Any] = field(factory=dict, init=False)
    _changing: set[str] = field(factory=set, init=False)
    _handed: int = field(default=0, init=False)

    def stage(
        self,
        model: ScoringModel | Playbook,
        *,
        leads: Any,
        events: Any,
        bad_rows: Literal["fail", "skip"],
        progress: Progress | None,
    ) -> Staged:
        """Stage data frames of Spark's, Parquet files, and whatever DuckDB's border takes."""
        if str(self.session.conf.get(_ESCAPED, "false")).lower() == "true":
            raise UnsupportedByEngine(f"Spark reads literals in an old way; set {_ESCAPED} to false")
        try:
            with running():
                tables = [list(self._all_taken(items, name)) for items, name in ((leads, "leads"), (events, "events"))]
            return gather(self, model, leads=tables[0], events=tables[1], bad_rows=bad_rows, progress=progress)
        except BaseException:
            self.close()
            raise

    def make(self, made: Made) -> None:
        """Make a view; what is kept is worked out once, and kept in memory or on disk."""
        if isinstance(made, Small):
            arrow = pyarrow()
            columns = zip(*made.rows, strict=True) if made.rows else ((),) * len(made.columns)
            kinds = [(name, arrow.type_for_alias(_ARROW[kind])) for name, kind in made.columns]
            arrays = [arrow.array(list(values), kind) for values, (_, kind) in zip(columns, kinds, strict=True)]
            self._name(made.name, self.session.createDataFrame(arrow.table(arrays, schema=arrow.schema(kinds))))
            return
        self._make(made.name, render(self.names.of(made.query), SPARK), kept=made.kept)

    def ask(self, query: Expr) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query."""
        with running():
            return [tuple(row) for row in self.session.sql(render(self.names.of(query), SPARK)).collect()]

    def stream(self, query: Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, one partition after the other."""
        with running():
            for row in self.session.sql(render(self.names.of(query), SPARK)).toLocalIterator():
                yield tuple(row)

    def arrow(self, query: Expr) -> Any:
        """Return the rows of a query as a PyArrow table."""
        with running():
            return self.session.sql(render(self.names.of(query), SPARK)).toArrow()

    def parquet(self, query: Expr, points: Sequence[str], path: str) -> None:
        """Write the rows of a query to a Parquet file; `points` become decimals with two places."""
        write_parquet([self.arrow(query)], points, path)

    def close(self) -> None:
        """Drop the views and free what was kept; a session that was started for this base is stopped."""
        for name in reversed(list(self._views)):
            self._drop(name)
        if self.own:
            self.session.stop()

    def ask_source(self, query: Expr) -> Sequence[Sequence[Any]]:
        """Return the rows of a query over tables that were handed in."""
        with running():
            return [tuple(row) for row in self.session.sql(self._said(query)).collect()]

    def held(self, table: Handed, wanted: Sequence[str]) -> Handed:
        """Return a table that does not change while it is read: what is wanted of a data frame is kept."""
        called = table.source.name
        if called not in self._changing:
            return table
        frame = self.session.table(self.names.told(called)).select([_quoted(name) for name in wanted])
        self._name(f"{called}_kept", frame, kept=True)
        return evolve(table, source=named(f"{called}_kept", "h"))

    def streamed(self, table: Handed, names: Sequence[str]) -> object:
        """Return columns of a table that was handed in, collected as Arrow."""
        frame = self.session.table(self.names.told(table.source.name))
        return frame.select([_quoted(name) for name in names]).toArrow()

    def load(self, name: str, through: Through, table: StagedTable) -> None:
        """Make a view of canonical rows that went through DuckDB."""
        arrow = pyarrow()
        ids = {"lq_lead": through.staged.lead_id_type, "lq_event": through.staged.event_id_type}
        kinds = [(column, _ARROW[ids.get(column) or sql_type(kind)]) for column, kind in table.columns.items()]
        schema = arrow.schema([(column, arrow.type_for_alias(kind)) for column, kind in kinds])
        self._name(name, self.session.createDataFrame(through.table(table).cast(schema)))

    def make_source(self, step: Step) -> None:
        """Make a view over tables that were handed in."""
        self._make(step.name, self._said(step.query), kept=step.kept)

    def _all_taken(self, items: object, table: str) -> Iterator[Handed | object]:
        for item in frames(self.session, items, table):
            yield self._taken(item) if isinstance(item, Frame) else item

    def _taken(self, frame: Frame) -> Handed:
        """Return a data frame under a name of ours."""
        name = f"lq_handed_{self._handed}"
        self._handed += 1
        types = frame.types
        self._name(name, frame.data)
        if not frame.stable:
            self._changing.add(name)
        physicals = {column: physical_of(kind) for column, kind in types.items()}
        return Handed(name=frame.name, source=named(name, "h"), physicals=physicals, types=types)

    def _make(self, name: str, query: str, *, kept: bool) -> None:
        """Make a view; what is kept forgets where it came from: Spark tells plans within plans again and again."""
        with running():
            frame = self.session.sql(query)
            self._name(name, frame.localCheckpoint(eager=True) if kept else frame)

    def _name(self, name: str, frame: Any, *, kept: bool = False) -> None:
        """Give a data frame its name, and keep it unless it is kept already."""
        if name in self._views:
            self._drop(name)
        with running():
            level = frame.storageLevel if kept else None
            mine = level is not None and not (level.useMemory or level.useDisk)
            self._views[name] = frame.persist() if mine else None
            frame.createOrReplaceTempView(self.names.told(name))

    def _drop(self, name: str) -> None:
        kept = self._views.pop(name)
        self.session.catalog.dropTempView(self.names.told(name))
        if kept is not None:
            kept.unpersist()

    def _said(self, query: Expr) -> str:
        """Return a query over tables that were handed in as text; all of it is ours but for quoted names."""
        return SPARK.taken(self.names.of(query).sql("spark", identify=True, unsupported_level=ErrorLevel.RAISE))


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
