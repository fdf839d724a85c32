"""All that is held of one person, as plain data: for whoever asks what is known of them."""

from typing import Any, Final

from leadqual.errors import ModelChanged
from leadqual.scoring.ledger import Line
from leadqual.scoring.score import Score
from leadqual.service.bodies import plain_of
from leadqual.service.clock import instant
from leadqual.service.desk import Desk
from leadqual.service.holdings import Holding, Kept, spared_of
from leadqual.service.rows import EffectRow, EventRow, LeadRow, SparedRow
from leadqual.service.store import Unit

SCHEMA: Final = 1
"""The schema of what is exported."""


def exported(desk: Desk, unit: Unit, holding: Holding) -> dict[str, Any]:
    """Return all that is held of a person; see `QualificationService.export_lead`.

    Args:
        desk: What reads its record and digests its addresses.
        unit: The transaction that reads it.
        holding: What is held of it.
    """
    lead, part = holding.leads[0], holding.parts[0]
    spared = spared_of(unit, holding.addresses(desk.digests))
    return {
        "schema": SCHEMA,
        "lead_id": lead.lead_id,
        "merged_ids": list(holding.lead_ids[1:]),
        "profile": part.data["lead"],
        "stage": lead.stage,
        "score": _score(desk, lead),
        "consents": _consents(part),
        "suppressed": sorted(part.state.suppressed),
        "leads": [_lead(row, one) for row, one in zip(holding.leads, holding.parts, strict=True)],
        "events": [_event(row) for row in holding.events],
        "facts": [plain_of(row.body) for row in holding.facts],
        "effects": [_effect(row) for row in holding.effects],
        "known_by": [row.kind for row in holding.keys],
        "commands": [{"command_id": row.command_id, "at": _at(row.at)} for row in holding.commands],
        "spared": [_spared(row) for row in spared],
    }


def _score(desk: Desk, row: LeadRow) -> dict[str, Any] | None:
    """Return the score as of the last decision; none under another model than the service's, which cannot tell."""
    try:
        record = desk.records.read(row)
    except ModelChanged:
        return None
    return score_to_plain(record.score())


def score_to_plain(score: Score) -> dict[str, Any]:
    """Return a score with the lines that explain it as plain data; points are exact texts.

    Args:
        score: The score.
    """
    return {
        "at": score.now.isoformat(),
        "fit": str(score.fit),
        "interest": str(score.interest),
        "total": str(score.total),
        "grade": score.grade,
        "level": score.level,
        "label": score.label,
        "qualifies": sorted(score.qualifies),
        "gates": list(score.gates),
        "lines": [_line(line) for line in score.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    table = {"axis": line.axis, "name": line.name, "what": line.what, "where": line.where, "count": line.count}
    numbers = {"raw": line.raw, "limits": line.limits, "decay": line.decay, "cap": line.cap, "points": line.points}
    return {**table, **{name: str(number) for name, number in numbers.items()}, "fields": list(line.fields)}


def _consents(part: Kept) -> list[dict[str, Any]]:
    """Return what the lead last decided of each channel and purpose."""
    return [
        _filled(
            channel=channel,
            purpose=purpose,
            given=consent.given,
            at=consent.at.isoformat(),
            asked_at=consent.asked_at and consent.asked_at.isoformat(),
            confirmed_at=consent.confirmed_at and consent.confirmed_at.isoformat(),
            source=consent.source,
            wording=consent.wording,
        )
        for (channel, purpose), consent in sorted(part.state.consents.items())
    ]


def _lead(row: LeadRow, part: Kept) -> dict[str, Any]:
    due = None if row.due is None else _at(row.due)
    own = _filled(lead_id=row.lead_id, stage=row.stage, into=row.into, held=row.held, due=due)
    return {**own, "model": row.model, "record": part.data}


def _event(row: EventRow) -> dict[str, Any]:
    return {**plain_of(row.body), "lead_id": row.lead_id, "known_at": _at(row.known_at)}


def _effect(row: EffectRow) -> dict[str, Any]:
    ready = None if row.ready_at is None else _at(row.ready_at)
    own = _filled(state=row.state, made_at=_at(row.made_at), ready_at=ready, reason=row.reason)
    return {**own, "attempts": row.attempts, "effect": plain_of(row.body)}


def _spared(row: SparedRow) -> dict[str, Any]:
    return {"channel": row.channel, "purpose": row.purpose or "*", "since": _at(row.at)}


def _filled(**table: object) -> dict[str, Any]:
    """Return a table without what is nothing."""
    return {key: value for key, value in table.items() if value is not None}


def _at(at: int) -> str:
    return instant(at).isoformat()
