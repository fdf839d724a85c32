"""The Python reference as an engine: a whole base, one lead after the other."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import field, frozen

from leadqual.event import Event
from leadqual.interest.dedupe import content_reader, dedupe
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score

POINTS: Final = ("fit", "interest", "total", "fit_low", "fit_high", "completeness")
"""What of a row is in whole hundredths."""
NAMES: Final = ("grade", "level", "label", "qualifies", "stays", "gate", "gates")
FIELDS: Final = (*POINTS, *NAMES)
"""What a row says of a lead, beside ``lead_id``."""


@frozen(kw_only=True)
class EngineAnswer:
    """What an engine says of a base.

    Attributes:
        rows: For each lead its ``lead_id`` and score; points and percent are whole hundredths.
        copies: How many events repeat the id and the content of another; ``None`` if the engine does not say.
        orphans: How many events, each once, are of unknown leads; likewise.
        conflicts: How many ids of events came with two contents; likewise.
    """

    rows: Iterable[Mapping[str, Any]] = field(repr=False)
    copies: int | None = None
    orphans: int | None = None
    conflicts: int | None = None


def python_engine(model: ScoringModel, leads: Sequence[Lead], events: Sequence[Event], now: datetime) -> EngineAnswer:
    """Score a whole base with the Python reference, the one whose answers every engine has to give.

    Args:
        model: The model.
        leads: The leads; one that comes twice, alike, is one.
        events: All events, in any order. Every copy of an id that came with two contents is left out.
        now: The instant.

    Returns:
        A row for each lead, and what was counted.

    Raises:
        LeadqualError: If a value is of another type than declared, or `now` is naive.

    >>> from datetime import UTC
    >>> from leadqual import Interest, InterestRule
    >>> model = ScoringModel(interest=Interest(rules=[InterestRule(event="download", points=2)]))
    >>> at = datetime(2026, 11, 1, tzinfo=UTC)
    >>> event = Event(id="e1", lead_id="L1", kind="download", at=at)
    >>> answer = python_engine(model, [Lead(id="L1")], [event, event], at)
    >>> [(row["lead_id"], row["interest"]) for row in answer.rows], answer.copies
    ([('L1', 200)], 1)
    """
    once = dedupe(events, model.properties)
    content = content_reader(model.properties)
    copies = len(events) - len({(event.key, content(event)) for event in events})
    by_lead: dict[str, list[Event]] = {lead.id: [] for lead in leads}
    orphans = 0
    for event in once.events:
        if event.lead_id in by_lead:
            by_lead[event.lead_id].append(event)
        else:
            orphans += 1
    distinct = {lead.id: lead for lead in leads}
    rows = [row_of(model.score(lead, by_lead[lead.id], now=now)) for lead in distinct.values()]
    return EngineAnswer(rows=rows, copies=copies, orphans=orphans, conflicts=len(once.conflicts))


def row_of(score: Score) -> dict[str, Any]:
    """Return a score as a row.

    Args:
        score: The score.
    """
    points = (score.fit, score.interest, score.total, score.fit_low, score.fit_high, score.completeness)
    names = (score.grade, score.level, score.label, score.qualifies, score.stays, score.gate, score.gates)
    whole = {name: int(value.scaleb(2)) for name, value in zip(POINTS, points, strict=True)}
    return {"lead_id": score.lead_id, **whole, **dict(zip(NAMES, names, strict=True))}
