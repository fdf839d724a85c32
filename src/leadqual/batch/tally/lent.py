"""A tally's database as its scores see it: to be read, not to be closed."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from leadqual.batch.engines.duck import Duck
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr


@frozen
class Lent:
    """What holds scores that came out of a tally.

    Attributes:
        duck: The tally's database.
    """

    duck: Duck

    @property
    def dialect(self) -> Dialect:
        """How it speaks SQL."""
        return self.duck.dialect

    def stream(self, query: Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        return self.duck.stream(query)

    def arrow(self, query: Expr) -> Any:
        """Return the rows of a query as a PyArrow table."""
        return self.duck.arrow(query)

    def parquet(self, query: Expr, points: Sequence[str], path: str) -> None:
        """Write the rows of a query to a Parquet file."""
        self.duck.parquet(query, points, path)

    def close(self) -> None:
        """Leave the tally open."""
