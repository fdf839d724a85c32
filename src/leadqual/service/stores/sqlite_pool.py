"""The connections of a store to its file of SQLite: each is used by one unit at a time, and by one process only."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from leadqual.errors import Kind, Problem, StoreError
from leadqual.service.stores.sqlite_failing import told
from leadqual.service.stores.sqlite_waiting import patiently

_SETTINGS: Final = (
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16384",
)
_INHERITED: Final[list[list[sqlite3.Connection]]] = []
"""Connections of a parent process: nothing may be done with them, not even to close them."""


class Connections:
    """Connections to a file.

    Args:
        path: The file.
        wait: How long one waits for others to be connected.

    Attributes:
        where: Which store it is, for messages.
    """

    def __init__(self, path: Path, wait: timedelta) -> None:
        self.where = f"store {path.name!r}"
        self._path = path
        self._wait = wait
        self._lock = Lock()
        self._process = os.getpid()
        self._idle: list[sqlite3.Connection] | None = []

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection of this process; one upon which SQLite failed is not used again.

        Raises:
            StoreError: If the file cannot be opened, or the store is closed.
        """
        connection = self._taken()
        try:
            yield connection
        except BaseException as error:
            self._give_back(connection, sound=not isinstance(error, StoreError | sqlite3.Error))
            raise
        else:
            self._give_back(connection, sound=True)

    def close(self) -> None:
        """Close all connections; those that are lent are closed when they come back."""
        self._own()
        with self._lock:
            idle, self._idle = self._idle, None
        for connection in idle or ():
            connection.close()

    def _taken(self) -> sqlite3.Connection:
        self._own()
        with self._lock:
            if self._idle is None:
                got, hint = Kind("closed"), "Open another one."
                raise StoreError([Problem(where=self.where, what="the store is closed", got=got, hint=hint)])
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection, *, sound: bool) -> None:
        with self._lock:
            if sound and self._idle is not None and not connection.in_transaction:
                self._idle.append(connection)
                return
        connection.close()

    def _own(self) -> None:
        """Leave the connections of a parent process alone."""
        process = os.getpid()
        if process != self._process:
            if self._idle is not None:
                _INHERITED.append(self._idle)
                self._idle = []
            self._lock = Lock()
            self._process = process

    def _connect(self) -> sqlite3.Connection:
        with told(self.where), ExitStack() as failing:
            connection = sqlite3.connect(
                self._path, timeout=0, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            failing.callback(connection.close)
            patiently(lambda: [connection.execute(setting) for setting in _SETTINGS], self._wait)
            failing.pop_all()
        return connection
