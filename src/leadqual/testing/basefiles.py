"""The files of a synthetic base."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from leadqual.event import Event
from leadqual.lead import Lead

LEAD_COLUMNS: Final = (
    "kind",
    "email",
    "company_id",
    "acquisition",
    "channel",
    "source",
    "zone",
    "language",
    "created_at",
)
ATTRIBUTES: Final = ("job_title", "department", "employees", "country", "email_type")
PROPERTIES: Final = ("asset", "page", "email_id")


def write_base(
    folder: Path, leads: Iterable[Lead], events: Iterable[Event], outcomes: Iterable[Sequence[object]]
) -> tuple[Path, Path, Path]:
    """Write leads.csv, events.csv and outcomes.csv into a folder, which is made if it is not there.

    Args:
        folder: Where to.
        leads: Leads with the attributes of the starter playbook.
        events: Events with its properties.
        outcomes: Lead id, outcome, instant or nothing, and chance of each.

    Returns:
        The three paths; the files are UTF-8 with LF line ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = (folder / "leads.csv", folder / "events.csv", folder / "outcomes.csv")
    _write(paths[0], ("lead_id", *LEAD_COLUMNS, *ATTRIBUTES), map(_lead_row, leads))
    _write(paths[1], ("event_id", "lead_id", "kind", "at", "by", *PROPERTIES), map(_event_row, events))
    _write(paths[2], ("lead_id", "outcome", "at", "chance"), outcomes)
    return paths


def _lead_row(lead: Lead) -> list[object]:
    return [
        lead.id,
        *(getattr(lead, name) for name in LEAD_COLUMNS),
        *(lead.attributes.get(name) for name in ATTRIBUTES),
    ]


def _event_row(event: Event) -> list[object]:
    properties = (event.properties.get(name) for name in PROPERTIES)
    return [event.id, event.lead_id, event.kind, event.at, event.by, *properties]


def _cell(value: object) -> object:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(map(_cell, row) for row in rows)
