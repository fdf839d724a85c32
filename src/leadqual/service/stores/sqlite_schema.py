"""The schema of a store in a file of SQLite, and how a file comes to the newest version."""

import sqlite3
from typing import Final

from leadqual.service.stores.migrating import Step, Steps, steps_after
from leadqual.service.stores.schema import Spelling, statements

STEPS: Final[Steps] = (statements(Spelling(kinds=(("text", "TEXT"), ("integer", "INTEGER")))),)
"""All steps. One that was released never changes."""
_VERSION: Final = 'SELECT "version" FROM "leadqual_store"'
_MAKE: Final = 'CREATE TABLE "leadqual_store" ("version" INTEGER NOT NULL)'
_BEGIN: Final = 'INSERT INTO "leadqual_store" VALUES (?)'
_GO_ON: Final = 'UPDATE "leadqual_store" SET "version" = ?'
_THERE: Final = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'leadqual_store'"


def missing_steps(cursor: sqlite3.Cursor, steps: Steps) -> tuple[Step, ...]:
    """Return the steps that a store still has to take.

    Args:
        cursor: Reads within a transaction.
        steps: All steps.

    Raises:
        StoreError: If the store is newer than this release.
    """
    return steps_after(_version(cursor), steps)


def take_steps(cursor: sqlite3.Cursor, steps: Steps) -> None:
    """Bring a store to the newest version, within a transaction that writes; it is there already if others were faster.

    Args:
        cursor: Writes within the transaction.
        steps: All steps.

    Raises:
        StoreError: If the store is newer than this release.
    """
    version = _version(cursor)
    missing = steps_after(version, steps)
    for step in missing:
        for statement in step:
            cursor.execute(statement)
    if version and missing:
        cursor.execute(_GO_ON, (len(steps),))
    elif missing:
        cursor.execute(_MAKE)
        cursor.execute(_BEGIN, (len(steps),))


def _version(cursor: sqlite3.Cursor) -> int:
    """Return the version of a store; zero if there is none yet."""
    try:
        rows = cursor.execute(_VERSION).fetchall()
    except sqlite3.OperationalError:
        if not cursor.execute(_THERE).fetchone()[0]:
            return 0
        rows = cursor.execute(_VERSION).fetchall()  # others have made it meanwhile; or else this fails again
    return int(rows[0][0]) if rows else 0
