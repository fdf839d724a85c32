"""Decisions and leads as data for others, without what may be personal."""

from typing import Any

from leadqual.lifecycle.effects import CreateTask, Effect, Enrol, Escalate, HandOff, Notify, TouchDue, Unenrol
from leadqual.qualifier import Record
from leadqual.service import Claim
from qualification.desk import Desk


def decision_of(claim: Claim, desk: Desk) -> dict[str, Any]:
    """Return a decision as it goes out.

    Args:
        claim: The effect that was claimed.
        desk: Makes the link by which a lead leaves the list.
    """
    effect = claim.effect
    decision = {
        "key": effect.key,
        "lead_id": effect.lead_id,
        "decision": effect.name,
        "text": text_of(effect),
        "at": desk.now().isoformat(timespec="seconds"),
        "attempt": claim.attempt,
    }
    if isinstance(effect, TouchDue):
        decision |= {"channel": effect.channel, "content": effect.content, "basis": effect.basis}
        if effect.channel == "email":
            decision["unsubscribe"] = desk.link(effect.lead_id)
    return decision


def text_of(effect: Effect) -> str:
    """Return a decision in words.

    Args:
        effect: What was decided.

    >>> text_of(Enrol(key="k", lead_id="L1", sequence="education"))
    'put it into the sequence education'
    """
    match effect:
        case Notify():
            return f"tell marketing: it is {_stage(effect.stage)} now ({effect.because.replace('_', ' ')})"
        case HandOff():
            return f"hand it to sales as {_stage(effect.stage)}"
        case Enrol():
            return f"put it into the sequence {effect.sequence}"
        case Unenrol():
            return f"take it out of its sequences ({_stage(effect.reason).replace('_', ' ')})"
        case CreateTask():
            until = f" until {effect.due:%Y-%m-%d %H:%M} UTC" if effect.due else ""
            return f"give somebody a task: {effect.task.replace('_', ' ')}{until}"
        case Escalate():
            return f"nobody acted in time ({effect.sla}): tell {effect.to or 'the manager'}"
        case TouchDue():
            return f"{effect.channel}: {effect.content or effect.task or effect.step}"
        case _:
            return effect.name.replace("_", " ")


def _stage(name: str) -> str:
    return name.upper() if name in ("mql", "sql") else name


def lead_data(record: Record, desk: Desk) -> dict[str, Any]:
    """Return a lead: where it stands, what it is worth, and why.

    Args:
        record: The lead.
        desk: Knows the time.
    """
    score = record.score(max(desk.now(), record.as_of))
    facts = desk.service.facts_of(record.state.lead_id)
    return {
        "lead_id": record.state.lead_id,
        "stage": record.stage,
        "label": score.label,
        "fit": float(score.fit),
        "interest": float(score.interest),
        "total": float(score.total),
        "qualifies": sorted(score.qualifies),
        "gate": score.gate,
        "why": [{"axis": one.axis, "name": one.name, "points": float(one.points)} for one in score.lines],
        "ledger": score.explain(),
        "history": [{"fact": fact.name, "at": fact.at.isoformat()} for fact in facts],
    }
