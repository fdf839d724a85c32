"""A service on a disk that fills up over and over; what came of it is printed as JSON.

It is a script, since the room that it gives itself is that of its whole process.
"""

import argparse
import json
import resource
import signal
import sys
from contextlib import closing
from pathlib import Path

from leadqual.errors import StoreError
from leadqual.service.stores.memory import MemoryStore
from leadqual.service.stores.sqlite import SQLiteStore

from .failing import reference, script, state_of
from .world import serve


def main(path: Path, commands: int) -> dict[str, object]:
    """Give each command too little room first, then enough; return how many failed, and whether anything was left."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    enough = resource.getrlimit(resource.RLIMIT_FSIZE)
    states, _ = reference(MemoryStore(), script(commands))
    failed = half_written = 0
    messages = set()
    log = path.with_name(path.name + "-wal")
    with closing(SQLiteStore(path)) as store:
        service = serve(store)
        for number, deed in enumerate(script(commands)):
            room = log.stat().st_size + number * 700 % 9_000 if log.exists() else 0
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, enough[1]))
            try:
                deed(service)
            except StoreError as error:
                failed += 1
                messages.add(error.problems[0].what)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, enough)
            now = state_of(store)
            if now != states[number + 1]:
                half_written += now != states[number]
                deed(service)
        same = state_of(store) == states[-1]
    return {"failed": failed, "half written": half_written, "same": same, "messages": sorted(messages)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", type=Path, required=True)
    parser.add_argument("--commands", type=int, default=100)
    given = parser.parse_args()
    json.dump(main(given.path, given.commands), sys.stdout)
