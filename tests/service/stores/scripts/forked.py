"""Fork with an open store, whose connections were in use; parent and children write; print what came of it.

Argument: the URL of the store.
"""

import json
import os
import sys

from leadqual.service.opening import open_store
from leadqual.service.tables import NOTES
from leadqual.testing.storing.base import note, noted


def _write(store, name):
    for number in range(50):
        with store.unit("main", write=True) as unit:
            unit.add(NOTES, [note(f"{name} {number}")])


def main():
    """Fork three times, write, and print what came of it."""
    store = open_store(sys.argv[1])
    with store.unit("main", write=True) as unit:
        unit.add(NOTES, [note("before")])
    children = []
    for child in range(3):
        pid = os.fork()
        if not pid:
            _write(store, f"child {child}")
            store.close()
            os._exit(0)
        children.append(pid)
    _write(store, "parent")
    codes = [os.waitpid(pid, 0)[1] for pid in children]
    rows = len(noted(store))
    store.close()
    sys.stdout.write(json.dumps({"children": codes, "rows": rows}))


if __name__ == "__main__":
    main()
