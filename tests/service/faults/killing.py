"""A worker that is killed in the middle of its work, over and over; after each time its store is looked through.

Run it as a script; what came of it is printed as JSON.
"""

import argparse
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

from leadqual.service.stores.sqlite import SQLiteStore
from tests.practice.life import on

from .audit import Auditor, audit_acknowledged, audit_sent, line_of, lines
from .builds import BUILDS
from .world import MINUTE, QUALIFIER, SECOND, do, serve, written

_APPEND: Final = os.O_CREAT | os.O_APPEND | os.O_WRONLY
_LONGEST: Final = 0.08
"""How long a worker lives at most, in seconds: it gets through some forty commands."""
_LIVES: Final = 20
"""How many workers follow each other on one store."""


class Place:
    """Where a store lies, with what was acknowledged and what was sent."""

    def __init__(self, folder: Path) -> None:
        self.store = folder / "leads.db"
        self.acknowledged = folder / "acknowledged"
        self.sink = folder / "sink"

    def next_number(self) -> int:
        """Return the first deed that is not acknowledged: whoever hands it in does so again."""
        known = lines(self.acknowledged)
        return int(known[-1].split()[0]) + 1 if known else 0


def work(place: Place, build: str, number: int, now: datetime) -> None:
    """Do deeds and carry out effects for as long as it lasts."""
    acknowledged, sink = (os.open(path, _APPEND) for path in (place.acknowledged, place.sink))
    store = BUILDS[build](SQLiteStore(place.store), lambda row, key: _write(sink, line_of(row, key)))
    service = serve(store)
    for done in count(number):
        taken = do(service, done, now)
        _write(acknowledged, f"{done} {'taken' if taken else 'refused'}\n".encode())
        now += SECOND
        now = send(service, sink, now, limit=3)
        service.tick_due(now=now)
        now += SECOND


def send(service: Any, sink: int, now: datetime, *, limit: int) -> datetime:
    """Carry effects out: each is written down before it is said to be done."""
    for claim in service.effects(now=now, limit=limit, lease=MINUTE):
        now += SECOND
        _write(sink, line_of(claim.effect, claim.effect.key))
        service.done(claim, now=now)
    return now + SECOND


def _write(to: int, line: bytes) -> None:
    os.write(to, line)


def _killed(place: Place, build: str, number: int, now: datetime, seconds: float) -> bool:
    """Start a worker and kill it after so long; return whether it was alive until then."""
    pid = os.fork()
    if not pid:
        try:
            work(place, build, number, now)
        finally:
            os._exit(1)
    ended = os.pidfd_open(pid)
    select.select([ended], [], [], seconds)
    os.kill(pid, signal.SIGKILL)
    os.close(ended)
    return os.waitpid(pid, 0)[1] == signal.SIGKILL


def cycles(times: int, build: str, seed: int, *, until_found: bool = False) -> dict[str, Any]:
    """Kill a worker so many times; return what came of it."""
    draw = random.Random(seed)
    found: dict[str, Any] = {"kills": 0, "died by itself": 0, "acknowledged": 0, "effects": 0, "sent": 0, "repeated": 0}
    flaws: dict[str, Any] = {}
    while found["kills"] < times and not (until_found and flaws):
        folder = Path(tempfile.mkdtemp(prefix="leadqual-killed-"))
        try:
            lives = [draw.random() * _LONGEST for _ in range(min(_LIVES, times - found["kills"]))]
            _follow(Place(folder), build, lives, found, flaws)
        finally:
            shutil.rmtree(folder)
    return {**found, "flaws": flaws}


def _follow(place: Place, build: str, lives: list[float], found: dict[str, Any], flaws: dict[str, Any]) -> None:
    """Let workers follow each other on one store, each as long as its life is, then carry out what is left."""
    auditor = Auditor(QUALIFIER)
    for life, seconds in enumerate(lives):
        alive = _killed(place, build, place.next_number(), on(1) + life * 30 * MINUTE, seconds)
        found["kills"] += 1
        found["died by itself"] += not alive
        with closing(SQLiteStore(place.store)) as store:
            there = auditor.audit(store)
        audit_acknowledged(auditor.flaws, there, place.acknowledged, written)
        audit_sent(auditor.flaws, there, auditor.keys, place.sink)
    keys = _drained(place, auditor, on(2))
    found["acknowledged"] += len(lines(place.acknowledged))
    found["effects"] += len(auditor.keys)
    found["sent"] += len(keys)
    found["repeated"] += sum(times > 1 for times in keys.values())
    for name, one in auditor.flaws.plain().items():
        known = flaws.setdefault(name, {"count": 0, "such as": one["such as"]})
        known["count"] += one["count"]


def _drained(place: Place, auditor: Auditor, now: datetime) -> Any:
    """Carry out all that is left in the outbox; then each effect has to have gone out."""
    sink = os.open(place.sink, _APPEND)
    with closing(SQLiteStore(place.store)) as store:
        service = serve(store)
        for step in range(20):
            send(service, sink, now + step * 10 * MINUTE, limit=1_000)
        there = auditor.audit(store)
    os.close(sink)
    return audit_sent(auditor.flaws, there, auditor.keys, place.sink, drained=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cycles", type=int, default=40)
    parser.add_argument("--build", choices=BUILDS, default="sound")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until-found", action="store_true")
    given = parser.parse_args()
    json.dump(cycles(given.cycles, given.build, given.seed, until_found=given.until_found), sys.stdout)
