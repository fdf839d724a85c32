"""The store on Postgres: who waits for whom, and what it says when something fails."""

import traceback
from contextlib import closing, suppress
from datetime import timedelta
from functools import partial
from threading import Barrier

import psycopg
import pytest
import sqlalchemy as sa

from leadqual.errors import StoreBusy, StoreError
from leadqual.service.store import Taken
from leadqual.service.stores.sql import SqlStore
from leadqual.service.tables import EFFECTS, LEADS, NOTES
from leadqual.testing.storing.base import Somebody, add, effect, every, lead, note, noted, write

AT_ONCE = timedelta(milliseconds=50)
MINUTE = timedelta(minutes=1)
SECRET = "ana.secret@example.com"


@pytest.fixture
def url(postgres_url):
    """Return the URL of an empty schema."""
    return postgres_url()


@pytest.fixture
def store(url):
    """Return a store that does not wait long."""
    with closing(SqlStore(url, wait=AT_ONCE)) as store:
        add(store, NOTES, [note("a", "1"), note("b", "1")])
        yield store


@pytest.fixture
def other(url):
    """Return another store over the same data, with a minute's patience."""
    with closing(SqlStore(url, wait=MINUTE)) as store:
        yield store


def said(failing, deed, *, cause=True):
    """Return what an error of ours says; neither it nor what caused it shows a value."""
    with pytest.raises(StoreError) as raised:
        deed()
    assert type(raised.value) is failing
    assert (raised.value.__cause__ is not None) is cause
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return str(raised.value)


def run(url, statement):
    """Run a statement as the host might."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


def add_secret(store):
    """Add a note that no message may show."""
    add(store, NOTES, [note("secret", SECRET)])


def test_sql_store_lets_those_pass_who_do_not_write_the_same(store, other):
    """Two units that write other rows do not wait for each other, and neither sees the other's before its end."""
    with store.unit("main", write=True) as one, other.unit("main", write=True) as two:
        one.put(NOTES, [note("a", "2")])
        two.put(NOTES, [note("b", "2")])
        assert [row.value for row in one.find(NOTES)] == ["2", "1"]
        assert [row.value for row in two.find(NOTES)] == ["1", "2"]
    assert noted(store) == {"a": "2", "b": "2"}


def test_sql_store_leaves_out_what_others_hold(store, other):
    """Of what is ready, the one gets what the other does not hold."""
    add(store, EFFECTS, [effect(key) for key in "abcd"])
    with store.unit("main", write=True) as one, other.unit("main", write=True) as two:
        assert [row.key for row in one.find(EFFECTS, limit=2, lock=True)] == ["a", "b"]
        assert [row.key for row in two.find(EFFECTS, limit=3, lock=True)] == ["c", "d"]


def test_sql_store_is_busy_when_somebody_holds_a_row_for_too_long(store, other):
    """Whoever waits in vain for a row is told so, without any value of it."""
    with other.unit("main", write=True) as unit:
        unit.get(NOTES, [("a",)], lock=True)
        unit.put(NOTES, [note("secret", SECRET)])
        for deed in (
            lambda unit: unit.get(NOTES, [("b",), ("a",)], lock=True),
            lambda unit: unit.put(NOTES, [note("a", SECRET)]),
            lambda unit: unit.add(NOTES, [note("secret", SECRET)]),
        ):
            assert "(got 55P03). Try again" in said(StoreBusy, lambda deed=deed: _in_unit(store, deed))
    assert noted(store) == {"a": "1", "b": "1", "secret": SECRET}


def _in_unit(store, deed):
    with store.unit("main", write=True) as unit:
        deed(unit)


def test_sql_store_is_busy_when_somebody_makes_the_tables_for_too_long(postgres_url):
    """Whoever opens a store while another one's tables are not committed yet is told so."""
    url = postgres_url()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        add(SqlStore.within(connection), NOTES, [note("a")])
        assert "somebody else holds what was to be changed" in said(StoreBusy, lambda: SqlStore(url, wait=AT_ONCE))
    engine.dispose()


def test_sql_store_tells_one_of_two_who_wait_for_each_other(other):
    """A deadlock ends with Taken for one, who can do it again; then both are done."""
    add(other, LEADS, [lead("a"), lead("b")])
    barrier, tries = Barrier(2), []

    def cross(first, second):
        def deed(unit):
            tries.append(first)
            unit.get(LEADS, [(first,)], lock=True)
            if tries.count(first) == 1:
                barrier.wait(60)
            unit.get(LEADS, [(second,)], lock=True)

        return Somebody(lambda: write(other, deed), MINUTE)

    for one in (cross("a", "b"), cross("b", "a")):
        one.answer("both are done")
    assert len(tries) == 3


def test_sql_store_locks_in_the_order_of_keys(other):
    """Whoever names the same rows in another order does not wait crosswise."""
    add(other, LEADS, [lead(f"{number:02d}", version=0) for number in range(20)])
    keys = [(f"{number:02d}",) for number in range(20)]
    taken = []

    def count_up(wanted):
        def deed(unit):
            rows = unit.get(LEADS, wanted, lock=True)
            unit.put(LEADS, [lead(row.lead_id, version=row.version + 1) for row in rows])

        for _ in range(20):
            try:
                with other.unit("main", write=True) as unit:
                    deed(unit)
            except Taken:
                taken.append(wanted)

    for one in [Somebody(partial(count_up, wanted), MINUTE) for wanted in (keys, keys[::-1])]:
        one.answer("both are done")
    assert not taken
    assert {row.version for row in every(other, LEADS)} == {40}


def test_sql_store_goes_on_when_its_connections_were_cut(store, url):
    """A unit whose connection breaks fails cleanly and leaves no trace; the next one has a new connection."""
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND backend_type = 'client backend' AND query LIKE '%leadqual%'"
    )

    def cut():
        with store.unit("main", write=True) as unit:
            unit.put(NOTES, [note("secret", SECRET)])
            run(url, end)
            unit.put(NOTES, [note("c", SECRET)])

    assert "the server ended the connection" in said(StoreError, cut)
    assert noted(store) == {"a": "1", "b": "1"}
    run(url, end)  # now while no unit is open
    assert noted(store) == {"a": "1", "b": "1"}


def test_sql_store_of_a_hosts_engine_recovers_too(url):
    """An engine that does not look at its connections before it lends them fails once, then works on."""
    engine = sa.create_engine(url)
    store = SqlStore(engine)
    add(store, NOTES, [note("a")])
    run(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND backend_type = 'client backend' AND datname = current_database()")  # fmt: skip
    said(StoreError, lambda: noted(store))
    assert noted(store) == {"a": ""}
    store.close()
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1
    engine.dispose()


def test_sql_store_is_busy_when_an_engine_has_no_connection_left(url):
    """A pool that is empty for too long is told as such."""
    engine = sa.create_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.01)
    with closing(SqlStore(engine)) as store, store.unit("main", write=False):
        assert "all connections of the engine are in use" in said(StoreBusy, lambda: noted(store))
    engine.dispose()


def test_sql_store_whose_tables_are_gone_says_so(store, url):
    """Whoever drops or changes the tables under an open store is found out."""
    run(url, 'DROP TABLE "leadqual_effects"')
    assert "the tables are not those of this release" in said(StoreError, lambda: every(store, EFFECTS))
    run(url, 'DELETE FROM "leadqual_store"')
    assert "were removed while it was open" in said(StoreError, lambda: noted(store), cause=False)


def test_sql_store_shows_neither_password_nor_values(store, url):
    """Not in its own text, nor in what it says when nobody answers or the URL is wrong."""
    assert repr(store) == "<SqlStore on 'turkish'>"
    for wrong in ("postgresql://ana:secret@127.0.0.1:1/leads", "postgresql://ana:secret@@[::/leads"):
        with pytest.raises(StoreError) as raised:
            SqlStore(wrong)
        assert "secret" not in "".join(traceback.format_exception(raised.value))
    with suppress(StoreError), store.unit("main", write=True) as unit:
        unit.put(NOTES, [note("secret", SECRET)])
        assert SECRET not in f"{unit!r} {store!r}"


@pytest.mark.parametrize("url", ["sqlite://", "postgresql+psycopg2://h/d", "mysql+pymysql://h/d", "leads.db"])
def test_sql_store_refuses_other_databases_and_drivers(url):
    """Only what is proven is taken; the message names what to use instead."""
    with pytest.raises(StoreError, match=r"postgresql(\+psycopg)?://"):
        SqlStore(url)


def test_sql_store_refuses_an_engine_of_another_database():
    """An engine for SQLite is told what there is for SQLite."""
    engine = sa.create_engine("sqlite://")
    with pytest.raises(StoreError, match="for SQLite there is SQLiteStore"):
        SqlStore(engine)
    engine.dispose()


def test_sql_store_finds_by_its_indexes(store):
    """The plans for what a service asks most of all use indexes, also for the order, once there are many rows."""
    with store.unit("main", write=True) as unit:
        unit.add(LEADS, [lead(f"{number:05d}", due=number if number % 2 else None) for number in range(4_000)])
        unit.add(EFFECTS, [effect(f"{number:05d}", number if number % 2 else None) for number in range(4_000)])
    asked = []
    sa.event.listen(store._engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    with store.unit("main", write=False) as unit:
        unit.find(LEADS, upto=("due", 50), order=("due",), limit=10)
        unit.find(EFFECTS, upto=("ready_at", 50), order=("ready_at", "number"), limit=10)
        unit.get(LEADS, [("00007",), ("00011",)])
    questions = [told for told in asked if "leadqual_leads" in told[0] or "leadqual_effects" in told[0]]
    assert len(questions) == 3
    with store._engine.connect() as connection:
        for table in ("leads", "effects"):
            connection.exec_driver_sql(f'ANALYZE "leadqual_{table}"')
        for statement, values in questions:
            plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values))
            assert "Index Scan" in plan, plan
            assert "Seq Scan" not in plan, plan
            assert "unnest" in plan or "Sort" not in plan, plan
