"""Consents, and reports on touches, from files."""

import json
from typing import Any

import pytest

from leadqual.errors import InputError
from leadqual.files import RowsError, read_consents, read_reports
from leadqual.playbook import loads

BOOK = loads('schema = 1\nname = "mine"\nversion = "1"')
HEAD = "lead_id,at,channel,purpose,given,confirmed,source"


@pytest.fixture
def put(tmp_path):
    """Write a file and return its path."""

    def write(name, *lines):
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    return write


def test_consents_are_read_with_all_that_is_known_of_them(put):
    """A consent, its confirmation and its withdrawal; an empty cell confirms nothing."""
    rows = (
        "L1,2026-03-02T09:00:00Z,email,newsletter,yes,,form",
        "L1,2026-03-02T10:00:00Z,email,newsletter,yes,yes,",
        "L1,2026-03-03T10:00:00Z,*,*,no,no,",
    )
    found = read_consents(put("consents.csv", HEAD, *rows), BOOK)
    assert [(one.channel, one.given, one.confirmed, one.source) for one in found.by_lead["L1"]] == [
        ("email", True, False, "form"),
        ("email", True, True, None),
        ("*", False, False, None),
    ]
    assert found.by_lead["L1"][0].at.isoformat() == "2026-03-02T09:00:00+00:00"
    assert (found.rows, found.copies, found.bad_rows, found.warnings) == (3, 0, 0, ())
    assert repr(found).startswith("Contact(by_lead=of 1 leads")


def test_copies_count_once(put):
    """A row that repeats another one exactly, also in another file."""
    row = "L1,2026-03-02T09:00:00Z,email,newsletter,yes,,"
    found = read_consents([put("a.csv", HEAD, row, row), put("b.csv", HEAD, row)], BOOK)
    assert (found.rows, found.copies, len(found.by_lead["L1"])) == (3, 2, 1)


def test_reports_are_read_from_json_lines(put):
    """With the reason where there is one."""
    line = {
        "lead_id": "L1",
        "at": "2026-03-02T09:00:00Z",
        "key": "L1:a:1:b:1",
        "outcome": "skipped",
        "reason": "holiday",
    }
    (report,) = read_reports(put("reports.jsonl", json.dumps(line)), BOOK).by_lead["L1"]
    assert (report.key, report.outcome, report.reason) == ("L1:a:1:b:1", "skipped", "holiday")


def test_cells_are_written_as_those_of_events(put):
    """The format of the events holds for these files too."""
    book = loads(
        'schema = 1\nname = "mine"\nversion = "1"\n[files.events]\nzone = "Europe/Madrid"\ndates = "dd/mm/yyyy"'
    )
    found = read_reports(put("r.csv", "lead_id,at,key,outcome", "L1,02/03/2026 10:00,k,sent"), book)
    assert found.by_lead["L1"][0].at.isoformat() == "2026-03-02T09:00:00+00:00"


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("L1,2026-03-02T09:00:00Z,email,newsletter,,,", "given"),
        ("L1,2026-03-02T09:00:00Z,,newsletter,yes,,", "channel"),
        ("L1,,email,newsletter,yes,,", "at"),
        ("L1,2026-03-02T09:00:00Z,email,newsletter,no,yes,", "confirmed"),
    ],
)
def test_bad_rows_are_named_or_left_out(put, row, where):
    """With file, line and column; the others are read."""
    good = "L2,2026-03-02T09:00:00Z,email,newsletter,yes,,"
    path = put("consents.csv", HEAD, row, good)
    with pytest.raises(RowsError) as caught:
        read_consents(path, BOOK)
    assert [problem.where for problem in caught.value.problems] == [f"{path}:2:{where}"]
    found = read_consents(path, BOOK, bad_rows="skip")
    assert (found.bad_rows, list(found.by_lead)) == (1, ["L2"])


def test_a_column_that_is_needed_is_named(put):
    """Consents and reports each have their own."""
    path = put("some.csv", "lead_id,at", "L1,2026-03-02T09:00:00Z")
    with pytest.raises(InputError, match="the column `channel` is needed"):
        read_consents(path, BOOK)
    with pytest.raises(InputError, match="the column `key` is needed"):
        read_reports(path, BOOK)


def test_unknown_ways_with_bad_rows_are_refused(put):
    """It is fail or skip."""
    unknown: Any = "ignore"
    with pytest.raises(InputError, match="bad_rows"):
        read_reports(put("r.csv", "lead_id,at,key,outcome"), BOOK, bad_rows=unknown)
