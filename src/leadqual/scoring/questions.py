"""What to ask about a lead next: what each missing attribute could make of its fit and its bars."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen

from leadqual.conditions.fieldtypes import READERS
from leadqual.conditions.nodes import All
from leadqual.conditions.words import Words
from leadqual.exact import EXACT
from leadqual.languages import language_of
from leadqual.lead import BUILT_IN
from leadqual.points import to_decimal
from leadqual.scoring.answers import answer_scores
from leadqual.scoring.whynot.facts import Facts, facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leadqual.languages import Language
    from leadqual.lead import Lead
    from leadqual.scoring.model import ScoringModel
    from leadqual.scoring.score import Score

_NO_LABELS: Final[Mapping[str, str]] = {}
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "ask": "Ask for {name}",
        "moves": "fit would be from {low} to {high}",
        "becomes": "fit would be {points}",
        "narrows": "its range gets narrower by {points} at least",
        "decides": "the answer may decide {bars}",
        "gates": "the answer may bar the lead, or clear it: {reasons}",
        "else": "only together with other answers does it decide anything",
    },
    "es": {
        "ask": "Pregunta por {name}",
        "moves": "el encaje sería de {low} a {high}",
        "becomes": "el encaje sería de {points}",
        "narrows": "su margen se estrecha en {points} como mínimo",
        "decides": "la respuesta puede decidir {bars}",
        "gates": "la respuesta puede vetar al lead, o levantar el veto: {reasons}",
        "else": "solo decide algo junto con otras respuestas",
    },
}


@frozen(kw_only=True)
class Question:
    """A missing attribute, and what knowing it could change with everything else as it is.

    The answers that are tried are those that the model tells apart: either side of each comparison, each band, each
    named value, another value, and texts with several of the words that are looked for.

    Attributes:
        attribute: Its name.
        type: The type of its values.
        fit_low: The fit after the worst answer, in points.
        fit_high: The fit after the best answer, in points.
        narrows: By how much the range from `Score.fit_low` to `Score.fit_high` gets narrower whatever the answer, in
            points; 0 where an answer may leave it as wide.
        decides: Names of the bars that some answer would open or close now.
        gates: Reasons of the gates that some answer would open or shut.
        fit_now: The fit as it is, in points.
    """

    attribute: str
    type: str
    fit_low: Decimal
    fit_high: Decimal
    narrows: Decimal
    decides: frozenset[str] = frozenset()
    gates: frozenset[str] = frozenset()
    fit_now: Decimal | None = None

    @property
    def moves(self) -> Decimal:
        """How far the fit may move, in points: from the lowest to the highest of what it is and answers make of it."""
        fits = [fit for fit in (self.fit_low, self.fit_high, self.fit_now) if fit is not None]
        return EXACT.subtract(max(fits), min(fits))

    def words(self, language: Language = "en", *, labels: Mapping[str, str] = _NO_LABELS) -> str:
        """Return the question as a sentence.

        Args:
            language: ``"en"`` or ``"es"``.
            labels: What people call attributes, by name.

        Raises:
            UnknownName: If leadqual does not speak the language.

        >>> points = {"fit_low": Decimal(5), "fit_high": Decimal(25), "narrows": Decimal(20)}
        >>> Question(attribute="job_title", type="text", **points).words()
        'Ask for the job title: fit would be from 5 to 25; its range gets narrower by 20 at least.'
        """
        words = Words(language=language_of(language), labels=labels)
        said = _WORDS[words.language]
        parts = []
        if self.fit_low < self.fit_high:
            parts.append(said["moves"].format(low=words.amount(self.fit_low), high=words.amount(self.fit_high)))
        elif self.moves:
            parts.append(said["becomes"].format(points=words.amount(self.fit_high)))
        if self.narrows:
            parts.append(said["narrows"].format(points=words.amount(self.narrows)))
        if self.decides:
            bars = words.joined([words.name(bar) for bar in sorted(self.decides)], "and")
            parts.append(said["decides"].format(bars=bars))
        if self.gates:
            reasons = words.joined([words.name(reason) for reason in sorted(self.gates)], "and")
            parts.append(said["gates"].format(reasons=reasons))
        name = words.the(words.name(self.attribute))
        return f"{said['ask'].format(name=name)}: {'; '.join(parts or [said['else']])}."


def questions(score: Score) -> tuple[Question, ...]:
    """Return what to ask about a lead next; see `Score.questions`."""
    model = cast("ScoringModel", score.reading.model)
    plans, lead = model.plans, score.reading.profile.lead
    asked = [part.condition for bar in plans.bars for part in (bar.when, bar.stay) if part is not None]
    facts = facts_of(model, plans.scope, All(tuple(asked)))
    order = {name: place for place, name in enumerate((*model.attributes, *BUILT_IN))}
    facts.sort(key=lambda fact: order[fact.name])
    found = [question for fact in facts if _missing(fact, lead) and (question := _question(fact, score, model))]
    found.sort(key=lambda question: (question.moves, question.narrows, bool(question.decides)), reverse=True)
    return tuple(found)


def _missing(fact: Facts, lead: Lead) -> bool:
    value = lead.row.get(fact.name)
    return value is None or READERS[fact.kind](value) is None


def _question(fact: Facts, score: Score, model: ScoringModel) -> Question | None:
    """Return what an attribute could change, or nothing if no answer changes anything."""
    answers = list(answer_scores(fact, score, model))
    now = _outcome(score)
    if all(_outcome(answer) == now for answer in answers):
        return None
    fits = [answer.fit for answer in answers]
    widest = max(map(_width, answers))
    return Question(
        attribute=fact.name,
        type=fact.kind,
        fit_low=min(fits),
        fit_high=max(fits),
        narrows=max(to_decimal(0), EXACT.subtract(_width(score), widest)),
        decides=frozenset[str]().union(*(answer.qualifies ^ score.qualifies for answer in answers)),
        gates=frozenset[str]().union(*({*answer.gates} ^ {*score.gates} for answer in answers)),
        fit_now=score.fit,
    )


def _width(score: Score) -> Decimal:
    return EXACT.subtract(score.fit_high, score.fit_low)


def _outcome(score: Score) -> tuple[object, ...]:
    """Return what an answer may change; how much of the profile is known changes with any, and is no reason to ask."""
    return score.fit, score.fit_low, score.fit_high, score.grade, score.gates, score.qualifies, score.stays
