"""A machine that loses power: the log of a store, torn at any byte, leaves what some of the commands had made."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from leadqual.service.store import Store
from leadqual.service.stores.sqlite import SQLiteStore
from tests.practice.life import on
from tests.service.hosts import dump

from .world import MINUTE, do, serve

_HEAD: Final = 32
"""Bytes of the head of a log."""
_FRAME: Final = 24 + 4096
"""Bytes of one frame of a log: its head and a page."""
_AT_ONCE: Final = 1_000
"""Pages after which SQLite moves its log into the file by itself: from then on a torn log would not be a real one."""


@frozen
class Moment:
    """The files of a store after a command.

    Attributes:
        number: How many states there have been.
        least: Number of the one that is in the file itself by now, and cannot be lost.
        file: The file.
        log: Its log.
    """

    number: int
    least: int
    file: bytes
    log: bytes


@frozen
class Run:
    """A run of commands.

    Attributes:
        states: All that the store held, before it was first used and after each command.
        moments: Its files after each.
    """

    states: list[str]
    moments: list[Moment]


def state_of(store: Store) -> str:
    """Return all that a store holds, as one text."""
    return repr(dump(store))


def run(folder: Path, commands: int, *, build: Callable[[Store], Store] = lambda store: store) -> Run:
    """Carry out commands, and keep what the store and its files held after each; half way the store is closed once."""
    path = folder / "leads.db"
    found = Run([], [])
    least, number = 0, 0
    claims: list[Any] = []
    for until in (commands // 2, commands):
        with closing(SQLiteStore(path)) as store:
            if not found.states:
                found.states.append(state_of(store))
            service = serve(build(store))
            found.states.append(state_of(store))
            while number < until:
                _command(service, number, claims)
                number += 1
                found.states.append(state_of(store))
                files = path.read_bytes(), _log(path).read_bytes()
                found.moments.append(Moment(len(found.states), least, *files))
            assert len(found.moments[-1].log) < _AT_ONCE * _FRAME, "SQLite has moved the log into the file"
        least = len(found.states) - 1
    return found


def _command(service: Any, number: int, claims: list[Any]) -> None:
    """Do a deed, claim an effect, say what came of it, or let time pass: each one is a transaction of its own."""
    now = on(1) + number * MINUTE
    turn, place = divmod(number, 4)
    if place == 0:
        do(service, turn, now)
    elif place == 1:
        claims[:] = service.effects(now=now, limit=1)
    elif place == 2:
        for claim in claims:
            service.failed(claim, now=now) if turn % 4 == 0 else service.done(claim, now=now)
    else:
        service.tick_due(now=now)


def torn(found: Run, folder: Path, draw: random.Random) -> int | None:
    """Tear the log of some moment; return the number of the state that is left, ``None`` if there was none such."""
    moment = draw.choice(found.moments)
    path = folder / "torn.db"
    log = bytearray(moment.log)
    if draw.random() < 1 / 3:
        first = max(_HEAD, len(log) - _FRAME)
        for _ in range(draw.randint(1, 8)):
            log[draw.randrange(first, len(log))] ^= draw.randint(1, 255)
    else:
        del log[draw.randrange(len(log) + 1) :]
    path.write_bytes(moment.file)
    _log(path).write_bytes(log)
    with closing(SQLiteStore(path)) as store:
        left = state_of(store)
    path.unlink()
    known = found.states[moment.least : moment.number]
    return moment.least + known.index(left) if left in known else None


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
