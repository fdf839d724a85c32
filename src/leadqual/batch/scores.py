"""The scores of a base: a table that is read as whatever one works with."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import field, frozen

from leadqual.batch.border.extra import pyarrow
from leadqual.batch.score import COLUMNS, DETAILS
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr, as_text, column
from leadqual.batch.sql.template import listing, statement
from leadqual.files.report import Report
from leadqual.files.write import write_rows, write_whole

POINTS: Final = ("fit", "interest", "total", "fit_low", "fit_high", "completeness")


class Answers(Protocol):
    """What holds the scores: an engine whose ``lq_score`` is made."""

    @property
    def dialect(self) -> Dialect:
        """How it speaks SQL."""
        ...

    def stream(self, query: Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        ...

    def arrow(self, query: Expr) -> Any:
        """Return the rows of a query as a PyArrow table."""
        ...

    def parquet(self, query: Expr, points: Sequence[str], path: str) -> None:
        """Write the rows of a query to a Parquet file.

        Args:
            query: The query.
            points: Columns of whole hundredths, which are written as decimals with two places.
            path: Where to; an empty file is there.
        """
        ...

    def close(self) -> None:
        """Free what the scores take."""
        ...


@frozen(kw_only=True)
class ScoreTable:
    """The scores of all leads of a base, still where the engine has them.

    Anything that speaks the Arrow C stream interface reads it as it is: ``pandas.DataFrame.from_arrow(table)``,
    ``polars.DataFrame(table)``, ``duckdb.sql("FROM table")``.

    Attributes:
        report: What reading the base came to: leads, copies, orphans, conflicts, problems, warnings.
        details: Whether it holds more than the columns of a scores file.
    """

    report: Report
    details: bool = False
    _engine: Answers = field(repr=False, alias="engine")

    def __len__(self) -> int:
        return self.report.leads

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: those of a scores file, then details."""
        return (*COLUMNS, *(DETAILS if self.details else ()))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each lead's score by column, sorted by lead id as text; points are whole hundredths.

        Yields:
            Texts, whole numbers and ``None``; bars and gates joined by ``;``, completeness in hundredths of a percent.
        """
        for row in self._engine.stream(self._query(self.columns)):
            yield dict(zip(self.columns, row, strict=True))

    def to_arrow(self) -> Any:
        """Return the scores as a PyArrow table, sorted by lead id as text; points are decimals with two places."""
        arrow = pyarrow()
        found = self._engine.arrow(self._query(self.columns)).combine_chunks()
        columns = {name: _typed(arrow, name, found.column(name)) for name in self.columns}
        return arrow.table(columns)

    def to_pandas(self) -> Any:
        """Return the scores as a pandas data frame; points are decimals."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """Return the scores as a Polars data frame; points are decimals."""
        import polars as pl

        return pl.DataFrame(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def write(self, path: str | PathLike[str]) -> int:
        """Write a scores file, as `leadqual.files.write_scores` does: sorted, exact, all or nothing.

        Args:
            path: Where to; the ending says the format: ``.csv``, ``.json``, ``.jsonl`` or ``.parquet``.

        Returns:
            How many rows were written.

        Raises:
            InputError: If the ending is not known or the file cannot be written.
        """
        if Path(fspath(path)).suffix.lower() == ".parquet":
            write_whole(path, lambda beside: self._engine.parquet(self._query(COLUMNS), POINTS[:3], beside))
            return len(self)
        return write_rows(path, COLUMNS, self.cells(), safe=False)

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a scores file as texts, by lead id: points with two decimals, nothing as the empty text."""
        return map(_cells, self._engine.stream(self._query(COLUMNS)))

    def close(self) -> None:
        """Free what the scores take; the table cannot be read any more."""
        self._engine.close()

    def _query(self, names: Sequence[str]) -> Expr:
        whole = as_text(column("lead_id", "s"))
        listed = [(name, whole if name == "lead_id" else column(name, "s")) for name in names]
        order = self._engine.dialect.binary(whole)
        return listing(statement("SELECT 0 FROM lq_score AS s ORDER BY $order", order=order), listed)


def _cells(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the cells of a scores file."""
    lead, fit, interest, total, letter, digit, label, qualifies, gate = row
    level = "" if digit is None else str(digit)
    return lead, _shown(fit), _shown(interest), _shown(total), letter or "", level, label, qualifies, gate or ""


@lru_cache(maxsize=1 << 16)
def _shown(hundredths: int) -> str:
    return f"{Decimal(hundredths).scaleb(-2):.2f}"


def _typed(arrow: Any, name: str, values: Any) -> Any:
    """Return a column as files hold it."""
    if name == "level":
        return values.cast(arrow.int32())
    if name not in POINTS:
        return values.cast(arrow.string())
    import pyarrow.compute

    hundredth = arrow.scalar(Decimal("0.01"), arrow.decimal128(3, 2))
    whole = values.cast(arrow.int64()).cast(arrow.decimal128(19, 0))
    return pyarrow.compute.multiply(whole, hundredth).cast(arrow.decimal128(18, 2))
