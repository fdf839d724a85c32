"""Reads Parquet through pyarrow (extra ``parquet``), batch by batch."""

from collections.abc import Iterator
from typing import Any, Final

from leadqual.errors import MissingExtra
from leadqual.files.arrowrows import arrow_rows, broken, trouble
from leadqual.files.rows import Ask, Rows
from leadqual.files.source import Source

_BATCH: Final = 1 << 15
_FILE: Final = "Parquet file"


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
    except trouble(arrow) as error:
        raise broken(source.name, error, _FILE) from None

    def batches(read: list[str]) -> Iterator[Any]:
        done = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=read):
            yield batch
            done += batch.num_rows
            ask.tick(size * done // max(total, 1))

    return arrow_rows(schema, ask, source, batches, arrow=arrow, thing=_FILE)
