"""Writes a file all or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def complete_file(target: Path) -> Iterator[IO[bytes]]:
    """Open a new file beside the target that takes its place at the end, or goes."""
    beside, descriptor = _new_file(target)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _new_file(target: Path) -> tuple[Path, int]:
    number = 0
    while True:
        beside = target.with_name(f".{target.name}.{os.getpid()}.{number}.tmp")
        try:
            return beside, os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            number += 1
