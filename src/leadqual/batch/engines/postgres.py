"""Postgres: tables are scored where they lie, or rows are brought there."""

from typing import TYPE_CHECKING, Any

from attrs import frozen

from leadqual.batch.engines.postgres_opened import Opened
from leadqual.batch.engines.postgres_run import PostgresRun
from leadqual.errors import EngineFailure, InputError, Kind, MissingExtra, Problem

if TYPE_CHECKING:
    import sqlalchemy

_KNOWN = 'Pass a URL such as "postgresql+psycopg://crm@localhost/crm", or an Engine or a Connection of SQLAlchemy.'
_DRIVER = "postgresql+psycopg"


@frozen(kw_only=True)
class Postgres:
    """A database that scores bases; see `postgres`.

    Attributes:
        database: SQLAlchemy's engine or connection.
        own: Whether each base gets a connection of its own.
    """

    database: Any
    own: bool

    def engine(self) -> PostgresRun:
        """Return an engine for one base.

        Raises:
            EngineFailure: If the database cannot be reached.
        """
        if not self.own:
            return PostgresRun(opened=Opened(connection=self.database, own=False))
        import sqlalchemy

        try:
            connection = self.database.connect()
        except sqlalchemy.exc.DBAPIError as error:
            kind = type(error.orig).__name__
            raise EngineFailure(
                f"Postgres cannot be reached ({kind}). Check the address, the user and the rights."
            ) from None
        return PostgresRun(opened=Opened(connection=connection, own=True))


def postgres(database: "str | sqlalchemy.URL | sqlalchemy.Engine | sqlalchemy.Connection") -> Postgres:
    """Return a Postgres database that ``score_table`` may run on, version 14 or later.

    Leads and events may then be tables or views of it, by name (``"crm.leads"``, as SQL writes it) or as SQLAlchemy's
    ``Table``; or whatever DuckDB reads, which is moved there. Lists may be arrays of texts or JSON. Nothing is written
    but temporary tables, and nothing of the caller's is locked for more than reading.

    With a URL or an engine, each base is scored on a connection of its own, in one transaction that sees one snapshot
    of the database and is undone when the scores are closed. On a connection of the caller's, what is read is copied to
    temporary tables first, and all of them are dropped when the scores are closed; its transaction is left open. If
    anything fails there, roll it back.

    Args:
        database: A URL, an engine or a connection of SQLAlchemy, with the driver psycopg.

    Raises:
        InputError: If it is none of them, or not Postgres with psycopg.
        MissingExtra: If SQLAlchemy or psycopg is not installed.
    """
    try:
        import psycopg
        import sqlalchemy
    except ImportError:
        raise MissingExtra("Postgres needs SQLAlchemy and psycopg: pip install 'leadqual[postgres]'") from None
    if isinstance(database, psycopg.Connection):
        raise InputError([_unknown("a connection of psycopg")])
    if isinstance(database, str | sqlalchemy.URL):
        database = _engine(database)
    if not isinstance(database, sqlalchemy.Engine | sqlalchemy.Connection):
        raise InputError([_unknown(type(database).__name__)])
    if (database.dialect.name, database.dialect.driver) != ("postgresql", "psycopg"):
        raise InputError([_unknown(f"{database.dialect.name} with {database.dialect.driver}")])
    return Postgres(database=database, own=isinstance(database, sqlalchemy.Engine))


def _engine(address: Any) -> Any:
    import sqlalchemy

    try:
        url = sqlalchemy.make_url(address)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername=_DRIVER)
        return sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    except (sqlalchemy.exc.ArgumentError, ImportError):
        raise InputError([_unknown("a text")]) from None


def _unknown(got: str) -> Problem:
    return Problem(where="engine", what="a Postgres database was expected", got=Kind(got), hint=_KNOWN)
