"""Reads rows of Arrow record batches: those of Parquet files, and those of tables in memory."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from leadqual.errors import Kind, Problem
from leadqual.files.cells import CellReaders, Reader
from leadqual.files.csvrows import refuse_doubled
from leadqual.files.instants import InstantReader
from leadqual.files.notes import BadCell, Unusable, plain
from leadqual.files.rows import Ask, Row, Rows
from leadqual.files.source import Source
from leadqual.files.values import ValueReaders

Stamp = tuple[int, int, bool]
"""How a column of timestamps counts: microseconds are ``value * times // parts``, in UTC if it is aware."""
UNITS: Final = {"s": (1, 1_000_000), "ms": (1, 1000), "us": (1, 1), "ns": (1000, 1)}
"""By unit: parts and times."""


def arrow_rows(
    schema: Any,
    ask: Ask,
    source: Source,
    batches: Callable[[list[str]], Iterable[Any]],
    *,
    arrow: Any,
    thing: str = "table",
) -> Rows:
    """Return the rows of record batches; rows are numbered from 1.

    Args:
        schema: The schema of the whole table.
        ask: What is wanted, and how cells are written.
        source: The name of the table for messages.
        batches: Gives record batches with these columns.
        arrow: The module `pyarrow`.
        thing: What it is, for messages.

    Raises:
        Unusable: If two wanted columns have one name; and, while rows are taken, if a batch cannot be read.
    """
    names: list[str] = list(schema.names)
    refuse_doubled(source, names, ask.wanted)
    known = {name: stamp_of(arrow, field.type) for name, field in zip(names, schema, strict=True)}
    wanted = names if ask.wanted is None else ask.wanted
    read = [name for name in wanted if name in known]

    def rows() -> Iterator[Row]:
        done = 0
        try:
            for batch in batches(read):
                columns = [_plain_values(arrow, batch.column(name), known[name]) for name in read]
                yield from enumerate(zip(*columns, strict=True), done + 1)
                done += batch.num_rows
        except trouble(arrow) as error:
            raise broken(source.name, error, thing) from None

    reader = StampedReaders.of(ask).of_column
    return Rows(
        name=source.name,
        names=names,
        positions={name: position for position, name in enumerate(read)},
        reader=lambda name, type_name: reader(known[name], type_name),
        rows=rows(),
        absent=lambda: [name for name in wanted if name not in known],
        types={name: "instant" for name in read if known[name]},
    )


def trouble(arrow: Any) -> tuple[type[Exception], ...]:
    """Return what pyarrow raises when it cannot read something."""
    return (arrow.ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError)


def broken(name: str, error: Exception, thing: str = "table") -> Unusable:
    """Return the problem of what cannot be read; what the error says may hold values, so only its kind is told."""
    got = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    hint = "Check it, or write it again."
    return Unusable(Problem(where=name, what=f"the {thing} cannot be read", got=Kind(plain(got)), hint=hint))


def stamp_of(arrow: Any, kind: Any) -> Stamp | None:
    """Return how a column of timestamps counts; nothing for another column."""
    return (*UNITS[kind.unit], kind.tz is not None) if arrow.types.is_timestamp(kind) else None


def _plain_values(arrow: Any, column: Any, stamp: Stamp | None) -> list[Any]:
    """Return a column's values; timestamps as whole numbers of their unit, since pyarrow may refuse finer ones."""
    if stamp:
        column = column.cast(arrow.int64())
    values: list[Any] = column.to_pylist()
    return values


class StampedReaders:
    """Makes the readers of a table whose timestamps come as whole numbers of their unit.

    Args:
        values: Reads what is no timestamp.
        instants: Reads timestamps.
    """

    def __init__(self, values: ValueReaders, instants: InstantReader) -> None:
        self._values = values
        self._instants = instants

    @classmethod
    def of(cls, ask: Ask) -> "StampedReaders":
        """Return the readers of a table that is asked for."""
        return cls(ValueReaders(CellReaders(ask.format, ask.table)), InstantReader.of(ask.format, ask.table))

    def of_column(self, stamp: Stamp | None, type_name: str) -> Reader:
        """Return the reader of a column.

        Args:
            stamp: How it counts, if it is one of timestamps.
            type_name: The type that is wanted.
        """
        if stamp is None:
            return self._values.of(type_name)
        if type_name != "instant":
            return _refuse(type_name)
        parts, times, aware = stamp
        micros = self._instants.micros

        def read(value: int | None) -> object:
            return None if value is None else micros(value, parts=parts, times=times, aware=aware)

        return read


def _refuse(type_name: str) -> Callable[[object], object]:
    def read(value: object) -> None:
        if value is not None:
            raise BadCell(
                f"a {type_name} was expected, not a timestamp", "Declare it `instant`, or write another column.", None
            )

    return read
