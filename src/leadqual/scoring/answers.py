"""What a score would be with each answer to a question about the lead, as far as the model tells them apart."""

from __future__ import annotations

import math
from datetime import timedelta
from itertools import islice
from operator import gt, lt
from typing import TYPE_CHECKING, Any, Final

from leadqual.conditions.fieldtypes import LITERALS
from leadqual.errors import LeadqualError
from leadqual.fit.items import read_key
from leadqual.lead import ACQUISITIONS, KINDS
from leadqual.scoring.whynot.facts import candidates, with_values
from leadqual.scoring.whynot.literals import literals_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

    from leadqual.scoring.model import ScoringModel
    from leadqual.scoring.score import Score
    from leadqual.scoring.whynot.facts import Facts

_STEPS: Final[Mapping[str, Any]] = {
    "integer": 1,
    "date": timedelta(days=1),
    "instant": timedelta(microseconds=1),
}
_MOST: Final = 5_000
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"kind": KINDS, "acquisition": ACQUISITIONS}
"""Fields of every lead that take a few words only."""


def answer_scores(fact: Facts, score: Score, model: ScoringModel) -> list[Score]:
    """Return the scores that answers give, with everything else as it is.

    Tried are either side of each comparison, each row of each table and a value that none of them names: up to 5,000
    values, fewer where very much asks for them. Of texts and lists also those are tried that join several of these, as
    far as that moves fit further up or down.

    Args:
        fact: What the model reads of the attribute.
        score: The score without an answer.
        model: Its model.

    Returns:
        One score for each answer that the model tells apart; a value that no lead can have is no answer.
    """
    answers = _Answers(fact, score, model)
    for value in islice(_values(fact, model), min(_MOST, fact.most)):
        answers.add(value)
    if fact.kind in ("text", "list") and answers.found:
        for better in (gt, lt):
            answers.join(better)
    return [answer for _, answer in answers.found.values()]


class _Answers:
    """Answers and the scores they give, one for each that the model tells apart."""

    def __init__(self, fact: Facts, score: Score, model: ScoringModel) -> None:
        self.fact = fact
        self.score = score
        self.model = model
        self.found: dict[object, tuple[Any, Score]] = {}

    def add(self, value: Any) -> Score | None:
        """Return the score that a value gives, or ``None`` if no lead can have it."""
        own = self.score.reading
        try:
            lead = with_values(own.profile.lead, {self.fact.name: value})
            signature = self.fact.signature(lead.row.get(self.fact.name))
            if signature not in self.found:
                profile = self.model.profile(lead)
                answer = self.model.score_state(profile, own.state, own.now, None, own.life)
                self.found[signature] = (value, answer)
        except LeadqualError:
            return None
        return self.found[signature][1]

    def join(self, better: Callable[[Decimal, Decimal], bool]) -> None:
        """Join the values one by one to the one that takes fit furthest, as long as that takes it further."""
        single = list(self.found.values())
        furthest = single[0]
        for value, answer in single:
            if better(answer.fit, furthest[1].fit):
                furthest = value, answer
        for value, _ in single:
            both = _joined(furthest[0], value)
            answer_to_both = self.add(both)
            if answer_to_both is not None and better(answer_to_both.fit, furthest[1].fit):
                furthest = both, answer_to_both


def _joined(first: Any, second: Any) -> Any:
    return (*first, *second) if isinstance(first, tuple) else f"{first} {second}"


def _values(fact: Facts, model: ScoringModel) -> Iterator[Any]:
    """Yield values of an attribute, at least one for each way in which the model may read it."""
    yield from _CHOICES.get(fact.name, (True, False) if fact.kind == "boolean" else ())
    for value, _ in candidates(fact, model.plans.scope.lists):
        yield value
    for mark in _marks(fact):
        yield from _around(mark, fact.kind)


def _marks(fact: Facts) -> Iterator[Any]:
    """Yield what sizes are compared with."""
    if fact.kind == "number" or fact.kind in _STEPS:
        for leaf in fact.leaves:
            yield from literals_of(leaf, fact.kind, {})
        for table in fact.tables:
            yield from (LITERALS[fact.kind](band.below) for band in table.bands[:-1])
            yield from (read_key(key, fact.kind) for key in table.values)


def _around(mark: Any, kind: str) -> Iterator[Any]:
    """Yield a size and its nearest neighbours; between two marks lies at least one of these, if anything does."""
    yield mark
    if kind == "number":
        yield from (math.nextafter(mark, -math.inf), math.nextafter(mark, math.inf))
        return
    for step in (-_STEPS[kind], _STEPS[kind]):
        try:
            yield mark + step
        except OverflowError:  # the last day of the calendar
            continue
