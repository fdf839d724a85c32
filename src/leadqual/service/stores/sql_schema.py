"""The schema of a store on Postgres, and how a database comes to the newest version."""

from typing import Final

from sqlalchemy import Connection, text

from leadqual.service.stores.migrating import Steps, steps_after
from leadqual.service.stores.schema import Spelling, statements

_SPELLING: Final = Spelling(kinds=(("text", 'TEXT COLLATE "C"'), ("integer", "BIGINT")), first=" NULLS FIRST")
STEPS: Final[Steps] = (statements(_SPELLING),)
"""All steps. One that was released never changes."""
_TURN: Final = text("SELECT pg_advisory_xact_lock(7308893234857632097)")
"""Whoever makes or migrates tables waits for others who do."""
_THERE: Final = text(
    "SELECT count(*) FROM pg_catalog.pg_class WHERE relname = 'leadqual_store' AND pg_catalog.pg_table_is_visible(oid)"
)
"""It reads a table: `to_regclass` alone would not hear of a table that others have made while one waited for them."""
_VERSION: Final = text('SELECT "version" FROM "leadqual_store"')
_MAKE: Final = text('CREATE TABLE "leadqual_store" ("version" BIGINT NOT NULL)')
_BEGIN: Final = text('INSERT INTO "leadqual_store" VALUES (:version)')
_GO_ON: Final = text('UPDATE "leadqual_store" SET "version" = :version')


def take_steps(connection: Connection, steps: Steps) -> None:
    """Bring a store to the newest version, within a transaction that writes; it is there already if others were faster.

    Args:
        connection: A connection in a transaction of READ COMMITTED.
        steps: All steps.

    Raises:
        StoreError: If the store is newer than this release.
    """
    if not steps_after(version_of(connection), steps):
        return
    connection.execute(_TURN)
    version = version_of(connection)
    missing = steps_after(version, steps)
    for step in missing:
        for statement in step:
            connection.exec_driver_sql(statement)
    if not missing:
        return
    if not version:
        connection.execute(_MAKE)
    connection.execute(_GO_ON if version else _BEGIN, {"version": len(steps)})


def version_of(connection: Connection) -> int:
    """Return the version of a store; zero if there is none yet.

    Args:
        connection: A connection.
    """
    if not connection.scalar(_THERE):
        return 0
    return int(connection.scalar(_VERSION) or 0)
