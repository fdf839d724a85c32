"""A store is opened by its URL; what is wrong with one is said without showing it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from leadqual.errors import MissingExtra, StoreBusy, StoreError
from leadqual.service.opening import open_store
from leadqual.service.stores.memory import MemoryStore
from leadqual.service.stores.sqlite import SQLiteStore
from leadqual.service.tables import NOTES
from leadqual.testing.storing.base import add, note, noted


def test_url_of_sqlite_names_a_file_here_or_anywhere(tmp_path, monkeypatch):
    """Three slashes are a path in the current folder, four are one from the root."""
    monkeypatch.chdir(tmp_path)
    for url, path in (("sqlite:///here.db", "here.db"), (f"sqlite:///{tmp_path}/50%25 @there.db", "50%25 @there.db")):
        with closing(open_store(url)) as store:
            assert type(store) is SQLiteStore
            add(store, NOTES, [note("a")])
        assert (tmp_path / path).is_file()
        with closing(open_store(url)) as store:
            assert noted(store) == {"a": ""}


def test_url_of_memory_is_another_store_each_time():
    """Nothing is shared by its name."""
    one, two = open_store("memory:"), open_store("memory:")
    assert type(one) is MemoryStore
    add(one, NOTES, [note("a")])
    assert noted(two) == {}


@pytest.mark.parametrize("kind", ["postgres"])
def test_url_of_postgres_is_taken_with_and_without_the_driver(new_url):
    """Both spellings are one store."""
    url = new_url()
    with closing(open_store(url)) as one, closing(open_store(url.replace("+psycopg", ""))) as two:
        add(one, NOTES, [note("a")])
        assert noted(two) == {"a": ""}


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("postgres://ana:secret@host/leads", "Did you mean `postgresql://`?"),
        ("postgresql+psycopg2://ana:secret@host/leads", "Did you mean `postgresql+psycopg://`?"),
        ("postgresql:ana:secret@host/leads", "Did you mean `postgresql://`?"),
        ("mysql://ana:secret@host/leads", "Write memory:, sqlite:///leads.db"),
        ("sqllite:///leads.db", "Did you mean `sqlite:///`?"),
        ("sqlite:leads.db", "Write sqlite:///leads.db"),
        ("sqlite://leads.db", "Write sqlite:///leads.db"),
        ("sqlite:///leads.db?mode=ro", "Write sqlite:///leads.db"),
        ("sqlite://", "for a store in memory, write memory:."),
        ("sqlite:///:memory:", "open_store('memory:')"),
        ("sqlite:///", "open_store('memory:')"),
        ("memory", "Did you mean `memory:`?"),
        ("memory://", "Did you mean `memory:`?"),
        ("secret.db", "Write memory:, sqlite:///leads.db"),
        ("/var/lib/secret.db", "Write memory:, sqlite:///leads.db"),
        ("sécret://x", "Write memory:, sqlite:///leads.db"),
        ("", "Write memory:, sqlite:///leads.db"),
        (7, "Write memory:, sqlite:///leads.db"),
        (None, "Write memory:, sqlite:///leads.db"),
    ],
)
def test_url_that_is_wrong_is_answered_with_the_right_one(url, hint):
    """The message says how to write it, and shows no password and no path."""
    with pytest.raises(StoreError) as raised:
        open_store(url)
    assert hint in str(raised.value)
    assert "secret" not in str(raised.value)


def test_wait_is_how_long_a_store_waits(tmp_path):
    """Whoever asks for little patience is told at once that somebody else writes."""
    url = f"sqlite:///{tmp_path}/leads.db"
    memory = open_store("memory:", wait=timedelta(0))
    with memory.unit("main", write=True), pytest.raises(StoreBusy, match="somebody else writes"):
        add(memory, NOTES, [note("a")])
    with (
        closing(open_store(url, wait=timedelta(0))) as store,
        closing(sqlite3.connect(tmp_path / "leads.db")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            add(store, NOTES, [note("a")])


@pytest.mark.parametrize("absent", ["sqlalchemy", "leadqual.service.stores.sql", "psycopg"])
def test_url_of_postgres_needs_the_extra(absent, monkeypatch):
    """What is to be installed is said where a part of it is absent."""
    monkeypatch.setitem(sys.modules, absent, None)
    if absent == "sqlalchemy":
        monkeypatch.delitem(sys.modules, "leadqual.service.stores.sql", raising=False)
    with pytest.raises(MissingExtra, match=r"pip install 'leadqual\[sql\]'"):
        open_store("postgresql://ana:secret@host/leads")


def test_opening_needs_the_extra_for_postgres_only(tmp_path):
    """Without SQLAlchemy the other stores work, and the message for Postgres says what to install."""
    (tmp_path / "sqlalchemy.py").write_text("raise ImportError", encoding="utf-8")
    code = (
        "from leadqual.service.opening import open_store\n"
        "open_store('memory:').close(); open_store('sqlite:///leads.db').close()\n"
        "try: open_store('postgresql://ana:secret@host/leads')\n"
        "except ImportError as error: print(type(error).__name__, error, error.__cause__)"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=env)
    wanted = "MissingExtra Postgres needs SQLAlchemy and psycopg: pip install 'leadqual[sql]' None\n"
    assert (done.stdout, done.stderr) == (wanted, "")
    assert Path(tmp_path / "leads.db").is_file()
