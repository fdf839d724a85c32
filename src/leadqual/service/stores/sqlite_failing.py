"""What SQLite says when something fails, as errors of ours that say what to do, without any value of a row."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from leadqual.errors import Kind, Problem, StoreBusy, StoreError
from leadqual.service.store import Taken

_TAKEN: Final = (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_ANSWERS: Final = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Make room and try again."),
    sqlite3.SQLITE_IOERR: ("the disk could not be read or written", "See to the disk, its room and its rights."),
    sqlite3.SQLITE_READONLY: ("the file cannot be written", "See to the rights of the file and of its folder."),
    sqlite3.SQLITE_PERM: ("the file cannot be used", "See to the rights of the file and of its folder."),
    sqlite3.SQLITE_CANTOPEN: ("the file cannot be opened", "See to it that its folder is there and can be written."),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", "Bring it back from a backup."),
    sqlite3.SQLITE_NOTADB: ("the file is no database of SQLite", "Name another file, or bring it back from a backup."),
    sqlite3.SQLITE_TOOBIG: ("a text is too large for SQLite", "Clean it where it comes from."),
    sqlite3.SQLITE_NOMEM: ("there is no memory left", "Give the process more."),
    sqlite3.SQLITE_ERROR: ("the tables are not those of this release", "Name another file, or upgrade leadqual."),
}
_OTHERWISE: Final = ("SQLite cannot do it", "See the error that caused this one.")
BUSY_HINT: Final = "Try again; nothing was written."


@contextmanager
def told(where: str) -> Iterator[None]:
    """Let an error of SQLite leave as one of ours.

    Args:
        where: Which store it is.

    Raises:
        StoreBusy: If somebody else holds the file for too long.
        StoreError: If it cannot be used.
        Taken: If there is a row with such a key already.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise failure(error, where) from error


def failure(error: sqlite3.Error, where: str) -> Exception:
    """Return an error of ours for one of SQLite.

    Args:
        error: What SQLite says.
        where: Which store it is.
    """
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        what, hint, kind = "the store is closed, or its unit is over", "Open another one.", type(error).__name__
        return StoreError([Problem(where=where, what=what, got=Kind(kind), hint=hint)])
    if code in _TAKEN:
        return Taken()
    got = Kind(error.sqlite_errorname)
    if code & 0xFF in _BUSY:
        return StoreBusy([Problem(where=where, what="somebody else holds the file", got=got, hint=BUSY_HINT)])
    what, hint = _ANSWERS.get(code & 0xFF, _OTHERWISE)
    return StoreError([Problem(where=where, what=what, got=got, hint=hint)])
