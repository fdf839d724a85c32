"""`leadqual score --engine`: whatever scores, what is written and shown is the same."""

import importlib.util
import json
from pathlib import Path

import pytest

from leadqual.cli.engine import LARGE, Choice, chosen, told_as_ours
from leadqual.cli.objectives import NONE_ASKED, Asked
from leadqual.errors import EngineFailure, MissingExtra
from tests.cli.conftest import EVENTS, LEADS, NOW, PLAYBOOK

ENDINGS = ("csv", "json", "jsonl", "parquet")
MANY = "".join(f"u{i},L{1 + i % 2},download,2026-02-10T09:00:00Z,\n" for i in range(30))
WORSE_LEADS = """lead_id,email,created_at,job_title,employees,valid_from,since
L1,a@firm.example,2026-02-25T00:00:00Z,CEO,100,2026-01-01T00:00:00Z,2026-02-10T00:00:00Z
L1,a@firm.example,2026-02-25T00:00:00Z,Clerk,100,2026-04-01T00:00:00Z,2026-02-10T00:00:00Z
L2,b@firm.example,2026-01-01T00:00:00Z,Clerk,5,2026-01-01T00:00:00Z,
L2,b@firm.example,2026-01-01T00:00:00Z,CEO,5,2026-01-01T00:00:00Z,
Zoë,c@rival.example,2026-01-01T00:00:00Z,CEO,many,2026-01-01T00:00:00Z,
=L4,c@rival.example,2026-01-01T00:00:00Z,CEO,,2026-01-01T00:00:00Z,
L5,d@firm.example,2026-01-01T00:00:00Z,CEO,7,2026-05-01T00:00:00Z,
"Ña, \"\"6\"\"",c@firm.example,2026-01-01T00:00:00Z,CEO,,2026-01-01T00:00:00Z,
"""
_NAMED = "," + chr(10)
WORSE_EVENTS = f"""event_id,lead_id,kind,at,page,by
{EVENTS.partition(chr(10))[2].replace(chr(10), _NAMED)}"x1","Ña, \"\"6\"\"",page_view,2026-02-28T23:59:59Z,/pricing,
x1,=L4,download,2026-02-28T23:59:59Z,,
x2,=L4,download,yesterday,,
x3,L1,download,2026-02-20T10:00:00Z,,us
x4,L1,download,2026-03-02T10:00:00Z,,
x5,=L4,download,2026-02-28T23:59:59Z,,
"""


@pytest.fixture(autouse=True)
def _batch(need):
    found = all(importlib.util.find_spec(name) for name in ("duckdb", "sqlglot", "pyarrow"))
    need(found, "the extra `batch` is not installed")


def both(desk, *args, code=0):
    """Return what both engines print, which is the same."""
    told = {}
    for engine in ("python", "duckdb"):
        result = desk.run("score", desk.playbook, *args, "--engine", engine)
        assert result.exit_code == code, result.output
        told[engine] = (result.stdout, result.stderr)
    assert told["duckdb"] == told["python"]
    return told["python"]


def written(desk, *args):
    """Return the files that both engines write, by their endings; they are the same."""
    found = {}
    for ending in ENDINGS:
        path = desk.folder / f"scores.{ending}"
        of_engine = []
        for engine in ("python", "duckdb"):
            result = desk.run("score", desk.playbook, *args, "--engine", engine, "-o", str(path))
            assert result.exit_code == 0, result.output
            of_engine.append((path.read_bytes(), result.output))
        assert of_engine[0] == of_engine[1], ending
        found[ending] = of_engine[0][0]
    return found


def worse(desk):
    """Put files with everything that can be wrong."""
    desk.put("leads.csv", WORSE_LEADS)
    desk.put("events.csv", WORSE_EVENTS)
    return [*desk.files, "--bad-rows", "skip"]


def test_files_are_the_same_byte_for_byte(desk):
    """In all four formats, with the same sentences."""
    found = written(desk, *desk.files)
    assert found["csv"].decode().splitlines()[1] == "L1,20.00,8.16,28.16,A,2,A2,mql,"


def test_ranking_and_summary_are_the_same(desk):
    """The table has the last acts too, which are asked of the events."""
    stdout, _ = both(desk, *desk.files)
    assert "9 days ago" in stdout
    assert "1 copy of an event (counted once)" in stdout


@pytest.mark.parametrize("options", [[], ["--top", "2"]])
def test_documents_for_machines_are_the_same(desk, options):
    """All rows by lead id, or the best first."""
    stdout, _ = both(desk, *desk.files, "--json", *options)
    assert len(json.loads(stdout)["scores"]) == (2 if options else 3)


def test_base_without_events_is_scored_alike(desk):
    """Fit is there, interest is none, and both say why."""
    stdout, _ = both(desk, *desk.files[:2], "--now", NOW)
    assert "no events were named" in stdout


def test_skipped_rows_are_counted_alike(desk):
    """Bad rows, conflicts, doubled and later leads, odd dates: the same numbers and the same files."""
    args = worse(desk)
    stdout, _ = both(desk, *args)
    for part in ("1 event id with different contents", "1 lead with different rows", "2 rows that cannot be read"):
        assert part in " ".join(stdout.split())
    assert "1 lead that comes only later" in " ".join(stdout.split())
    assert "before the creation of the lead" in stdout
    document = json.loads(both(desk, *args, "--json")[0])
    assert [row["lead_id"] for row in document["scores"]] == ["=L4", "L1", 'Ña, "6"']
    written(desk, *args)


def test_spreadsheets_are_spared_formulas_alike(desk):
    """What is disarmed does not depend on who scored."""
    args = [*worse(desk), "--safe-for-spreadsheets"]
    path = desk.folder / "scores.csv"
    found = set()
    for engine in ("python", "duckdb"):
        assert desk.run("score", desk.playbook, *args, "--engine", engine, "-o", str(path)).exit_code == 0
        found.add(path.read_bytes())
    assert len(found) == 1
    assert b"'=L4" in found.pop()


def test_instant_of_an_upload_is_noted_alike(desk):
    """Of two instants with as many events the later is named."""
    later = MANY.replace("u", "v").replace("2026-02-10", "2026-02-11")
    desk.put("events.csv", EVENTS + MANY + later)
    assert "2026-02-11T09:00:00Z: 47% of 64 events share one instant" in " ".join(both(desk, *desk.files)[0].split())


def test_rows_that_cannot_be_read_are_told_alike(desk):
    """The same problems with their lines, and no file."""
    desk.put("leads.csv", LEADS.replace(",100", ",many"))
    _, stderr = both(desk, *desk.files, "-o", str(desk.folder / "out.csv"), code=1)
    assert "leads.csv:2:employees" in stderr
    assert "--bad-rows skip" in stderr
    assert not (desk.folder / "out.csv").exists()


def test_file_without_a_needed_column_is_told_alike(desk):
    """It can be used by no engine."""
    desk.put("events.csv", EVENTS.replace("lead_id", "who"))
    assert "lead_id" in both(desk, *desk.files, code=1)[1]


def test_conflict_is_refused_by_duckdb_with_its_id(desk):
    """The problem names the event; python names the lines as well."""
    desk.put("events.csv", EVENTS + "e1,L2,download,2026-02-01T10:00:00Z,\n")
    result = desk.run("score", desk.playbook, *desk.files, "--engine", "duckdb")
    assert result.exit_code == 1
    assert "event 'e1': one id came with two contents (got differs in lead_id)" in result.stderr
    assert "1 problem; nothing was written. `--bad-rows skip`" in result.stderr


def test_one_objective_is_scored_alike(desk):
    """The model of the objective scores, and the playbook says how the files are written."""
    desk.put("playbook.toml", f"{PLAYBOOK}[objectives.big]\ncriteria = {{ Boss = 35 }}\n")
    stdout, _ = both(desk, *desk.files, "--objective", "big")
    assert "Under the objective big" in stdout
    assert "35.00" in stdout
    written(desk, *desk.files, "--objective", "big")


def test_files_of_a_crm_are_read_alike(desk):
    """Columns and formats are those of the playbook, under an objective too."""
    mapped = 'columns.leads = { lead_id = "Id" }\nfiles.leads = { delimiter = ";" }\n'
    desk.put("playbook.toml", PLAYBOOK.replace("[fit]", f"{mapped}[fit]", 1))
    desk.put("leads.csv", LEADS.replace(",", ";").replace("lead_id", "Id"))
    assert "3 leads scored" in both(desk, *desk.files)[0]


def test_several_objectives_need_python(desk):
    """The best of them is not found by SQL; that is said instead of scoring one."""
    desk.put("playbook.toml", f"{PLAYBOOK}[objectives.big]\ncriteria = {{ Boss = 35 }}\n")
    result = desk.run("score", desk.playbook, *desk.files, "--objective", "all", "--engine", "duckdb")
    assert result.exit_code == 2
    assert "--engine python only" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--engine", "duckbd"], "Did you mean `duckdb`?"),
        (["--engine", "mysql://me:secret@there/crm"], "the database is not known"),
        (["--engine", "python", "--threads", "2"], "for --engine duckdb"),
        (["--engine", "spark", "--memory-limit", "1GB"], "for --engine duckdb"),
        (["--engine", "python", "--verify", "2"], "nothing to compare"),
        (["--threads", "0"], "--threads"),
        (["--verify", "0"], "--verify"),
    ],
)
def test_contradictions_are_wrong_usage(desk, options, part):
    """Nothing is scored, and no password is shown."""
    result = desk.run("score", desk.playbook, *desk.files, *options)
    assert result.exit_code == 2
    assert part in " ".join(result.stderr.split())
    assert "secret" not in result.output


def test_bounds_and_verification_choose_duckdb(desk):
    """They need no --engine, and change nothing that is shown."""
    plain = desk.run("score", desk.playbook, *desk.files)
    bounded = desk.run(
        "score", desk.playbook, *desk.files, "--memory-limit", "500MB", "--threads", "1", "--verify", "100"
    )
    assert bounded.exit_code == 0
    assert bounded.output == plain.output


def test_wrong_bound_is_told_without_a_traceback(desk):
    """DuckDB refuses it, and the message says what to check."""
    result = desk.run("score", desk.playbook, *desk.files, "--memory-limit", "much")
    assert result.exit_code == 1
    assert result.stderr.startswith("DuckDB could not be opened (")
    assert "memory_limit" in result.stderr


def test_memory_that_does_not_suffice_is_told(desk):
    """The message says what to raise, and nothing is written."""
    output = desk.folder / "scores.csv"
    result = desk.run("score", desk.playbook, *desk.files, "--memory-limit", "1KB", "-o", str(output))
    assert result.exit_code == 1
    assert "Give it more memory (memory_limit)" in result.stderr
    assert not output.exists()


def test_database_that_does_not_answer_is_told_without_its_password(desk):
    """The message says what to check."""
    result = desk.run("score", desk.playbook, *desk.files, "--engine", "postgresql://me:secret@127.0.0.1:1/crm")
    assert result.exit_code == 1
    assert result.stderr.startswith("Postgres cannot be reached (OperationalError). Check ")
    assert "secret" not in result.output


@pytest.mark.parametrize(
    ("engine", "name"), [("duckdb", "DuckDB"), ("spark", "Spark"), ("postgresql://me:secret@there/crm", "Postgres")]
)
def test_error_of_an_engine_is_told_without_its_words(engine, name):
    """They may hold values of leads; the kind of the error is enough."""
    import duckdb

    with pytest.raises(EngineFailure, match=rf"^{name} stopped \(IOException\)\. Check ") as told, told_as_ours(engine):
        raise duckdb.IOException("a@firm.example")
    assert "firm" not in str(told.value)


def test_other_errors_are_left_alone():
    """A fault of our own is no engine's."""
    with pytest.raises(ZeroDivisionError), told_as_ours("duckdb"):
        raise ZeroDivisionError


def test_engine_that_is_not_installed_is_told_with_its_extra():
    """The message is a command to copy."""
    with pytest.raises(MissingExtra, match=r"pip install 'leadqual\[batch\]'"), told_as_ours("duckdb"):
        raise ModuleNotFoundError("sqlglot")


def sized(folder, size):
    """Return a file of a size, with nothing in it."""
    path = Path(folder, f"{size}.csv")
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_large_files_are_scored_by_duckdb(tmp_path):
    """What counts is the size of all files together; the best of several objectives stays with python."""
    half, more = sized(tmp_path, LARGE // 2), sized(tmp_path, LARGE // 2 + 1)
    assert chosen(Choice(), NONE_ASKED, [half, half]) == "python"
    assert chosen(Choice(), NONE_ASKED, [half, more]) == "duckdb"
    assert chosen(Choice(engine="python"), NONE_ASKED, [half, more]) == "python"
    assert chosen(Choice(), Asked(names=("a", "b"), several=True), [half, more]) == "python"
