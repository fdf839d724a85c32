"""Frames and streams as Arrow: what DuckDB scans, and what goes through the readers of files."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.border.extra import duckdb, pyarrow
from leadqual.batch.border.handed import Streamed, is_pandas, narrowed, rereadable
from leadqual.batch.border.parquet import place
from leadqual.batch.border.physical import Physical, of_arrow
from leadqual.batch.sql.nodes import Expr, identifier
from leadqual.files.arrowrows import arrow_rows, broken, trouble
from leadqual.files.notes import Unusable
from leadqual.files.rows import Ask, Rows
from leadqual.files.source import Source

BATCH: Final = 50_000
"""Rows that are taken at once."""


@frozen(kw_only=True)
class Frame:
    """A frame or a stream, opened.

    Attributes:
        table: The frame as an Arrow table; nothing where it is a stream.
        reader: The stream as an Arrow reader, which can be read once; nothing where it is a table.
        known: All names of its columns, also of those that are not taken.
    """

    table: Any
    reader: Any
    known: tuple[str, ...]

    @property
    def schema(self) -> Any:
        """The Arrow schema."""
        return self.reader.schema if self.table is None else self.table.schema

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(dict.fromkeys([*self.schema.names, *self.known]))

    def physicals(self) -> dict[str, Physical]:
        """Return what the columns are, by name."""
        arrow = pyarrow()
        return {field.name: of_arrow(arrow, field.type) for field in self.schema}

    def rows(self, ask: Ask) -> Rows:
        """Return the rows, for the readers of files.

        Raises:
            Unusable: If two wanted columns have one name.
        """
        source = Source(ask.path, ask.format, ask.table, ask.tick)
        return arrow_rows(self.schema, ask, source, self._batches, arrow=pyarrow())

    def _batches(self, read: Sequence[str]) -> Iterable[Any]:
        at = [self.schema.get_field_index(name) for name in read]
        if self.table is not None:
            yield from self.table.select(at).to_batches(max_chunksize=BATCH)
            return
        for batch in self.reader:
            narrow = batch.select(at)
            for start in range(0, batch.num_rows, BATCH):
                yield narrow.slice(start, BATCH)

    def counted(self, wanted: Sequence[str]) -> Any:
        """Return the wanted columns, called by their places, timestamps as whole numbers: a table, or a reader."""
        arrow = pyarrow()
        at = [self.schema.get_field_index(name) for name in wanted]
        fields = [self.schema.field(number) for number in at]
        kinds = [arrow.int64() if arrow.types.is_timestamp(field.type) else field.type for field in fields]
        schema = arrow.schema([(place(number), kind) for number, kind in enumerate(kinds)])
        if self.table is not None:
            columns = [self.table.column(number).cast(kind) for number, kind in zip(at, kinds, strict=True)]
            return arrow.Table.from_arrays(columns, schema=schema)

        def batches() -> Iterator[Any]:
            for batch in self.reader:
                columns = [batch.column(number).cast(kind) for number, kind in zip(at, kinds, strict=True)]
                yield arrow.RecordBatch.from_arrays(columns, schema=schema)

        return arrow.RecordBatchReader.from_batches(schema, batches())


def opened(frame: Streamed, ask: Ask) -> Frame:
    """Open a frame.

    Raises:
        Unusable: If it cannot be read as Arrow.
    """
    arrow = pyarrow()
    wanted = list(ask.wanted or ())
    narrow, known = narrowed(frame, wanted)
    try:
        if isinstance(narrow, arrow.Table):
            return Frame(table=narrow, reader=None, known=())
        reader = arrow.RecordBatchReader.from_stream(narrow)
        if rereadable(frame):
            return Frame(table=reader.read_all(), reader=None, known=tuple(known))
    except (*trouble(arrow), duckdb().Error) as error:
        raise _culprit(narrow, ask, error) from None
    return Frame(table=None, reader=reader, known=())


def scan_of(name: str) -> Expr:
    """Return what stands after ``FROM`` for a registered frame or a table of ours."""
    return exp.Table(this=identifier(name))


def _culprit(frame: Any, ask: Ask, error: Exception) -> Unusable:
    """Return the problem of a frame that is no Arrow; of pandas, with the first column that is to blame."""
    name = str(ask.path)
    if is_pandas(frame):
        arrow = pyarrow()
        for number, column in enumerate(map(str, frame.columns)):
            try:
                arrow.RecordBatchReader.from_stream(frame.iloc[:, [number]].reset_index(drop=True))
            except trouble(arrow):
                return broken(f"{name}:{column}", error, "column")
    return broken(name, error)
