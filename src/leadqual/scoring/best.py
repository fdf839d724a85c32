"""Several ideal profiles or objectives: which one a lead suits best, and by how much."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from attrs import frozen

from leadqual.axis import container_problems
from leadqual.errors import ModelError, Problem, UnknownName
from leadqual.event import Event, Key
from leadqual.exact import EXACT
from leadqual.hints import did_you_mean
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score

Axis = Literal["total", "fit", "interest"]
_AXES: Final = ("total", "fit", "interest")
_NO_FLAGS: Final[frozenset[Key]] = frozenset()


@frozen(kw_only=True)
class Best:
    """The model that a lead suits best.

    Attributes:
        name: Its name; of equal scores the first that was given.
        score: The lead's score under it.
        margin: Points ahead of the next best; ``None`` when there is no other.
        scores: The lead's score under each model, by name.
    """

    name: str
    score: Score
    margin: Decimal | None
    scores: Mapping[str, Score]


def best(
    models: Mapping[str, ScoringModel],
    lead: Lead,
    events: Iterable[Event] = (),
    *,
    now: datetime,
    by: Axis = "total",
    flagged: Container[Key] = _NO_FLAGS,
) -> Best:
    """Score a lead under several models and tell which one it suits best.

    Args:
        models: The models by name, such as ``playbook.models``.
        lead: The lead.
        events: Its events.
        now: As of when.
        by: The score that is compared: ``"total"``, ``"fit"`` or ``"interest"``. Totals compare only where the models
            join their axes on one scale.
        flagged: Keys of events that do not exist while they are flagged.

    Returns:
        The best one, with its margin over the next.

    Raises:
        EventConflict: If one id came with two contents.
        EventError: If an event is wrong.
        InstantError: If `now` is naive or out of range.
        LeadError: If the lead is wrong.
        ModelError: If there is no model, or one is none.
        UnknownName: If `by` is no score.

    >>> from datetime import UTC
    >>> from leadqual.conditions import field
    >>> from leadqual.fit import Criterion, Fit
    >>> def wants(country):
    ...     criterion = Criterion(when=field("country").eq(country), points=10)
    ...     return ScoringModel(attributes={"country": "text"}, fit=Fit(criteria=[criterion]))
    >>> found = best({"spain": wants("ES"), "mexico": wants("MX")}, Lead(id="L1", attributes={"country": "MX"}),
    ...              now=datetime(2026, 1, 1, tzinfo=UTC))
    >>> found.name, found.margin
    ('mexico', Decimal('10.00'))
    """
    if by not in _AXES:
        hint = did_you_mean(by, _AXES)
        raise UnknownName([Problem(where="by", what="this is no score to compare", got=by, hint=hint)])
    if not isinstance(models, Mapping) or not models:
        hint = "Pass at least one model, such as {playbook.name: playbook.model}."
        raise ModelError([Problem(where="models", what="models were expected", got=models, hint=hint)])
    wrong = list(container_problems((f"models.{name}", model, ScoringModel) for name, model in models.items()))
    if wrong:
        raise ModelError(wrong)
    told = tuple(events)
    scores = {name: model.score(lead, told, now=now, flagged=flagged) for name, model in models.items()}
    ranked = sorted(scores, key=lambda name: _points(scores[name], by), reverse=True)
    first = _points(scores[ranked[0]], by)
    margin = EXACT.subtract(first, _points(scores[ranked[1]], by)) if len(ranked) > 1 else None
    return Best(name=ranked[0], score=scores[ranked[0]], margin=margin, scores=scores)


def _points(score: Score, by: Axis) -> Decimal:
    return {"total": score.total, "fit": score.fit, "interest": score.interest}[by]
