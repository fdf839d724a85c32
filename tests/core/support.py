"""Short ways to write leads, events and models, shared by the unit tests of the core."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadqual.errors import ModelError
from leadqual.event import Event
from leadqual.fit import Fit
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.scoring import Score, ScoringModel

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
"""The Monday on which the little stories of these tests begin."""
LEAD = Lead(id="L1")


def on(day: float, hours: float = 0) -> datetime:
    """Return the instant so many days and hours after the first Monday."""
    return MONDAY + timedelta(days=day, hours=hours)


def event(id: str, at: datetime | float = 0, kind: str = "download", **more: Any) -> Event:
    """Return an event of lead L1; a number is a day after the first Monday, keywords in capitals are properties."""
    own = {name: more.pop(name) for name in ("by", "source", "lead_id") if name in more}
    moment = at if isinstance(at, datetime) else on(at)
    return Event(**{"lead_id": "L1", **own}, id=id, kind=kind, at=moment, properties=more)


def downloads(*days: float) -> list[Event]:
    """Return one download on each of the days."""
    return [event(f"e{i}", day) for i, day in enumerate(days)]


def rules(*given: InterestRule, properties: Any = None, day_starts: str = "+00:00", **axis: Any) -> ScoringModel:
    """Return a model that has an interest only."""
    return ScoringModel(
        properties=properties or {}, day_starts=day_starts, interest=Interest(rules=list(given), **axis)
    )


def rule(points: Any = 10, event: Any = "download", **more: Any) -> InterestRule:
    """Return a rule for downloads."""
    return InterestRule(event=event, points=points, **more)


def fits(attributes: Any, *criteria: Any, **axis: Any) -> ScoringModel:
    """Return a model that has a fit only."""
    return ScoringModel(attributes=attributes, fit=Fit(criteria=criteria, **axis))


def lead(**attributes: Any) -> Lead:
    """Return lead L1 with attributes."""
    return Lead(id="L1", attributes=attributes)


def scored(model: ScoringModel, events: Any = (), *, now: float = 0, of: Any = LEAD, **more: Any) -> Score:
    """Return the score so many days after the first Monday."""
    return model.score(of, events, now=on(now), **more)


def refusal(**model: Any) -> list[str]:
    """Return what is wrong with a model, as lines of path and problem."""
    with pytest.raises(ModelError) as caught:
        ScoringModel(**model)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]
