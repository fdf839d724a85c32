"""Leads a lead through the playbook with extensions and prints what goes; run where the package is installed."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from acme_leads import Attention, CompanySize, PatientCaller

from leadqual import Event, Lead, Qualifier, Tick, TouchReport, load_playbook
from leadqual.lifecycle.effects import TouchDue
from leadqual.testing import check_fit_scorer, check_interest_scorer, check_planner


def main() -> None:
    """Check the extensions, live a life and print it as JSON."""
    check_planner(PatientCaller(), examples=20)
    check_planner(PatientCaller(mails=1, calls=3, pause_days=0), examples=20)
    check_fit_scorer(CompanySize(low=50), attributes={"employees": "integer"}, examples=5)
    check_interest_scorer(Attention(acts=("reply", "click")), examples=5)
    playbook = load_playbook(Path(__file__).parent / "acme" / "book.toml")
    planner = playbook.sequences["patient"].planner
    qualifier, now = Qualifier(playbook), datetime(2026, 3, 6, 11, tzinfo=UTC)
    lead = Lead(
        id="L1", email="ana@b.example", phone="+34 600 000 000", zone="Europe/Madrid", attributes={"employees": 80}
    )
    record = qualifier.open(lead, now=now).record
    outcome = qualifier.handle(record, Event(id="e1", lead_id="L1", kind="download", at=now), now=now)
    gone, record = [], outcome.record
    planned = [(touch.at.isoformat(), touch.step, touch.content) for touch in qualifier.plan(record, now=now).touches]
    for _ in range(20):
        for effect in outcome.effects:
            if isinstance(effect, TouchDue):
                gone.append((now.isoformat(), effect.step, effect.content))
                record = qualifier.handle(record, TouchReport(key=effect.touch_key, outcome="sent"), now=now).record
        due = qualifier.next_due(record)
        if due is None or not record.state.enrolments or record.state.enrolments["patient"].ended:
            break
        now = due
        outcome = qualifier.handle(record, Tick(), now=now)
        record = outcome.record
    told = {
        "kind": type(planner).kind,
        "class": f"{type(planner).__module__}.{type(planner).__name__}",
        "fit": qualifier.plan(record, now=now).as_of == now and str(playbook.model.score(lead, [], now=now).fit),
        "planned": planned,
        "gone": gone,
        "ended": record.state.enrolments["patient"].ended,
        "stage": record.state.stage,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
