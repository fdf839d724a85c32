"""`leadqual score --engine` on the real files: two engines, the same files byte for byte."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from leadqual.cli.app import cli
from tests.real.convert import bank_events, read_rows, write_rows, xeducation_events
from tests.real.runs import HERE, LAST_DAY, XEDUCATION_NOW

Files = tuple[str, Path, Path, datetime]
"""Playbook, leads, events and the instant."""


def xeducation(data: Path, folder: Path) -> Files:
    """The X Education leads with their last acts."""
    leads = data / "xeducation" / "leads_dev.csv.gz"
    events = write_rows(folder / "acts.csv", xeducation_events(read_rows(leads), at="2026-01-10 12:00:00"))
    return "xeducation", leads, events, XEDUCATION_NOW


def bank(data: Path, folder: Path) -> Files:
    """The bank's leads with their earlier contacts."""
    leads = data / "bank_leads" / "bank_leads.csv.gz"
    events = write_rows(folder / "contacts.csv", bank_events(read_rows(leads), decided_on=LAST_DAY.date()))
    return "bank", leads, events, LAST_DAY


@pytest.mark.parametrize("files", [xeducation, bank])
def test_engines_write_the_same_files_of_a_real_base(
    files: Callable[[Path, Path], Files], shared_data: Path, tmp_path: Path
) -> None:
    """As text and as Parquet, with the same ranking and the same sentences."""
    name, leads, events, now = files(shared_data, tmp_path)
    base = ["score", str(HERE / f"{name}.toml"), "--leads", str(leads), "--events", str(events)]
    for ending in ("csv", "parquet"):
        found = set()
        for engine in ("python", "duckdb"):
            output = tmp_path / f"scores.{ending}"
            options = ["--now", now.isoformat(), "--engine", engine, "--top", "50", "-o", str(output)]
            result = CliRunner().invoke(cli, [*base, *options], catch_exceptions=False)
            assert result.exit_code == 0, result.output
            found.add((output.read_bytes(), result.output))
        assert len(found) == 1, ending
