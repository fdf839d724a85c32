from datetime import UTC, datetime

import pytest

from leadqual.errors import InputError
from leadqual.files import survey
from leadqual.playbook.mapping import FileFormat
from tests.files.support import put


def types(found):
    """Return type and form of each column."""
    return {column.name: (column.type, column.form) for column in found.columns}


@pytest.mark.parametrize(
    ("cells", "type_name", "form"),
    [
        (["a", "b"], "text", ""),
        (["007", "12"], "text", ""),
        (["12", "-3", "0"], "integer", ""),
        (["12.5", "3"], "number", ""),
        (["12,5", "3"], "number", "decimal comma"),
        (["yes", "No"], "boolean", ""),
        (["0", "1"], "boolean", ""),
        (["2026-01-01", "2026-12-31"], "date", ""),
        (["01.02.2026"], "date", "dd.mm.yyyy"),
        (["01/02/2026", "13/02/2026"], "date", "dd/mm/yyyy"),
        (["01/02/2026", "02/13/2026"], "date", "mm/dd/yyyy"),
        (["2026-01-01T00:00Z"], "instant", ""),
        (["2026-01-01 00:00:00"], "instant", "no zone"),
        (["13/02/2026 10:00"], "instant", "dd/mm/yyyy"),
        (["02/13/2026 10:00"], "instant", "mm/dd/yyyy"),
        (["13.02.2026 10:00"], "instant", "dd.mm.yyyy"),
        (["a|b", "c|d"], "list", ""),
        (['["a"]'], "list", ""),
        (["", ""], "text", ""),
        (["x", "1"], "text", ""),
        (["1772357400", "1772357401"], "integer", ""),
    ],
)
def test_survey_guesses_the_type_of_a_column(tmp_path, cells, type_name, form):
    """From the cells alone; empty ones say nothing."""
    content = "id;value\n" + "".join(f"L{i};{cell}\n" for i, cell in enumerate([*cells, ""]))
    found = survey(put(tmp_path, "leads.csv", content), FileFormat(delimiter=";"))
    assert types(found)["value"] == (type_name, form)


@pytest.mark.parametrize(("digits", "unit"), [(10, "s"), (13, "ms"), (16, "us"), (19, "ns")])
def test_survey_guesses_the_unit_of_times(tmp_path, digits, unit):
    """Ten to nineteen digits in a column named like a time; the same digits elsewhere are a number."""
    cell = "1772357400".ljust(digits, "0")
    path = put(tmp_path, "events.csv", f"event_id,phone,created_at,at\ne1,{cell},{cell},{cell}\n")
    found = survey(path, table="events")
    assert types(found)["created_at"] == types(found)["at"] == ("instant", unit)
    assert types(found)["phone"][0] in ("integer", "text")
    assert found.first == found.last == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def test_survey_counts_values_kinds_and_instants(tmp_path):
    """Most events on one instant are visible, and so are kinds and the span."""
    rows = [("open", "01/03/2026 10:00")] * 5 + [("click", "28/02/2026 10:00"), ("open", "31/12/2026 23:59"), ("", "")]
    content = "Id;Tipo;Fecha\n" + "".join(f"{i};{kind};{at}\n" for i, (kind, at) in enumerate(rows)) + "bad\n"
    path = put(tmp_path, "events.csv", content)
    found = survey(path, table="events", columns={"kind": "Tipo", "at": "Fecha"})
    assert (found.rows, found.bad_rows, found.kinds) == (8, 1, {"open": 6, "click": 1})
    assert (found.instants, found.commonest) == (7, 5)
    assert found.first == datetime(2026, 2, 28, 10, tzinfo=UTC)
    assert found.last == datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    assert [(column.filled, column.distinct) for column in found.columns] == [(8, 8), (7, 2), (7, 3)]


def test_survey_reads_bare_dates_as_noon_to_show_their_span(tmp_path):
    """A file of dates has a span too."""
    path = put(tmp_path, "events.csv", "event_id,kind,at\ne1,open,2026-03-01\ne2,open,2026-03-02\n")
    found = survey(path, FileFormat(zone="Europe/Madrid"), table="events")
    assert (found.first, found.last) == (
        datetime(2026, 3, 1, 11, tzinfo=UTC),
        datetime(2026, 3, 2, 11, tzinfo=UTC),
    )


def test_survey_bounds_what_it_keeps(tmp_path):
    """Distinct values and kinds are counted up to a thousand; what came before goes on being counted."""
    content = "event_id,kind,at\n" + "".join(f"e{i},k{i % 1500},2026-01-01T00:00Z\n" for i in range(3000))
    found = survey(put(tmp_path, "events.csv", content), table="events")
    assert (found.columns[0].distinct, len(found.kinds), found.kinds["k0"]) == (1000, 1000, 2)


def test_survey_reads_typed_files(tmp_path):
    """JSON Lines and Parquet say their types themselves."""
    content = (
        '{"a": 1, "b": 1.5, "c": true, "d": ["x"], "e": {"f": 1}, "g": "2026-01-01", "updated": 1772357400}\n'
        '{"b": 2, "a": "-"}\n'
    )
    found = survey(put(tmp_path, "leads.jsonl", content), FileFormat(missing=["-"]))
    assert types(found) == {
        "a": ("integer", ""),
        "b": ("number", ""),
        "c": ("boolean", ""),
        "d": ("list", ""),
        "e": ("text", ""),
        "g": ("date", ""),
        "updated": ("instant", "s"),
    }
    assert [column.filled for column in found.columns] == [1, 2, 1, 1, 1, 1, 1]


def test_survey_reads_timestamps_of_parquet(tmp_path):
    """A timestamp column is an instant; a missing one is not counted."""
    import pyarrow as pa
    from pyarrow import parquet

    at = datetime(2026, 3, 1, tzinfo=UTC)
    path = tmp_path / "events.parquet"
    parquet.write_table(
        pa.table({"event_id": ["e1", "e2"], "at": pa.array([at, None], pa.timestamp("ns", "UTC"))}), path
    )
    found = survey(path, table="events")
    assert types(found)["at"] == ("instant", "")
    assert (found.instants, found.first, found.kinds) == (1, at, {})


def test_survey_of_an_empty_file_is_empty(tmp_path):
    """A header without rows."""
    found = survey(put(tmp_path, "events.csv", "event_id,kind,at\n"), table="events")
    assert (found.rows, found.first, found.commonest) == (0, None, 0)
    assert types(found)["kind"] == ("text", "")


def test_survey_refuses_files_and_formats_that_cannot_be_used(tmp_path):
    """The same errors as when a base is read."""
    with pytest.raises(InputError, match="cannot be read"):
        survey(tmp_path / "absent.csv")
    with pytest.raises(InputError, match=r"files\.events\.zone"):
        survey(tmp_path / "absent.csv", FileFormat(zone="Mars"), table="events")
