"""`leadqual score`."""

import csv
import json

import pytest


def rows(path):
    """The rows of a scores file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_score_prints_the_best_leads_first(desk):
    """Without -o the ranking is a table, gated leads last, followed by a summary."""
    result = desk.run("score", desk.playbook, *desk.files)
    assert result.exit_code == 0
    order = [result.stdout.index(lead) for lead in ("L1", "L2", "L3")]
    assert order == sorted(order)
    assert "gate: competitor" in result.stdout
    assert "3 leads scored with 4 events" in result.stdout
    assert "1 MQL, 1 gated" in result.stdout
    assert result.stderr == ""


def test_score_says_what_was_left_out(desk):
    """Copies and events of unknown leads are counted, and that profiles are as of today."""
    out = " ".join(desk.run("score", desk.playbook, *desk.files).stdout.split())
    assert "1 copy of an event (counted once)" in out
    assert "1 event of leads that are not in the base" in out
    assert "as of today" in out


def test_score_writes_every_lead_by_id(desk):
    """The file holds the contract's columns with two decimals, sorted by lead id."""
    target = desk.folder / "scores.csv"
    result = desk.run("score", desk.playbook, *desk.files, "-o", str(target))
    assert result.exit_code == 0
    assert target.read_bytes() == (
        b"lead_id,fit,interest,total,grade,level,label,qualifies,gate\n"
        b"L1,20.00,8.16,28.16,A,2,A2,mql,\n"
        b"L2,0.00,3.60,3.60,B,2,B2,,\n"
        b"L3,20.00,5.40,25.40,A,2,A2,,competitor\n"
    )
    assert "3 scores written" in result.stdout


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet"])
def test_score_writes_the_same_bytes_twice(desk, ending):
    """Same input, same file."""
    files = [desk.folder / f"{name}.{ending}" for name in ("one", "two")]
    for path in files:
        assert desk.run("score", desk.playbook, *desk.files, "-o", str(path)).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_score_prints_pure_json(desk):
    """--json is one document with every lead by id."""
    result = desk.run("score", desk.playbook, *desk.files, "--json")
    document = json.loads(result.stdout)
    assert [one["lead_id"] for one in document["scores"]] == ["L1", "L2", "L3"]
    assert document["scores"][0]["interest"] == 8.16
    assert document["now"] == "2026-03-01T12:00:00Z"
    assert document["summary"]["orphans"] == 1


def test_score_prints_the_best_as_json_with_top(desk):
    """--top N keeps the best N, best first."""
    document = json.loads(desk.run("score", desk.playbook, *desk.files, "--json", "--top", "1").stdout)
    assert [one["lead_id"] for one in document["scores"]] == ["L1"]


def test_score_stops_on_bad_rows_and_writes_nothing(desk):
    """Every problem is listed with file, line and column; no file is left."""
    desk.put("events.csv", "event_id,lead_id,kind,at\ne1,L1,download,yesterday\ne2,L1,,2026-02-01T00:00:00Z\n")
    target = desk.folder / "scores.csv"
    result = desk.run("score", desk.playbook, *desk.files, "-o", str(target))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "events.csv:2:at" in result.stderr
    assert "events.csv:3:kind" in result.stderr
    assert "2 problems; nothing was written. `--bad-rows skip` leaves bad rows out" in result.stderr
    assert not target.exists()


def test_score_leaves_an_older_file_alone_on_failure(desk):
    """What was there before stays when the input is wrong."""
    desk.put("events.csv", "event_id,lead_id,kind,at\ne1,L1,download,yesterday\n")
    target = desk.put("scores.csv", "older")
    assert desk.run("score", desk.playbook, *desk.files, "-o", str(target)).exit_code == 1
    assert target.read_text(encoding="utf-8") == "older"


def test_score_skips_bad_rows_when_told(desk):
    """--bad-rows skip counts them and goes on."""
    desk.put("events.csv", "event_id,lead_id,kind,at\ne1,L1,download,yesterday\ne2,L1,download,2026-02-20T00:00:00Z\n")
    result = desk.run("score", desk.playbook, *desk.files, "--bad-rows", "skip")
    assert result.exit_code == 0
    assert "1 row that cannot be read" in result.stdout


def test_score_lists_the_problems_of_a_wrong_playbook(desk):
    """A playbook that does not load ends with 1 and its problems."""
    desk.put("playbook.toml", "schema = 1\nname = 7\n[fit]\nmaxx = 3\n")
    result = desk.run("score", desk.playbook, *desk.files)
    assert result.exit_code == 1
    assert "fit.maxx" in result.stderr


def test_score_reads_the_clock_only_without_now(desk):
    """Without --now the instant is said, so that the run can be repeated."""
    files = desk.files[:4]
    assert "repeat with --now" in desk.run("score", desk.playbook, *files).stdout
    assert "repeat with --now" not in desk.run("score", desk.playbook, *desk.files).stdout


@pytest.mark.parametrize(
    ("now", "hint"),
    [
        ("2026-03-01", "2026-03-01T00:00:00Z"),
        ("2026-03-01T12:00:00", "2026-03-01T12:00:00Z"),
        ("soon", "Write it like 2026-11-01T12:00:00Z"),
        ("1890-01-01T00:00:00Z", "1970 to 2199"),
    ],
)
def test_score_refuses_an_instant_that_is_not_certain(desk, now, hint):
    """A bare date or a time without a zone is refused with what to write."""
    result = desk.run("score", desk.playbook, *desk.files[:4], "--now", now)
    assert result.exit_code == 2
    assert hint in result.stderr


@pytest.mark.parametrize("name", ["scores.txt", "scores", "nowhere/scores.csv", "leads.csv"])
def test_score_refuses_an_output_before_the_work(desk, name):
    """An unknown ending, a folder that is not there, and an input file are wrong usage."""
    before = (desk.folder / "leads.csv").read_bytes()
    result = desk.run("score", desk.playbook, *desk.files, "-o", str(desk.folder / name))
    assert result.exit_code == 2
    assert (desk.folder / "leads.csv").read_bytes() == before


@pytest.mark.parametrize("args", [[], ["nowhere.toml", "--leads", "x.csv"], ["--top", "0"], ["--bad-rows", "maybe"]])
def test_score_ends_with_2_on_wrong_usage(desk, args):
    """What is missing is said, without a traceback."""
    result = desk.run("score", *args)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_score_shows_hostile_ids_as_their_codes(desk):
    """A lead id cannot command the terminal."""
    desk.put("leads.csv", "lead_id\n\x1b[31mL1\n")
    result = desk.run("score", desk.playbook, *desk.files)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "\\x1b[31mL1" in result.stdout


def test_score_works_without_events(desk):
    """A base of profiles alone is scored on fit."""
    result = desk.run("score", desk.playbook, *desk.files[:2], "--now", "2026-03-01T12:00:00Z", "--json")
    assert json.loads(result.stdout)["scores"][0]["interest"] == 0


def test_score_remarks_on_an_upload_date(desk):
    """Many events on one instant are told beside the scores, in words and in JSON."""
    lines = "".join(f"e{i},L1,download,2026-02-01T00:00:00Z,x\n" for i in range(40))
    desk.put("events.csv", f"event_id,lead_id,kind,at,page\n{lines}")
    told = "100% of 40 events share one instant (the upload?)."
    assert told in " ".join(desk.run("score", desk.playbook, *desk.files).stdout.split())
    document = json.loads(desk.run("score", desk.playbook, *desk.files, "--json").stdout)
    assert any(told in warning for warning in document["summary"]["warnings"])


def test_score_says_in_json_where_the_scores_are(desk):
    """With -o the document names the file and holds no scores, unless --top asks for some."""
    target = str(desk.folder / "scores.jsonl")
    document = json.loads(desk.run("score", desk.playbook, *desk.files, "-o", target, "--json").stdout)
    assert document["output"] == target
    assert "scores" not in document
    document = json.loads(desk.run("score", desk.playbook, *desk.files, "-o", target, "--json", "--top", "2").stdout)
    assert [one["lead_id"] for one in document["scores"]] == ["L1", "L2"]


def test_score_shows_long_ids_in_full(desk):
    """A lead id is never cut: it must be good for copying."""
    long_id = "0011be30-fa97-465b-8e44-0ae83dff7eed"
    desk.put("leads.csv", f"lead_id\n{long_id}\n")
    out = desk.run("score", desk.playbook, *desk.files).stdout
    assert max(map(len, out.splitlines())) <= 80
    assert long_id in "".join(line[4:34].strip() for line in out.splitlines())


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\x00", b"x,y\n1,2\n"])
@pytest.mark.parametrize("skip", [[], ["--bad-rows", "skip"]])
def test_score_suggests_no_skipping_where_a_file_cannot_be_used(desk, content, skip):
    """Leaving rows out does not help when there is no header or a column is lacking."""
    desk.put("events.csv", content)
    desk.put("leads.csv", "lead_id,kind\nL1,alien\n")
    result = desk.run("score", desk.playbook, *desk.files, *skip)
    assert result.exit_code == 1
    assert "nothing was written." in result.stderr
    assert "--bad-rows" not in result.stderr


def test_score_counts_the_problems_that_it_does_not_list(desk):
    """Of very many problems a hundred are listed."""
    desk.put("leads.csv", "lead_id,kind\n" + "".join(f"L{i},alien\n" for i in range(1200)))
    lines = desk.run("score", desk.playbook, *desk.files).stderr.splitlines()
    assert len(lines) == 102
    assert lines[-2] == "… and 1,100 more"
    assert lines[-1].startswith("1,200 problems; nothing was written.")


def test_score_says_that_without_events_interest_counts_none(desk):
    """Whoever forgets --events is told, in words and in JSON; whoever names them is not."""
    told = "no events were named (--events FILE), so interest counts none."
    assert f"Note: {told}" in desk.run("score", desk.playbook, *desk.files[:2], *desk.files[4:]).stdout
    document = json.loads(desk.run("score", desk.playbook, *desk.files[:2], *desk.files[4:], "--json").stdout)
    assert document["summary"]["warnings"] == [told]
    assert told not in desk.run("score", desk.playbook, *desk.files).stdout


def test_score_disarms_formulas_for_spreadsheets(desk):
    """An id that a spreadsheet would run comes with an apostrophe; without the option it stays as it was."""
    desk.put("leads.csv", "lead_id\n=1+1\n-5\n")
    target = desk.folder / "scores.csv"
    for option, ids in ([], ["-5", "=1+1"]), (["--safe-for-spreadsheets"], ["'-5", "'=1+1"]):
        assert desk.run("score", desk.playbook, *desk.files, "-o", str(target), *option).exit_code == 0
        assert [row["lead_id"] for row in rows(target)] == ids


@pytest.mark.parametrize("output", [[], ["-o", "scores.jsonl"]])
def test_score_disarms_formulas_in_csv_files_only(desk, output, monkeypatch):
    """Elsewhere the option would do nothing, so it is refused."""
    monkeypatch.chdir(desk.folder)
    result = desk.run("score", desk.playbook, *desk.files, "--safe-for-spreadsheets", *output)
    assert result.exit_code == 2
    assert "-o FILE.csv" in result.stderr
