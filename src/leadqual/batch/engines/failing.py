"""What DuckDB raises, as an error of ours: a table that cannot be read, or what it ran out of."""

from typing import Any, Final

from attrs import evolve

from leadqual.batch.border import Staged, unreadable
from leadqual.batch.border.extra import duckdb
from leadqual.errors import EngineFailure, InputError

_OF_FILES: Final = ("IOException", "InvalidInputException", "SerializationException", "Error")
"""What DuckDB raises when a file is broken, where nothing more can be asked since a transaction has failed."""
_MEMORY: Final = (
    "DuckDB ran out of memory or of room to spill. Give it more memory (memory_limit), fewer threads (threads) or a "
    "folder with more room (spill)."
)
_OTHER: Final = (
    "DuckDB could not carry out the plan ({kind}). Check that its file and the folder it spills to can be written; "
    "if they can, please report it, with the playbook."
)
_OPENED: Final = (
    'DuckDB could not be opened ({kind}). Check memory_limit, such as "1GB", threads, at least 1, the spill folder and '
    "the file, which has to be a DuckDB database that no other process is writing."
)


def opening_failure(error: Exception) -> EngineFailure:
    """Return what to raise when DuckDB cannot be opened.

    Args:
        error: What DuckDB raised; only its kind is told, since what it says may hold data.
    """
    return EngineFailure(_OPENED.format(kind=type(error).__name__))


def failure(connection: Any, staged: Staged | None, error: Exception) -> EngineFailure | InputError:
    """Return what to raise when DuckDB fails.

    Args:
        connection: The connection on which it did.
        staged: What is staged there.
        error: What DuckDB raised; only its kind is told, since what it says may hold data.
    """
    if isinstance(error, duckdb().OutOfMemoryException):
        return EngineFailure(_MEMORY)
    if staged is not None and (broken := _broken(connection, staged, error)) is not None:
        return unreadable(broken, error)
    return EngineFailure(_OTHER.format(kind=type(error).__name__))


def _broken(connection: Any, staged: Staged, error: Exception) -> Staged | None:
    """Return what is staged without the inputs of tables that can be read to their end; nothing if all can."""
    try:
        found = [_is_read(connection, part.view) for part in (staged.leads, staged.events)]
    except duckdb().OutOfMemoryException:
        return None
    except duckdb().TransactionException:
        return staged if type(error).__name__ in _OF_FILES else None
    leads, events = (
        evolve(part, inputs=()) if is_read else part
        for part, is_read in zip((staged.leads, staged.events), found, strict=True)
    )
    return None if all(found) else evolve(staged, leads=leads, events=events)


def _is_read(connection: Any, view: str) -> bool:
    try:
        rows = connection.table(view)
        rows.aggregate("MAX(HASH(COLUMNS(*)))").fetchall()
    except (duckdb().OutOfMemoryException, duckdb().TransactionException):
        raise
    except duckdb().Error:
        return False
    return True
