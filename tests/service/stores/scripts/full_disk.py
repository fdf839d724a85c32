"""Write to a store until the file may not grow any more; print what was said and what is there."""

import json
import resource
import signal
import sys
from contextlib import closing

from leadqual.errors import StoreError
from leadqual.service.stores.sqlite import SQLiteStore
from leadqual.service.tables import NOTES
from leadqual.testing.storing.base import note, noted

_ROOM = 2_000_000


def main():
    """Write until the disk is full, then on."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    found: dict[str, object] = {}
    with closing(SQLiteStore(sys.argv[1])) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, limits[1]))
        written = 0
        try:
            while True:
                with store.unit("main", write=True) as unit:
                    unit.add(NOTES, [note(f"{written:06d} {part}", "x" * 3_000) for part in range(10)])
                written += 10
        except StoreError as error:
            found |= {
                "error": type(error).__name__,
                "message": str(error),
                "before": written,
                "after": len(noted(store)),
            }
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        with store.unit("main", write=True) as unit:
            unit.add(NOTES, [note("later")])
        found["later"] = len(noted(store))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
