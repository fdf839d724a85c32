"""The store in a file of SQLite: what is on the disk, whom it waits for, and what it says when something fails."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from leadqual.errors import StoreBusy, StoreError
from leadqual.service.rows import EventRow, NoteRow
from leadqual.service.stores.sqlite import SQLiteStore
from leadqual.service.tables import COMMANDS, EFFECTS, EVENTS, FACTS, KEYS, LEADS, NOTES
from leadqual.testing.storing.base import add, every, note, noted

SCRIPTS = Path(__file__).parent / "scripts"
AT_ONCE = timedelta(milliseconds=1)
SECRET = "ana.secret@example.com"


@pytest.fixture
def path(tmp_path):
    """Return where a store may lie."""
    return tmp_path / "leads.db"


@pytest.fixture
def store(path):
    """Return a store that does not wait long."""
    with closing(SQLiteStore(path, wait=AT_ONCE)) as store:
        add(store, NOTES, [note("a", "1")])
        yield store


def said(failing, deed, *, cause=True):
    """Return what an error of ours says; neither it nor what caused it shows a value."""
    with pytest.raises(StoreError) as raised:
        deed()
    assert type(raised.value) is failing
    assert (raised.value.__cause__ is not None) is cause
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return str(raised.value)


def add_secret(store):
    """Add a note that no message may show."""
    add(store, NOTES, [note("secret", SECRET)])


def test_sqlite_store_is_on_the_disk_when_a_unit_ends(store, path):
    """The log is written ahead and flushed with each unit, and what is removed is overwritten."""
    with store._connections.lent() as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "secure_delete")
        }
        assert settings == {"synchronous": 2, "secure_delete": 1}
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with closing(sqlite3.connect(path)) as other:
        assert other.execute('SELECT tenant, name, value FROM "leadqual_notes"').fetchall() == [("main", "a", "1")]


def test_sqlite_store_writes_one_at_a_time_from_the_start(store, path):
    """A unit that writes holds the file before it has written anything, so that nobody has to give up in the middle."""
    with (
        closing(sqlite3.connect(path, timeout=0)) as other,
        store.unit("main", write=True),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    with closing(sqlite3.connect(path, timeout=0)) as other, store.unit("main", write=False):
        other.execute("BEGIN IMMEDIATE")


def test_sqlite_store_is_busy_while_somebody_else_writes(store, path):
    """Whoever waits in vain is told so; nothing was written, and the store works on."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "somebody else holds the file (got SQLITE_BUSY). Try again" in said(StoreBusy, lambda: add_secret(store))
        assert noted(store) == {"a": "1"}
        other.rollback()
    add(store, NOTES, [note("b")])
    assert noted(store) == {"a": "1", "b": ""}


def test_sqlite_store_says_that_a_unit_within_a_unit_waits_for_itself(store):
    """Two units that write, one in the other, would wait for ever."""
    with store.unit("main", write=True):
        said(StoreBusy, lambda: add_secret(store))


def test_sqlite_store_cannot_clear_traces_under_a_reader(store):
    """Traces stay in the log while somebody still reads what was; whoever clears is told so."""
    with store.unit("main", write=False) as unit:
        add(store, NOTES, [note("b")])
        assert "somebody reads the file" in said(StoreBusy, store.clear_traces, cause=False)
        assert len(unit.find(NOTES)) == 1
    store.clear_traces()


def test_sqlite_store_leaves_no_trace_of_what_was_removed(store, path):
    """Neither the file nor its log holds what was removed or replaced, once traces are cleared."""
    rows = [EventRow(source="web", event_id=f"{n}", lead_id="ana", at=1, known_at=1, body=f"{SECRET} {'x' * n * 50}")
            for n in range(200)]  # fmt: skip
    add(store, EVENTS, rows)
    add_secret(store)
    with store.unit("main", write=True) as unit:
        unit.remove(EVENTS, equal={"lead_id": ["ana"]})
        unit.put(NOTES, [note("secret", "nothing")])
    assert any(SECRET.encode() in file.read_bytes() for file in path.parent.iterdir())
    store.clear_traces()
    assert not [file for file in path.parent.iterdir() if SECRET.encode() in file.read_bytes()]


def test_sqlite_store_with_another_file_beside_it_is_one_file_again_when_it_is_closed(path):
    """Whoever closes last leaves one file that can be copied."""
    store = SQLiteStore(path)
    add(store, NOTES, [note("a")])
    assert len(list(path.parent.iterdir())) == 3
    store.close()
    assert list(path.parent.iterdir()) == [path]


def test_sqlite_store_refuses_what_is_no_file_of_its_own(tmp_path):
    """Each is told in a sentence: a missing folder, a folder, another file, a store in memory."""
    (tmp_path / "other.txt").write_text("no database, but quite a long text " * 40, encoding="utf-8")
    assert "cannot be opened" in said(StoreError, lambda: SQLiteStore(tmp_path / "missing" / "leads.db"))
    assert "cannot be opened" in said(StoreError, lambda: SQLiteStore(tmp_path))
    assert "is no database of SQLite" in said(StoreError, lambda: SQLiteStore(tmp_path / "other.txt"))
    for path in (":memory:", ""):
        assert "use MemoryStore()" in said(StoreError, lambda path=path: SQLiteStore(path), cause=False)


def test_sqlite_store_that_may_not_be_written_says_so(path, store):
    """A file that somebody has made read-only can be read; what is to be written fails."""
    with store._connections.lent() as connection:
        connection.execute("PRAGMA query_only=ON")
    assert "the file cannot be written" in said(StoreError, lambda: add_secret(store))
    assert noted(store) == {"a": "1"}
    add(store, NOTES, [note("b")])  # the connection that failed was replaced


def test_sqlite_store_that_is_damaged_says_so(path):
    """A file of which pages were overwritten is told as such, with what to do."""
    with closing(SQLiteStore(path)) as store:
        add(store, NOTES, [note(f"{n:04d}", "x" * 500) for n in range(1000)])
    content = bytearray(path.read_bytes())
    content[4096 * 40 :] = b"\x55" * (len(content) - 4096 * 40)
    path.write_bytes(content)
    with closing(SQLiteStore(path)) as store:
        assert "the file is damaged" in said(StoreError, lambda: every(store, NOTES))


def test_sqlite_store_whose_tables_are_gone_says_so(path, store):
    """Whoever drops the tables under an open store is found out; opening it anew makes them again."""
    with closing(sqlite3.connect(path)) as other:
        other.execute('DROP TABLE "leadqual_events"')
    assert "the tables are not those of this release" in said(StoreError, lambda: every(store, EVENTS))
    with closing(sqlite3.connect(path)) as other:
        other.execute('DROP TABLE "leadqual_store"')
    assert "were removed while it was open" in said(StoreError, lambda: every(store, NOTES), cause=False)


def test_sqlite_store_on_a_full_disk_loses_nothing(path):
    """Where no room is left a unit fails cleanly, the store is as before, and works on when there is room."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, SCRIPTS / "full_disk.py", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["error"] == "StoreError"
    assert any(words in found["message"] for words in ("the disk is full", "could not be read or written"))
    assert 0 < found["before"] == found["after"]
    assert found["later"] == found["after"] + 1
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_sqlite_store_shows_nothing_of_its_rows(store, path):
    """The texts of rows and stores are safe to print."""
    assert repr(store) == f"<SQLiteStore in {path.name!r}>"
    assert SECRET not in repr(NoteRow(name="a", value=SECRET))


def test_sqlite_store_lets_errors_of_the_caller_pass(store):
    """What a caller's own database says inside a unit is not taken for an error of the store."""

    def fail():
        with store.unit("main", write=True) as unit:
            unit.put(NOTES, [note("a", "2")])
            raise sqlite3.OperationalError("host")

    with pytest.raises(sqlite3.OperationalError, match="host"):
        fail()
    assert noted(store) == {"a": "1"}


def test_sqlite_store_finds_by_its_indexes(store):
    """What a service asks for most is found, and is in order, without looking at every row."""
    said: list[str] = []
    with store._connections.lent() as connection:
        connection.set_trace_callback(said.append)
    with store.unit("main", write=False) as unit:
        unit.get(EVENTS, [("web", "1")])
        unit.find(EVENTS, equal={"lead_id": ("ana", "ben")})
        unit.find(FACTS, equal={"lead_id": "ana"}, order=("seq",))
        unit.find(LEADS, upto=("due", 9), order=("due",), limit=100)
        unit.find(LEADS, equal={"held": "import"}, above=("lead_id", "a"), order=("lead_id",), limit=100)
        unit.find(LEADS, equal={"into": "ana"})
        unit.find(EFFECTS, upto=("ready_at", 9), order=("ready_at", "number"), limit=100)
        unit.find(EFFECTS, equal={"touch": ["a"]})
        unit.find(KEYS, equal={"lead_id": "ana"})
        unit.find(COMMANDS, equal={"lead_id": "ana"})
    with store._connections.lent() as connection:
        connection.set_trace_callback(None)
        plans = {
            question: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {question}")]
            for question in said
            if question.startswith("SELECT") and '"tenant"' in question
        }
    assert len(plans) == 10
    assert not {question: plan for question, plan in plans.items() if "SEARCH leadqual" not in plan[0]}
    assert not {question: plan for question, plan in plans.items() if any("TEMP B-TREE" in step for step in plan)}


def test_sqlite_store_can_be_copied_while_it_is_open(store, path, tmp_path):
    """Once its log is emptied, the file alone is the store."""
    store.clear_traces()
    shutil.copy(path, tmp_path / "copy.db")
    with closing(SQLiteStore(tmp_path / "copy.db")) as copy:
        assert noted(copy) == {"a": "1"}
