"""Stores go from version to version: all of a step or nothing, one process at a time, and never back."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from leadqual.errors import StoreError
from leadqual.service.stores import sql_schema, sqlite_schema
from leadqual.service.stores.migrating import steps_after
from leadqual.service.stores.sql import SqlStore
from leadqual.service.stores.sqlite import SQLiteStore
from leadqual.service.tables import NOTES
from leadqual.testing.storing.base import add, note, noted
from tests.service.stores.steps import BAD, MORE

KILLS = int(os.environ.get("LEADQUAL_KILLS", "12"))
SCRIPTS = Path(__file__).parent / "scripts"
OPENERS = 6  # as many as begin at once where an application is started


class InFile:
    """Opens stores of several versions on one file."""

    steps = sqlite_schema.STEPS

    def __init__(self, path):
        self.url = path

    def open(self, steps=steps):
        return SQLiteStore(self.url, steps=steps)

    def ask(self, question):
        with closing(sqlite3.connect(self.url)) as connection:
            return connection.execute(question).fetchall()


class OnServer:
    """Opens stores of several versions in one database."""

    steps = sql_schema.STEPS

    def __init__(self, url):
        self.url = url

    def open(self, steps=steps):
        return SqlStore(self.url, steps=steps)

    def ask(self, question):
        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            return connection.execute(question).fetchall()


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request):
    """Return the kind of the stores, which keep something for longer than a process."""
    return request.param


@pytest.fixture
def place(kind, tmp_path, request):
    """Return where stores of several versions are opened."""
    return InFile(tmp_path / "leads.db") if kind == "sqlite" else OnServer(request.getfixturevalue("postgres_url")())


def version(place):
    """Return the version that a store says it is of."""
    return place.ask('SELECT "version" FROM "leadqual_store"')


def test_store_goes_to_the_newest_version_and_keeps_its_rows(place):
    """Steps that are missing are taken in their order, also several at once; the others are not taken again."""
    with closing(place.open()) as store:
        add(store, NOTES, [note("a", "x"), note("b", "y")])
    assert version(place) == [(1,)]
    for steps in ((*place.steps, MORE[0]), (*place.steps, *MORE), (*place.steps, *MORE)):
        with closing(place.open(steps)) as store:
            assert noted(store) == {"a": "x", "b": "y"}
        assert version(place) == [(len(steps),)]
    assert sorted(place.ask('SELECT "more" FROM "leadqual_notes"')) == [("Xa",), ("Yb",)]


def test_store_is_made_at_the_newest_version(place):
    """A new store takes all steps at once."""
    place.open((*place.steps, *MORE)).close()
    assert version(place) == [(3,)]
    assert place.ask('SELECT * FROM "leadqual_extra"') == []


def test_step_that_fails_leaves_the_version_before(place):
    """Nothing of it is there, nor of the steps before it that were taken with it; the store works on as it was."""
    with closing(place.open()) as store:
        add(store, NOTES, [note("a", "x")])
    with pytest.raises(StoreError, match="the tables are not those of this release"):
        place.open((*place.steps, *MORE, BAD))
    assert version(place) == [(1,)]
    with closing(place.open()) as store:
        assert noted(store) == {"a": "x"}
    place.open((*place.steps, *MORE)).close()


def test_newer_store_is_refused(place):
    """A release does not touch a store that it does not know; and one that is at work finds out."""
    old = place.open()
    place.open((*place.steps, *MORE)).close()
    with pytest.raises(StoreError, match=r"of version 3; this release knows versions up to 1 .*Upgrade leadqual"):
        place.open()
    for write in (False, True):
        with pytest.raises(StoreError, match="Upgrade leadqual"), old.unit("main", write=write):
            pass
    old.close()


def test_several_processes_make_a_store_at_once(place, kind):
    """Whoever comes first makes the tables; the others wait and find them."""
    url = f"sqlite:///{place.url}" if kind == "sqlite" else place.url
    command = [sys.executable, SCRIPTS / "opening.py", url]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    pipe = subprocess.PIPE
    openers = [
        subprocess.Popen(command, env=env, text=True, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(OPENERS)
    ]
    assert [opener.stdout.readline() for opener in openers] == ["ready\n"] * OPENERS
    for opener in openers:
        opener.stdin.write("go\n")
        opener.stdin.flush()
    told = [opener.communicate() for opener in openers]
    assert told == [("done\n", "")] * OPENERS
    assert version(place) == [(1,)]
    with closing(place.open()) as store:
        assert len(noted(store)) == OPENERS


@pytest.mark.parametrize("kind", ["sqlite"])
def test_killed_migration_leaves_the_old_version_or_the_new_one(place, tmp_path):
    """Never something between: kill -9 at any moment of a migration, then look, then open the store as if nothing was.

    LEADQUAL_KILLS says how often.
    """
    with closing(place.open()) as store:
        add(store, NOTES, [note(f"{number:05d}", "some text " * 20) for number in range(4_000)])
    folder = tmp_path / "copies"
    folder.mkdir()
    command = [sys.executable, SCRIPTS / "killed_migrations.py", place.url, folder, str(KILLS)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    states = found["states"]
    assert states.pop("then") == KILLS == sum(states.values())
    assert states.keys() <= {"version 1, old, ok", "version 3, new, ok"}, states
    assert found["in time"] > KILLS / 3, "most migrations were over before they were killed"


@pytest.mark.parametrize(("version", "missing"), [(0, 3), (1, 2), (3, 0)])
def test_steps_after_a_version_are_those_that_are_missing(version, missing):
    """A store takes what it has not taken yet."""
    steps = (("a",), ("b",), ("c",))
    assert steps_after(version, steps) == steps[3 - missing :]
