import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leadqual.errors import InputError
from leadqual.files import read_base, read_events
from tests.files.support import LEADS, NOW, lines, playbook, put

AT = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
MICROS = 1_772_357_400_000_000


def write(folder, name="events.parquet", **columns):
    """Write a Parquet file and return its path."""
    path = folder / name
    pq.write_table(pa.table(columns), path)
    return path


def events(folder, book=None, **columns):
    """Write one event with these columns, and read it."""
    given = {"event_id": ["e1"], "lead_id": ["L1"], "kind": ["open"], "at": pa.array([AT], pa.timestamp("us", "UTC"))}
    return read_events(write(folder, **(given | columns)), book or playbook())


@pytest.mark.parametrize(
    ("column", "format"),
    [
        (pa.array([AT], pa.timestamp("us", "UTC")), {}),
        (pa.array([AT], pa.timestamp("ms", "Etc/UTC")), {}),
        (pa.array([AT], pa.timestamp("s", "Europe/Madrid")), {}),
        (pa.array([MICROS * 1000 + 999], pa.int64()).cast(pa.timestamp("ns", "UTC")), {}),
        (pa.array([AT.replace(tzinfo=None)], pa.timestamp("us")), {"zone": "UTC"}),
        (pa.array([AT.replace(tzinfo=None, hour=10)], pa.timestamp("ns")), {"zone": "Europe/Madrid"}),
        (pa.array([MICROS // 1000]), {"unit": "ms"}),
        (pa.array([MICROS / 1_000_000]), {"unit": "s"}),
        (pa.array(["2026-03-01T09:30:00Z"], pa.large_string()), {}),
        (pa.array(["2026-03-01 09:30"]).dictionary_encode(), {"zone": "UTC"}),
    ],
)
def test_parquet_reads_every_way_to_write_an_instant(tmp_path, column, format):
    """Timestamps with a zone, local ones with the file's zone, integers with a unit, and texts are one instant."""
    (event,) = events(tmp_path, playbook(events=format), at=column)
    assert event.at == AT
    assert event.at.tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("column", "what"),
    [
        (pa.array([AT.replace(tzinfo=None)], pa.timestamp("us")), "at: the time has no zone"),
        (pa.array([MICROS]), "at: the time is a number without a unit"),
        (pa.array([AT.date()]), "at: an instant was expected, not a bare date"),
        (pa.array([None], pa.timestamp("us", "UTC")), "at: a value is needed here"),
        (pa.array([-1], pa.int64()).cast(pa.timestamp("ns", "UTC")), "at: the instant is out of range"),
        (pa.array([2**62], pa.int64()).cast(pa.timestamp("ms", "UTC")), "at: the instant is out of range"),
        (pa.array([2**62], pa.int64()).cast(pa.timestamp("ms")), "at: the instant is out of range"),
        (pa.array([True]), "at: an instant was expected"),
    ],
)
def test_parquet_refuses_what_is_no_certain_instant(tmp_path, column, what):
    """The problem names the row, counted from one, and the column."""
    with pytest.raises(InputError) as caught:
        events(tmp_path, at=column)
    assert lines(caught.value, tmp_path)[0].startswith(f"events.parquet:1:{what}")


def test_parquet_reads_a_bare_date_as_noon_when_the_playbook_says_so(tmp_path):
    """A date column is a bare date."""
    (event,) = events(tmp_path, playbook(events={"zone": "UTC", "bare_dates": "noon"}), at=pa.array([AT.date()]))
    assert event.at == AT.replace(hour=12, minute=0)


def test_parquet_gives_typed_values(tmp_path):
    """Ids of whole numbers become text; decimals, dates, lists and booleans keep their meaning; NaN is missing."""
    book = playbook(
        {
            "employees": "integer",
            "revenue": "number",
            "founded": "date",
            "tags": "list",
            "open": "boolean",
            "gone": "number",
        }
    )
    path = write(
        tmp_path,
        "leads.parquet",
        lead_id=pa.array([7, 8]),
        employees=pa.array([12, None], pa.int32()),
        revenue=pa.array([Decimal("1.50"), None], pa.decimal128(10, 2)),
        founded=pa.array([dt.date(1999, 1, 1), None]),
        tags=pa.array([["a", None], []]),
        open=pa.array([True, None]),
        gone=pa.array([float("nan"), 2.5]),
        unread=pa.array([{"a": 1}, None]),
    )
    found = read_base(book, leads=path, now=NOW)
    assert dict(found.leads["7"].attributes) == {
        "employees": 12,
        "revenue": 1.5,
        "founded": dt.date(1999, 1, 1),
        "tags": ("a",),
        "open": True,
    }
    assert dict(found.leads["8"].attributes) == {"gone": 2.5}


def test_parquet_refuses_a_timestamp_where_another_type_is_declared(tmp_path):
    """A missing timestamp is still missing."""
    book = playbook({"founded": "date"})
    path = write(
        tmp_path,
        "leads.parquet",
        lead_id=["L1", "L2"],
        founded=pa.array([None, AT.replace(tzinfo=None)], pa.timestamp("us")),
    )
    with pytest.raises(InputError) as caught:
        read_base(book, leads=path, now=NOW)
    (problem,) = lines(caught.value, tmp_path)
    assert problem.startswith("leads.parquet:2:founded: a date was expected, not a timestamp")


def test_parquet_without_a_needed_column_is_refused(tmp_path):
    """One problem for the file, with did you mean."""
    path = write(tmp_path, "leads.parquet", LeadId=["L1"])
    with pytest.raises(InputError, match="Did you mean `LeadId`"):
        read_base(playbook(), leads=path, now=NOW)


def test_parquet_with_two_columns_of_one_name_is_refused(tmp_path):
    """Which one is meant is not guessed."""
    path = tmp_path / "leads.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["lead_id", "lead_id"]), path)
    with pytest.raises(InputError, match="two columns have the same name"):
        read_base(playbook(), leads=path, now=NOW)


def test_parquet_reads_names_with_dots(tmp_path):
    """A dot in a column's name is part of it."""
    path = write(tmp_path, "leads.parquet", **{"lead.id": ["L1"], "lead": ["x"]})
    found = read_base(playbook(columns={"leads": {"lead_id": "lead.id"}}), leads=path, now=NOW)
    assert list(found.leads) == ["L1"]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"x" * 100 + b"PAR1", b"lead_id\nL1\n"])
def test_parquet_that_is_broken_is_refused(tmp_path, content):
    """Whatever pyarrow thinks of it, an input error comes out."""
    with pytest.raises(InputError, match="the Parquet file cannot be read"):
        read_base(playbook(), leads=put(tmp_path, "leads.parquet", content), now=NOW)


def test_parquet_that_is_not_there_is_refused(tmp_path):
    """A wrong path is an input error like any other."""
    with pytest.raises(InputError, match="cannot be read"):
        read_base(playbook(), leads=tmp_path / "absent.parquet", now=NOW)


def test_parquet_with_broken_pages_is_refused(tmp_path):
    """Damage inside a page that shows only when it is read."""
    path = write(tmp_path, "leads.parquet", lead_id=[f"L{i}" for i in range(10_000)])
    data = bytearray(path.read_bytes())
    data[100:5000] = bytes(4900)
    with pytest.raises(InputError):
        read_base(playbook(), leads=put(tmp_path, "leads.parquet", bytes(data)), now=NOW, bad_rows="skip")


def test_parquet_reports_progress(tmp_path):
    """The bar ends at the size of the file."""
    path = write(tmp_path, "leads.parquet", lead_id=[f"L{i}" for i in range(70_000)])
    seen = []
    read_base(playbook(), leads=path, now=NOW, progress=lambda *step: seen.append(step))
    assert len(seen) > 1
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


def test_parquet_says_which_extra_to_install_when_pyarrow_is_absent(tmp_path):
    """In an interpreter that cannot import pyarrow, the error is the line to run; CSV works there."""
    leads = put(tmp_path, "leads.csv", LEADS)
    script = f"""
import sys
sys.modules["pyarrow"] = None
from tests.files.support import NOW, playbook
from leadqual.errors import MissingExtra
from leadqual.files import read_base, write_scores
assert len(read_base(playbook(), leads={str(leads)!r}, now=NOW).leads) == 2
calls = (
    lambda: read_base(playbook(), leads="x.parquet", now=NOW),
    lambda: write_scores({str(tmp_path)!r} + "/x.parquet", []),
)
for call in calls:
    try:
        call()
    except MissingExtra as error:
        print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src:."}
    )
    assert done.stdout == "Parquet files need pyarrow: pip install 'leadqual[parquet]'\n" * 2
    assert [path.name for path in tmp_path.iterdir()] == ["leads.csv"]


def test_files_do_not_import_pyarrow_for_csv(tmp_path):
    """What is an extra is imported when it is used."""
    leads = put(tmp_path, "leads.csv", LEADS)
    script = f"""
import sys
from tests.files.support import NOW, playbook
from leadqual.files import read_base
read_base(playbook(), leads={str(leads)!r}, now=NOW)
print(sorted({{"pyarrow", "numpy", "pandas"}} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src:."}
    )
    assert done.stdout == "[]\n"
