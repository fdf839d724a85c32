"""From generated plain data to the library, and its answer back as plain figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from leadqual.event import Event
from leadqual.interest import Tally
from leadqual.lead import Lead
from leadqual.playbook import loads
from leadqual.scoring import Score, ScoringModel

from .written import as_json

POINTS = ("fit", "interest", "total", "fit_low", "fit_high", "completeness")
PLAIN = (
    "grade", "level", "label", "qualifies", "stays", "gate", "gates", "interactions", "active_days", "kinds",
    "days_since_activity", "days_since_contact",
)  # fmt: skip


def model_of(document: Mapping[str, Any]) -> ScoringModel:
    """Load a document by way of its JSON text."""
    return loads(as_json(document), format="json").model


def lead_of(lead: Mapping[str, Any]) -> Lead:
    """Build the lead."""
    return Lead(**lead)


def event_of(event: Mapping[str, Any]) -> Event:
    """Build one event."""
    return Event(**event)


def events_of(events: Iterable[Mapping[str, Any]]) -> list[Event]:
    """Build the events."""
    return [event_of(event) for event in events]


def whole(points: Decimal) -> int:
    """Return points with two places as whole hundredths, exactly."""
    assert isinstance(points, Decimal)
    assert points.as_tuple().exponent == -2, points
    return int(points.scaleb(2))


def figures(score: Score) -> dict[str, Any]:
    """Return every figure of a score, points in hundredths, as the oracle gives them."""
    found: dict[str, Any] = {name: whole(getattr(score, name)) for name in POINTS}
    found |= {name: getattr(score, name) for name in PLAIN}
    found["groups"] = {name: whole(subtotal) for name, subtotal in score.groups.items()}
    return found


def amounts(score: Score) -> list[tuple[Any, ...]]:
    """Return the ledger as plain tuples, without the events it names."""
    return [(x.axis, x.where, x.what, x.count, x.raw, x.limits, x.decay, x.cap, x.points) for x in score.lines]


def scored(model: ScoringModel, lead: Lead, events: Iterable[Event] | Tally, now: datetime) -> tuple[Any, ...]:
    """Return all that must be the same for two ways to one score: figures and ledger."""
    score = model.score(lead, events, now=now)
    return figures(score), amounts(score)


def earned(model: ScoringModel, lead: Lead, events: Iterable[Event] | Tally, now: datetime) -> tuple[Any, ...]:
    """Return what a tally tells as exactly as its events do: all figures, and what each line of the ledger earns.

    How many events there were before the limits, and what these took, a tally does not keep.
    """
    score = model.score(lead, events, now=now)
    return figures(score), {(line.axis, line.where, line.what): line.points for line in score.lines if line.points}
