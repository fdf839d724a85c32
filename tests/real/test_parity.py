"""The four bases once more, read and scored by the oracle, which knows nothing of leadqual."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.scoring import score as oracle
from tests.real.convert import Row, read_rows
from tests.real.runs import (
    BPI12_NOW,
    CDNOW_NOW,
    HERE,
    LAST_DAY,
    XEDUCATION_NOW,
    Run,
    run_bank,
    run_bpi12,
    run_cdnow,
    run_xeducation,
)

Document = Mapping[str, Any]
POINTS = ("fit", "interest", "total", "fit_low", "fit_high", "completeness")
FIGURES = ("label", "qualifies", "interactions", "active_days", "days_since_activity")
READ: dict[str, Callable[[str], object]] = {
    "text": str,
    "integer": int,
    "number": float,
    "boolean": {"yes": True, "no": False}.__getitem__,
}


def value(document: Document, file: str, cell: str, type_: str) -> object:
    """Read a cell, or return None for the words that stand for missing."""
    if cell == "" or cell in document.get("files", {}).get(file, {}).get("missing", []):
        return None
    return READ[type_](cell.lower() if type_ == "boolean" else cell)


def cells(document: Document, file: str, row: Row, declared: Mapping[str, Any]) -> dict[str, object]:
    """Return what is declared, from the columns that the playbook names."""
    names = document.get("columns", {}).get(file, {})
    types = {name: said if isinstance(said, str) else said["type"] for name, said in declared.items()}
    return {name: value(document, file, row[names.get(name, name)], type_) for name, type_ in types.items()}


def lead_of(document: Document, row: Row) -> dict[str, Any]:
    """Return a row of a leads file as the oracle's lead."""
    names = document["columns"]["leads"]
    named = cells(document, "leads", row, {name: "text" for name in ("source", "channel") if name in names})
    attributes = cells(document, "leads", row, document.get("attributes", {}))
    return {"id": row[names.get("lead_id", "lead_id")], **named, "attributes": attributes}


def event_of(document: Document, row: Row) -> dict[str, Any]:
    """Return a row of an events file as the oracle's event."""
    names = document.get("columns", {}).get("events", {})
    own = {name: row[names.get(name, name)] for name in ("event_id", "lead_id", "kind", "at")}
    at = datetime.fromisoformat(own["at"])
    if "bare_dates" in document["files"]["events"]:
        at = datetime.combine(at.date(), time(12))
    return {
        "id": own["event_id"],
        "lead_id": own["lead_id"],
        "kind": own["kind"],
        "by": row.get("by", "lead"),
        "at": at.replace(tzinfo=ZoneInfo(document["files"]["events"]["zone"])).astimezone(UTC),
        "properties": cells(document, "events", row, document.get("properties", {})),
    }


def differences(
    name: str, run: Run, leads: Iterable[Row], events: Path, now: datetime
) -> Iterator[tuple[str, str, object, object]]:
    """Yield every figure of every lead in which the library and the oracle differ."""
    document = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    by_lead: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with events.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            event = event_of(document, row)
            by_lead[event["lead_id"]].append(event)
    for row in leads:
        lead = lead_of(document, row)
        expected = oracle(document, lead, by_lead[lead["id"]], now)
        score = run.scores[lead["id"]]
        for figure in (*POINTS, *FIGURES):
            got = getattr(score, figure)
            if (100 * got if figure in POINTS else got) != expected[figure]:
                yield lead["id"], figure, got, expected[figure]


def test_oracle_agrees_on_every_lead_of_x_education(shared_data: Path, tmp_path: Path) -> None:
    """Profiles and last acts: no figure of 6,431 leads differs."""
    run = run_xeducation(shared_data, tmp_path, with_events=True)
    assert not list(differences("xeducation", run, run.rows, tmp_path / "acts.csv", XEDUCATION_NOW))


def test_oracle_agrees_on_every_lead_of_the_bank(shared_data: Path, tmp_path: Path) -> None:
    """Profiles and earlier contacts: no figure of 9,009 leads differs."""
    run = run_bank(shared_data, tmp_path, one_now=True)
    assert not list(differences("bank", run, run.rows, tmp_path / "contacts.csv", LAST_DAY))


def test_oracle_agrees_on_every_customer_of_cdnow(shared_data: Path, tmp_path: Path) -> None:
    """Purchases with half-life, buckets, weights and steps: no figure of 2,357 customers differs."""
    run = run_cdnow(shared_data, tmp_path)
    customers = read_rows(shared_data / "cdnow" / "cdnow_sample_events.csv.gz")
    one_each = {row["master_id"]: row for row in customers}.values()
    assert not list(differences("cdnow", run, one_each, tmp_path / "purchases.csv", CDNOW_NOW))


def test_oracle_agrees_on_every_fifth_application_of_bpi12(shared_data: Path, tmp_path: Path) -> None:
    """Work items with five rules, two of them in a group: no figure differs; a fifth, as the oracle takes its time."""
    run = run_bpi12(shared_data, tmp_path)
    applications = read_rows(shared_data / "bpi12_w" / "events_dev.csv.gz")
    one_each = [*{row["CaseID"]: row for row in applications}.values()][::5]
    assert not list(differences("bpi12", run, one_each, tmp_path / "items.csv", BPI12_NOW))
