"""A connection to Postgres, as a run uses it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, Final

from attrs import frozen

from leadqual.errors import EngineFailure, UnsupportedByEngine

_OLDEST: Final = 140_000
_SNAPSHOT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
_SETTINGS: Final = ("SET LOCAL jit = off", "SET LOCAL datestyle = 'ISO, YMD'")
_FAILED: Final = (
    "Postgres could not carry out the plan ({kind}). Check the rights to read the tables and to make temporary ones, "
    "the room on its disk, and its logs; if nothing is wrong there, please report it, with the playbook."
)
Row = tuple[Any, ...]


@frozen(kw_only=True)
class Opened:
    """A connection.

    Attributes:
        connection: SQLAlchemy's connection.
        own: Whether nobody else uses it; then the whole run is one transaction with one snapshot of the database.
    """

    connection: Any
    own: bool

    @property
    def psycopg(self) -> Any:
        """The connection underneath, which takes statements as they are."""
        return self.connection.connection.driver_connection

    def begin(self) -> None:
        """Begin a transaction, if none has begun, and see that the server can do what plans ask.

        Raises:
            UnsupportedByEngine: If it cannot.
        """
        if self.own:
            self.run(_SNAPSHOT)
        else:
            self.connection.exec_driver_sql("SELECT 1")
        info = self.psycopg.info
        if info.server_version < _OLDEST:
            raise UnsupportedByEngine("PostgreSQL 14 or later is needed: before, instants were not exact")
        told = {name: info.parameter_status(name) for name in ("server_encoding", "standard_conforming_strings")}
        if told != {"server_encoding": "UTF8", "standard_conforming_strings": "on"}:
            raise UnsupportedByEngine("a database of encoding UTF8 with standard_conforming_strings on is needed")
        if not self.psycopg.autocommit:
            for setting in _SETTINGS:
                self.run(setting)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Turn what Postgres raises into an error of ours, without any data.

        Raises:
            EngineFailure: If anything fails.
        """
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            kind = " ".join(filter(None, (type(error).__name__, error.sqlstate)))
            raise EngineFailure(_FAILED.format(kind=kind)) from None

    def run(self, statement: str) -> None:
        """Run a statement; nothing in it is a place for a value."""
        with self.running(), self._cursor() as cursor:
            cursor.execute(statement)

    def ask(self, statement: str) -> list[Row]:
        """Return the rows of a query."""
        with self.running(), self._cursor() as cursor:
            rows: list[Row] = cursor.execute(statement).fetchall()
            return rows

    def asked(self, statement: str, *values: object) -> list[Row]:
        """Return the rows of a query with values in its places."""
        with self.running(), self._cursor() as cursor:
            rows: list[Row] = cursor.execute(statement, values).fetchall()
            return rows

    def batches(self, statement: str, size: int) -> Iterator[tuple[list[Row], Sequence[tuple[str, int]]]]:
        """Yield the rows of a query with the names and the numbers of their types, at least once."""
        from psycopg.rows import tuple_row

        how = {"name": f"lq_rows_{token_hex(4)}", "row_factory": tuple_row, "withhold": self.psycopg.autocommit}
        with self.running(), self.psycopg.cursor(**how) as cursor:
            cursor.execute(statement)
            rows = cursor.fetchmany(size)
            types = [(column.name, column.type_code) for column in cursor.description]
            yield rows, types
            while rows := cursor.fetchmany(size):
                yield rows, types

    def copy(self, statement: str, batches: Iterable[Iterable[Sequence[Any]]]) -> None:
        """Fill a table with rows."""
        with self.running(), self._cursor() as cursor, cursor.copy(statement) as copying:
            for batch in batches:
                for row in batch:
                    copying.write_row(row)

    def close(self, statements: Iterable[str]) -> None:
        """Give the connection back; what was made on one that is not our own is dropped.

        Args:
            statements: How it is dropped.
        """
        if self.connection.closed:
            return
        if self.own:
            if self.psycopg.closed:  # the server ended it; the pool has to know
                self.connection.invalidate()
            self.connection.close()
            return
        from psycopg.pq import TransactionStatus

        sound = (TransactionStatus.IDLE, TransactionStatus.INTRANS)
        if self.psycopg.info.transaction_status in sound:
            for statement in statements:
                self.run(statement)

    def _cursor(self) -> Any:
        from psycopg.rows import tuple_row

        return self.psycopg.cursor(row_factory=tuple_row)
