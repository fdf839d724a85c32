"""A valid document that says everything that can be said of a lead's life, and what a life under it looks like."""

from datetime import UTC, datetime, timedelta
from typing import Any

from leadqual import Event, Lead, LeadqualError, Playbook, ProfileChange, Qualifier, Tick, Verdict
from leadqual.lifecycle.inputs import Input

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIVING: dict[str, Any] = {
    "schema": 1,
    "name": "living",
    "version": "1",
    "attributes": {"job": "text"},
    "properties": {"qty": "number"},
    "interest": {
        "rules": [
            {"event": ["download", "demo", "back"], "points": 30},
            {"event": "*", "points": -10, "inactivity": 30, "min": -30},
        ],
    },
    "qualify": {
        "hand_raise": ["demo"],
        "mql": {
            "when": {"field": "interest", "op": "ge", "value": 30},
            "stay": {"field": "interest", "op": "ge", "value": 5},
        },
    },
    "lifecycle": {
        "preset": "default",
        "initial": "lead",
        "touches": ["call"],
        "replies": ["reply"],
        "captures": ["form"],
        "hand_raise_days": 14,
        "return_days": 7,
        "reopen_days": 60,
        "stages": [
            {"name": "lead", "kind": "open", "phase": "TOFU", "temperature": "cold", "hand_off": False},
            {"name": "opportunity", "phase": "BOFU", "temperature": "hot", "hand_off": True},
            {"name": "later", "kind": "rest"},
            {"name": "won", "kind": "ended"},
            {"name": "lost", "kind": "ended"},
        ],
        "transitions": [
            {"name": "yes", "from": ["lead", "opportunity", "later"], "to": "won", "on": "yes"},
            {"name": "no", "from": ["lead", "opportunity", "later"], "to": "lost", "on": ["no"], "reason": "refused"},
            {"name": "maybe", "from": ["lead", "opportunity"], "to": "later", "on": "maybe"},
            {
                "name": "asked",
                "from": ["lead", "later"],
                "to": "opportunity",
                "on": ["event", "profile"],
                "sla": "hand_raise",
                "when": {
                    "all": [
                        {"field": "state.hand_raised", "op": "eq", "value": True},
                        {"not": {"field": "input.qty", "op": "gt", "value": 100}},
                    ]
                },
            },
            {
                "name": "warm",
                "from": ["lead", "later"],
                "to": "opportunity",
                "on": ["event", "profile", "release"],
                "when": {
                    "all": [
                        {"field": "score.qualifies", "op": "has_any", "value": ["mql"]},
                        {"field": "state.score_route_open", "op": "eq", "value": True},
                    ]
                },
            },
            {"name": "returned", "from": "opportunity", "to": "lead", "on": "return"},
            {
                "name": "cooled",
                "from": "opportunity",
                "to": "later",
                "on": ["tick"],
                "reason": "cooled",
                "when": {"not": {"field": "score.stays", "op": "has_any", "value": ["mql"]}},
            },
            {"name": "rested", "from": "later", "to": "lead", "on": "wake"},
            {
                "name": "back",
                "from": ["won", "lost"],
                "to": "opportunity",
                "on": "event",
                "cycle": "next",
                "when": {"field": "state.hand_raised", "op": "eq", "value": True},
            },
            {
                "name": "reopened",
                "from": ["won", "lost"],
                "to": "opportunity",
                "on": "reopen",
                "when": {"field": "days_in_stage", "op": "le", "value": 60},
            },
        ],
    },
    "recycle": {
        "inbound": {
            "to": "later",
            "interest": "keep",
            "rest_months": [1, 2],
            "spread_days": 10,
            "attempts": 2,
            "then": "dormant",
            "reasons": {"no_budget": 2},
            "nurture": "warm",
            "wake": "early",
            "bonus_event": "back",
        },
        "outbound": {"rest_months": [3, 6]},
        "partner": {"to": "later"},
    },
    "sla": {"hand_raise": {"within": "2h", "escalate": "head of sales"}, "opportunity": "1d"},
    "calendar": {
        "zone": "Europe/Madrid",
        "hours": ["09:00-14:00", "16:00-19:00"],
        "weekdays": ["mon", "tue", "wed", "thu"],
        "days": {"fri": ["09:00-14:00"]},
        "holidays": ["2026-12-25"],
    },
}
TABLES = ("lifecycle", "recycle", "sla", "calendar")
"""The tables of a document that say how a lead lives."""


def live(playbook: Playbook) -> list[str]:
    """Let a lead go through a life under a playbook, whatever its lifecycle; return the stages in which it stood.

    What the table does not allow is refused by an error of ours, and the life goes on.
    """
    qualifier = Qualifier(playbook)
    at = NOW
    record = qualifier.open(Lead(id="L1", acquisition="inbound"), now=at).record
    stages = [record.stage]
    inputs: list[Input] = [
        *(Event(id=f"e{i}", lead_id="L1", kind=kind, at=NOW) for i, kind in enumerate(("download", "demo", "call"))),
        Verdict("return", reason="early"),
        Tick(),
        Verdict("maybe", reason="no_budget"),
        Tick(),
        Verdict("yes", amount=1),
        ProfileChange(Lead(id="L1", acquisition="inbound", attributes={"job": "CTO"})),
        Verdict("reopen"),
        Verdict("no"),
        Event(id="e9", lead_id="L1", kind="demo", at=NOW),
    ]
    for one in inputs:
        at = max(qualifier.next_due(record) or at, at) if isinstance(one, Tick) else at + timedelta(hours=30)
        try:
            outcome = qualifier.handle(record, one, now=at)
        except LeadqualError as error:
            str(error).encode()
            continue
        str([outcome.because, outcome.explain("es"), outcome.facts, outcome.effects]).encode()
        record = outcome.record
        stages.append(record.stage)
    assert qualifier.load(record.to_json()) == record
    return stages
