"""`leadqual score` on the real files, as one types it."""

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from click.testing import CliRunner

from leadqual.cli.app import cli
from leadqual.files import score_rows
from leadqual.scoring import Score
from tests.real.runs import (
    BPI12_NOW,
    CDNOW_NOW,
    HERE,
    LAST_DAY,
    XEDUCATION_NOW,
    run_bank,
    run_bpi12,
    run_cdnow,
    run_xeducation,
)


def check_command(
    name: str, folder: Path, scores: Mapping[str, Score], *, leads: Path, events: Path | None, now: datetime
) -> None:
    """Score a base by the command and compare its file with the scores, cell by cell."""
    output = folder / "scores.csv"
    arguments = ["score", str(HERE / f"{name}.toml"), "--leads", str(leads)]
    arguments += ["--events", str(events)] if events else []
    result = CliRunner().invoke(cli, [*arguments, "--now", now.isoformat(), "-o", str(output)])
    assert result.exit_code == 0, result.output
    with output.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert written == [dict(score_rows(scores[id_])) for id_ in sorted(scores)]


def test_score_command_writes_the_scores_of_x_education(shared_data: Path, tmp_path: Path) -> None:
    """One row for each of the 6,431 leads, from the file as it is."""
    run = run_xeducation(shared_data, tmp_path)
    path = shared_data / "xeducation" / "leads_dev.csv.gz"
    check_command("xeducation", tmp_path, run.scores, leads=path, events=None, now=XEDUCATION_NOW)


def test_score_command_writes_the_scores_of_the_bank(shared_data: Path, tmp_path: Path) -> None:
    """One row for each of the 9,009 leads, all decided on one day."""
    run = run_bank(shared_data, tmp_path, one_now=True)
    path = shared_data / "bank_leads" / "bank_leads.csv.gz"
    check_command("bank", tmp_path, run.scores, leads=path, events=tmp_path / "contacts.csv", now=LAST_DAY)


def test_score_command_writes_the_scores_of_cdnow(shared_data: Path, tmp_path: Path) -> None:
    """One row for each of the 2,357 customers."""
    run = run_cdnow(shared_data, tmp_path)
    leads, events = tmp_path / "customers.csv", tmp_path / "purchases.csv"
    check_command("cdnow", tmp_path, run.scores, leads=leads, events=events, now=CDNOW_NOW)


def test_score_command_writes_the_scores_of_bpi12(shared_data: Path, tmp_path: Path) -> None:
    """One row for each of the 4,846 applications."""
    run = run_bpi12(shared_data, tmp_path)
    leads, events = tmp_path / "applications.csv", tmp_path / "items.csv"
    check_command("bpi12", tmp_path, run.scores, leads=leads, events=events, now=BPI12_NOW)
