"""Conditions in plain words."""

from collections.abc import Mapping
from typing import Final, Literal

from leadqual.conditions.claims import Claim, Claims, claims
from leadqual.conditions.leafwords import Phrase, leaf_phrase
from leadqual.conditions.nodes import Condition
from leadqual.conditions.words import Words
from leadqual.languages import Language, language_of

_NO_LABELS: Final[Mapping[str, str]] = {}
_DEEP: Final = 3
_SIGNS: Final = {1: "", 2: ","}


def describe(condition: Condition, *, language: Language = "en", labels: Mapping[str, str] = _NO_LABELS) -> str:
    """Say what a condition asks.

    Args:
        condition: The condition.
        language: ``"en"`` or ``"es"``.
        labels: What people call attributes, properties, kinds, lists and values, by name.

    Returns:
        A phrase without a full stop.

    Raises:
        UnknownName: If leadqual does not speak the language.

    >>> from leadqual.conditions import field
    >>> describe(field("job_title").contains_word("CEO", "CTO"))
    'the job title contains one of the words “CEO” or “CTO”'
    >>> describe(~field("country").eq("ES") & field("employees").between(10, 49))
    'the country is not ES and the employees are from 10 to 49'
    >>> describe(field("country").eq("ES"), language="es", labels={"country": "país", "ES": "España"})
    'el país es España'
    """
    return condition_phrase(condition, Words(language=language_of(language), labels=labels))


def condition_phrase(condition: Condition, words: Words) -> str:
    """Say what a condition asks, in the words of a team.

    Args:
        condition: The condition.
        words: The language and the labels.

    Returns:
        A phrase without a full stop.
    """
    return claims_phrase(claims(condition), words)


def claims_phrase(found: Claims, words: Words) -> str:
    """Say claims in words, such that each is read with its own neighbours.

    The nearer two claims belong together, the weaker what stands between them: *and*, a comma, a semicolon; what lies
    deeper still stands in brackets.

    Args:
        found: The claims.
        words: The language and the labels.
    """
    return _said(found, words, within=False).text


def _said(found: Claims, words: Words, *, within: bool) -> Phrase:
    joints = words.speech.joints
    if isinstance(found, Claim):
        return leaf_phrase(found, words)
    if not found.parts:
        return Phrase(joints["always" if found.every else "never"], 0)
    parts = [_enclosed(_said(part, words, within=True)) for part in found.parts]
    nested = 1 + max(part.nested for part in parts)
    joint: Literal["and", "or"] = "and" if found.every else "or"
    texts = [part.text for part in parts]
    if nested == 1:
        text = words.joined(texts, joint)
    else:
        text = texts[0]
        for following in texts[1:]:
            text = words.joined([text + _SIGNS.get(nested, ";"), following], joint)
    either = joints["either"]
    opens = either and within and not found.every and not text.startswith(either)
    return Phrase(f"{either} {text}" if opens else text, nested)


def _enclosed(phrase: Phrase) -> Phrase:
    return phrase if phrase.nested < _DEEP else Phrase(f"({phrase.text})", 0)
