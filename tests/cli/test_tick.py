"""``leadqual tick``: time passes for the leads of a store."""

import json
import sqlite3

import pytest

from tests.cli.conftest import PLAYBOOK

LATER = "2026-09-05T12:00:00Z"
RESTS = "[recycle.inbound]\nrest_months = [3, 4]\n"
VERDICTS = """lead_id,at,verdict,reason
L1,2026-02-22T10:00:00Z,accept,
L1,2026-02-24T10:00:00Z,maybe,no_budget
"""


@pytest.fixture
def resting(desk):
    """A store in which a lead rests."""
    desk.put("playbook.toml", PLAYBOOK.replace("[fit]", f"{RESTS}[fit]"))
    verdicts = desk.put("verdicts.csv", VERDICTS)
    result = desk.run("run", desk.playbook, *store(desk), *desk.files, "--verdicts", str(verdicts))
    assert result.exit_code == 0, result.stderr
    return desk


def store(desk, name="leads.db"):
    """The option that names the store."""
    return ["--store", f"sqlite:///{desk.folder / name}"]


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def test_tick_wakes_who_has_rested(resting):
    """It says what has become of whom in numbers, and when the next falls due; the second time there is nothing."""
    result = resting.run("tick", resting.playbook, *store(resting), "--now", LATER)
    assert result.exit_code == 0, result.stderr
    out = plain(result)
    assert "As of 2026-09-05T12:00:00Z Time has passed for 1 lead:" in out
    assert "woken: 1" in out
    again = plain(resting.run("tick", resting.playbook, *store(resting), "--now", LATER))
    assert "Time has passed for 0 leads: 0 facts; 0 effects into the outbox." in again


def test_tick_before_anything_is_due_does_nothing(resting):
    """And names when it will be."""
    out = plain(resting.run("tick", resting.playbook, *store(resting), "--now", "2026-03-02T12:00:00Z"))
    assert "Time has passed for 0 leads" in out
    assert "The next falls due at 2026-06-23T00:00:00Z." in out


def test_tick_takes_as_many_as_it_may(desk):
    """With a limit the rest stays due; a second call takes it."""
    desk.put("playbook.toml", PLAYBOOK.replace("[fit]", f"{RESTS}[fit]"))
    verdicts = desk.put("verdicts.csv", f"{VERDICTS}{VERDICTS.partition(chr(10))[2].replace('L1', 'L2')}")
    result = desk.run("run", desk.playbook, *store(desk), *desk.files, "--verdicts", str(verdicts))
    assert result.exit_code == 0, result.stderr
    first = json.loads(desk.run("tick", desk.playbook, *store(desk), "--now", LATER, "--limit", "1", "--json").stdout)
    assert (first["leads"], first["left"]) == (1, True)
    assert "More leads are due." not in desk.run("tick", desk.playbook, *store(desk), "--now", LATER).stdout


def test_tick_says_which_clock_it_took(resting):
    """Without --now it is that of the machine, and how to repeat it is said."""
    out = plain(resting.run("tick", resting.playbook, *store(resting)))
    assert "(the clock; repeat with --now " in out


def test_tick_gives_numbers_to_machines(resting):
    """With --json."""
    result = resting.run("tick", resting.playbook, *store(resting), "--now", LATER, "--json")
    found = json.loads(result.stdout)
    assert (found["leads"], found["left"], found["facts"]["woken"], found["refused"]) == (1, False, 1, [])
    assert (found["tenant"], found["now"]) == ("main", LATER)


def test_tick_of_a_store_that_is_not_there_makes_none(desk):
    """The file is not made by looking for it."""
    result = desk.run("tick", desk.playbook, *store(desk, "none.db"), "--now", LATER)
    assert result.exit_code == 1
    assert "store: there is no such store" in result.stderr
    assert not (desk.folder / "none.db").exists()


def test_tick_with_another_model_is_refused(resting):
    """Its leads have to be scored anew first."""
    resting.put("playbook.toml", PLAYBOOK.replace("[fit]", f"{RESTS}[fit]").replace("points = 4", "points = 5"))
    result = resting.run("tick", resting.playbook, *store(resting), "--now", LATER)
    assert result.exit_code == 1
    assert "model" in result.stderr


def test_tick_of_a_store_of_a_newer_release_is_refused(resting):
    """Nothing is read and nothing is changed."""
    path = resting.folder / "leads.db"
    connection = sqlite3.connect(path)
    connection.execute("UPDATE leadqual_store SET version = 99")
    connection.commit()
    connection.close()
    result = resting.run("tick", resting.playbook, *store(resting), "--now", LATER)
    assert result.exit_code == 1
    assert "the store is of version 99" in result.stderr


def test_tick_speaks_spanish(resting):
    """The same in the other language."""
    result = resting.run("tick", resting.playbook, *store(resting), "--now", LATER, "--language", "es")
    assert result.exit_code == 0, result.stderr
    assert "Time has passed" not in result.stdout
    assert "1 lead" in plain(result)
