"""`leadqual sql`: a playbook as one statement, with what its tables hold."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest

from leadqual.cli.sqlheader import MAKING
from tests.cli.conftest import NOW, PLAYBOOK
from tests.cli.dbt import FOLDER, HOW, TEXTS, asked, files

DIALECTS = ("duckdb", "spark", "postgres", "snowflake", "bigquery")
LEADS = [
    {"lead_id": "L1", "job_title": "Directora técnica", "topics": ["café", "analytics"], "founded": "2021-05-01"},
    {"lead_id": "L2", "job_title": "Técnico", "topics": ["cafés"], "founded": "2019-12-31"},
    {"lead_id": "L3", "job_title": "CTO", "topics": ["analytics"], "founded": "2020-01-01"},
    {"lead_id": "L4", "job_title": "", "topics": [], "founded": None},
]
EVENTS = [
    {"event_id": 1, "lead_id": "L1", "kind": "download", "at": "2026-10-30T09:00:00Z", "page": None},
    {"event_id": 2, "lead_id": "L1", "kind": "page_view", "at": "2026-10-31T09:00:00Z", "page": "/pricing/año"},
    {"event_id": 3, "lead_id": "L2", "kind": "page_view", "at": "2026-10-31T09:00:00Z", "page": "/blog"},
    {"event_id": 4, "lead_id": "L3", "kind": "page_view", "at": "2026-11-02T09:00:00Z", "page": "/pricing"},
    {"event_id": 4, "lead_id": "L3", "kind": "page_view", "at": "2026-11-02T09:00:00Z", "page": "/pricing"},
    {"event_id": 5, "lead_id": "L9", "kind": "download", "at": "2026-10-30T09:00:00Z", "page": None},
]
_QUALIFIED = {"{{ source('crm', 'leads') }}": "crm_leads", "{{ source('crm', 'events') }}": "crm_events"}


@pytest.fixture(autouse=True)
def _batch(need):
    import importlib.util

    need(all(map(importlib.util.find_spec, ("duckdb", "sqlglot", "pyarrow"))), "the extra `batch` is not installed")


@pytest.fixture
def connection():
    """A database in memory."""
    import duckdb

    with duckdb.connect(":memory:") as made:
        yield made


def lines(rows):
    """Return rows as JSON Lines."""
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def model_of(name):
    """Return a model of the example as dbt would run it."""
    text = (FOLDER / "models" / f"{name}.sql").read_text(encoding="utf-8")
    for place, table in _QUALIFIED.items():
        text = text.replace(place, table)
    _, raw, inner = text.partition("{% raw %}\n")
    return inner.removesuffix("{% endraw %}\n") if raw else text


def comments(statement):
    """Return the comment above a statement."""
    return "\n".join(line[3:] for line in statement.splitlines() if line.startswith("--"))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_statement_is_read_by_its_own_dialect(desk, dialect):
    """With its comments, as one query."""
    import sqlglot

    result = desk.run("sql", desk.playbook, "--dialect", dialect, "--now", NOW)
    assert result.exit_code == 0
    assert len(sqlglot.parse(result.stdout, dialect=dialect)) == 1
    assert all(part in comments(result.stdout) for part in ("lq_leads:", "lq_events:", "lq_text:", *MAKING[dialect]))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_comments_tell_what_was_never_run(desk, dialect):
    """Statements of two dialects are parsed only, and say so."""
    told = comments(desk.run("sql", desk.playbook, "--dialect", dialect, "--now", NOW).stdout)
    assert ("Never run on " in told) == (dialect in ("snowflake", "bigquery"))


def test_comments_name_every_column_with_its_type(desk):
    """What the tables have to hold is said of each."""
    told = comments(desk.run("sql", desk.playbook, "--dialect", "bigquery", "--now", NOW).stdout).splitlines()
    words = [line.split() for line in told]
    for column in (["lq_lead", "STRING"], ["a_job_title", "STRING"], ["lq_us", "INT64"], ["lq_own", "BOOL"]):
        assert any(line[:2] == column for line in words)
    assert "  a_email      STRING  text; null where it is missing" in told


def test_name_of_a_playbook_cannot_leave_the_comment(desk):
    """A line break in it is shown as its code."""
    desk.put("playbook.toml", PLAYBOOK.replace('version = "1"', 'version = "1\\nDROP TABLE x"'))
    result = desk.run("sql", desk.playbook, "--dialect", "postgres", "--now", NOW)
    assert result.exit_code or "\nDROP" not in result.stdout


def test_ascii_only_needs_no_texts(desk):
    """The statement reads two tables only."""
    result = desk.run("sql", desk.playbook, "--dialect", "postgres", "--now", NOW, "--ascii-only")
    assert "lq_text" not in result.stdout


def test_details_are_more_columns(desk):
    """They come after those of a scores file."""
    plain, more = (desk.run("sql", desk.playbook, "--dialect", "duckdb", "--now", NOW, *o) for o in ([], ["--details"]))
    assert '"completeness"' not in plain.stdout
    assert '"completeness"' in more.stdout


def test_objective_has_a_statement_of_its_own(desk):
    """It says so above."""
    desk.put("playbook.toml", f"{PLAYBOOK}[objectives.big]\ncriteria = {{ Boss = 35 }}\n")
    result = desk.run("sql", desk.playbook, "--dialect", "duckdb", "--now", NOW, "--objective", "big")
    assert "objective big, as of" in result.stdout
    assert "3500" in result.stdout
    assert desk.run("sql", desk.playbook, "--dialect", "duckdb", "--objective", "bgi").exit_code == 1


def test_statement_goes_to_a_file(desk):
    """What is printed is written, and nothing else."""
    path = desk.folder / "scores.sql"
    args = ("sql", desk.playbook, "--dialect", "spark", "--now", NOW)
    assert desk.run(*args, "-o", str(path)).stdout == f"Wrote the statement to {path}.\n"
    assert path.read_text(encoding="utf-8") == desk.run(*args).stdout


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--dialect", "oracle"], "oracle"),
        ([], "--dialect"),
        (["--dialect", "duckdb", "-o", "scores.txt"], "must end in .sql"),
        (["--dialect", "duckdb", "--texts", "{0}", "-o", "texts.sql"], "must end in .csv"),
        (["--dialect", "duckdb", "--texts", "{0}", "--ascii-only"], "no texts to answer"),
    ],
)
def test_contradictions_are_wrong_usage(desk, options, part):
    """Nothing is written."""
    values = desk.put("values.csv", "lq_field,lq_value\n")
    result = desk.run("sql", desk.playbook, *(option.format(values) for option in options))
    assert result.exit_code == 2
    assert part in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("field,value\n", "the column `lq_field` is missing"),
        ("lq_field,lq_value\na_employees,é\n", "values.csv:2: this is no text that the statement asks for"),
        ("lq_field,lq_value\na_job_title\n", "values.csv:2: this is no text"),
        ("lq_field,lq_value\na_job_title,a\0\n", "values.csv:2: this is no text"),
        (b"lq_field,lq_value\na_job_title,\xff\n", "the file is no CSV in UTF-8"),
        ("", "the column `lq_field` is missing"),
    ],
)
def test_file_of_texts_that_cannot_be_answered_is_told(desk, text, part):
    """With the line, but without the text."""
    path = desk.put("values.csv", text)
    output = desk.folder / "lq_text.csv"
    args = ["--dialect", "duckdb", "--texts", str(path), "-o", str(output)]
    result = desk.run("sql", desk.playbook, *args)
    assert result.exit_code == 1
    assert part in result.stderr
    assert not output.exists()


def test_texts_are_answered_by_python(desk):
    """Composed or not, each text comes with its composed form and the answers."""
    path = desk.put("values.csv", "\ufefflq_field,lq_value\na_job_title,Jefe de almace\u0301n\n")
    result = desk.run("sql", desk.playbook, "--dialect", "duckdb", "--texts", str(path))
    rows = [*csv.reader(io.StringIO(result.stdout))]
    assert rows[0] == ["lq_field", "lq_value", "lq_normal", "lq_m0"]
    assert sorted(row[1:3] for row in rows[1:]) == [
        ["Jefe de almace\u0301n", "Jefe de almac\u00e9n"],
        ["Jefe de almac\u00e9n", "Jefe de almac\u00e9n"],
    ]


def test_generated_files_of_the_example_are_current():
    """After a change of the playbook or the statements they are made again."""
    for name, text in files().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name} is not current. Make it again: {HOW}"


def test_example_scores_as_the_command_does(desk, connection):
    """The models of the folder, run one after the other on DuckDB, give the scores of `leadqual score`."""
    leads, events = desk.put("leads.jsonl", lines(LEADS)), desk.put("events.jsonl", lines(EVENTS))
    typed = {"lead_id": "VARCHAR", "job_title": "VARCHAR", "topics": "VARCHAR[]", "founded": "DATE"}
    connection.read_json(str(leads), columns=typed).create("crm_leads")
    typed = {"event_id": "INT", "lead_id": "VARCHAR", "kind": "VARCHAR", "at": "TIMESTAMP", "page": "VARCHAR"}
    connection.read_json(str(events), columns=typed).create("crm_events")
    typed = {"lq_field": "VARCHAR", "lq_value": "VARCHAR", "lq_normal": "VARCHAR", "lq_m0": "BIGINT"}
    connection.read_csv(str(FOLDER / "seeds" / "lq_text.csv"), header=True, dtype=typed).create("lq_text")
    for name in ("lq_leads", "lq_events", "lead_scores"):
        connection.execute(f"CREATE TABLE {name} AS {model_of(name)}")
    found = connection.execute("SELECT * FROM lead_scores ORDER BY lead_id").fetchall()
    document = desk.scores(FOLDER / "playbook.toml", "--leads", str(leads), "--events", str(events), "--now", NOW_OF_IT)
    points = ("fit", "interest", "total")
    wanted = [
        tuple(round(value * 100) if name in points else value for name, value in row.items())
        for row in document["scores"]
    ]
    assert found == wanted
    assert [row[7] for row in found] == ["mql", "", "", ""]


def test_example_asks_for_the_texts_that_it_answers(desk, connection):
    """The query in the comments gives the texts of the seed."""
    connection.execute("CREATE TABLE lq_leads AS SELECT ? AS a_job_title, ? AS a_topics", [TEXTS[0][1], TEXTS[2][1]])
    connection.execute("INSERT INTO lq_leads VALUES (?, ?), ('CTO', NULL)", [TEXTS[1][1], TEXTS[3][1]])
    connection.execute("CREATE TABLE lq_events AS SELECT ? AS p_page, 'page_view' AS lq_kind", [TEXTS[4][1]])
    told = comments(model_of("lead_scores")).partition("  SELECT DISTINCT")
    query = (told[1] + told[2]).partition("\n\n")[0]
    values = desk.put("values.csv", asked(connection.execute(query).fetchall()))
    args = ("sql", str(FOLDER / "playbook.toml"), "--dialect", "duckdb", "--texts", str(values))
    answered = desk.run(*args).stdout.splitlines()
    assert sorted(answered) == sorted((FOLDER / "seeds" / "lq_text.csv").read_text(encoding="utf-8").splitlines())


def test_comments_make_instants_dates_and_lists(connection):
    """What they say of DuckDB is so."""
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    connection.execute("SET TimeZone = 'America/Bogota'")
    values = "SELECT CAST(? AS TIMESTAMPTZ) AS an_instant, CAST(? AS DATE) AS a_date, ['a', 'b'] AS a_list"
    given = connection.sql(values, params=[at, date(2026, 11, 1)])
    (made,) = given.project(", ".join(MAKING["duckdb"])).fetchall()
    assert made == (int(at.timestamp()) * 1_000_000, (date(2026, 11, 1) - date(1970, 1, 1)).days, "\x1fa\x1fb\x1f")


NOW_OF_IT = "2026-11-01T12:00:00Z"
