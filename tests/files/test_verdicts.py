"""Verdicts of people on leads from files."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from leadqual.errors import InputError
from leadqual.files import RowsError, read_verdicts
from leadqual.files.columns import Columns
from leadqual.lifecycle.inputs import Verdict
from leadqual.playbook import loads
from leadqual.playbook.mapping import VERDICT_COLUMNS

BOOK = loads('schema = 1\nname = "mine"\nversion = "1"')
HEADER = "lead_id,at,verdict,reason,actor,amount,currency,closed_on,wake_on\n"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROWS: dict[str, list[Any]] = {
    "lead_id": ["007", "007", "8"],
    "at": [AT, datetime(2026, 3, 9, 9, tzinfo=UTC), AT],
    "verdict": ["maybe", "yes", "disqualify"],
    "reason": ["no_budget", None, "spam"],
    "actor": ["ana", "ana", None],
    "amount": [None, Decimal("1500.50"), None],
    "currency": [None, "EUR", None],
    "closed_on": [None, date(2026, 3, 8), None],
    "wake_on": [date(2026, 9, 1), None, None],
}
EXPECTED = {
    "007": (
        Verdict("maybe", reason="no_budget", actor="ana", at=AT, wake_on=date(2026, 9, 1)),
        Verdict(
            "yes",
            actor="ana",
            at=datetime(2026, 3, 9, 9, tzinfo=UTC),
            amount=Decimal("1500.50"),
            currency="EUR",
            closed_on=date(2026, 3, 8),
        ),
    ),
    "8": (Verdict("disqualify", reason="spam", at=AT),),
}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The folder of the files is the current one, so that messages name them without it."""
    monkeypatch.chdir(tmp_path)


def csv_text() -> str:
    """The rows as CSV."""
    cells = [["" if cell is None else str(cell).replace(" ", "T") for cell in column] for column in ROWS.values()]
    return HEADER + "".join(f"{','.join(row)}\n" for row in zip(*cells, strict=True))


def found_in(folder, text, book=BOOK, **more):
    """What is read from a CSV file."""
    path = folder / "verdicts.csv"
    path.write_text(text, encoding="utf-8")
    path = Path("verdicts.csv")
    return read_verdicts(path, book, **more)


def problems_of(folder, text, book=BOOK):
    """The problems of a CSV file, as lines."""
    with pytest.raises(RowsError) as caught:
        found_in(folder, text, book)
    return [str(problem) for problem in caught.value.problems]


def test_verdicts_are_read_from_csv(tmp_path):
    """Every column has its type; amounts are exact."""
    found = found_in(tmp_path, csv_text())
    assert found.by_lead == EXPECTED
    assert (found.rows, found.copies, found.bad_rows, found.warnings) == (3, 0, 0, ())


def test_verdicts_are_read_from_json_lines(tmp_path):
    """Amounts may be whole numbers or decimals."""
    path = tmp_path / "verdicts.jsonl"
    names = list(ROWS)
    objects = [dict(zip(names, row, strict=True)) for row in zip(*ROWS.values(), strict=True)]
    path.write_text("".join(f"{json.dumps(one, default=_plain)}\n" for one in objects), encoding="utf-8")
    assert read_verdicts(path, BOOK).by_lead == EXPECTED


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else None


def test_verdicts_are_read_from_parquet(tmp_path):
    """A decimal column keeps its digits."""
    path = tmp_path / "verdicts.parquet"
    pa.parquet = __import__("pyarrow.parquet").parquet
    pa.parquet.write_table(pa.table({name: pa.array(cells) for name, cells in ROWS.items()}), path)
    assert read_verdicts(path, BOOK).by_lead == EXPECTED


def test_three_columns_are_enough(tmp_path):
    """Lead, instant and verdict are needed; the rest may be absent, without a word."""
    found = found_in(tmp_path, "lead_id;at;verdict\nL1;2026-03-02T09:00:00Z;no\n")
    assert found.by_lead == {"L1": (Verdict("no", at=AT),)}
    assert found.warnings == ()


def test_verdicts_of_several_files_are_one_table(tmp_path):
    """Equal rows count once, in whichever file they stand."""
    for name, more in (("a", "L1,2026-03-02T09:00:00Z,maybe\n"), ("b", "L1,2026-03-03T09:00:00Z,no\n")):
        rows = f"lead_id,at,verdict\nL1,2026-03-02T09:00:00Z,maybe\n{more}"
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
    found = read_verdicts([tmp_path / "a.csv", tmp_path / "b.csv"], BOOK)
    assert [one.verdict for one in found.by_lead["L1"]] == ["maybe", "no"]
    assert (found.rows, found.copies) == (4, 2)


def test_needed_columns_are_asked_for(tmp_path):
    """A file without them cannot be used, and the mapping to add is named."""
    with pytest.raises(InputError) as caught:
        found_in(tmp_path, "lead_id,verdikt\nL1,no\n")
    lines = [str(problem) for problem in caught.value.problems]
    assert lines[0].startswith("verdicts.csv: the column `at` is needed")
    assert "Did you mean `verdikt`?" in lines[1]
    assert "[columns.verdicts]" in lines[1]


def test_bad_cells_are_told_with_file_line_and_column(tmp_path):
    """All problems come at once; no value is shown."""
    rows = (
        "L1,2026-03-02 09:00,no,,,,,,\n"
        ",2026-03-02T09:00:00Z,nope,,,,,,\n"
        "L1,,yes,,,1 000,EUR,2026-13-01,\n"
        "L1,2026-03-02T09:00:00Z,yes,,,1e3,EUR,,\n"
    )
    assert [line.partition(" (got")[0] for line in problems_of(tmp_path, HEADER + rows)] == [
        "verdicts.csv:2:at: the time has no zone",
        "verdicts.csv:3:lead_id: a value is needed here",
        "verdicts.csv:3:verdict: a known word was expected",
        "verdicts.csv:4:at: a value is needed here",
        "verdicts.csv:4:amount: a number was expected",
        "verdicts.csv:4:closed_on: there is no such date or time",
        "verdicts.csv:5:amount: an amount was expected",
    ]


def test_verdicts_that_make_no_sense_are_told_with_their_column(tmp_path):
    """What a verdict needs or cannot take is said of its own cell."""
    rows = (
        "L1,2026-03-02T09:00:00Z,return,,,,,,\n"
        "L1,2026-03-02T09:00:00Z,no,,,5,,,2026-09-01\n"
        "L1,2026-03-02T09:00:00Z,yes,,,-5,,,\n"
    )
    assert [line.partition(" (got")[0] for line in problems_of(tmp_path, HEADER + rows)] == [
        "verdicts.csv:2:reason: `return` needs a reason",
        "verdicts.csv:3:amount: `no` takes none",
        "verdicts.csv:3:wake_on: `no` takes none",
        "verdicts.csv:4:amount: an exact amount was expected",
    ]


def test_problems_of_verdicts_speak_of_cells(tmp_path):
    """What to do is said in words of files, and a misspelt verdict gets the one that was meant."""
    rows = (
        "L1,2026-03-02T09:00:00Z,return,,,,,,\n"
        "L1,2026-03-02T09:00:00Z,no,,,,,,2026-09-01\n"
        "L1,2026-03-02T09:00:00Z,yes,,,-5,,,\n"
        "L1,2026-03-02T09:00:00Z,mabye,,,,,,\n"
    )
    known = "Did you mean `maybe`? Write one of: yes, no, maybe, accept, return, disqualify, reinstate, reopen."
    assert problems_of(tmp_path, HEADER + rows) == [
        "verdicts.csv:2:reason: `return` needs a reason (got nothing). Say why, in a word or two.",
        "verdicts.csv:3:wake_on: `no` takes none (got a date). Leave it out; it goes with `maybe`.",
        "verdicts.csv:4:amount: an exact amount was expected (got a number). Write a number of zero or more.",
        f"verdicts.csv:5:verdict: a known word was expected (got a text of 5 characters). {known}",
    ]


def test_a_column_that_a_verdict_needs_is_named(tmp_path):
    """A return in a file without reasons says which column is wanted."""
    lines = problems_of(tmp_path, "lead_id,at,verdict\nL1,2026-03-02T09:00:00Z,return\n")
    assert lines == ["verdicts.csv:2: `return` needs a reason (got nothing). Give the files a column `reason`."]


@pytest.mark.parametrize("empty", ["lead_id", "at"])
def test_a_verdict_on_nobody_or_at_no_time_is_refused(tmp_path, empty):
    """Whose and when are needed, even where the rest is right."""
    cells = {"lead_id": "L1", "at": "2026-03-02T09:00:00Z", "verdict": "no"} | {empty: ""}
    lines = problems_of(tmp_path, f"lead_id,at,verdict\n{','.join(cells.values())}\n")
    assert lines == [
        f"verdicts.csv:2:{empty}: a value is needed here (got nothing). Give every row one, or leave the row out."
    ]


def test_bad_rows_are_left_out_and_counted(tmp_path):
    """Under skip the others are read."""
    rows = "lead_id,at,verdict\nL1,2026-03-02T09:00:00Z,no\nL1,,no\nL1,2026-03-02T09:00:00Z,perhaps\n"
    found = found_in(tmp_path, rows, bad_rows="skip")
    assert (found.rows, found.bad_rows, found.total, len(found.by_lead["L1"])) == (3, 2, 2, 1)
    assert len(found.problems) == 2
    assert "1 leads" in repr(found)


def test_another_word_for_bad_rows_is_refused(tmp_path):
    """It is fail or skip."""
    with pytest.raises(InputError, match="a known word was expected"):
        found_in(tmp_path, csv_text(), bad_rows="drop")


def test_verdicts_are_written_as_events_are(tmp_path):
    """Without a word on verdicts, what the playbook says of how events are written holds for them."""
    book = loads('schema = 1\nname = "x"\nversion = "1"\n[files.events]\nzone = "Europe/Madrid"\ndecimal = ","\n')
    found = found_in(tmp_path, 'lead_id;at;verdict;amount\nL1;2026-03-02 10:00;yes;"1500,50"\n', book)
    assert found.by_lead == {"L1": (Verdict("yes", at=AT, amount=Decimal("1500.50")),)}


def test_verdicts_have_names_and_a_way_of_writing_of_their_own(tmp_path):
    """A playbook says what their columns are called and how their cells are written."""
    own = '[columns.verdicts]\nverdict = "Resultado"\nat = "Fecha"\n'
    own += '[files.verdicts]\nzone = "UTC"\ndates = "dd/mm/yyyy"\n'
    book = loads(f'schema = 1\nname = "x"\nversion = "1"\n{own}[files.events]\nzone = "Europe/Madrid"\n')
    found = found_in(tmp_path, "lead_id;Fecha;Resultado\nL1;02/03/2026 09:00;no\n", book)
    assert found.by_lead == {"L1": (Verdict("no", at=AT),)}


def test_columns_of_verdicts_are_their_own():
    """No attribute or property is read from a verdicts file."""
    book = loads(
        'schema = 1\nname = "x"\nversion = "1"\nattributes = { size = "integer" }\nproperties = { page = "text" }'
    )
    columns = Columns.of(book, "verdicts")
    assert dict(columns.types) == dict(VERDICT_COLUMNS)
    assert columns.declared == {}


@pytest.mark.parametrize(
    ("cell", "what"),
    [("true", "an amount"), ('"5"', "an amount"), ("1e999", "a finite number"), ("9" * 30, "the integer does not fit")],
)
def test_amounts_in_json_are_numbers(tmp_path, cell, what):
    """Other values are refused."""
    path = tmp_path / "v.jsonl"
    line = f'{{"lead_id": "L1", "at": "2026-03-02T09:00:00Z", "verdict": "yes", "amount": {cell}}}\n'
    path.write_text(line, encoding="utf-8")
    with pytest.raises(RowsError, match=rf"v\.jsonl:1:amount: {what}"):
        read_verdicts(path, BOOK)


def test_hostile_words_in_verdicts_are_kept_and_not_shown(tmp_path):
    """A reason may hold anything; a message never repeats it."""
    found = found_in(tmp_path, HEADER + "L1,2026-03-02T09:00:00Z,no,\x1b[31m=1+1,,,,,\n")
    assert found.by_lead["L1"][0].reason == "\x1b[31m=1+1"
    lines = problems_of(tmp_path, HEADER + "L1,2026-03-02T09:00:00Z,\x1b[31mno,,,,,,\n")
    assert "\x1b" not in lines[0]


def test_progress_is_told_in_bytes(tmp_path):
    """The last call says that all bytes are read."""
    calls: list[tuple[int, int]] = []
    found_in(tmp_path, csv_text(), progress=lambda done, total: calls.append((done, total)))
    assert calls[-1][0] == calls[-1][1] == len(csv_text().encode())
