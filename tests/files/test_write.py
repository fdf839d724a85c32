import csv
import json
import os
from decimal import Decimal

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from leadqual.errors import InputError
from leadqual.files import score_rows, write_scores


@frozen(kw_only=True)
class Result:
    """What of a score is written."""

    lead_id: str
    fit: Decimal = Decimal("45.00")
    interest: Decimal = Decimal("12.50")
    total: Decimal = Decimal("-0.05")
    grade: str | None = "A"
    level: int | None = 3
    label: str = "A3"
    qualifies: frozenset[str] = frozenset({"sql", "mql"})
    gate: str | None = None


BARE = Result(lead_id="L2", grade=None, level=None, label="", qualifies=frozenset(), gate="own domain, test")
HEADER = "lead_id,fit,interest,total,grade,level,label,qualifies,gate\n"


def test_score_rows_gives_the_cells_as_text():
    """Two decimals always, names in alphabetical order, nothing as the empty text."""
    assert score_rows(Result(lead_id="L1", fit=Decimal(45))) == {
        "lead_id": "L1",
        "fit": "45.00",
        "interest": "12.50",
        "total": "-0.05",
        "grade": "A",
        "level": "3",
        "label": "A3",
        "qualifies": "mql;sql",
        "gate": "",
    }


def test_write_scores_writes_csv_sorted_by_code_point(tmp_path):
    """UTF-8, LF, quotes only where they are needed."""
    path = tmp_path / "scores.csv"
    scores = [Result(lead_id=name) for name in ("é", "a", "B", "𐍈", "\uffff", 'q"x', "c\rd")]
    assert write_scores(path, iter([*scores, BARE])) == 8
    assert path.read_bytes().decode() == (
        f"{HEADER}B,45.00,12.50,-0.05,A,3,A3,mql;sql,\n"
        'L2,45.00,12.50,-0.05,,,,,"own domain, test"\n'
        "a,45.00,12.50,-0.05,A,3,A3,mql;sql,\n"
        '"c\rd",45.00,12.50,-0.05,A,3,A3,mql;sql,\n'
        '"q""x",45.00,12.50,-0.05,A,3,A3,mql;sql,\n'
        "é,45.00,12.50,-0.05,A,3,A3,mql;sql,\n"
        "\uffff,45.00,12.50,-0.05,A,3,A3,mql;sql,\n"
        "𐍈,45.00,12.50,-0.05,A,3,A3,mql;sql,\n"
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["scores.csv"]


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), unique=True))
def test_write_scores_gives_ids_back_as_they_were(tmp_path_factory, ids):
    """Any id comes back from CSV and JSON Lines unchanged."""
    folder = tmp_path_factory.mktemp("scores")
    scores = [Result(lead_id=name) for name in ids]
    write_scores(folder / "s.csv", scores)
    write_scores(folder / "s.jsonl", scores)
    with (folder / "s.csv").open(newline="", encoding="utf-8") as file:
        assert [row[0] for row in csv.reader(file, strict=True)][1:] == sorted(ids)
    read = (folder / "s.jsonl").read_bytes().decode().split("\n")
    assert [json.loads(line)["lead_id"] for line in read if line] == sorted(ids)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_write_scores_guards_formulas_only_when_asked(tmp_path, start):
    """For spreadsheets a quote goes before a text that would run; numbers stay numbers."""
    path = tmp_path / "scores.csv"
    scores = [Result(lead_id=f"{start}1", gate=f"{start}x")]
    write_scores(path, scores)
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[1][0] == f"{start}1"
    write_scores(path, scores, safe_for_spreadsheets=True)
    with path.open(newline="", encoding="utf-8") as file:
        row = list(csv.reader(file))[1]
    assert (row[0], row[3], row[8]) == (f"'{start}1", "-0.05", f"'{start}x")


def test_write_scores_writes_json_with_exact_numbers(tmp_path):
    """One array; numbers with two decimals, null where there is nothing."""
    path = tmp_path / "scores.json"
    write_scores(path, [BARE, Result(lead_id='a"\n')])
    text = path.read_text(encoding="utf-8")
    assert text == (
        '[\n{"lead_id": "L2", "fit": 45.00, "interest": 12.50, "total": -0.05, "grade": null, "level": null, '
        '"label": "", "qualifies": "", "gate": "own domain, test"},\n'
        '{"lead_id": "a\\"\\n", "fit": 45.00, "interest": 12.50, "total": -0.05, "grade": "A", "level": 3, '
        '"label": "A3", "qualifies": "mql;sql", "gate": null}\n]\n'
    )
    assert len(json.loads(text)) == 2
    write_scores(path, [])
    assert json.loads(path.read_text(encoding="utf-8")) == []


def test_write_scores_writes_parquet_with_exact_numbers(tmp_path):
    """Decimals stay decimals, the level is an integer, nothing is null."""
    path = tmp_path / "scores.PARQUET"
    assert write_scores(path, [BARE, Result(lead_id="L1")]) == 2
    first, second = parquet.read_table(path).to_pylist()
    assert (first["lead_id"], first["total"], first["level"], first["gate"]) == ("L1", Decimal("-0.05"), 3, None)
    assert (second["grade"], second["label"], second["level"], second["gate"]) == (None, "", None, "own domain, test")


@pytest.mark.parametrize("name", ["scores", "scores.xlsx", "scores.csv.gz"])
def test_write_scores_refuses_an_unknown_ending(tmp_path, name):
    """Before anything is computed or written."""

    def never():
        raise AssertionError
        yield

    with pytest.raises(InputError, match="the kind of file is not known"):
        write_scores(tmp_path / name, never())
    assert list(tmp_path.iterdir()) == []


def test_write_scores_leaves_nothing_when_it_fails(tmp_path):
    """The older file stays as it was, and no temporary file is left."""
    path = tmp_path / "scores.csv"
    path.write_text("old")

    def broken():
        yield Result(lead_id="L1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_scores(path, broken())
    with pytest.raises(InputError, match="cannot be written"):
        write_scores(path, [Result(lead_id="\ud800")])
    with pytest.raises(InputError, match="cannot be written"):
        write_scores(tmp_path / "absent" / "scores.csv", [])
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["scores.csv"]


def test_write_scores_refuses_to_replace_a_folder(tmp_path):
    """What cannot be renamed into place is an input error."""
    (tmp_path / "scores.csv").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_scores(tmp_path / "scores.csv", [])
    assert [entry.name for entry in tmp_path.iterdir()] == ["scores.csv"]


def test_write_scores_steps_aside_for_a_left_over_temporary_file(tmp_path):
    """A file that a crashed run left is not written into."""
    left = tmp_path / f".scores.csv.{os.getpid()}.0.tmp"
    left.write_text("left over")
    assert write_scores(tmp_path / "scores.csv", []) == 0
    assert left.read_text() == "left over"
    assert (tmp_path / "scores.csv").read_text() == HEADER
