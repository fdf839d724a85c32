"""Open a store when told to, and leave a note in it."""

import os
import sys

from leadqual.service.opening import open_store
from leadqual.service.tables import NOTES
from leadqual.testing.storing.base import add, note


def main():
    """Open a store when told to."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    store = open_store(sys.argv[1])
    add(store, NOTES, [note(str(os.getpid()))])
    store.close()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
