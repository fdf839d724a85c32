"""A store by its URL."""

import re
from datetime import timedelta
from typing import Final

from leadqual.errors import Kind, MissingExtra, Problem, StoreError
from leadqual.hints import did_you_mean
from leadqual.service.store import Store

_WAIT: Final = timedelta(seconds=30)
_POSTGRES: Final = ("postgresql", "postgresql+psycopg")
_KNOWN: Final = ("memory:", "sqlite:///", "postgresql://", "postgresql+psycopg://")
_FORMS: Final = "Write memory:, sqlite:///leads.db, sqlite:////var/lib/leads.db or postgresql://user@host/database."
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]{0,30}", re.ASCII | re.IGNORECASE)


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
    scheme, colon, rest = url.partition(":") if isinstance(url, str) else ("", "", "")
    if colon and scheme == "memory" and not rest:
        from leadqual.service.stores.memory import MemoryStore

        return MemoryStore(wait=wait)
    if scheme == "sqlite" and rest.startswith("///") and "?" not in rest:
        from leadqual.service.stores.sqlite import SQLiteStore

        return SQLiteStore(rest[3:], wait=wait)
    if scheme in _POSTGRES and rest.startswith("//"):
        return _on_postgres(url, wait)
    raise StoreError([_refused(scheme, rest)])


def _on_postgres(url: str, wait: timedelta) -> Store:
    try:
        from leadqual.service.stores.sql import SqlStore
    except ImportError:
        raise MissingExtra("Postgres needs SQLAlchemy and psycopg: pip install 'leadqual[sql]'") from None
    return SqlStore(url, wait=wait)


def _refused(scheme: str, rest: str) -> Problem:
    """Return what is wrong with a URL, of which nothing is shown but how it begins: it may hold a password."""
    what, got = "the URL of a store was expected", Kind("something else")
    if scheme == "sqlite":
        what, hint = (
            "the URL of a file of SQLite was expected",
            "Write sqlite:///leads.db or sqlite:////var/lib/leads.db.",
        )
        if rest in ("", "//"):
            hint = "Name a file: sqlite:///leads.db; for a store in memory, write memory:."
        return Problem(where="store", what=what, got=Kind("sqlite:…"), hint=hint)
    if rest and _SCHEME.fullmatch(scheme):
        got = Kind(f"{scheme}:…")
    return Problem(where="store", what=what, got=got, hint=did_you_mean(f"{scheme}:", _KNOWN, _FORMS))
