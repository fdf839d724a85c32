"""Answers in sentences, in English and in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from leadqual.conditions.describe import describe
from leadqual.conditions.nodes import Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from leadqual.conditions.nodes import Condition
    from leadqual.conditions.words import Words
    from leadqual.languages import Language
    from leadqual.scoring.score import Score
    from leadqual.scoring.whynot.values import Act, Change

_MOST_NAMED: Final = 3
"""Values of one comparison that are named; more are left to the playbook."""
_PHRASES: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "answer": "Needs: {changes}. Then: {label}total {total}, {bars}.",
        "unknown": "to learn that {claim}",
        "any": "to learn {name}",
        "known": "it to be true, other than now, that {claim}",
        "example": "{claim}, for example",
        "act": "{kind} {day}",
        "with": "{kind} ({properties})",
        "fresh": "another {name}",
        "again": "{kind} {times} times",
        "day0": "now",
        "day1": "a day later",
        "day2": "two days later",
        "day3": "three days later",
        "met": "{bar} is reached already.",
        "gated": "{bar} is out of reach while the lead is barred: {gates}.",
        "none": "No change of up to three parts, among what the playbook names, reaches {bar}.",
        "not found": "No change of up to three parts was found that reaches {bar}; the most promising ones were tried.",
    },
    "es": {
        "answer": "Hace falta: {changes}. Entonces: {label}total {total}, {bars}.",
        "unknown": "saber que {claim}",
        "any": "saber {name}",
        "known": "que sea cierto, al contrario que ahora, que {claim}",
        "example": "{claim}, por ejemplo",
        "act": "{kind} {day}",
        "with": "{kind} ({properties})",
        "fresh": "sin repetir {name}",
        "again": "{kind} {times} veces",
        "day0": "ahora",
        "day1": "un día después",
        "day2": "dos días después",
        "day3": "tres días después",
        "met": "{bar} ya se alcanza.",
        "gated": "{bar} no se puede alcanzar mientras el lead esté vetado: {gates}.",
        "none": "Ningún cambio de hasta tres partes, entre lo que nombran las reglas, alcanza {bar}.",
        "not found": "No se encontró ningún cambio de hasta tres partes que alcance {bar}; se probaron los más "
        "prometedores.",
    },
}


def answer_words(changes: Sequence[Change], score: Score, words: Words) -> str:
    """Return an answer in a sentence.

    Args:
        changes: Its changes.
        score: The score they give.
        words: Language and labels.
    """
    phrases = _PHRASES[words.language]
    told = "; ".join([*_claims(changes, words), *_acts(changes, words)])
    bars = words.joined([words.name(bar) for bar in sorted(score.qualifies)], "and")
    label = f"{score.label}, " if score.label else ""
    return phrases["answer"].format(changes=told, label=label, total=words.amount(score.total), bars=bars)


def _claims(changes: Sequence[Change], words: Words) -> Iterator[str]:
    """Yield what has to be learned, or has to be otherwise."""
    from leadqual.scoring.whynot.values import Learned

    phrases = _PHRASES[words.language]
    for change in changes:
        if isinstance(change, Learned) and change.condition == Leaf(field=change.attribute, op="exists"):
            yield phrases["any"].format(name=words.the(words.name(change.attribute)))
        elif isinstance(change, Learned):
            short, cut = _shortened(change.condition)
            claim = describe(short, language=words.language, labels=words.labels)
            claim = phrases["example"].format(claim=claim) if cut else claim
            yield phrases["known" if change.known else "unknown"].format(claim=claim)


def _shortened(condition: Condition) -> tuple[Condition, bool]:
    """Return a condition with no more than a few values, and whether some were left out."""
    if not isinstance(condition, Leaf) or condition.op in ("has_all", "not_in"):
        return condition, False
    value = condition.value
    if not isinstance(value, tuple) or len(value) <= _MOST_NAMED:
        return condition, False
    return evolve(condition, value=value[:_MOST_NAMED]), True


def _acts(changes: Sequence[Change], words: Words) -> Iterator[str]:
    """Yield what has to happen; the same act several times on a day is said once."""
    from leadqual.scoring.whynot.values import Act

    phrases = _PHRASES[words.language]
    counts: dict[tuple[str, int], int] = {}
    for change in changes:
        if isinstance(change, Act):
            place = (_act(change, words), change.days)
            counts[place] = counts.get(place, 0) + 1
    for (kind, days), times in counts.items():
        told = kind if times == 1 else phrases["again"].format(kind=kind, times=times)
        yield phrases["act"].format(kind=told, day=phrases[f"day{days}"])


def _act(change: Act, words: Words) -> str:
    phrases = _PHRASES[words.language]
    properties = [
        phrases["fresh"].format(name=words.name(name))
        if name in change.fresh
        else describe(Leaf(field=name, op="eq", value=value), language=words.language, labels=words.labels)
        for name, value in change.event.properties.items()
    ]
    kind = words.kind(change.event.kind)
    return phrases["with"].format(kind=kind, properties=words.joined(properties, "and")) if properties else kind


def barred_words(bar: str, score: Score, words: Words) -> str:
    """Return that a lead is barred by a gate, whatever it reaches."""
    gates = words.joined([words.name(reason) for reason in score.gates], "and")
    return _PHRASES[words.language]["gated"].format(bar=words.name(bar), gates=gates)


def nothing_words(bar: str, score: Score, words: Words, *, met: bool, complete: bool) -> str:
    """Return why there is no answer.

    Args:
        bar: The bar.
        score: The score that was asked.
        words: Language and labels.
        met: Whether the bar is reached already.
        complete: Whether everything was tried.
    """
    phrases = _PHRASES[words.language]
    if met:
        return phrases["met"].format(bar=words.name(bar))
    if score.gates:
        return barred_words(bar, score, words)
    return phrases["none" if complete else "not found"].format(bar=words.name(bar))
