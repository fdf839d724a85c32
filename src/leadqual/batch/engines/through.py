"""What an engine does not read itself goes through DuckDB: its border reads it, and the canonical rows are moved on."""

from collections.abc import Iterator
from typing import Any, Final, Literal

from attrs import field, frozen

from leadqual.batch.border import Staged, StagedTable, stage
from leadqual.batch.border.extra import duckdb
from leadqual.files.columns import Declared, FilesPlaybook
from leadqual.files.source import Progress

BATCH: Final = 1 << 15
"""Rows that are moved at once."""


@frozen(kw_only=True)
class Through:
    """Both tables as DuckDB has them.

    Attributes:
        staged: What is known of them.
    """

    staged: Staged
    _connection: Any = field(repr=False, alias="connection")

    @classmethod
    def of(
        cls,
        model: FilesPlaybook | Declared,
        *,
        leads: object,
        events: object,
        bad_rows: Literal["fail", "skip"],
        progress: Progress | None,
    ) -> "Through":
        """Read what was handed in; see `leadqual.batch.border.stage`.

        Raises:
            RowsError: If rows cannot be read.
            InputError: If something cannot be used at all.
            MissingExtra: If DuckDB or PyArrow is not installed.
        """
        connection = duckdb().connect(config={"preserve_insertion_order": False})
        try:
            staged = stage(connection, model, leads=leads, events=events, bad_rows=bad_rows, progress=progress)
        except BaseException:
            connection.close()
            raise
        return cls(staged=staged, connection=connection)

    def batches(self, table: StagedTable) -> Iterator[Any]:
        """Yield the rows of a table as Arrow record batches."""
        yield from self._connection.view(table.view).to_arrow_reader(BATCH)

    def table(self, table: StagedTable) -> Any:
        """Return the rows of a table as an Arrow table."""
        return self._connection.view(table.view).to_arrow_table()

    def close(self) -> None:
        """Free what DuckDB took."""
        self._connection.close()
