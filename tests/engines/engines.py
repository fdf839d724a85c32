"""Engines as `check_engine` calls them: leads and events in, the rows of `score_table` out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from leadqual.batch import score_table
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.testing import EngineAnswer, arrow_events, arrow_leads


def engine(**how: Any) -> Callable[[ScoringModel, Sequence[Lead], Sequence[Event], datetime], EngineAnswer]:
    """Return an engine that scores Arrow tables; `how` goes to `score_table`."""

    def score(model: ScoringModel, leads: Sequence[Lead], events: Sequence[Event], now: datetime) -> EngineAnswer:
        tables = {"leads": arrow_leads(model, leads), "events": arrow_events(model, events)}
        found = score_table(model, **tables, now=now, details=True, bad_rows="skip", **how)
        report, rows = found.report, list(found.rows())
        found.close()
        assert report.bad_rows == 0
        return EngineAnswer(rows=rows, copies=report.copies, orphans=report.orphans, conflicts=report.conflicts)

    return score
