import datetime as dt

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leadqual.batch.border import stage, unreadable
from leadqual.errors import InputError
from leadqual.files import RowsError, read_base
from tests.batch.border.support import AT, OTHER, STAMP, events_of, leads_of, staged
from tests.files.support import NOW, playbook, put

GOOD = {"event_id": ["e1"], "lead_id": ["L1"], "kind": ["open"], "at": pa.array([AT], STAMP)}
LEADS = pa.table({"lead_id": ["L1"]})
BOOK = playbook(
    {"size": "integer", "title": "text"}, {"pages": "integer", "asset": "text"}, events={"missing": ["n/a"]}
)


def many(**columns):
    """Return three events, some of whose columns are these."""
    table = {name: column if isinstance(column, pa.Array) else pa.array(column) for name, column in GOOD.items()}
    table = {name: pa.concat_arrays([column] * 3) for name, column in table.items()}
    table["event_id"] = pa.array(["e1", "e2", "e3"])
    return pa.table(table | columns)


BAD_EVENTS = {
    "null ids": many(event_id=pa.array(["a", None, ""])),
    "missing words as ids": many(lead_id=pa.array(["n/a", "L1", "n/a"])),
    "null whole ids": many(event_id=pa.array([1, None, 2])),
    "floats as ids": many(lead_id=pa.array([1.0, float("nan"), 2.0])),
    "null kinds": many(kind=pa.array([None, "open", ""])),
    "null times": many(at=pa.array([None, AT, None], STAMP)),
    "early times": many(at=pa.array([-1, 0, 1], pa.int64()).cast(STAMP)),
    "late times": many(at=pa.array([AT, AT.replace(year=2199), AT.replace(year=2200)], STAMP)),
    "local times": many(at=pa.array([AT.replace(tzinfo=None)] * 3, pa.timestamp("us"))),
    "bare numbers": many(at=pa.array([1, 2, 3])),
    "nul in ids": many(event_id=pa.array(["a\0", "b", "c"])),
    "nul in kinds": many(kind=pa.array(["a", "b\0", "c"])),
    "nul in sources": many(source=pa.array(["a", "b", "\0c"])),
    "acts of others": many(by=pa.array(["lead", "them", "US"])),
    "acts as numbers": many(by=pa.array([1, None, 2])),
    "texts as numbers": many(pages=pa.array(["1", "n/a", None])),
    "everything": many(
        event_id=pa.array([None, "", "x\0"]), lead_id=pa.array([None, None, "L"]), kind=pa.array([None, "", "k"]),
        at=pa.array([None, -5, 2**62], pa.int64()).cast(STAMP), by=pa.array(["x", "us", None]),
        pages=pa.array([1.5, None, 2.0]), asset=pa.array(["\0", None, "a"]),
    ),
}  # fmt: skip


def refusal(call):
    """Return the text of an input error and its number of problems."""
    with pytest.raises(InputError) as caught:
        call()
    return type(caught.value), str(caught.value), caught.value.total


@pytest.mark.parametrize("name", BAD_EVENTS)
def test_bad_events_are_refused_word_for_word_as_files_refuse_them(tmp_path, name):
    """Kind of error, every problem with its row, column and hint, and how many there are."""
    leads, path = tmp_path / "leads.parquet", tmp_path / "events.parquet"
    pq.write_table(LEADS, leads)
    pq.write_table(BAD_EVENTS[name], path)
    expected = refusal(lambda: read_base(BOOK, leads=leads, events=path, now=NOW))
    assert refusal(lambda: staged(leads, path, BOOK)) == expected
    named = (expected[0], expected[1].replace(str(path), "events"), expected[2])
    for handed in (BAD_EVENTS[name], BAD_EVENTS[name].to_reader(), pl.from_arrow(BAD_EVENTS[name])):
        assert refusal(lambda handed=handed: staged(leads, handed, BOOK)) == named


@pytest.mark.parametrize("name", BAD_EVENTS)
def test_bad_events_are_left_out_and_counted_when_skipped(tmp_path, name):
    """As many rows stay as the readers of files keep, with the same problems on record."""
    leads, path = tmp_path / "leads.parquet", tmp_path / "events.parquet"
    pq.write_table(LEADS, leads)
    pq.write_table(BAD_EVENTS[name], path)
    report = read_base(BOOK, leads=leads, events=path, now=NOW, bad_rows="skip").report
    connection, found = staged(leads, path, BOOK, bad_rows="skip")
    assert (found.events.rows, found.events.bad_rows) == (report.event_rows, report.bad_rows)
    assert len(events_of(connection)) == 3 - report.bad_rows
    assert (found.problems, found.total) == (report.problems, report.total)


@pytest.mark.parametrize(
    "columns",
    [
        {"lead_id": ["L1"], "kind": ["robot"]},
        {"lead_id": ["L1"], "acquisition": ["in bound"]},
        {"lead_id": [None], "size": pa.array([2**64 - 1], pa.uint64())},
        {"lead_id": ["L1"], "since": pa.array([-1], pa.int64()).cast(STAMP)},
        {"lead_id": ["L1"], "email": ["a\0@b.example"]},
        {"lead_id": [True]},
        {"LeadId": ["L1"]},
        {"event_id": ["e1"], "kind": ["open"], "at": [1]},
    ],
)
def test_bad_leads_are_refused_word_for_word_as_files_refuse_them(tmp_path, columns):
    """Words of leads, integers out of range, instants, texts, ids, and columns that are not there."""
    path = tmp_path / "leads.parquet"
    pq.write_table(pa.table(columns), path)
    expected = refusal(lambda: read_base(BOOK, leads=path, now=NOW))
    assert refusal(lambda: staged(path, None, BOOK)) == expected
    named = (expected[0], expected[1].replace(str(path), "leads"), expected[2])
    assert refusal(lambda: staged(pa.table(columns), None, BOOK)) == named


def test_all_problems_of_both_tables_come_at_once(tmp_path):
    """Files that cannot be used come before rows."""
    leads = put(tmp_path, "leads.csv", "lead_id,kind\nL1,robot\n")
    events = tmp_path / "events.parquet"
    pq.write_table(
        pa.table({"event": ["e1"], "lead_id": ["L1"], "kind": ["open"], "at": pa.array([AT], STAMP)}), events
    )
    expected = refusal(lambda: read_base(BOOK, leads=leads, events=[events, tmp_path / "none.csv"], now=NOW))
    kind, text, total = refusal(lambda: staged(leads, [events, tmp_path / "none.csv"], BOOK))
    assert (kind, sorted(text.splitlines()), total) == (InputError, sorted(expected[1].splitlines()), 3)


def test_a_hundred_problems_are_told_and_all_are_counted(tmp_path):
    """The first of each file, until there are a hundred."""
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.parquet")
        pq.write_table(pa.table(GOOD | {name: GOOD[name] * 80 for name in ("lead_id", "kind")}
                                | {"event_id": [None] * 80, "at": pa.array([AT] * 80, STAMP)}), paths[-1])  # fmt: skip
    expected = refusal(lambda: read_base(BOOK, leads=put(tmp_path, "l.csv", "lead_id\nL1\n"), events=paths, now=NOW))
    found = refusal(lambda: staged(LEADS, paths, BOOK))
    assert found == expected
    assert found[0] is RowsError
    assert found[2] == 240
    assert "… and 140 more problems" in found[1]


def test_rows_are_numbered_in_the_order_of_a_large_table(tmp_path):
    """Also where several threads read several row groups, on a connection that may mix rows up."""
    ids = [f"e{number}" for number in range(300_000)]
    ids[250_001] = ids[7] = None
    n = len(ids)
    table = pa.table({"event_id": ids, "lead_id": range(n), "kind": ["open"] * n, "at": pa.array([AT] * n, STAMP)})
    path = tmp_path / "events.parquet"
    pq.write_table(table, path, row_group_size=20_000)
    connection = duckdb.connect(config={"preserve_insertion_order": False, "threads": 4})
    for handed, name in ((path, str(path)), (table, "events"), (table.to_reader(max_chunksize=5_000), "events")):
        _, text, total = refusal(lambda handed=handed: stage(connection, BOOK, leads=[], events=handed))
        assert [line.split(": ")[0] for line in text.splitlines()] == [f"{name}:8:event_id", f"{name}:250002:event_id"]
        assert total == 2
    assert connection.execute("SELECT current_setting('preserve_insertion_order')").fetchall() == [(False,)]


def test_what_is_no_table_is_refused():
    """The message says what may be handed in, and never shows the value."""
    for handed in (7, b"leads.csv", {"lead_id": ["L1"]}, [7], object(), ["a.csv", None]):
        kind, text, _ = refusal(lambda handed=handed: staged(handed))
        assert kind is InputError
        assert text.startswith(("leads: a table was expected (got ", "a.csv: "))
        assert "a Polars LazyFrame, a DuckDB relation" in text


def test_a_pattern_without_files_is_refused(tmp_path):
    """A glob that matches nothing is a mistake, not an empty table."""
    _, text, _ = refusal(lambda: staged(LEADS, str(tmp_path / "*.parquet")))
    assert text.endswith("/*.parquet: no file matches (got a pattern). Check the pattern and the folder.")


def test_a_frame_that_is_no_arrow_is_refused_with_its_column():
    """Columns of mixed objects: the one to blame is named, its values are not; one nobody reads does not matter."""
    frame = pd.DataFrame({"lead_id": ["L1", "L2"], "title": ["secret", 7], "junk": [object(), 1]})
    _, text, _ = refusal(lambda: staged(frame, None, BOOK))
    assert text == "leads:title: the column cannot be read (got ArrowTypeError). Check it, or write it again."
    connection, _ = staged(frame.drop(columns="title"), None, BOOK)
    assert len(leads_of(connection)) == 2


def test_a_stream_that_breaks_is_refused():
    """What goes wrong inside a stream becomes an input error, and nothing stays behind."""

    def batches():
        yield pa.record_batch({"lead_id": ["L1"]})
        raise ValueError("secret")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("lead_id", pa.string())]), batches())
    connection = duckdb.connect()
    _, text, _ = refusal(lambda: stage(connection, BOOK, leads=reader))
    assert text.startswith("leads: the table cannot be read (got ")
    assert "secret" not in text
    assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


def test_a_relation_that_fails_is_refused():
    """A relation is a query; its failure does not show values."""
    relation = OTHER.sql("SELECT error('secret') AS lead_id")
    _, text, _ = refusal(lambda: staged(relation))
    assert text.startswith("leads: the table cannot be read (got ")
    assert "secret" not in text


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"x" * 100 + b"PAR1", b"lead_id\nL1\n"])
def test_parquet_that_is_broken_is_refused_as_files_refuse_it(tmp_path, content):
    """Whatever DuckDB thinks of it."""
    path = put(tmp_path, "leads.parquet", content)
    assert refusal(lambda: staged(path)) == refusal(lambda: read_base(playbook(), leads=path, now=NOW))


def test_parquet_with_broken_pages_is_refused_by_the_engine(tmp_path):
    """Damage that no footer shows is met when the view is read; the error names the files."""
    path = tmp_path / "leads.parquet"
    pq.write_table(pa.table({"lead_id": range(10_000)}), path)
    data = bytearray(path.read_bytes())
    data[100:5000] = bytes(4900)
    connection, found = staged(put(tmp_path, "leads.parquet", bytes(data)), None, playbook())
    with pytest.raises(duckdb.Error) as caught:
        leads_of(connection)
    text = str(unreadable(found, caught.value))
    assert text.startswith(f"{path}: the table cannot be read (got ")


def test_words_for_bad_rows_are_two():
    """Anything else is refused at once."""
    _, text, _ = refusal(lambda: staged(LEADS, bad_rows="ignore"))
    assert text == 'bad_rows: a known word was expected (got \'ignore\'). Write "fail" or "skip".'


def test_a_wrong_format_is_refused(tmp_path):
    """As the readers of files refuse it."""
    book = playbook(leads={"zone": "Mars/Olympus"})
    assert refusal(lambda: staged(LEADS, None, book)) == refusal(
        lambda: read_base(book, leads=put(tmp_path, "l.csv", "lead_id\n"), now=NOW)
    )


def test_instants_of_csv_are_told_with_their_line(tmp_path):
    """Through the readers of files a problem is theirs; rows behind the first batch keep their lines."""
    rows = [f"e{number},L1,open,2026-03-01T00:00:00Z" for number in range(60_000)]
    rows[55_000] = "e,L1,open,soon"
    path = put(tmp_path, "events.csv", "\n".join(["event_id,lead_id,kind,at", *rows]))
    _, text, total = refusal(lambda: staged(LEADS, path, BOOK))
    assert text.startswith(f"{path}:55002:at: an instant was expected (got a text of 4 characters).")
    assert total == 1
    connection, found = staged(LEADS, path, BOOK, bad_rows="skip")
    assert (found.events.rows, found.events.bad_rows) == (60_000, 1)
    assert len(events_of(connection)) == 59_999
    assert dt.datetime(2026, 3, 1, tzinfo=dt.UTC).timestamp() * 10**6 == events_of(connection)[0]["lq_us"]


def test_kinds_of_files_that_nobody_knows_are_refused_as_files_refuse_them(tmp_path):
    """Spreadsheets, and folders without an ending."""
    for name in ("leads.xlsx", "leads"):
        path = put(tmp_path, name, "x")
        assert refusal(lambda path=path: staged(path)) == refusal(
            lambda path=path: read_base(BOOK, leads=path, now=NOW)
        )


def test_one_broken_file_among_others_is_named_alone(tmp_path):
    """The others can be opened; so can a file with no column at all, which lacks what every table needs."""
    good, bad, bare = (tmp_path / f"{name}.parquet" for name in ("good", "bad", "bare"))
    pq.write_table(LEADS, good)
    bad.write_bytes(b"PAR1")
    pq.write_table(pa.table({}), bare)
    expected = refusal(lambda: read_base(BOOK, leads=[good, bad, bare], now=NOW))
    found = refusal(lambda: staged([good, bad, bare], None, BOOK))
    assert (found[0], sorted(found[1].splitlines()), found[2]) == (
        expected[0], sorted(expected[1].splitlines()), 2,
    )  # fmt: skip


def test_a_path_of_bytes_is_refused():
    """Paths are text."""

    class Bytes:
        def __fspath__(self):
            return b"leads.csv"

    _, text, _ = refusal(lambda: staged(Bytes()))
    assert text.startswith("leads: a table was expected (got bytes).")


def test_a_lazy_table_that_collects_to_no_table_is_refused():
    """Only what speaks Arrow can be read."""

    class Odd:
        def collect(self):
            return [1]

        def collect_schema(self):
            return {}

    _, text, _ = refusal(lambda: staged(Odd()))
    assert text.startswith("leads: a table was expected (got list).")


def test_an_index_of_pandas_that_is_no_arrow_blames_no_column():
    """The columns are sound; what stands beside them is not."""
    frame = pd.DataFrame({"lead_id": ["L1", "L2"]}, index=[object(), 1])
    _, text, _ = refusal(lambda: staged(frame))
    assert text.startswith("leads: the table cannot be read (got ")


def test_empty_cells_of_csv_are_told_where_a_value_is_needed(tmp_path):
    """The same words through the readers of files."""
    path = put(tmp_path, "leads.csv", "lead_id,title\n,x\nL1,y\n")
    assert refusal(lambda: staged(path, None, BOOK)) == refusal(lambda: read_base(BOOK, leads=path, now=NOW))
    connection, found = staged(path, None, BOOK, bad_rows="skip")
    assert [row["lq_lead"] for row in leads_of(connection)] == ["L1"]
    assert (found.leads.rows, found.leads.bad_rows) == (2, 1)
