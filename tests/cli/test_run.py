"""``leadqual run``: files go into a store, each thing of them once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys

import pytest

from tests.cli.conftest import SOURCES

VERDICTS = """lead_id,at,verdict,reason,actor
L1,2026-02-22T10:00:00Z,accept,,Ana Example
L2,2026-02-21T10:00:00Z,no,,Ana Example
L2,2026-02-22T10:00:00Z,no,,Ana Example
L9,2026-02-22T10:00:00Z,no,,Ana Example
"""
CONSENTS = """lead_id,at,channel,purpose,given
L1,2026-02-22T10:00:00Z,email,newsletter,no
"""


@pytest.fixture
def told(desk):
    """The small playbook and base, with what people said."""
    desk.put("verdicts.csv", VERDICTS)
    desk.put("consents.csv", CONSENTS)
    return desk


def url(desk, name="leads.db"):
    """The store's URL."""
    return f"sqlite:///{desk.folder / name}"


def taken(desk, *more, name="leads.db", **env):
    """Run with a store and all files, and return the document that it prints."""
    said = ["--verdicts", str(desk.folder / "verdicts.csv"), "--consents", str(desk.folder / "consents.csv")]
    result = desk.run("run", desk.playbook, "--store", url(desk, name), *desk.files, *said, *more, "--json", **env)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def kept(path, *tables):
    """The rows of some tables of a store, as text."""
    connection = sqlite3.connect(path)
    lines = sorted(connection.iterdump())
    connection.close()
    found = {table: [line for line in lines if line.startswith(f'INSERT INTO "leadqual_{table}"')] for table in tables}
    assert all(found.values())
    return found


def test_run_takes_files_into_a_store_and_says_what_came_of_them(told):
    """Where leads stand, how many facts there are, what was left out, and what waits in the outbox."""
    result = told.run("run", told.playbook, "--store", url(told), *told.files)
    assert result.exit_code == 0, result.stderr
    out = plain(result)
    assert "In the store" in out
    assert "3 leads taken in: 3 new, 0 with another profile." in out
    assert "4 events new, 0 known before" in out
    assert "Left out: 1 copy of an event (counted once)" in out
    assert "Up to 2026-03-01T12:00:00Z" in out
    assert "1 effect waiting, 0 claimed." in out


def test_run_again_takes_nothing_twice(told):
    """The same files change nothing; with more in them only what is new comes in."""
    first, again = taken(told), taken(told)
    assert (first["leads"]["new"], first["events"]["new"], first["said"]["new"]) == (3, 4, 4)
    assert (again["leads"]["new"], again["events"]["new"], again["said"]["new"], again["facts"]) == (0, 0, 0, 0)
    assert (again["events"]["known"], again["said"]["known"]) == (4, 4)
    assert again["store"] == first["store"]
    more = "e6,L2,download,2026-02-28T10:00:00Z,\n"
    (told.folder / "events.csv").write_text((told.folder / "events.csv").read_text() + more)
    assert taken(told)["events"] == {"new": 1, "known": 4}


def test_run_counts_what_could_not_be_taken(told):
    """Verdicts that were not possible by their reason, those on strangers, and copies."""
    found = taken(told)
    assert found["refused"] == {"`no` is not possible: the cycle has ended": 1}
    assert (found["strangers"], found["copies"], found["orphans"]) == (1, 1, 1)


def test_run_gives_the_same_facts_whenever_it_is_run(told):
    """In one go, or day by day: everything is known at its own instant, never at that of the clock."""
    facts = taken(told)["store"]
    for now in ("2026-02-15T00:00:00Z", "2026-02-21T12:00:00Z"):
        assert taken(told, "--now", now, name="other.db")["store"] != facts
    assert taken(told, name="other.db")["store"] == facts
    assert kept(told.folder / "leads.db", "facts") == kept(told.folder / "other.db", "facts")


def test_run_that_was_killed_is_finished_by_running_it_again(desk):
    """Whatever had been taken by then is not taken twice, and nothing is missing."""
    leads = "".join(f"L{n},l{n}@firm.example,2026-01-01T00:00:00Z,CEO,{n}\n" for n in range(800))
    desk.put("leads.csv", f"lead_id,email,created_at,job_title,employees\n{leads}")
    events = "".join(f"e{n},L{n % 800},download,2026-02-0{1 + n % 9}T10:00:00Z,\n" for n in range(3_000))
    desk.put("events.csv", f"event_id,lead_id,kind,at,page\n{events}")
    args = ["run", desk.playbook, *desk.files, "--store"]
    command = [sys.executable, "-m", "leadqual.cli", *args, url(desk, "killed.db")]
    environment = os.environ | {"PYTHONPATH": SOURCES}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and _count(desk.folder / "killed.db") < 100:
            pass
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert 100 <= _count(desk.folder / "killed.db") < 800
    for name in ("killed.db", "whole.db"):
        result = desk.run(*args, url(desk, name))
        assert result.exit_code == 0, result.stderr
    tables = ("leads", "facts", "events")
    assert kept(desk.folder / "killed.db", *tables) == kept(desk.folder / "whole.db", *tables)


def _count(path):
    """How many leads a store holds by now."""
    if not path.exists():
        return 0
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT count(*) FROM leadqual_leads").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_run_reads_the_store_from_the_environment(told):
    """LEADQUAL_STORE stands in for --store."""
    result = told.run("run", told.playbook, *told.files, LEADQUAL_STORE=url(told))
    assert result.exit_code == 0, result.stderr
    assert (told.folder / "leads.db").exists()


def test_run_asks_for_a_store_when_there_is_none(told):
    """The option is named."""
    result = told.run("run", told.playbook, *told.files, LEADQUAL_STORE="")
    assert result.exit_code == 2
    assert "--store" in result.stderr


def test_run_never_shows_the_password_of_a_store(told):
    """Neither the URL nor a part of it is in what it says."""
    result = told.run("run", told.playbook, *told.files, "--store", "mysql://ana:pass-word@host/x")
    assert result.exit_code == 1
    assert "store: the URL of a store was expected" in result.stderr
    assert "pass-word" not in result.stderr + result.stdout


def test_run_into_a_file_that_is_no_store_changes_nothing(told):
    """The file is named as wrong and left as it is."""
    path = told.put("leads.db", "not a database, but somebody's notes\n" * 99)
    result = told.run("run", told.playbook, *told.files, "--store", url(told))
    assert result.exit_code == 1
    assert "store 'leads.db': the file is no database of SQLite" in result.stderr
    assert path.read_text() == "not a database, but somebody's notes\n" * 99


def test_run_keeps_tenants_apart(told):
    """Two bases in one store know nothing of each other."""
    first, second = taken(told, "--tenant", "north"), taken(told, "--tenant", "south")
    assert (first["tenant"], second["tenant"]) == ("north", "south")
    assert first["leads"] == second["leads"]
    assert first["store"] == second["store"]


def test_run_stops_at_a_bad_row_unless_it_is_told_to_skip(told):
    """Every bad row is named, and nothing is taken; under skip the others are."""
    told.put("events.csv", (told.folder / "events.csv").read_text() + "e9,L2,download,soon,\n")
    result = told.run("run", told.playbook, *told.files, "--store", url(told))
    assert result.exit_code == 1
    assert "events.csv:8" in result.stderr
    assert not (told.folder / "leads.db").exists()
    found = taken(told, "--bad-rows", "skip")
    assert (found["events"]["new"], found["bad_rows"]) == (4, 1)


def test_run_speaks_spanish(told):
    """The same figures in the other language."""
    result = told.run("run", told.playbook, *told.files, "--store", url(told), "--language", "es")
    assert result.exit_code == 0, result.stderr
    assert "effects" not in result.stdout
    assert "3 leads" in plain(result)
