"""`score_table(…, engine="python")`: the reference over whatever engines take, as the same table."""

from datetime import UTC, datetime

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import leadqual
from leadqual.batch import score_table
from leadqual.errors import InputError, InstantError
from leadqual.files import RowsError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = datetime(2026, 2, 20, 10, tzinfo=UTC)
PLAYBOOK = """
schema = 1
name = "small"
version = "1"
attributes = { title = "text", size = "integer", topics = "list" }
properties = { page = "text" }
[fit]
criteria = [
  { when = { field = "title", op = "eq", value = "Técnico" }, points = 20 },
  { when = { field = "size", op = "ge", value = 10 }, points = 5.5 },
  { when = { field = "topics", op = "has", value = "crm" }, points = 1 },
]
gates = [{ reason = "b", when = { field = "size", op = "eq", value = 1 } },
         { reason = "a", when = { field = "size", op = "eq", value = 1 } }]
grades = { A = 20, B = 0 }
[interest]
min = -10
decay = { linear = 90 }
levels = { 1 = 4, 2 = 0 }
rules = [{ event = "download", points = 4, distinct_by = "page" }, { event = "bounce", points = -7 }]
[qualify.mql]
when = { field = "interest", op = "ge", value = 7 }
stay = { field = "interest", op = "ge", value = 3 }
"""
LEADS = {
    "lead_id": ["L1", "L2", "L3", "Ñ"],
    "title": ["Técnico", None, "", "Técnico"],
    "size": [1, 20, None, 10],
    "topics": [["crm", "erp"], [], None, ["erp"]],
}
EVENTS = {
    "event_id": [1, 2, 2, 3, 4, 5],
    "lead_id": ["L2", "L2", "L2", "Ñ", "L9", "L3"],
    "kind": ["download", "download", "download", "bounce", "download", "download"],
    "at": [DAY, DAY, DAY, DAY, DAY, datetime(2026, 1, 10, tzinfo=UTC)],
    "page": ["/a", "/b", "/b", None, None, "/a"],
}


@pytest.fixture(scope="module")
def playbook():
    """A playbook with both axes, gates and a bar to stay."""
    return leadqual.loads(PLAYBOOK)


def both(model, **how):
    """Return the scores of DuckDB and of the reference."""
    return tuple(score_table(model, now=NOW, engine=engine, **how) for engine in ("duckdb", "python"))


def frames():
    """Return leads and events as Arrow tables."""
    leads, events = pa.table(LEADS), pa.table(EVENTS)
    return {"leads": leads, "events": events}


@pytest.mark.parametrize("details", [False, True])
def test_reference_gives_the_table_of_an_engine(playbook, details):
    """Rows, types and report are equal."""
    duckdb, python = both(playbook, details=details, **frames())
    rows = list(python.rows())
    assert rows == list(duckdb.rows())
    assert [row["lead_id"] for row in rows] == ["L1", "L2", "L3", "Ñ"]
    assert [(row["fit"], row["interest"], row["gate"]) for row in rows] == [
        (2100, 0, "b"),
        (550, 720, None),
        (0, 178, None),
        (2550, -630, None),
    ]
    assert python.report == duckdb.report
    assert python.to_arrow().equals(duckdb.to_arrow())
    assert python.columns == duckdb.columns


def test_reference_reads_files_and_frames_alike(playbook, tmp_path):
    """Paths and globs of Parquet, data frames of pandas and Polars."""
    given = frames()
    for name, table in given.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    wanted = list(both(playbook, **given)[0].rows())
    leads = pd.DataFrame(LEADS).astype({"size": "Int64"})
    leads["unread"] = [object()] * 4  # a column that nobody reads
    for how in (
        {"leads": tmp_path / "leads.parquet", "events": str(tmp_path / "ev*.parquet")},
        {"leads": leads, "events": pl.DataFrame(given["events"]).lazy()},
        {"leads": [given["leads"].slice(0, 1), given["leads"].slice(1)], "events": given["events"].to_reader()},
    ):
        assert list(score_table(playbook, now=NOW, engine="python", **how).rows()) == wanted


def test_reference_takes_a_model_without_a_playbook(playbook):
    """Columns have our names then; without events there is no interest."""
    duckdb, python = both(playbook.model, leads=frames()["leads"])
    assert list(python.rows()) == list(duckdb.rows())
    assert {row["interest"] for row in python.rows()} == {0}


def test_reference_leaves_out_flagged_events(playbook):
    """Also a copy, and a conflict with one that is flagged is none."""
    flagged = [("", "1"), ("", "2")]
    duckdb, python = both(playbook, flagged=flagged, **frames())
    assert list(python.rows()) == list(duckdb.rows())
    assert [row["interest"] for row in python.rows()] == [0, 0, 178, -630]
    assert python.report.events == 2


def test_reference_refuses_and_skips_what_is_wrong(playbook):
    """The same leads are left out, and the same numbers told."""
    given = frames()
    given["events"] = pa.concat_tables([given["events"], given["events"].slice(0, 1).set_column(4, "page", [["/z"]])])
    with pytest.raises(InputError, match="the id already stands for another event"):
        score_table(playbook, now=NOW, engine="python", **given)
    duckdb, python = both(playbook, bad_rows="skip", **given)
    assert list(python.rows()) == list(duckdb.rows())
    assert (python.report.conflicts, duckdb.report.conflicts) == (1, 1)


def test_reference_names_frames_by_their_table(playbook):
    """A problem of a frame names no file that the reader does not know of; a warning neither."""
    leads = pd.DataFrame({"lead_id": ["L1", "L2"], "size": [1.0, 2.5]})
    told = []
    for engine in ("duckdb", "python"):
        with pytest.raises(RowsError) as error:
            score_table(playbook, leads=leads, now=NOW, engine=engine)
        told.append(str(error.value))
    assert told[0] == told[1]
    assert told[1].startswith("leads:1:size: a whole number was expected")
    duckdb, python = both(playbook, leads=leads, bad_rows="skip")
    assert python.report.warnings == duckdb.report.warnings != ()
    assert python.report.problems == duckdb.report.problems


def test_reference_is_told_of_what_is_no_table(playbook):
    """The message says what may be passed; a naive instant is refused as everywhere."""
    with pytest.raises(InputError, match="a table was expected"):
        score_table(playbook, leads=7, now=NOW, engine="python")
    with pytest.raises(InputError, match="no file matches"):
        score_table(playbook, leads="none/*.csv", now=NOW, engine="python")
    with pytest.raises(InstantError):
        score_table(playbook, leads=frames()["leads"], now=NOW.replace(tzinfo=None), engine="python")


def test_unknown_engine_is_told_with_a_hint(playbook):
    """The names that are known are near at hand."""
    with pytest.raises(InputError, match="Did you mean `python`"):
        score_table(playbook, leads=frames()["leads"], now=NOW, engine="pyhton")
