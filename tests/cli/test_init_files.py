"""`leadqual init` with files of other systems: columns, formats and kinds."""

import gzip
import tomllib
from datetime import UTC, datetime

import pytest

NOW = ["--now", "2026-11-01T12:00:00Z"]


FOREIGN_LEADS = (
    "Lead Number;Correo;Puesto;Empleados;País;Fecha de alta;created;kind;Lead Score\n"
    "007;a@firm.example;CEO;200;ES;x;03/10/2026 10:00;MQL;12\n"
    "8;b@firm.example;Select;10;MX;x;28/10/2026 09:00;SQL;\n"
)


FOREIGN_EVENTS = (
    "id,prospect_id,type,ts,url,device\n"
    "1,007,Page View,1793000000000,/pricing,phone\n"
    "2,007,newsletter_opened,1793100000000,,phone\n"
    "3,8,Download,1793200000000,,desk\n"
    "4,8,chat,1793300000000,,desk\n"
)


@pytest.fixture
def foreign(desk):
    """Files of another system, and the options that name them."""
    leads = desk.put("crm.csv", FOREIGN_LEADS.encode("cp1252"))
    events = desk.put("clicks.csv.gz", gzip.compress(FOREIGN_EVENTS.encode()))
    return ("--leads", str(leads), "--events", str(events))


def test_init_fits_the_playbook_to_foreign_files(desk, foreign):
    """Columns, order of dates, unit, encoding and missing words are found, and what it writes scores the files."""
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), *foreign, *NOW)
    assert result.exit_code == 0, result.stderr
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    assert document["columns"]["leads"]["lead_id"] == "Lead Number"
    assert document["columns"]["leads"]["job_title"] == "Puesto"
    assert document["columns"]["events"]["at"] == "ts"
    assert document["files"]["leads"] == {
        "zone": "UTC",
        "dates": "dd/mm/yyyy",
        "encoding": "cp1252",
        "missing": ["Select"],
    }
    assert document["files"]["events"] == {"unit": "ms"}
    found = {one["lead_id"]: one for one in desk.scores(path, *NOW, *foreign)["scores"]}
    assert found["007"]["fit"] == 37
    assert found["007"]["interest"] >= 3
    assert found["8"]["interest"] > 1.9


def test_init_lets_rules_find_kinds_that_are_spelt_otherwise(desk, foreign):
    """A kind that differs in case and signs only joins the starter's rule; others become commented stubs."""
    path = desk.folder / "mine.toml"
    desk.run("init", str(path), *foreign, *NOW)
    text = path.read_text(encoding="utf-8")
    assert 'event = ["page_view", "Page View"]' in text
    assert '# event = "newsletter_opened"  # 1 event of yours' in text
    assert "Did you mean `newsletter_open`?" in text
    assert '# event = "chat"' in text


def test_init_lists_columns_that_nothing_reads(desk, foreign):
    """An unused column is a comment with its likely type and how full it is, never with its values."""
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), *foreign, *NOW)
    text = path.read_text(encoding="utf-8")
    assert '# lead_score = "integer"' in text
    assert '# device = "text"' in text
    assert "filled in 1 of 2 rows" in text
    assert "phone" not in text.replace("phone, company_id", "")
    assert "device" in result.stdout


def test_init_marks_what_it_had_to_guess(desk, foreign):
    """A zone that the files do not name is assumed, said and marked; --zone settles it."""
    path = desk.folder / "mine.toml"
    told = desk.run("init", str(path), *foreign, *NOW)
    assert 'zone = "UTC"  # CHECK' in path.read_text(encoding="utf-8")
    assert 'CHECK [files.leads] zone = "UTC"' in told.stdout
    desk.run("init", str(path), *foreign, *NOW, "--force", "--zone", "Europe/Madrid")
    assert 'zone = "Europe/Madrid"\n' in path.read_text(encoding="utf-8")


def test_init_switches_off_a_built_in_column_that_holds_something_else(desk, foreign):
    """A column `kind` with other words than person and company does not stop the scoring."""
    path = desk.folder / "mine.toml"
    desk.run("init", str(path), *foreign, *NOW)
    assert 'kind = "(no such column)"  # CHECK' in path.read_text(encoding="utf-8")


def test_init_comments_out_what_reads_an_attribute_of_another_type(desk):
    """Ranges of employees are no whole numbers, so the starter's bands are left out."""
    leads = desk.put("crm.csv", "lead_id,job_title,employees\nL1,CEO,51-200\n")
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--leads", str(leads), *NOW)
    assert result.exit_code == 0
    assert "employees" not in tomllib.loads(path.read_text(encoding="utf-8"))["attributes"]
    assert desk.scores(path, *NOW, "--leads", str(leads))["scores"][0]["fit"] == 20


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-10-01", {"zone": "UTC", "bare_dates": "noon"}),
        ("2026-10-01 10:00:00", {"zone": "UTC"}),
        ("2026-10-01T10:00:00Z", {}),
        ("13.10.2026 10:00", {"zone": "UTC", "dates": "dd.mm.yyyy"}),
        ("10/13/2026", {"zone": "UTC", "dates": "mm/dd/yyyy", "bare_dates": "noon"}),
        ("1793000000", {"unit": "s"}),
        ("1793000000000000", {"unit": "us"}),
    ],
)
def test_init_finds_how_times_are_written(desk, at, expected):
    """Each way of writing an instant gets the lines it needs, and the events are read."""
    leads = desk.put("crm.csv", "lead_id,job_title\nL1,CEO\n")
    events = desk.put("acts.csv", f"event_id,lead_id,kind,at\n1,L1,trial_start,{at}\n")
    files = ("--leads", str(leads), "--events", str(events))
    path = desk.folder / "mine.toml"
    assert desk.run("init", str(path), *files, *NOW).exit_code == 0
    assert tomllib.loads(path.read_text(encoding="utf-8")).get("files", {}).get("events", {}) == expected
    assert desk.scores(path, *NOW, *files)["scores"][0]["interest"] > 0


def test_init_reads_parquet_with_times_that_name_no_zone(desk):
    """A naive timestamp column of Parquet gets a zone, an aware one needs none."""
    import pyarrow as pa
    import pyarrow.parquet

    leads = desk.put("crm.csv", "lead_id\nL1\n")
    at = datetime(2026, 10, 1, 10, tzinfo=UTC)
    for name, zone, expected in (("naive", None, {"zone": "UTC"}), ("aware", "UTC", {})):
        column = pa.array([at.replace(tzinfo=None)], pa.timestamp("us", zone))
        columns = {"event_id": ["1"], "lead_id": ["L1"], "kind": ["trial_start"], "at": column}
        events = desk.folder / f"{name}.parquet"
        pa.parquet.write_table(pa.table(columns), events)
        files = ("--leads", str(leads), "--events", str(events))
        path = desk.folder / f"{name}.toml"
        assert desk.run("init", str(path), *files, *NOW).exit_code == 0
        assert tomllib.loads(path.read_text(encoding="utf-8")).get("files", {}).get("events", {}) == expected
        assert desk.scores(path, *NOW, *files)["scores"][0]["interest"] > 0


def test_init_reads_json_lines(desk):
    """Typed files are matched and checked the same way."""
    leads = desk.put("crm.jsonl", '{"id": 7, "title": "CTO", "employees": 20.5}\n{"id": 8, "title": "CEO"}\n')
    path = desk.folder / "mine.toml"
    assert desk.run("init", str(path), "--leads", str(leads), *NOW).exit_code == 0
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    assert document["columns"]["leads"]["job_title"] == "title"
    assert "employees" not in document["attributes"]
    assert {one["lead_id"]: one["fit"] for one in desk.scores(path, *NOW, "--leads", str(leads))["scores"]} == {
        "7": 20,
        "8": 20,
    }


def test_init_takes_the_one_column_that_speaks_of_time(desk):
    """An unfamiliar name with one timestamp in it is the instant."""
    leads = desk.put("crm.csv", "lead_id\nL1\n")
    events = desk.put("acts.csv", "id,CaseID,activity,CompleteTimestamp\n1,L1,download,2026-10-01T00:00:00Z\n")
    path = desk.folder / "mine.toml"
    assert desk.run("init", str(path), "--leads", str(leads), "--events", str(events), *NOW).exit_code == 0
    assert tomllib.loads(path.read_text(encoding="utf-8"))["columns"]["events"] == {
        "event_id": "id", "lead_id": "CaseID", "kind": "activity", "at": "CompleteTimestamp",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Activity ID,Contact ID,Type,When", ("Activity ID", "Contact ID", "Type", "When")),
        ("ID actividad,ID contacto,Tipo,Fecha y hora", ("ID actividad", "ID contacto", "Tipo", "Fecha y hora")),
        ("id_evento,id_cliente,Acción,Cuándo", ("id_evento", "id_cliente", "Acción", "Cuándo")),
        ("event_uuid,client_id,activity_name,occurred_on", ("event_uuid", "client_id", "activity_name", "occurred_on")),
        ("event_id,lead_id,kind,x7", ("event_id", "lead_id", "kind", "x7")),
    ],
)
def test_init_knows_common_words_for_the_columns_of_events(desk, header, columns):
    """English and Spanish exports are recognised; a lone column of times is the instant whatever it is called."""
    leads = desk.put("crm.csv", "lead_id\nL1\n")
    events = desk.put("acts.csv", f"{header}\n1,L1,download,2026-10-01T00:00:00Z\n")
    path = desk.folder / "mine.toml"
    result = desk.run("init", str(path), "--leads", str(leads), "--events", str(events), *NOW)
    assert result.exit_code == 0, result.stderr
    mapped = tomllib.loads(path.read_text(encoding="utf-8")).get("columns", {}).get("events", {})
    ours = ("event_id", "lead_id", "kind", "at")
    assert tuple(mapped.get(name, name) for name in ours) == columns


@pytest.mark.parametrize(
    ("name", "ours"), [("Fecha de alta", "created_at"), ("Plantilla", "employees"), ("Móvil", "phone")]
)
def test_init_knows_common_words_for_the_columns_of_leads(desk, name, ours):
    """Spanish exports of leads are recognised too."""
    values = {"created_at": "2026-10-01T00:00:00Z", "employees": "30", "phone": "+34"}
    leads = desk.put("crm.csv", f"ID contacto,{name}\nL1,{values[ours]}\n")
    path = desk.folder / "mine.toml"
    assert desk.run("init", str(path), "--leads", str(leads), *NOW).exit_code == 0
    assert tomllib.loads(path.read_text(encoding="utf-8"))["columns"]["leads"] == {"lead_id": "ID contacto", ours: name}


@pytest.mark.parametrize("header", ["id,lead_id,kind,a,b", "id,lead_id,kind,a,note"])
def test_init_names_the_way_for_a_column_that_it_does_not_know(desk, header):
    """Two columns of times, or none, leave the instant open: the playbook can say which it is."""
    cell = "x" if header.endswith("note") else "2026-10-01T00:00:00Z"
    events = desk.put("acts.csv", f"{header}\n1,L1,download,{cell},{cell}\n")
    path = desk.folder / "mine.toml"
    args = ("--leads", str(desk.put("crm.csv", "lead_id\nL1\n")), "--events", str(events))
    result = desk.run("init", str(path), *args, *NOW)
    assert result.exit_code == 1
    told = " ".join(result.stderr.split())
    assert "no column looks like `at`" in told
    assert '`leadqual init` without files, then write into the playbook, under [columns.events]: at = "its name' in told
    assert not path.exists()


def test_init_asks_whether_the_files_were_swapped(desk, foreign):
    """Leads given as events are asked about, once."""
    _, leads, _, events = foreign
    result = desk.run("init", str(desk.folder / "mine.toml"), "--leads", events, "--events", leads, *NOW)
    assert result.exit_code == 1
    assert result.stderr.count("Is this the leads file?") == 1


def test_init_takes_the_column_that_fits_of_two_with_one_meaning(desk):
    """Where the first column called so holds something else, the next one is taken."""
    leads = desk.put("crm.csv", "lead_id,Date created,Created\nL1,soon,2026-10-01T00:00:00Z\n")
    path = desk.folder / "mine.toml"
    assert desk.run("init", str(path), "--leads", str(leads), *NOW).exit_code == 0
    assert tomllib.loads(path.read_text(encoding="utf-8"))["columns"]["leads"] == {"created_at": "Created"}
