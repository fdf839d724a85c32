"""A disk that is full, a store that somebody else holds: a clear error, the store as it was, and on it goes."""

import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from leadqual.errors import StoreBusy, StoreError
from leadqual.service.opening import open_store
from leadqual.service.stores.memory import MemoryStore
from leadqual.service.stores.sqlite import SQLiteStore

from .failing import reference, script, state_of
from .scale import of, ran, say
from .world import serve

COMMANDS = of(100, 400)
AT_ONCE = timedelta(milliseconds=1)
_MUCH = 1_000_000
"""More pages than a file will ever have here."""


def test_service_whose_file_may_not_grow_any_more_goes_on_when_it_may(tmp_path):
    """Each command finds no page first: it fails as a whole, and succeeds as soon as there is room."""
    states, _ = reference(MemoryStore(), script(COMMANDS))
    failed, said = 0, set()
    with closing(sqlite3.connect(tmp_path / "leads.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size=512")
        store = SQLiteStore.within(connection)
        service = serve(store)
        connection.commit()
        for number, deed in enumerate(script(COMMANDS)):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")
            try:
                deed(service)
            except StoreError as error:
                said.add(error.problems[0].what)
                assert state_of(store) == states[number]
                failed += 1
                connection.execute(f"PRAGMA max_page_count={_MUCH}")
                deed(service)
            connection.commit()
            assert state_of(store) == states[number + 1]
    assert said == {"the disk is full"}
    assert failed > COMMANDS // 10
    say("full file", f"{failed} commands failed, 0 half written, the same in the end")


def test_service_on_a_full_disk_goes_on_when_there_is_room(tmp_path):
    """The system itself refuses to let the log grow, at any byte of a commit."""
    found = ran("room", path=tmp_path / "leads.db", commands=COMMANDS)
    assert found["half written"] == 0
    assert found["same"]
    assert found["failed"] > COMMANDS // 4
    assert {*found["messages"]} <= {"the disk is full", "the disk could not be read or written"}
    say("full disk", found)


@contextmanager
def held(url):
    """Hold a store, so that nobody else can write."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
    else:
        import psycopg

        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            for table in ("leads", "events", "effects"):
                connection.execute(f"LOCK TABLE leadqual_{table} IN EXCLUSIVE MODE")
            yield
            connection.rollback()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"], indirect=True)
def test_service_whose_store_somebody_else_holds_says_so_and_goes_on(kind, new_url):
    """Each command finds the store held first; what is read is read meanwhile."""
    url = new_url()
    deeds = script(of(20, 60))
    states, _ = reference(MemoryStore(), script(len(deeds)))
    busy = 0
    with closing(open_store(url, wait=AT_ONCE)) as store, closing(open_store(url)) as patient:
        hasty, service = serve(store), serve(patient)
        for number, deed in enumerate(deeds):
            with held(url):
                try:
                    deed(hasty)
                except StoreBusy:
                    busy += 1
                assert state_of(store) == states[number]
            deed(service)
            assert state_of(patient) == states[number + 1]
    assert busy >= len(deeds) // 2
    say(f"{kind} held by somebody else", f"{busy} commands of {len(deeds)} told so, 0 half written")
