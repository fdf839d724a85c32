"""Scores under the objective that each lead suits best, written to a file."""

import json
from decimal import Decimal

import pyarrow.parquet
import pytest
from attrs import frozen

from leadqual.files import write_best
from tests.files.test_write import Result


@frozen(kw_only=True)
class Found:
    """What a lead suits best."""

    name: str
    score: Result
    margin: Decimal | None = None


FOUND = (
    Found(name="spain", score=Result(lead_id="L2", fit=Decimal(3)), margin=Decimal("0.5")),
    Found(name='=me"xico', score=Result(lead_id="L1")),
)
HEADER = "lead_id,fit,interest,total,grade,level,label,qualifies,gate,objective,margin"


def test_write_best_puts_objective_and_margin_after_the_columns_of_a_scores_file(tmp_path):
    """The contract's columns come first, as they are; rows are sorted by lead id; no other objective, no margin."""
    path = tmp_path / "best.csv"
    assert write_best(path, FOUND) == 2
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEADER
    assert [line.split(",")[0] for line in lines[1:]] == ["L1", "L2"]
    assert lines[1].endswith(',"=me""xico",')
    assert lines[2].endswith(",spain,0.50")


def test_write_best_disarms_the_names_of_objectives_when_asked(tmp_path):
    """A name that a spreadsheet would run as a formula is disarmed; a margin is a number and stays."""
    path = tmp_path / "best.csv"
    assert write_best(path, FOUND, safe_for_spreadsheets=True) == 2
    assert path.read_text(encoding="utf-8").splitlines()[1].endswith(""","'=me""xico",""")


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_write_best_writes_json_with_null_for_no_margin(tmp_path, ending):
    """A margin is a number with two decimals, or null."""
    path = tmp_path / f"best.{ending}"
    assert write_best(path, FOUND) == 2
    text = path.read_text(encoding="utf-8")
    rows = json.loads(text) if ending == "json" else [json.loads(line) for line in text.splitlines()]
    assert [(row["objective"], row["margin"]) for row in rows] == [('=me"xico', None), ("spain", 0.5)]
    assert '"margin": 0.50' in text


def test_write_best_writes_parquet_with_exact_margins(tmp_path):
    """The margin is a decimal with two places, null where there is no other objective."""
    path = tmp_path / "best.parquet"
    assert write_best(path, FOUND) == 2
    table = pyarrow.parquet.read_table(path)
    assert table.column_names == HEADER.split(",")
    assert table.column("margin").to_pylist() == [None, Decimal("0.50")]
