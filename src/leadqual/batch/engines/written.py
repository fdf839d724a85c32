"""Scores as a Parquet file, where the engine that has them lies elsewhere."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from leadqual.batch.border.extra import pyarrow


def write_parquet(tables: Iterable[Any], points: Sequence[str], path: str) -> None:
    """Write tables, one after the other, to one file.

    Args:
        tables: PyArrow tables with the same columns; at least one.
        points: Columns of whole hundredths, which become decimals with two places.
        path: Where to.
    """
    arrow = _parquet()
    writer = None
    try:
        for table in tables:
            typed = _typed(table, points)
            if writer is None:
                writer = arrow.ParquetWriter(path, typed.schema)
            writer.write_table(typed)
    finally:
        if writer is not None:
            writer.close()


def _parquet() -> Any:
    pyarrow()
    from pyarrow import parquet

    return parquet


def _typed(table: Any, points: Sequence[str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute

    hundredth = pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))
    columns = {}
    for name in table.column_names:
        values = table.column(name)
        if name in points:
            whole = values.cast(pa.int64()).cast(pa.decimal128(19, 0))
            columns[name] = pyarrow.compute.multiply(whole, hundredth).cast(pa.decimal128(18, 2))
        else:
            columns[name] = values.cast(pa.int32() if name == "level" else pa.string())
    return pa.table(columns)
