"""Real leads and events as files, ready to be handed to engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.real.convert import bank_events, read_rows, write_rows, xeducation_events
from tests.real.runs import LAST_DAY, XEDUCATION_NOW, playbook


def real_base(name: str, data: Path, folder: Path) -> dict[str, Any]:
    """Return what `score_table` is called with for X Education's leads and their last acts, or for the bank's leads.

    Args:
        name: ``xeducation`` or ``bank``.
        data: The real data sets.
        folder: Where events are written.
    """
    book = playbook(name)
    if name == "xeducation":
        path = data / "xeducation" / "leads_dev.csv.gz"
        events = write_rows(folder / "acts.csv", xeducation_events(read_rows(path), at="2026-01-10 12:00:00"))
        return {"model": book, "leads": path, "events": events, "now": XEDUCATION_NOW}
    path = data / "bank_leads" / "bank_leads.csv.gz"
    events = write_rows(folder / "contacts.csv", bank_events(read_rows(path), decided_on=LAST_DAY.date()))
    return {"model": book, "leads": path, "events": events, "now": LAST_DAY}
