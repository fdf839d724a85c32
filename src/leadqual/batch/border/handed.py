"""What users hand in: paths and globs, frames with the Arrow C stream interface, LazyFrames, relations."""

from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

from leadqual.batch.border.extra import duckdb
from leadqual.errors import Kind, Problem
from leadqual.files.notes import Unusable, plain

_WILD: Final = "*?["
_KNOWN: Final = (
    "Pass a path, a glob, a frame with the Arrow C stream interface (PyArrow, pandas 2.2, Polars), "
    "a Polars LazyFrame, a DuckDB relation, or a list of them."
)


@runtime_checkable
class Streamed(Protocol):
    """A table that speaks the Arrow C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give a capsule of a stream."""


@runtime_checkable
class Lazy(Protocol):
    """A table that is worked out when it is collected: a Polars LazyFrame."""

    def collect(self) -> Streamed:
        """Work the table out."""

    def collect_schema(self) -> Any:
        """Tell its columns."""


def paths_and_frames(handed: object, table: str) -> list[Path | Streamed]:
    """Return what was handed in, one by one; globs become paths, lazy frames become frames.

    Args:
        handed: What the user passed.
        table: ``leads`` or ``events``, for messages.

    Raises:
        Unusable: If it is nothing that can be read, or a glob matches no file.
    """
    if isinstance(handed, str | PathLike):
        return list(_paths(fspath(handed), table))
    if isinstance(handed, Streamed):
        return [handed]
    if isinstance(handed, Lazy):
        return [_collected(handed, table)]
    if not isinstance(handed, Iterable) or isinstance(handed, bytes | dict):
        raise _unknown(handed, table)
    found: list[Path | Streamed] = []
    for part in handed:
        if not isinstance(part, str | PathLike | Streamed | Lazy):
            raise _unknown(part, table)
        found += paths_and_frames(part, table)
    return found


def rereadable(frame: Streamed) -> bool:
    """Tell whether a frame can be read more than once for nothing: it knows its length, and is no query."""
    return hasattr(frame, "__len__") and not isinstance(frame, duckdb().DuckDBPyRelation)


def is_pandas(frame: object) -> bool:
    """Tell whether a frame is one of pandas, which makes Arrow of its columns only when it is asked for a stream."""
    return hasattr(type(frame), "iloc") and hasattr(type(frame), "columns")


def narrowed(frame: Any, wanted: Sequence[str]) -> tuple[Any, list[str]]:
    """Return a frame with no more columns than needed, and the names of all that it has.

    A column that nobody reads may hold what Arrow cannot; it is not even looked at. Frames of other kinds are
    returned as they are.
    """
    if not is_pandas(frame):
        return frame, []
    known = list(map(str, frame.columns))
    keep = [number for number, name in enumerate(known) if name in wanted]
    return frame.iloc[:, keep], known


def _paths(text: str | bytes, table: str) -> Sequence[Path]:
    if isinstance(text, bytes):
        raise _unknown(text, table)
    path = Path(text)
    if path.exists() or not any(letter in text for letter in _WILD):
        return [path]
    anchor = Path(path.anchor or ".")
    found = sorted(anchor.glob(str(path.relative_to(path.anchor))))
    if not found:
        hint = "Check the pattern and the folder."
        raise Unusable(Problem(where=plain(text), what="no file matches", got=Kind("a pattern"), hint=hint))
    return found


def _collected(frame: Lazy, table: str) -> Streamed:
    found = frame.collect()
    if not isinstance(found, Streamed):
        raise _unknown(found, table)
    return found


def _unknown(handed: object, table: str) -> Unusable:
    return Unusable(Problem(where=table, what="a table was expected", got=Kind(type(handed).__name__), hint=_KNOWN))
