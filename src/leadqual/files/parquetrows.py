"""Reads Parquet through pyarrow (extra ``parquet``), batch by batch."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from leadqual.errors import Kind, MissingExtra, Problem
from leadqual.files.cells import CellReaders, Reader
from leadqual.files.csvrows import refuse_doubled
from leadqual.files.instants import InstantReader
from leadqual.files.notes import BadCell, Unusable, plain
from leadqual.files.rows import Ask, Row, Rows
from leadqual.files.source import Source
from leadqual.files.values import ValueReaders

_BATCH: Final = 1 << 15
_Timestamp = tuple[int, int, bool]
_UNITS: Final = {"s": (1, 1_000_000), "ms": (1, 1000), "us": (1, 1), "ns": (1000, 1)}


def pyarrow() -> Any:
    """Return the module `pyarrow` with `pyarrow.parquet` loaded.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("Parquet files need pyarrow: pip install 'leadqual[parquet]'") from None
    return pa


def open_parquet(ask: Ask) -> Rows:
    """Open a Parquet file; rows are numbered from 1.

    Raises:
        Unusable: If it cannot be read.
        MissingExtra: If pyarrow is not installed.
    """
    arrow = pyarrow()
    source = Source(ask.path, ask.format, ask.table, ask.tick)
    try:
        size = ask.path.stat().st_size
        file = arrow.parquet.ParquetFile(ask.path)
        schema, total = file.schema_arrow, file.metadata.num_rows
        names: list[str] = list(schema.names)
        known = {name: _timestamp(arrow, field.type) for name, field in zip(names, schema, strict=True)}
    except _trouble(arrow) as error:
        raise _broken(source, error) from None
    refuse_doubled(source, names, ask.wanted)
    wanted = names if ask.wanted is None else ask.wanted
    read = [name for name in wanted if name in names]

    def rows() -> Iterator[Row]:
        done = 0
        try:
            for batch in file.iter_batches(batch_size=_BATCH, columns=read):
                columns = [_plain_values(arrow, batch.column(name), known[name]) for name in read]
                yield from enumerate(zip(*columns, strict=True), done + 1)
                done += batch.num_rows
                ask.tick(size * done // max(total, 1))
        except _trouble(arrow) as error:
            raise _broken(source, error) from None

    values = ValueReaders(CellReaders(ask.format, ask.table))
    instants = InstantReader.of(ask.format, ask.table)
    return Rows(
        name=source.name,
        names=names,
        positions={name: position for position, name in enumerate(read)},
        reader=lambda name, type_name: _reader(known[name], type_name, values, instants),
        rows=rows(),
        absent=lambda: [name for name in wanted if name not in known],
        types={name: "instant" for name in read if known[name]},
    )


def _trouble(arrow: Any) -> tuple[type[Exception], ...]:
    return (arrow.ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError)


def _broken(source: Source, error: Exception) -> Unusable:
    got = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return Unusable(
        Problem(
            where=source.name,
            what="the Parquet file cannot be read",
            got=Kind(plain(got)),
            hint="Check it, or write it again.",
        )
    )


def _timestamp(arrow: Any, kind: Any) -> _Timestamp | None:
    """Return how a column of timestamps counts: ``(parts, times, aware)``; nothing for another column."""
    return (*_UNITS[kind.unit], kind.tz is not None) if arrow.types.is_timestamp(kind) else None


def _plain_values(arrow: Any, column: Any, timestamp: _Timestamp | None) -> list[Any]:
    """Return a column's values; timestamps as whole numbers of their unit, since pyarrow may refuse finer ones."""
    if timestamp:
        column = column.cast(arrow.int64())
    values: list[Any] = column.to_pylist()
    return values


def _reader(timestamp: _Timestamp | None, type_name: str, values: ValueReaders, instants: InstantReader) -> Reader:
    if timestamp is None:
        return values.of(type_name)
    if type_name != "instant":
        return _refuse(type_name)
    parts, times, aware = timestamp

    def read(value: int | None) -> object:
        return None if value is None else instants.micros(value, parts=parts, times=times, aware=aware)

    return read


def _refuse(type_name: str) -> Callable[[object], object]:
    def read(value: object) -> None:
        if value is not None:
            raise BadCell(
                f"a {type_name} was expected, not a timestamp", "Declare it `instant`, or write another column.", None
            )

    return read
