"""Kill a migration again and again, each time a little later; print which version each left, and whether all of it.

Arguments: the file of a store of version 1 with notes, a folder to work in, how many kills.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event

from leadqual.service.stores.sqlite import SQLiteStore
from tests.service.stores.steps import ON_SQLITE


def _migrating(path):
    """Start a child that migrates a store; return it when it begins."""
    reads, writes = os.pipe()
    pid = os.fork()
    if not pid:
        os.write(writes, b".")
        SQLiteStore(path, steps=ON_SQLITE).close()
        os._exit(0)
    os.close(writes)
    os.read(reads, 1)
    os.close(reads)
    return pid


def _state(path):
    """Return the version of a store, and what there is of each step."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute('SELECT "version" FROM "leadqual_store"').fetchone()[0]
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        columns = [row[1] for row in connection.execute('PRAGMA table_info("leadqual_notes")')]
        right = 'SELECT count(*) FROM "leadqual_notes" WHERE "more" = upper("value") || "name"'
        done = connection.execute(right).fetchone()[0] if "more" in columns else 0
        rows = connection.execute('SELECT count(*) FROM "leadqual_notes"').fetchone()[0]
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
    parts = {"leadqual_extra" in names, "leadqual_extra_name" in names, "more" in columns, done == rows}
    return f"version {version}, {'mixed' if len(parts) > 1 else 'new' if True in parts else 'old'}, {integrity}"


def main():
    """Migrate, kill, look, and open again."""
    first, folder, kills = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    path = folder / "copy.db"
    shutil.copy(first, path)
    began = time.perf_counter()
    os.waitpid(_migrating(path), 0)
    whole = time.perf_counter() - began
    states: dict[str, int] = {}
    in_time = 0
    for number in range(kills):
        for file in folder.glob("copy.db*"):
            file.unlink()
        shutil.copy(first, path)
        pid = _migrating(path)
        Event().wait(whole * number / kills)
        os.kill(pid, signal.SIGKILL)
        in_time += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        state = _state(path)
        states[state] = states.get(state, 0) + 1
        SQLiteStore(path, steps=ON_SQLITE).close()
        states["then"] = states.get("then", 0) + (_state(path) == "version 3, new, ok")
    sys.stdout.write(json.dumps({"states": states, "in time": in_time}))


if __name__ == "__main__":
    main()
