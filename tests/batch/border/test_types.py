import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leadqual.errors import InputError
from leadqual.files import read_events
from tests.batch.border.support import AT, MICROS, OTHER, STAMP, events_of, kept, staged
from tests.files.support import playbook

L = 7_258_118_400  # seconds from 1970 to 2200
NAN, INF = float("nan"), float("inf")
BIG = [2**63 - 1, -(2**63), 2**53 + 1, 0, 1, None]
COLUMNS = {
    "string": pa.array(["x", "", "n/a", None, "ñ", "1", "true", "a|b", '["q"]', "2026-03-01", "2026-03-01T09:30:00Z"]),
    "large_string": pa.array(["x", None], pa.large_string()),
    "string_view": pa.array(["x", "n/a", None], pa.string_view()),
    "dictionary": pa.array(["x", "n/a", None, "x"]).dictionary_encode(),
    "nul": pa.array(["a\0b", "x"]),
    "blanks": pa.array(["", "n/a", None]),
    "int8": pa.array([1, 0, -1, None], pa.int8()),
    "int32": pa.array([1, 0, -(2**31), None], pa.int32()),
    "int64": pa.array(BIG),
    "zeros": pa.array([0, 1, None]),
    "uint32": pa.array([1, 2**32 - 1, None], pa.uint32()),
    "uint64": pa.array([1, 2**64 - 1, 2**63, 2**63 - 1, None], pa.uint64()),
    "seconds": pa.array([0, L - 1, L, -1, None]),
    "millis": pa.array([0, L * 1000 - 1, L * 1000, -1, None]),
    "micros": pa.array([0, L * 10**6 - 1, L * 10**6, -1, None]),
    "nanos": pa.array([0, L * 10**9 - 1, L * 10**9, -1, 999, 1000, None]),
    "float32": pa.array([0.1, -0.0, NAN, None, INF], pa.float32()),
    "float64": pa.array([0.1, -0.0, NAN, None, 1e300, 5e-324, 3.0]),
    "infinite": pa.array([1.0, -INF, INF]),
    "nans": pa.array([NAN, None]),
    "decimal0": pa.array([Decimal(7), Decimal(-(10**17)), None], pa.decimal128(18, 0)),
    "decimal38": pa.array([Decimal(2**63), Decimal(2**63 - 1), Decimal(-(2**63)), None], pa.decimal128(38, 0)),
    "decimal2": pa.array([Decimal("0.10"), Decimal("-123.45"), None], pa.decimal128(15, 2)),
    "decimal30": pa.array(
        [Decimal("123456789012345678.901"), Decimal("0.001"), Decimal("9007199254740993.000"), None],
        pa.decimal128(30, 3),
    ),
    "decimal256": pa.array([Decimal(7), None], pa.decimal256(40, 0)),
    "boolean": pa.array([True, False, None]),
    "date32": pa.array([dt.date(2026, 3, 1), dt.date(1, 1, 1), dt.date(9999, 12, 31), None]),
    "date64": pa.array([dt.date(2026, 3, 1), None], pa.date64()),
    "utc us": pa.array([AT, AT.replace(microsecond=1), None], STAMP),
    "utc ms": pa.array([0, L * 1000 - 1, L * 1000, -1, None], pa.int64()).cast(pa.timestamp("ms", "Etc/UTC")),
    "utc ns": pa.array([0, L * 10**9 - 1, L * 10**9, -1, 1999, None], pa.int64()).cast(pa.timestamp("ns", "UTC")),
    "madrid s": pa.array([0, L - 1, L, -1, None], pa.int64()).cast(pa.timestamp("s", "Europe/Madrid")),
    "far ms": pa.array([2**62, -(2**62), 0], pa.int64()).cast(pa.timestamp("ms", "UTC")),
    "far us": pa.array([2**63 - 1, -(2**63) + 1, 0], pa.int64()).cast(STAMP),
    "local us": pa.array([MICROS, L * 10**6, L * 10**6 - 1, -1, 0, None], pa.int64()).cast(pa.timestamp("us")),
    "local ns": pa.array([MICROS * 1000 + 999, -1, 0, None], pa.int64()).cast(pa.timestamp("ns")),
    "local s": pa.array([0, L, -1, None], pa.int64()).cast(pa.timestamp("s")),
    "time": pa.array([1, None], pa.time64("us")),
    "duration": pa.array([1, None], pa.duration("us")),
    "binary": pa.array([b"x", None]),
    "list": pa.array([["a", "b"], ["a", "", None, "", "c"], [], [""], [None], None, ["ñ"], ["n/a"]]),
    "large_list": pa.array([["a"], None], pa.large_list(pa.large_string())),
    "fixed list": pa.array([["a", "b"], None], pa.list_(pa.string(), 2)),
    "nul list": pa.array([["a\0"], ["b"]]),
    "int list": pa.array([[1], [], None]),
    "struct": pa.array([{"a": 1}, None]),
    "null": pa.nulls(3),
    "empty": pa.array([], pa.string()),
}  # fmt: skip
TYPES = ("text", "integer", "number", "boolean", "date", "instant", "list")
FORMATS = {
    "plain": {},
    "utc": {"zone": "UTC", "unit": "s", "missing": ["n/a"]},
    "madrid": {"zone": "Europe/Madrid", "unit": "ns", "bare_dates": "noon"},
    "millis": {"unit": "ms", "missing": ["n/a", "x", "n'a"]},
    "micros": {"unit": "us"},
}
NATIVE = {
    "text": ("string", "dictionary", "int64", "uint64", "float64", "boolean", "utc us", "list", "null"),
    "integer": ("int8", "int64", "uint64", "decimal38", "string", "float64"),
    "number": ("int64", "float32", "float64", "decimal2", "decimal30", "string"),
    "boolean": ("boolean", "int8", "int64", "date32"),
    "date": ("date32", "int64", "local us"),
    "instant": ("utc us", "utc ms", "utc ns", "local us", "int64", "boolean"),
    "list": ("list", "large_list", "int64"),
}


def table(column):
    """Return events that differ in one property."""
    n = len(column)
    ids = {"event_id": pa.array(range(n), pa.int64()), "lead_id": pa.array(range(n), pa.int64())}
    return pa.table({**ids, "kind": pa.array(["open"] * n), "at": pa.array([AT] * n, STAMP), "p": column})


def from_files(path, book):
    """Return what the readers of files make of events: values in their order, or the problems."""
    try:
        return [kept(event.properties.get("p")) for event in read_events(path, book)]
    except InputError as error:
        return str(error).replace(str(path), "events")


def from_border(handed, book, **more):
    """Return what the border makes of events, in the same way, and whether DuckDB read them itself."""
    try:
        connection, found = staged([], handed, book, **more)
    except InputError as error:
        return str(error).replace(str(handed) if isinstance(handed, Path) else "\0", "events"), None
    rows = sorted(events_of(connection), key=lambda row: int(row["lq_event"]))
    return [row["p_p"] for row in rows], found.events.native


@pytest.mark.parametrize(
    "name", [name for name in COLUMNS if name != "duration"]
)  # only Arrow knows that it is no whole number
def test_every_type_means_what_the_readers_of_files_say(tmp_path, name):
    """Each Arrow type under each declared type and format: the same values, or the same problems word for word."""
    column, path = COLUMNS[name], tmp_path / "one.parquet"
    pq.write_table(table(column), path)
    events = pq.read_table(path)  # Parquet keeps some types as others
    for type_name in TYPES:
        for label, written in FORMATS.items():
            if type_name != "instant" and label not in ("plain", "utc"):
                continue
            book = playbook({}, {"p": type_name}, events=written)
            expected = from_files(path, book)
            streams = [events.to_reader(max_chunksize=2)] if label == "plain" else []
            for handed in (path, events, *streams):
                found, native = from_border(handed, book)
                assert repr(found) == repr(expected), (type_name, label, type(handed))
                if label == "plain" and name in NATIVE[type_name] and native is not None:
                    assert native, (type_name, type(handed))


@pytest.mark.parametrize(
    "name", ["string_view", "large_list", "decimal256", "madrid s", "local s", "duration", "date64"]
)
def test_types_that_parquet_has_not_mean_the_same_in_memory(tmp_path, name):
    """Frames of other libraries have them; the same values under types of Parquet are the measure."""
    column, path = COLUMNS[name], tmp_path / "one.parquet"
    pq.write_table(table(column), path)
    for type_name in TYPES:
        book = playbook({}, {"p": type_name}, events=FORMATS["utc"])
        assert repr(from_border(table(column), book)[0]) == repr(from_files(path, book)), type_name


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_that_cannot_be_read_are_left_out_when_skipped(tmp_path, name):
    """What is left is what remains when the bad rows are taken out one by one; they are counted."""
    column, path = COLUMNS[name], tmp_path / "one.parquet"
    for type_name in TYPES:
        book = playbook({}, {"p": type_name}, events=FORMATS["micros"])
        good = []
        for at in range(len(column)):
            pq.write_table(table(column.slice(at, 1)), path)
            one = from_files(path, book)
            good += one if isinstance(one, list) else []
        connection, found = staged([], table(column), book, bad_rows="skip")
        rows = sorted(events_of(connection), key=lambda row: int(row["lq_event"]))
        assert repr([row["p_p"] for row in rows]) == repr(good), type_name
        assert (found.events.rows, found.events.bad_rows) == (len(column), len(column) - len(good))
        assert found.total == len(found.problems) == found.events.bad_rows


def test_a_separator_in_a_list_is_refused(tmp_path):
    """The staged table puts U+001F between texts; in a text of a list it would make two of one."""
    column = pa.array([["a"], ["b\x1fc"], ["d", "\x1f"]])
    path = tmp_path / "one.parquet"
    pq.write_table(table(column), path)
    lines = path.with_suffix(".jsonl")
    lines.write_text(
        '{"event_id": 1, "lead_id": 1, "kind": "k", "at": "2026-03-01T00:00:00Z", "p": ["x\\u001f"]}\n' * 2
    )
    book = playbook({}, {"p": "list"})
    for handed, rows in ((path, (2, 3)), (table(column), (2, 3)), (lines, (1, 2))):
        where = handed if isinstance(handed, Path) else "events"
        with pytest.raises(InputError) as caught:
            staged([], handed, book)
        assert str(caught.value).splitlines() == [
            f"{where}:{row}:p: the text cannot be used: it holds a unit separator (U+001F) "
            f"(got {'a value of type list'}). Clean it where it comes from."
            for row in rows
        ]


def test_texts_that_only_their_writers_know_are_left_to_the_readers(tmp_path):
    """JSON and UUIDs of Parquet files; DuckDB's enumerations are written as text."""
    path = tmp_path / "one.parquet"
    events = OTHER.sql("SELECT 1 AS event_id, 1 AS lead_id, 'open' AS kind, TIMESTAMPTZ '2026-03-01 00:00:00+00' AS at")
    for p in ("'x'::ENUM('x')", "'{}'::JSON", "'5e1f0000-0000-4000-8000-000000000001'::UUID"):
        events.project(f"*, {p} AS p").write_parquet(str(path))
        for type_name in TYPES:
            book = playbook({}, {"p": type_name})
            assert repr(from_border(path, book)[0]) == repr(from_files(path, book)), (p, type_name)
