"""The libraries of the extra ``batch``, imported when they are needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from leadqual.errors import MissingExtra


def duckdb() -> Any:
    """Return the module `duckdb`.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        import duckdb as module
    except ImportError:
        raise MissingExtra("Scoring tables needs duckdb: pip install 'leadqual[batch]'") from None
    return module


def pyarrow() -> Any:
    """Return the module `pyarrow`.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtra("Data frames and text files need pyarrow here: pip install 'leadqual[batch]'") from None
    return pa


def run(connection: Any, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Run a statement and take all its rows: a result that is not taken to its end keeps a connection busy."""
    rows: list[tuple[Any, ...]] = connection.execute(statement, list(parameters)).fetchall()
    return rows


@contextmanager
def in_order(connection: Any) -> Iterator[None]:
    """Keep rows in the order in which they come, so that a row can be told by its number; then do as before."""
    ((before,),) = run(connection, "SELECT current_setting('preserve_insertion_order')")
    run(connection, "SET preserve_insertion_order = true")
    try:
        yield
    finally:
        if not before:
            run(connection, "SET preserve_insertion_order = false")
