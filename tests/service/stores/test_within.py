"""A store within a transaction of the host's: their rows and ours commit together, or not at all."""

import sqlite3
from contextlib import closing

import psycopg
import pytest
import sqlalchemy as sa

from leadqual.errors import StoreBusy, StoreError
from leadqual.service.opening import open_store
from leadqual.service.store import Taken
from leadqual.service.stores.sql import SqlStore
from leadqual.service.stores.sqlite import SQLiteStore
from leadqual.service.tables import NOTES
from leadqual.testing.storing.base import add, note, noted
from tests.service.stores.steps import MORE


class HostOnSQLite:
    """A host with a table and a connection of its own, as the standard library makes it."""

    def __init__(self, url, **settings):
        self.path = url.removeprefix("sqlite:///")
        self.connection = sqlite3.connect(self.path, **settings)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("CREATE TABLE orders (number INTEGER PRIMARY KEY)")
        self.connection.commit()
        self.store = SQLiteStore.within(self.connection)

    def order(self, number):
        self.connection.execute("INSERT INTO orders VALUES (?)", (number,))

    def commit(self):
        self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def orders(self):
        with closing(sqlite3.connect(self.path)) as other:
            return [row[0] for row in other.execute("SELECT number FROM orders ORDER BY 1")]

    def close(self):
        self.connection.close()


class HostOnPostgres:
    """The same on Postgres, with SQLAlchemy."""

    def __init__(self, url):
        self.url = url.replace("+psycopg", "")
        self.engine = sa.create_engine(url)
        self.connection = self.engine.connect()
        self.connection.execute(sa.text("CREATE TABLE orders (number INTEGER PRIMARY KEY)"))
        self.connection.commit()
        self.store = SqlStore.within(self.connection)

    def order(self, number):
        self.connection.execute(sa.text("INSERT INTO orders VALUES (:number)"), {"number": number})

    def commit(self):
        self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def orders(self):
        with psycopg.connect(self.url) as other:
            return [row[0] for row in other.execute("SELECT number FROM orders ORDER BY 1")]

    def close(self):
        self.connection.close()
        self.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request):
    """Return the kind of the host's database."""
    return request.param


@pytest.fixture
def url(new_url):
    """Return the URL of the host's database."""
    return new_url()


@pytest.fixture
def host(kind, url):
    """Return a host with a table of its own."""
    made = HostOnSQLite(url) if kind == "sqlite" else HostOnPostgres(url)
    yield made
    made.close()


def seen(url):
    """Return the notes that everybody else sees."""
    with closing(open_store(url)) as store:
        return noted(store)


def test_rows_of_the_host_and_ours_commit_together(host, url):
    """Before the host's commit nobody sees either; after it everybody sees both, and the tables are there."""
    host.order(1)
    add(host.store, NOTES, [note("a", "1")])
    host.order(2)
    assert noted(host.store) == {"a": "1"}
    assert host.orders() == []
    host.commit()
    assert host.orders() == [1, 2]
    assert seen(url) == {"a": "1"}


def test_rows_of_the_host_and_ours_are_rolled_back_together(host, url):
    """After the host's rollback, neither is there; then it can all be done again."""
    host.order(1)
    add(host.store, NOTES, [note("a", "1")])
    host.rollback()
    assert host.orders() == []
    add(host.store, NOTES, [note("a", "2")])
    host.order(3)
    host.commit()
    assert host.orders() == [3]
    assert seen(url) == {"a": "2"}


def test_unit_that_fails_undoes_what_it_did_itself(host, url):
    """The host goes on in its transaction, and what it wrote before and after is kept."""
    add(host.store, NOTES, [note("a", "1")])
    host.commit()
    host.order(1)
    add(host.store, NOTES, [note("b", "1")])
    for rows, error in (([note("c"), note("a", "2")], Taken), ([note("d"), note("\0")], StoreError)):
        with pytest.raises(error):
            add(host.store, NOTES, rows)
    host.order(2)
    host.commit()
    assert host.orders() == [1, 2]
    assert seen(url) == {"a": "1", "b": "1"}


def test_unit_that_fails_where_no_transaction_is_open_leaves_none(host, url):
    """The host finds its connection as it was, and nothing is locked."""
    add(host.store, NOTES, [note("a")])
    host.commit()
    with pytest.raises(Taken):
        add(host.store, NOTES, [note("a")])
    host.rollback()
    with closing(open_store(url)) as other:
        add(other, NOTES, [note("b")])
    assert noted(host.store) == {"a": "", "b": ""}


def test_unit_that_reads_may_not_write_within_a_transaction_either(host):
    """A unit keeps its word, also where the host's transaction could write."""
    add(host.store, NOTES, [note("a")])
    with pytest.raises(StoreError, match="write=True"), host.store.unit("main", write=False) as unit:
        unit.put(NOTES, [note("a", "2")])
    assert noted(host.store) == {"a": ""}


def test_store_within_leaves_the_connection_to_the_host(host):
    """Closing the store, or clearing traces in the middle, changes nothing for the host."""
    host.order(1)
    add(host.store, NOTES, [note("a")])
    host.store.clear_traces()
    host.store.close()
    host.store.close()
    with pytest.raises(StoreError, match="closed"):
        noted(host.store)
    assert "within a connection" in repr(host.store)
    host.order(2)
    host.commit()
    assert host.orders() == [1, 2]


def test_store_within_a_connection_that_the_host_has_closed_says_so(host):
    """What the driver says of it comes as an error of ours."""
    host.connection.close()
    with pytest.raises(StoreError):
        noted(host.store)


def test_store_within_brings_the_tables_to_the_newest_version(host, kind):
    """The steps are part of the host's transaction; a newer store is refused, and its transaction goes on."""
    add(host.store, NOTES, [note("a")])
    within = SQLiteStore.within if kind == "sqlite" else SqlStore.within
    steps = host.store._steps
    newer = within(host.connection, steps=(*steps, *MORE))
    assert noted(newer) == {"a": ""}
    host.rollback()
    add(host.store, NOTES, [note("b")])
    host.commit()
    assert noted(newer) == {"b": ""}
    host.commit()
    host.order(1)
    with pytest.raises(StoreError, match="Upgrade leadqual"):
        noted(host.store)
    host.commit()
    assert host.orders() == [1]


@pytest.mark.parametrize("settings", [{}, {"isolation_level": None}, {"isolation_level": "EXCLUSIVE"}], ids=str)
def test_store_within_goes_along_with_every_way_to_begin(tmp_path, settings):
    """However the standard library begins transactions for the host, a unit that writes leaves one open to commit."""
    host = HostOnSQLite(f"sqlite:///{tmp_path}/leads.db", **settings)
    for number in range(3):
        add(host.store, NOTES, [note(str(number))])
        assert host.connection.in_transaction
        host.order(number)
        host.commit() if number != 1 else host.rollback()
        assert not host.connection.in_transaction
        assert len(noted(host.store)) == max(1, number)
        assert not host.connection.in_transaction
    host.store.clear_traces()
    assert host.orders() == [0, 2]
    host.close()


def test_store_within_says_that_somebody_else_writes(tmp_path):
    """A host that does not wait is told so; what it wrote before is still there to commit or to roll back."""
    host = HostOnSQLite(f"sqlite:///{tmp_path}/leads.db", timeout=0)
    add(host.store, NOTES, [note("a")])
    host.commit()
    with closing(sqlite3.connect(host.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            add(host.store, NOTES, [note("b")])
        other.rollback()
    host.close()
    with pytest.raises(StoreError, match="the store is closed"):
        noted(host.store)


def test_store_within_on_another_database_is_refused():
    """Only Postgres by psycopg is taken, as for a store of its own."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection, pytest.raises(StoreError, match="for SQLite there is SQLiteStore"):
        SqlStore.within(connection)
    engine.dispose()
