"""Whether all ways to score with a scorer agree, on leads and events drawn around what it compares."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from leadqual.exact import EXACT
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score
from leadqual.testing.strategies import ANYONE, NOW, event_lists, leads, need_hypothesis

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_LATER: Final = timedelta(days=40)
_LAST: Final = datetime(2199, 12, 31, tzinfo=UTC)


def fit_disagreements(alone: ScoringModel, spelt: ScoringModel, examples: int) -> list[str]:
    """Return how scores of drawn leads disagree.

    Args:
        alone: A model that has the scorer.
        spelt: A model that has the scorer's parts in its place.
        examples: How many leads are drawn.
    """

    def compare(lead: Any) -> str | None:
        score = alone.score(lead, now=NOW)
        if not score.fit_low <= score.fit <= score.fit_high:
            return f"A lead's fit {score.fit} lies outside its range, {score.fit_low} to {score.fit_high}."
        return _told(score, spelt.score(lead, now=NOW), alone.score(alone.profile(lead), now=NOW))

    return _first(leads(alone), compare, examples)


def interest_disagreements(alone: ScoringModel, spelt: ScoringModel, examples: int) -> list[str]:
    """Return how scores of drawn events disagree.

    Args:
        alone: A model that has the scorer.
        spelt: A model that has the scorer's parts in its place.
        examples: How many lists of events are drawn.
    """

    def compare(events: Any) -> str | None:
        late = max([NOW, *(event.at for event in events)]) + _LATER
        now = min(late, _LAST)
        score = alone.score(ANYONE, events, now=now)
        folded = alone.score(ANYONE, alone.tally(reversed(events), lead=ANYONE), now=now)
        return _told(score, spelt.score(ANYONE, events, now=now), folded)

    return _first(event_lists(alone), compare, examples)


def _told(score: Score, *others: Score) -> str | None:
    """Return what is wrong with a score that should equal others and be the sum of its ledger, if anything is."""
    numbers = (score.fit, score.interest, score.total)
    if any((other.fit, other.interest, other.total) != numbers for other in others):
        totals = ", ".join(str(each.total) for each in (score, *others))
        return f"One lead has several scores ({totals}): let `lower` depend on the fields only."
    for axis, value in (("fit", score.fit), ("interest", score.interest)):
        total = Decimal(0)
        for line in score.lines:
            total = EXACT.add(total, line.points) if line.axis == axis else total
        if total != value:
            return f"A ledger adds up to {total} instead of {value}."
    return None


def _first(drawn: "SearchStrategy[Any]", compare: Callable[[Any], str | None], examples: int) -> list[str]:
    """Return the first disagreement over drawn values, always the same ones."""
    hypothesis = need_hypothesis()
    found: list[str] = []

    def each(value: Any) -> None:
        if not found and (told := compare(value)):
            found.append(told)

    steady = hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    steady(hypothesis.given(drawn)(each))()
    return found
