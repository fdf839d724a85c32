"""`leadqual init`: what it writes, and what it refuses."""

import os

import pytest

from leadqual.playbook import loads
from leadqual.presets import starter_text
from leadqual.testing import synthetic_base

NOW = ["--now", "2026-11-01T12:00:00Z"]


def test_init_writes_the_starter(desk):
    """Without files it is the starter, byte for byte."""
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path))
    assert result.exit_code == 0
    assert path.read_bytes() == starter_text().encode()
    assert f"leadqual check {path}" in result.stdout


def test_init_never_overwrites_unless_forced(desk):
    """An existing file stays; --force replaces it."""
    path = desk.put("mine.toml", "mine")
    refused = desk.run("init", str(path))
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert desk.run("init", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") == starter_text()


def test_init_changes_no_meaning_for_files_in_our_own_format(desk):
    """Files with our columns and kinds give the starter's own scores."""
    leads, events, _ = synthetic_base(leads=40).write(desk.folder / "base")
    files = ("--leads", str(leads), "--events", str(events))
    path = desk.folder / "mine.toml"
    assert desk.run("init", str(path), *files, *NOW).exit_code == 0
    starter = desk.put("starter.toml", starter_text())
    fitted = desk.scores(path, *NOW, *files)
    assert fitted["fingerprint"] == loads(starter_text(), format="toml").fingerprint
    assert fitted["scores"] == desk.scores(starter, *NOW, *files)["scores"]


def test_init_reports_suspicious_dates(desk):
    """Most events on one instant is said at once."""
    leads = desk.put("crm.csv", "lead_id\nL1\n")
    lines = "".join(f"{i},L1,download,2026-10-01T00:00:00Z\n" for i in range(40))
    events = desk.put("acts.csv", f"event_id,lead_id,kind,at\n{lines}")
    result = desk.run("init", str(desk.folder / "mine.toml"), "--leads", str(leads), "--events", str(events), *NOW)
    assert "100% of 40 events share one instant" in " ".join(result.stdout.split())


def test_init_says_what_is_lacking_and_writes_nothing(desk):
    """Events without an id of their own cannot be told apart."""
    leads = desk.put("crm.csv", "lead_id\nL1\n")
    events = desk.put("acts.csv", "lead_id,kind,at\nL1,download,2026-10-01T00:00:00Z\n")
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--leads", str(leads), "--events", str(events), *NOW)
    assert result.exit_code == 1
    assert "no column looks like `event_id`" in result.stderr
    assert not path.exists()


@pytest.mark.parametrize(
    "args", [["--events", "events.csv"], ["--zone", "Madrid"], ["--leads", "nowhere.csv"], ["nowhere/mine.toml"]]
)
def test_init_ends_with_2_on_wrong_usage(desk, args, monkeypatch):
    """What is wrong with the arguments is said before anything is written."""
    monkeypatch.chdir(desk.folder)
    assert desk.run("init", *args).exit_code == 2
    assert (desk.folder / "playbook.toml").read_text(encoding="utf-8").startswith("\nschema = 1")


@pytest.mark.parametrize(
    "kind", ['a"b\\', "tab\there", "esc\x1b[31m", "ñandú", "#", "'''", "two words", "# Fit: does the profile match?"]
)
def test_init_writes_sound_documents_for_hostile_names(desk, kind):
    """Whatever a kind or a column is called, what is written loads."""
    quoted = '"' + kind.replace('"', '""') + '"'
    leads = desk.put("crm.csv", f"lead_id,{quoted}\nL1,x\n")
    events = desk.put("acts.csv", f"event_id,lead_id,kind,at,{quoted}\n1,L1,{quoted},2026-10-01T00:00:00Z,1\n")
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--leads", str(leads), "--events", str(events), *NOW)
    assert result.exit_code == 0, result.stderr
    assert "\x1b" not in path.read_text(encoding="utf-8") + result.stdout
    loads(path.read_bytes(), format="toml")


def test_init_stays_readable_with_very_many_columns_and_kinds(desk):
    """Beyond forty columns and kinds the rest is counted."""
    names = ",".join(f"c{i}" for i in range(60))
    leads = desk.put("crm.csv", f"lead_id,{names}\nL1,{','.join(['1.5'] * 60)}\n")
    lines = "".join(f"{i},L1,kind-{i},2026-10-01T00:00:{i % 60:02}Z\n" for i in range(60))
    events = desk.put("acts.csv", f"event_id,lead_id,kind,at\n{lines}")
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--leads", str(leads), "--events", str(events), *NOW)
    text = path.read_text(encoding="utf-8")
    assert '# c0 = "number"' in text
    assert "# … and 20 more\n" in text
    assert "# … and 20 more kinds" in text
    assert "30 more kinds that no rule names" in " ".join(result.stdout.split())


def test_init_tells_the_first_bad_rows(desk):
    """Rows that cannot be read with what was found are counted, and the playbook is written all the same."""
    rows = "".join(f"{i},L1,download,2026-10-01T00:00:{i:02}Z\n" for i in range(5))
    leads = desk.put("crm.csv", "lead_id\nL1\n")
    events = desk.put("acts.csv", f"event_id,lead_id,kind,at\n{rows}9,L1,download,yesterday\n")
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--leads", str(leads), "--events", str(events), *NOW)
    assert result.exit_code == 0
    assert "1 problem in the rows" in result.stdout
    assert "acts.csv:7:at" in result.stdout
    assert path.exists()


def test_init_refuses_to_replace_what_is_no_ordinary_file(desk):
    """Even --force leaves a pipe or a device what it is."""
    pipe = desk.folder / "pipe.toml"
    os.mkfifo(pipe)
    result = desk.run("init", str(pipe), "--force")
    assert result.exit_code == 2
    assert "no ordinary file" in result.stderr
    assert pipe.is_fifo()


def test_init_refuses_to_replace_a_file_that_it_reads(desk):
    """Even --force does not write the playbook over the leads."""
    leads = desk.put("crm.csv", "lead_id\nL1\n")
    assert desk.run("init", str(leads), "--leads", str(leads), "--force").exit_code == 2
    assert leads.read_text(encoding="utf-8") == "lead_id\nL1\n"
