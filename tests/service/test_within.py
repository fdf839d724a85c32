"""A service in a transaction of the host's: their rows and ours are committed together, or neither."""

import sqlite3

import pytest
import sqlalchemy as sa

from leadqual import InputRefused, StoreBusy
from leadqual.service import QualificationService, open_store
from leadqual.service.store import Taken
from tests.practice.life import on

from .hosts import SMALL, act, dump, hosted, stored_events


class OnSQLite:
    """A host with a table of its own in the store's file."""

    def __init__(self, url):
        self.connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        self.connection.execute("CREATE TABLE orders (number INTEGER)")
        self.connection.commit()

    def order(self, number):
        self.connection.execute("INSERT INTO orders VALUES (?)", (number,))

    def orders(self):
        return self.connection.execute("SELECT count(*) FROM orders").fetchone()[0]

    def close(self):
        self.connection.close()


class OnPostgres:
    """The same beside the store's tables."""

    def __init__(self, url):
        self.engine = sa.create_engine(url)
        self.connection = self.engine.connect()
        self.connection.execute(sa.text("CREATE TABLE orders (number INTEGER)"))
        self.connection.commit()

    def order(self, number):
        self.connection.execute(sa.text("INSERT INTO orders VALUES (:number)"), {"number": number})

    def orders(self):
        return self.connection.execute(sa.text("SELECT count(*) FROM orders")).scalar()

    def close(self):
        self.connection.close()
        self.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request):
    """Return the kinds of stores that hosts share."""
    return request.param


@pytest.fixture
def service(new_url):
    """Return a service, and a host whose database it is."""
    url = new_url()
    with hosted(open_store(url), "L1") as service:
        host = (OnSQLite if url.startswith("sqlite") else OnPostgres)(url)
        yield service, host
        host.close()


def test_rows_of_both_are_committed_together(service):
    """Nobody sees ours before."""
    ours, host = service
    before = dump(ours._store)
    host.order(1)
    decision = ours.within(host.connection).record([act("e1", kind="ask")], now=on(1))
    assert decision.decisions[0].stage == "sql"
    assert dump(ours._store) == before
    host.connection.commit()
    assert (host.orders(), sorted(stored_events(ours._store))) == (1, ["e1", "form-L1"])
    assert ours.record_of("L1").stage == "sql"


def test_rows_of_both_are_undone_together(service):
    """The service goes on as if nothing had been."""
    ours, host = service
    before = dump(ours._store)
    host.order(1)
    ours.within(host.connection).record([act("e1", kind="ask")], now=on(1))
    host.connection.rollback()
    assert host.orders() == 0
    host.connection.rollback()
    assert dump(ours._store) == before
    assert ours.record([act("e1", kind="ask")], now=on(1)).new == 1


def test_command_that_fails_undoes_what_it_did_and_no_more(service):
    """What the host has done stays in its transaction."""
    ours, host = service
    host.order(1)
    joined = ours.within(host.connection)
    joined.record([act("e1")], now=on(1))
    with pytest.raises(InputRefused):
        joined.merge("L1", "L1", now=on(1))
    host.connection.commit()
    assert (host.orders(), "e1" in stored_events(ours._store)) == (1, True)


def test_command_is_not_done_again_in_a_transaction_of_the_host(service):
    """What failed once in it fails again."""
    ours, host = service
    joined = ours.within(host.connection)
    tries = []

    def work(_work):
        tries.append(1)
        raise Taken

    with pytest.raises(StoreBusy):
        joined._runner.command(work, on(1))
    assert tries == [1]


def test_store_in_memory_has_nothing_to_share():
    """It says so."""
    with pytest.raises(InputRefused) as caught:
        QualificationService(SMALL, open_store("memory:")).within(None)
    assert "SQLite" in str(caught.value)
