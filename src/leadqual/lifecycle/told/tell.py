"""What has become of a lead, and what is to be done, each in a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, tzinfo
from typing import Final

from attrs import evolve

from leadqual.conditions.words import Words
from leadqual.errors import HistoryError, Problem, kind_of
from leadqual.languages import Language, language_of
from leadqual.lifecycle.effects import Effect
from leadqual.lifecycle.facts import Fact, HandRaised, Recycled, StageChanged, VerdictGiven, Woken
from leadqual.lifecycle.told import effects, facts
from leadqual.lifecycle.told.voice import Voice

_NO_LABELS: Final[Mapping[str, str]] = {}
_TOLD_BY: Final[Mapping[str, type[Fact]]] = {
    **dict.fromkeys(("yes", "no", "maybe", "accepted by sales", "returned by sales", "reopened"), VerdictGiven),
    **dict.fromkeys(("hand-raise", "back by hand-raise"), HandRaised),
    **dict.fromkeys(("woken by its own act", "rested"), Woken),
}
"""Transitions that come with leadqual, and the fact that says already why they were taken."""


def _voice(language: Language, labels: Mapping[str, str], zone: tzinfo = UTC) -> Voice:
    return Voice(Words(language=language_of(language), labels=labels), zone)


def tell(fact: Fact, *, language: Language = "en", labels: Mapping[str, str] = _NO_LABELS, zone: tzinfo = UTC) -> str:
    """Say what a fact says, for people.

    Nobody is named: neither the lead nor who acted.

    Args:
        fact: The fact.
        language: ``"en"`` or ``"es"``.
        labels: What people call stages, transitions, kinds, reasons and SLAs, by name; `Playbook.labels` has them by
            language.
        zone: Zone of the days and times that are told, such as that of the playbook's calendar.

    Returns:
        A sentence, or two.

    Raises:
        UnknownName: If leadqual does not speak the language.
        HistoryError: If it is no fact.

    >>> from datetime import UTC, datetime
    >>> from leadqual.lifecycle.facts import Cause, Recycled
    >>> at, until = datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 6, 14, tzinfo=UTC)
    >>> whose = {"lead_id": "L1", "seq": 5, "at": at, "known_at": at, "cause": Cause("verdict")}
    >>> rest = Recycled(**whose, reason="no_budget", attempt=1, wake_at=until)
    >>> tell(rest)
    'It rests until 14 June 2026 (reason: no budget), attempt 1.'
    >>> tell(rest, language="es")
    'Queda en reposo hasta el 14 de junio de 2026 (motivo: sin presupuesto), intento 1.'
    """
    return _tell(fact, _voice(language, labels, zone))


def tell_effect(
    effect: Effect, *, language: Language = "en", labels: Mapping[str, str] = _NO_LABELS, zone: tzinfo = UTC
) -> str:
    """Say what an effect asks for, for the people who do it.

    Args:
        effect: The effect.
        language: ``"en"`` or ``"es"``.
        labels: What people call stages, transitions, kinds, reasons, sequences and SLAs, by name.
        zone: Zone of the days and times that are told.

    Returns:
        A sentence.

    Raises:
        UnknownName: If leadqual does not speak the language.
        HistoryError: If it is no effect.

    >>> from leadqual.lifecycle.effects import Enrol
    >>> tell_effect(Enrol(key="k1", lead_id="L1", sequence="keep-warm"))
    'Put it into the sequence “keep-warm”.'
    """
    voice = _voice(language, labels, zone)
    told = effects.TOLD.get(type(effect))
    if told is None:
        raise _refusal("an effect", effect)
    return told(effect, voice)


def because(
    history: Iterable[Fact], *, language: Language = "en", labels: Mapping[str, str] = _NO_LABELS, zone: tzinfo = UTC
) -> str:
    """Say what several facts say, as one paragraph; what one of them says of the reason, those it led to do not repeat.

    Args:
        history: The facts, in their order.
        language: ``"en"`` or ``"es"``.
        labels: What people call stages, transitions, kinds, reasons and SLAs, by name.
        zone: Zone of the days and times that are told.

    Returns:
        Sentences; one that says so if there are no facts.

    Raises:
        UnknownName: If leadqual does not speak the language.
        HistoryError: If one is no fact.

    >>> because([]), because([], language="es")
    ('Nothing has changed.', 'Nada ha cambiado.')
    """
    voice = _voice(language, labels, zone)
    return " ".join(_paragraph(history, voice)) or voice.say("nothing")


def stage_word(stage: str, *, language: Language = "en", labels: Mapping[str, str] = _NO_LABELS) -> str:
    """Return what people call a stage.

    Args:
        stage: Its name.
        language: ``"en"`` or ``"es"``.
        labels: What people call stages, by name.

    Returns:
        A word or two, without an article.

    Raises:
        UnknownName: If leadqual does not speak the language.

    >>> stage_word("mql"), stage_word("recycle"), stage_word("recycle", language="es"), stage_word("in_talks")
    ('MQL', 'resting', 'en reposo', 'in talks')
    """
    return _voice(language, labels).name(stage)


def _tell(fact: Fact, voice: Voice) -> str:
    told = facts.TOLD.get(type(fact))
    if told is None:
        raise _refusal("a fact", fact)
    return told(fact, voice)


def _paragraph(history: Iterable[Fact], voice: Voice) -> Iterator[str]:
    before: dict[type[Fact], Fact] = {}
    brought = None
    for fact in history:
        if (fact.cause, fact.known_at) != brought:
            before, brought = {}, (fact.cause, fact.known_at)
        before[type(fact)] = fact
        verdict = before.get(VerdictGiven)
        reasons = (None, verdict.reason if isinstance(verdict, VerdictGiven) else None)
        if isinstance(fact, StageChanged) and fact.reason in reasons and _TOLD_BY.get(fact.transition) in before:
            yield facts.stage_changed(fact, voice, "stage changed so")
        elif isinstance(fact, Recycled) and fact.reason in reasons:
            yield _tell(evolve(fact, reason=None), voice)
        else:
            yield _tell(fact, voice)


def _refusal(expected: str, value: object) -> HistoryError:
    hint = "Pass one that leadqual made."
    return HistoryError([Problem(where="", what=f"{expected} was expected", got=kind_of(value), hint=hint)])
