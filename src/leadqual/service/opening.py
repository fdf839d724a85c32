"""A store by its URL."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from leadqual.errors import Kind, Problem, StoreError
from leadqual.hints import did_you_mean
from leadqual.service.store import Store

_WAIT: Final = timedelta(seconds=30)
_KNOWN: Final = ("memory:", "sqlite:///", "postgresql://", "postgresql+psycopg://")
_FORMS: Final = "Write memory:, sqlite:///leads.db, sqlite:////var/lib/leads.db or postgresql://user@host/database."


def open_store(url: str, *, wait: timedelta = _WAIT) -> Store:
    """Open a store by its URL; what is not there yet is made, but for a database of Postgres.

    Args:
        url: ``memory:``, ``sqlite:///leads.db`` in the current folder, ``sqlite:////var/lib/leads.db``, or
            ``postgresql://user:password@host/database``, which needs the extra ``sql``.
        wait: How long a unit waits for others before it fails with `StoreBusy`.

    Returns:
        The store; close it in the end.

    Raises:
        MissingExtra: If Postgres is asked for, and the extra is not installed.
        StoreBusy: If somebody else holds the store for too long.
        StoreError: If it cannot be opened, or belongs to a newer release.

    >>> open_store("memory:")
    <MemoryStore>
    """
    scheme, _, rest = url.partition(":") if isinstance(url, str) else ("", "", "")
    if scheme == "memory" and not rest:
        from leadqual.service.stores.memory import MemoryStore

        return MemoryStore(wait=wait)
    if scheme == "sqlite" and rest.startswith("///"):
        from leadqual.service.stores.sqlite import SQLiteStore

        return SQLiteStore(rest[3:], wait=wait)
    if scheme in ("postgresql", "postgresql+psycopg") and rest.startswith("//"):
        from leadqual.service.stores.sql import SqlStore

        return SqlStore(url, wait=wait)
    raise StoreError([Problem(where="store", what="the URL of a store was expected", got=Kind("x"), hint=_FORMS)])
