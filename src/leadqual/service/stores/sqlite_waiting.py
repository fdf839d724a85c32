"""How those who wait for a file of SQLite take turns."""

import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from secrets import randbelow
from typing import Final, TypeVar

from leadqual.errors import StoreBusy

A = TypeVar("A")
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_SHORT: Final = 500
_LONG: Final = 2_500
"""Microseconds between two tries."""


def patiently(deed: Callable[[], A], wait: timedelta) -> A:
    """Do something again and again while somebody else holds the file.

    SQLite itself waits longer and longer, so that one who writes without a pause keeps the others out; here all try
    equally often, and whoever it is gets in during one of his pauses.

    Args:
        deed: What is done; it leaves no transaction open when it fails.
        wait: How long it is tried.

    Returns:
        What it returns.

    Raises:
        sqlite3.OperationalError: If it still fails in the end, or for another reason.
        StoreBusy: If it raises that itself, still in the end.
    """
    until = time.monotonic() + wait.total_seconds()
    while True:
        try:
            return deed()
        except (sqlite3.OperationalError, StoreBusy) as error:
            if not _is_busy(error) or time.monotonic() >= until:
                raise
        time.sleep((_SHORT + randbelow(_LONG - _SHORT)) / 1_000_000)


def _is_busy(error: sqlite3.OperationalError | StoreBusy) -> bool:
    return isinstance(error, StoreBusy) or error.sqlite_errorcode & 0xFF in _BUSY
