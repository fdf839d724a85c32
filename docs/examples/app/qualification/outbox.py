"""Where decisions go: a file of JSON lines that stands in for a CRM and a mail server.

What a receiver of decisions has to do is done here: an effect may come more than once, always under the same key, and
one that has come before is not carried out again.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

_SHOWN = 500


class Outbox:
    """Where decisions go.

    Args:
        path: The file; it is made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._known: dict[str, dict[str, Any]] = {}
        self._file = path.open("ab", buffering=0)
        with path.open("rb") as known:
            line = b"\n"
            for line in known:
                self._remember(line)
        if not line.endswith(b"\n"):
            self._write(b"\n")  # the process was killed in the middle of a line: the next one begins on its own

    def __enter__(self) -> Self:
        """Use the outbox, and close it in the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def send(self, decision: Mapping[str, Any]) -> bool:
        """Carry a decision out: it is on the disk when this returns.

        Args:
            decision: What was decided, with its ``key``.

        Returns:
            Whether it is new; one that has come before changes nothing.
        """
        with self._lock:
            if decision["key"] in self._known:
                return False
            self._write(json.dumps(decision).encode() + b"\n")
            self._known[decision["key"]] = dict(decision)
            return True

    def newest(self, limit: int = 20) -> list[dict[str, Any]]:
        """Return the newest decisions, the newest first.

        Args:
            limit: How many at most.
        """
        with self._lock:
            return list(self._known.values())[: -min(limit, _SHOWN) - 1 : -1]

    def _write(self, line: bytes) -> None:
        """Write a line, whole or not at all: half of one must not stay when the disk is full."""
        before = self._file.seek(0, os.SEEK_END)
        try:
            while line:
                line = line[self._file.write(line) :]
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(before)
            raise

    def _remember(self, line: bytes) -> None:
        """Take over a line of an earlier run; the last one may be torn."""
        try:
            decision = json.loads(line)
            self._known[decision["key"]] = decision
        except (ValueError, LookupError, TypeError):
            return
