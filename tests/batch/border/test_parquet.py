import shutil
import subprocess
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leadqual.batch.border import stage
from leadqual.batch.border.parquet import footers_of, groups_of
from leadqual.errors import InputError
from leadqual.files import read_base
from leadqual.scoring.model import ScoringModel
from tests.batch.border.support import AT, MICROS, OTHER, STAMP, events_of, leads_of, staged
from tests.files.support import NOW, playbook

EVENTS = pa.table({"event_id": [1], "lead_id": [7], "kind": ["open"], "at": pa.array([AT], STAMP)})
LEADS = pa.table({"lead_id": [7]})
NAMES = [
    'a"b', "a'b", "a;b", "select", "lead.id", "a, b", "ñandú", "x" * 200, "c0", "lq_lead", "file_row_number",
    "^.*$", "*",
    "A B", "😀",
]  # fmt: skip


def scans(connection):
    """Return how a query over the events reads its file."""
    return connection.execute("EXPLAIN SELECT count(*), max(lq_us) FROM lq_events_in").fetchall()[0][1]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_of_columns_are_only_names(tmp_path, name):
    """Quotes, keywords, patterns, our own names and names beyond 63 bytes, in every kind of table."""
    book = playbook({"title": "text"}, columns={"leads": {"title": name}})
    table = pa.table({"lead_id": ["L1"], name: ["CTO"], "other": ["x"]})
    path = tmp_path / "leads.parquet"
    pq.write_table(table, path)
    frames = [
        path,
        table,
        table.to_reader(),
        pl.from_arrow(table),
        pl.LazyFrame(pl.from_arrow(table)),
        table.to_pandas(),
    ]
    frames.append(OTHER.from_arrow(table))
    for handed in frames:
        connection, _ = staged(handed, None, book)
        assert [(row["lq_lead"], row["a_title"]) for row in leads_of(connection)] == [("L1", "CTO")], type(handed)


def test_names_that_differ_in_case_are_two_columns(tmp_path):
    """DuckDB would take one for the other; the readers of files do not."""
    book = playbook({"title": "text", "name": "text"}, columns={"leads": {"title": "NAME"}})
    table = pa.table({"NAME": ["CTO"], "lead_id": ["L1"], "name": ["Ana"], "LEAD_ID": ["no"]})
    path = tmp_path / "leads.parquet"
    pq.write_table(table, path)
    for handed in (path, table, table.to_reader(), pl.from_arrow(table)):
        connection, _ = staged(handed, None, book)
        (row,) = leads_of(connection)
        assert (row["lq_lead"], row["a_title"], row["a_name"]) == ("L1", "CTO", "Ana")


@pytest.mark.parametrize("known", [[0.0, 0.0], [0.0, 1.0], [-1.5, 2.0], []])
@pytest.mark.parametrize("kind", [pa.float32(), pa.float64()])
def test_nan_that_the_statistics_leave_out_is_no_value(tmp_path, kind, known):
    """Most writers leave NaN out of least and greatest; DuckDB then believes that there is none."""
    book = playbook({"revenue": "number"}, {"price": "number"})
    values = pa.array([*known, float("nan")], kind)
    leads, events = tmp_path / "leads.parquet", tmp_path / "events.parquet"
    pq.write_table(pa.table({"lead_id": list(range(len(values))), "revenue": values}), leads)
    pq.write_table(
        pa.table(
            {
                "event_id": list(range(len(values))),
                "lead_id": [0] * len(values),
                "kind": ["open"] * len(values),
                "at": pa.array([AT] * len(values), STAMP),
                "price": values,
            }
        ),
        events,
    )
    connection, _ = staged(leads, events, book)
    assert [row["a_revenue"] for row in leads_of(connection)] == [*known, None]
    assert [row["p_price"] for row in events_of(connection)] == [*known, None]


def test_two_columns_of_one_name_are_refused_when_wanted(tmp_path):
    """Which one is meant is not guessed; two that nobody reads do not matter."""
    path = tmp_path / "leads.parquet"
    for names in (["lead_id", "lead_id", "x"], ["lead_id", "x", "x"]):
        table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"]), pa.array(["c"])], names=names)
        pq.write_table(table, path)
        for handed in (path, table, table.to_reader()):
            if names[1] == "x":
                connection, _ = staged(handed)
                assert [row["lq_lead"] for row in leads_of(connection)] == ["a"]
            else:
                with pytest.raises(InputError, match="two columns have the same name"):
                    staged(handed)


@pytest.mark.parametrize(
    "name", ["a[1].parquet", "a*b?.parquet", "we'i\"rd; drop.parquet", "~x.parquet", "ñ 文.pq", "a\\[b.parquet"]
)
def test_hostile_names_of_files_are_only_names(tmp_path, name):
    """A pattern in the name of a file that exists is no pattern, and its neighbours are not read."""
    for other in ("a1.parquet", "axbx.parquet", name):
        pq.write_table(pa.table({"lead_id": [other]}), tmp_path / other)
    connection, found = staged(str(tmp_path / name))
    assert [row["lq_lead"] for row in leads_of(connection)] == [name]
    assert found.leads.rows == 1


def test_globs_are_expanded(tmp_path):
    """Also over folders; files may have different columns, and their folders' names are no columns."""
    (tmp_path / "title=x").mkdir()
    pq.write_table(pa.table({"lead_id": ["L1"], "title": ["CTO"]}), tmp_path / "title=x" / "1.parquet")
    pq.write_table(pa.table({"lead_id": ["L2"]}), tmp_path / "title=x" / "2.parquet")
    pq.write_table(pa.table({"lead_id": ["L3"]}), tmp_path / "3.parquet")
    connection, found = staged(str(tmp_path / "**" / "*.parquet"), None, playbook({"title": "text"}))
    assert [(row["lq_lead"], row["a_title"]) for row in leads_of(connection)] == [
        ("L1", "CTO"),
        ("L2", None),
        ("L3", None),
    ]
    assert found.leads.rows == 3
    assert len(found.warnings) == 2


def test_absent_columns_are_warned_of_as_files_warn(tmp_path):
    """With did you mean; what neither the playbook declares nor maps is not missed."""
    path = tmp_path / "leads.parquet"
    pq.write_table(pa.table({"lead_id": ["L1"], "Title": ["x"]}), path)
    book = playbook({"title": "text"})
    warnings = read_base(book, leads=path, now=NOW).report.warnings
    assert staged(path, None, book)[1].warnings == warnings
    assert "Did you mean `Title`?" in warnings[0]


def test_a_file_handed_in_twice_is_read_twice(tmp_path):
    """Copies are for the program to find."""
    path = tmp_path / "events.parquet"
    pq.write_table(EVENTS, path)
    connection, found = staged(LEADS, [path, str(path)])
    assert len(events_of(connection)) == found.events.rows == 2


def test_whole_ids_and_instants_are_read_without_a_cast(tmp_path):
    """The view names the columns of the file; nothing is worked out for each row but the microseconds."""
    path = tmp_path / "events.parquet"
    pq.write_table(EVENTS, path)
    connection, found = staged(LEADS, path, playbook())
    text = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'lq_events_in'").fetchall()[0][0]
    for plain in ("c0 AS lq_event", "c1 AS lq_lead", "c2 AS lq_kind", "epoch_us(c3) AS lq_us"):
        assert plain in text
    assert found.events.absent == {"lq_source", "lq_own"}
    assert "PARQUET" in scans(connection)


def test_columns_that_nobody_asks_for_are_not_read(tmp_path):
    """A view is lazy: a query over two columns reads two, of a file and of a frame."""
    pq.write_table(EVENTS, tmp_path / "events.parquet")
    for handed in (tmp_path / "events.parquet", EVENTS):
        connection, _ = staged(LEADS, handed)
        plan = scans(connection)
        assert "c3" in plan or "at" in plan
        assert "c2" not in plan


def test_footers_spare_a_look_at_the_values(tmp_path):
    """Nulls and bounds of numbers and instants are known without reading; where they are not, they are unknown."""
    table = pa.table({
        "whole": pa.array([3, None, -4]),
        "double": [1.5, -2.5, None],
        "inner": pa.array([{"a": 1}, None, None]),
        "at": pa.array([1, 2, 3], STAMP),
        "fine": pa.array([1, 2, 3999], pa.timestamp("ns", "UTC")),
        "text": ["a", None, "b"],
        "day": pa.array([0, None, 1], pa.int32()).cast(pa.date32()),
    })  # fmt: skip
    path = tmp_path / "one.parquet"
    pq.write_table(table, path, row_group_size=2)
    connection = duckdb.connect()
    ((group,), closed) = groups_of(connection, [path])
    rows, footers = footers_of(connection, group)
    found = {group.names[place]: (footer.nulls, footer.low, footer.high) for place, footer in footers.items()}
    assert (rows, closed) == (3, [])
    assert found == {
        "whole": (1, -4, 3),
        "double": (1, -2.5, 1.5),
        "at": (0, 1, 3),
        "fine": (0, 0, 3),
        "text": (1, None, None),
        "day": (1, 0, 86_400_000_000),
    }
    pq.write_table(table, path, write_statistics=False)
    ((group,), _) = groups_of(connection, [path])
    assert all(footer.low is None for footer in footers_of(connection, group)[1].values())


def test_files_without_statistics_are_looked_at(tmp_path):
    """What footers do not say is counted: the problems are the same."""
    table = pa.table({"event_id": [1, None], "lead_id": [1, 2], "kind": ["k", "k"], "at": pa.array([-1, 2**62], STAMP)})
    texts = []
    for statistics in (True, False):
        path = tmp_path / "events.parquet"
        pq.write_table(table, path, write_statistics=statistics)
        with pytest.raises(InputError) as caught:
            staged(LEADS, path)
        texts.append(str(caught.value))
    assert texts[0] == texts[1]
    assert len(texts[0].splitlines()) == 3


def test_empty_files_are_empty_tables(tmp_path):
    """Without rows, and without row groups."""
    for rows in (EVENTS.slice(0, 0), EVENTS.slice(0, 0).to_reader().read_all()):
        path = tmp_path / "events.parquet"
        pq.write_table(rows, path)
        connection, found = staged(LEADS, path)
        assert (events_of(connection), found.events.rows, found.events.native) == ([], 0, True)


def test_old_timestamps_of_96_bits_are_local_times(tmp_path):
    """As pyarrow reads them: in the file's zone, or refused."""
    path = tmp_path / "events.parquet"
    at = pa.array([AT.replace(tzinfo=None)], pa.timestamp("us"))
    pq.write_table(EVENTS.set_column(3, "at", at), path, use_deprecated_int96_timestamps=True)
    for zone, micros in (("UTC", MICROS), ("Europe/Madrid", MICROS - 3_600_000_000)):
        connection, found = staged(LEADS, path, playbook(events={"zone": zone}))
        assert [row["lq_us"] for row in events_of(connection)] == [micros]
        assert found.events.native == (zone == "UTC")
    with pytest.raises(InputError, match="the time has no zone"):
        staged(LEADS, path)


def test_a_zone_of_the_connection_changes_nothing(tmp_path):
    """Instants are counted, never shown and read again."""
    path = tmp_path / "events.parquet"
    pq.write_table(EVENTS, path)
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'America/New_York'").fetchall()
    for handed in (path, EVENTS, EVENTS.to_reader()):
        stage(connection, playbook(), leads=LEADS, events=handed)
        assert connection.execute("SELECT lq_us FROM lq_events_in").fetchall() == [(MICROS,)]


def test_a_model_alone_reads_names_as_they_are():
    """Without a playbook nothing is mapped, and formats are the usual ones."""
    model = ScoringModel(attributes={"title": "text"}, properties={"pages": "integer"})
    connection, found = staged(
        pa.table({"lead_id": ["L1"], "title": ["CTO"]}), EVENTS.append_column("pages", [[3]]), model
    )
    assert leads_of(connection)[0]["a_title"] == "CTO"
    assert events_of(connection)[0]["p_pages"] == 3
    assert found.lead_id_type == "TEXT"


def test_progress_ends_at_the_bytes_of_all_files(tmp_path):
    """Files that DuckDB reads itself are done at once, the others step by step."""
    leads, events = tmp_path / "leads.parquet", tmp_path / "events.csv"
    pq.write_table(LEADS, leads)
    events.write_text("event_id,lead_id,kind,at\n" + "e1,7,open,2026-03-01T00:00:00Z\n" * 50_000)
    seen = []
    staged(leads, events, progress=lambda *step: seen.append(step))
    total = leads.stat().st_size + events.stat().st_size
    assert len(seen) > 2
    assert seen[-1] == (total, total)


def test_dropping_leaves_the_connection_as_it_was(tmp_path):
    """Views, tables and frames go; the user's own stay."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE mine AS SELECT 1 AS a")
    csv = tmp_path / "leads.csv"
    csv.write_text("lead_id\nL1\n")
    found = stage(connection, playbook(), leads=[csv, LEADS], events=EVENTS.to_reader())
    assert len(leads_of(connection)) == 2
    found.drop()
    found.drop()
    assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("mine",)]
    assert connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() == []


def test_staging_twice_on_one_connection_takes_the_last(tmp_path):
    """Whatever kind of thing was there before."""
    connection = duckdb.connect()
    path = tmp_path / "leads.parquet"
    for number, kind in enumerate(("table", "reader", "path", "csv", "table", "csv", "path", "reader")):
        table = pa.table({"lead_id": [f"L{number}"]})
        pq.write_table(table, path)
        csv = tmp_path / "leads.csv"
        csv.write_text(f"lead_id\nL{number}\n")
        handed = {"table": table, "reader": table.to_reader(), "path": path, "csv": csv}[kind]
        stage(connection, playbook(), leads=handed)
        assert [row["lq_lead"] for row in leads_of(connection)] == [f"L{number}"]


def test_only_what_is_needed_is_imported(tmp_path):
    """Parquet needs no pyarrow, an Arrow table no pandas and no Polars; without pyarrow, the extra is named."""
    pq.write_table(LEADS, tmp_path / "leads.parquet")
    pq.write_table(EVENTS, tmp_path / "events.parquet")
    (tmp_path / "leads.csv").write_text("lead_id\nL1\n")
    script = """
import sys
sys.modules["pyarrow"] = None
import duckdb
from leadqual.batch.border import stage
from leadqual.errors import MissingExtra
from tests.files.support import playbook
folder = sys.argv[1]
found = stage(duckdb.connect(), playbook(), leads=f"{folder}/leads.parquet", events=f"{folder}/events.parquet")
print(found.leads.rows, found.events.rows, {"pandas", "polars", "numpy"} & sys.modules.keys())
try:
    stage(duckdb.connect(), playbook(), leads=f"{folder}/leads.csv")
except MissingExtra as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src:."},
    )
    first, last = done.stdout.splitlines()
    assert first == "1 1 set()"
    assert last == "Data frames and text files need pyarrow here: pip install 'leadqual[batch]'"


def test_a_missing_engine_names_the_extra():
    """The line to run, as every extra has one."""
    script = """
import sys
sys.modules["duckdb"] = None
from leadqual.batch.border.extra import duckdb
from leadqual.errors import MissingExtra
try:
    duckdb()
except MissingExtra as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src:."}
    )
    assert done.stdout == "Scoring tables needs duckdb: pip install 'leadqual[batch]'\n"


def test_a_file_that_changes_afterwards_is_read_as_it_is(tmp_path):
    """A view over a file is lazy: what is staged is the file, not a copy."""
    path = tmp_path / "leads.parquet"
    pq.write_table(LEADS, path)
    connection, _ = staged(path)
    other = tmp_path / "other.parquet"
    pq.write_table(pa.table({"lead_id": [8, 9]}), other)
    shutil.move(other, path)
    assert [row["lq_lead"] for row in leads_of(connection)] == [8, 9]
