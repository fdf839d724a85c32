"""Writes a file all or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def complete_file(target: Path) -> Iterator[IO[bytes]]:
    """Open a new file beside the target that takes its place at the end, or goes."""
    with complete_path(target) as beside, beside.open("wb") as file:
        yield file


@contextmanager
def complete_path(target: Path) -> Iterator[Path]:
    """Make a new file beside the target that takes its place at the end, or goes; others may write it."""
    beside, descriptor = _new_file(target)
    os.close(descriptor)
    try:
        yield beside
        with beside.open("rb+") as file:
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
