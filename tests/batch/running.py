"""Bases run through `score_table` and through the reference, and how the two differ."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb
from attrs import evolve
from hypothesis import settings

from leadqual.batch import Script, score_table
from leadqual.batch.border import stage
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.testing import arrow_events, arrow_leads, python_engine
from leadqual.testing.engines import compare_rows
from leadqual.testing.strategies import NOW


def run(
    model: ScoringModel, leads: Sequence[Lead], events: Sequence[Event], now: datetime = NOW, **how: Any
) -> tuple[list[dict[str, Any]], Any]:
    """Return the rows and the report of `score_table` over Arrow tables, conflicts left out.

    Ids of leads that are all whole numbers are handed over as such, so that they may stand for themselves.
    """
    tables = {"leads": arrow_leads(model, leads), "events": arrow_events(model, events)}
    ids = {*(lead.id for lead in leads), *(event.lead_id for event in events)}
    if all(_is_whole(name) for name in ids):
        tables = {name: whole_numbered(table) for name, table in tables.items()}
    table = score_table(model, **tables, now=now, **{"details": True, "bad_rows": "skip", **how})
    rows = list(table.rows())
    table.close()
    return rows, table.report


def whole_numbered(table: Any) -> Any:
    """Return a table whose ids of leads are whole numbers, without `since` where nobody has one."""
    if "since" in table.schema.names and table.column("since").null_count == len(table):
        table = table.drop_columns("since")
    at = table.schema.get_field_index("lead_id")
    return table.set_column(at, "lead_id", table.column(at).cast("int64"))


def _is_whole(name: str) -> bool:
    return name.isascii() and name.removeprefix("-").isdecimal() and str(int(name)) == name


def differences(
    model: ScoringModel, leads: Sequence[Lead], events: Sequence[Event], now: datetime = NOW, **how: Any
) -> list[str]:
    """Return how `score_table` differs from the reference over a base: rows, copies, orphans and conflicts."""
    rows, report = run(model, leads, events, now, **how)
    expected = python_engine(model, leads, events, now)
    told = list(compare_rows(by_lead(expected.rows), rows))
    for name in ("copies", "orphans", "conflicts"):
        got, want = getattr(report, name), getattr(expected, name)
        if got != want:
            told.append(f"{name}: expected {want}, got {got}")
    return told


def staged(model: ScoringModel, leads: Sequence[Lead], events: Sequence[Event], script: Script) -> dict[str, Any]:
    """Return both tables as a statement of SQL reads them, as Arrow tables by name."""
    with duckdb.connect() as connection:
        found = stage(connection, model, leads=arrow_leads(model, leads), events=arrow_events(model, events))
        parts = {"lq_leads": (found.leads, script.leads), "lq_events": (found.events, script.events)}
        return {
            name: connection.table(part.view)
            .project(", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in read.items()))
            .to_arrow_table()
            for name, (part, read) in parts.items()
        }


def by_lead(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return rows by lead."""
    return {row["lead_id"]: row for row in rows}


def renamed(event: Event, lead_id: str, number: int) -> Event:
    """Return an event as one of another lead, with an id of its own."""
    return evolve(event, id=f"{lead_id}/{number}", lead_id=lead_id)


fewer = settings(max_examples=max(4, settings.default.max_examples // 25))
"""For examples that run whole plans, which take a second or so: 8 in CI, 120 by night."""
