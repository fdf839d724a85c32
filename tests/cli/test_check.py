"""`leadqual check`."""

import json

import pytest

from leadqual.presets import starter_text


def plain(result):
    """The output in one line, so that wrapping does not matter."""
    return " ".join(result.stdout.split())


def test_check_says_that_a_playbook_has_no_problems(desk):
    """A sound playbook is summed up: what it reads, its rules, its bars, its fingerprint."""
    path = desk.put("starter.toml", starter_text())
    result = desk.run("check", str(path))
    assert result.exit_code == 0
    for words in (
        "no problems",
        "3 criteria",
        "4 tables",
        "13 rules",
        "MQL (with a lower bar to stay), SQL",
        "fingerprint",
    ):
        assert words in result.stdout


def test_check_lists_every_problem_with_its_place(desk):
    """All problems come at once, and the exit code is 1."""
    broken = starter_text().replace('group = "web"', 'group = "wep"').replace("per_day = 1", "per_day = 0", 1)
    result = desk.run("check", str(desk.put("broken.toml", broken)))
    assert result.exit_code == 1
    assert "interest.rules[0]" in result.stdout
    assert "interest.rules[6]" in result.stdout
    assert "2 problems" in result.stdout


def test_check_prints_problems_as_json(desk):
    """--json holds the same problems for machines."""
    result = desk.run(
        "check", str(desk.put("broken.toml", 'schema = 1\nname = "x"\nversion = "1"\nfitt = 1\n')), "--json"
    )
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["ok"] is False
    assert [problem["where"] for problem in document["problems"]] == ["fitt"]


def test_check_prints_counts_as_json(desk):
    """--json of a sound playbook holds its counts and fingerprint."""
    document = json.loads(desk.run("check", desk.playbook, "--json").stdout)
    assert document["ok"] is True
    assert document["counts"]["rules"] == 2
    assert len(document["fingerprint"]) == 64


def test_check_names_kinds_that_no_rule_names(desk):
    """A kind that nearly is a rule's gets a did you mean."""
    desk.put("events.csv", "event_id,lead_id,kind,at,page\ne1,L1,downlod,2026-02-01T10:00:00Z,x\n")
    result = desk.run("check", desk.playbook, *desk.files)
    assert result.exit_code == 0
    assert "no rule names this kind. Did you mean `download`?" in plain(result)
    assert "No event is of the kind page_view." in plain(result)


def test_check_finds_conditions_that_never_hold(desk):
    """A rule whose kind occurs but whose page is spelt otherwise in the files is told."""
    rows = "e1,L1,page_view,2026-02-01T10:00:00Z,https://firm.example/pricing\n"
    desk.put("events.csv", f"event_id,lead_id,kind,at,page\n{rows}")
    assert "1 event of its kinds, but its condition holds for none" in plain(
        desk.run("check", desk.playbook, *desk.files)
    )


def test_check_finds_that_most_events_share_one_instant(desk):
    """An upload's date instead of the act's is told with its share."""
    lines = [f"e{i},L1,download,2026-02-01T00:00:00Z,x" for i in range(81)]
    lines += [f"f{i},L1,page_view,2026-02-02T00:00:{i:02}Z,/" for i in range(19)]
    desk.put("events.csv", "event_id,lead_id,kind,at,page\n" + "\n".join(lines) + "\n")
    assert "81% of 100 events share one instant (the upload?)." in plain(desk.run("check", desk.playbook, *desk.files))


def test_check_finds_dates_that_cannot_be_right(desk):
    """Events before their lead's creation and in the future are counted."""
    desk.put(
        "events.csv",
        "event_id,lead_id,kind,at,page\n"
        "e1,L1,download,2025-02-01T00:00:00Z,x\n"
        "e2,L1,page_view,2027-02-01T00:00:00Z,x\n",
    )
    out = plain(desk.run("check", desk.playbook, *desk.files))
    assert "1 event before the creation of the lead" in out
    assert "1 event after 2026-03-01T12:00:00Z" in out


def test_check_finds_columns_that_are_never_filled(desk):
    """A declared attribute without any value is told."""
    desk.put("leads.csv", "lead_id,job_title,employees\nL1,CEO,\n")
    out = plain(desk.run("check", desk.playbook, *desk.files))
    assert "attributes.employees" in out


def test_check_lists_bad_rows_and_still_compares(desk):
    """Wrong rows end with 1; what could be read is compared all the same."""
    desk.put(
        "events.csv", "event_id,lead_id,kind,at,page\ne1,L1,downlod,never,x\ne2,L1,downlod,2026-02-01T10:00:00Z,x\n"
    )
    result = desk.run("check", desk.playbook, *desk.files)
    assert result.exit_code == 1
    assert "events.csv:2:at" in plain(result)
    assert "Did you mean `download`?" in plain(result)


def test_check_compares_with_the_files_of_a_folder(desk):
    """--data FOLDER stands for its leads.* and events.*, whatever their format; other files are left alone."""
    desk.put("notes.csv", "x")
    desk.put("leads.csv.md", "x")
    named = desk.run("check", desk.playbook, *desk.files)
    found = desk.run("check", desk.playbook, "--data", str(desk.folder), *desk.files[4:])
    assert "Compared with 3 leads and 4 events" in found.stdout
    assert (found.stdout, found.exit_code) == (named.stdout, 0)
    (desk.folder / "events.csv").unlink()
    desk.put("EVENTS.jsonl", '{"event_id": "e1", "lead_id": "L1", "kind": "downlod", "at": "2026-02-01T00:00:00Z"}\n')
    told = plain(desk.run("check", desk.playbook, "--data", str(desk.folder), *desk.files[4:]))
    assert "Did you mean `download`?" in told


def test_check_takes_a_named_file_instead_of_the_folders(desk):
    """--events beside --data replaces the folder's events only."""
    other = desk.put("other.csv", "event_id,lead_id,kind,at\n")
    args = ("--data", str(desk.folder), "--events", str(other), *desk.files[4:])
    assert "Compared with 3 leads and 0 events" in desk.run("check", desk.playbook, *args).stdout


def test_check_refuses_a_folder_with_two_files_of_one_table(desk):
    """Which one is meant is the user's to say."""
    desk.put("leads.jsonl", "")
    result = desk.run("check", desk.playbook, "--data", str(desk.folder))
    assert result.exit_code == 2
    assert "leads.csv, leads.jsonl: which? Name it with --leads FILE" in " ".join(result.stderr.split())
    assert desk.run("check", desk.playbook, "--data", str(desk.folder), *desk.files).exit_code == 0


@pytest.mark.parametrize(
    "args", [["--data"], ["--data", "empty"], ["--data", "playbook.toml"], ["--events", "leads.csv"]]
)
def test_check_ends_with_2_where_there_are_no_leads(desk, args, monkeypatch):
    """A folder that is none or has no leads, and events alone, are wrong usage."""
    monkeypatch.chdir(desk.folder)
    (desk.folder / "empty").mkdir()
    result = desk.run("check", desk.playbook, *args)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_check_puts_findings_into_json(desk):
    """Remarks on the files are data too."""
    document = json.loads(desk.run("check", desk.playbook, *desk.files, "--json").stdout)
    assert document["ok"] is True
    assert document["data"]["leads"] == 3
    assert {finding["topic"] for finding in document["data"]["findings"]} <= {
        "kinds",
        "rules",
        "conditions",
        "dates",
        "columns",
    }


def test_check_finds_leads_of_the_future(desk):
    """A lead created after now is told."""
    desk.put("leads.csv", "lead_id,created_at,job_title,employees\nL1,2027-01-01T00:00:00Z,CEO,1\n")
    assert "1 lead created after 2026-03-01T12:00:00Z" in plain(desk.run("check", desk.playbook, *desk.files))
