"""One comparison in words."""

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from leadqual.conditions.claims import Claim
from leadqual.conditions.comparisons import ONE_OR_SEVERAL, SEVERAL
from leadqual.conditions.nodes import Leaf
from leadqual.conditions.words import Words, read_moment
from leadqual.languages import joined

_SAYS: Final = {
    "eq": "is", "ne": "is", "in": "is", "not_in": "is", "contains_any": "contains", "contains_word": "word",
    "starts_with": "starts", "ends_with": "ends", "domain_in": "domain", "has_any": "has", "has_all": "has all",
}  # fmt: skip
_REVERSE: Final = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "between": "outside"}
_SOUGHT: Final = ("contains", "word", "starts", "ends")
"""What looks for words, which stand in quotes as they are."""
_ORDER: Final = frozenset({*_REVERSE, "outside"})
_COUNTED: Final = ("interactions", "active_days", "days_in_stage", "attempts", "cycle")
_AGO: Final = ("days_since_activity", "days_since_contact")
_STYLES: Final = {"level": "level", **dict.fromkeys(_COUNTED, "count"), **dict.fromkeys(_AGO, "ago")}
_STAGES: Final = ("stage", "furthest", "score.qualifies", "score.stays")
_ALWAYS_KNOWN: Final = (
    "fit", "fit_high", "interest", "total", "completeness", "interactions", "active_days", "score.qualifies",
    "score.stays", "input.interaction", "input.hand_raise", "input.reply", "input.capture",
)  # fmt: skip


class Phrase(NamedTuple):
    """Words, and how deep the lists within them are nested.

    Attributes:
        text: The words.
        nested: 0 for a plain comparison; 1 with a list of values, and one more for each joint around.
    """

    text: str
    nested: int


def leaf_phrase(claim: Claim, words: Words) -> Phrase:
    """Say one comparison, and what it makes of a value that is missing where that is not plain.

    Args:
        claim: The comparison, or its opposite.
        words: The language and the labels.

    >>> leaf_phrase(Claim(Leaf(field="country", op="ne", value="ES"), True), Words()).text
    'the country is known and is not ES'
    >>> leaf_phrase(Claim(Leaf(field="country", op="eq", value="ES"), False), Words()).text
    'the country is not ES'
    """
    leaf = claim.leaf
    if leaf.op in ("exists", "missing"):
        return Phrase(_known(leaf, words, known=leaf.op == "exists"), 0)
    positive = claim.holds is (leaf.op not in ("ne", "not_in"))
    with_unknown = (leaf.missing is True) is claim.holds
    says = _SAYS.get(leaf.op, leaf.op)
    if not positive and says in _REVERSE:
        says, positive = _REVERSE[says], True
    text, several = _comparison(leaf, says, words, positive=positive)
    if positive is not with_unknown or _is_always_known(leaf.field):
        return Phrase(text, several)
    if positive:
        sign = "," if several else ""
        unknown = _known(leaf, words, known=False, after=True)
        return Phrase(words.joined([text + sign, unknown], "or"), several + 1)
    predicate = _comparison(leaf, says, words, positive=positive, after=True)[0]
    return Phrase(words.joined([_known(leaf, words, known=True), predicate], "and"), 1)


def _is_always_known(field: str) -> bool:
    return field in _ALWAYS_KNOWN or field.startswith(("group.", "state."))


def _known(leaf: Leaf, words: Words, *, known: bool, after: bool = False) -> str:
    """Say that a value is there, or is not; after another phrase about it without naming it again."""
    says = "known" if known else "unknown"
    speech = words.speech
    if f"{leaf.field} yes" in speech.whole:  # an answer that is always there
        return speech.joints["always" if known else "never"]
    whole = speech.whole.get(f"{'count' if leaf.field in speech.counted else leaf.field} {says}")
    if whole is not None:
        return whole.format(noun=speech.counted.get(leaf.field, ("", ""))[1])
    subject = _subject(leaf, words, _style(leaf, says))
    predicate = picked(speech.phrases[says], several=speech.many(subject))
    return predicate if after else f"{subject} {predicate}"


def _comparison(leaf: Leaf, says: str, words: Words, *, positive: bool, after: bool = False) -> tuple[str, int]:
    """Return a comparison in words, and 1 if it holds a list or a choice, else 0."""
    speech = words.speech
    style = _style(leaf, says)
    listed = leaf.op in SEVERAL | ONE_OR_SEVERAL and isinstance(leaf.value, str) and leaf.value.startswith("@")
    values = _values(leaf, says, style, words, listed=listed)
    several = len(values) > 1 and says not in ("between", "outside")
    sign = "words" if several and says == "word" else says
    key = ("" if positive else "not ") + sign + (" list" if listed else "")
    spread = dict(zip(("low", "high"), values, strict=False)) if says in ("between", "outside") else {}
    one = leaf.value in (1, (1,))
    if style == "count" and f"count {key}" in speech.whole:
        noun = speech.counted[leaf.field][0 if one and key != "not is" else 1]
        template = picked(speech.whole[f"count {key}"], several=not one)
        return template.format(v=words.joined(values, "or"), noun=noun, **spread), int(several)
    whole = speech.whole.get(_whole_key(leaf, key, style, positive=positive))
    if whole is not None:
        return whole.format(v=words.joined(values, "and" if "has all" in key else "or")), int(several)
    subject = _subject(leaf, words, style)
    phrases = speech.phrases
    says_this = phrases.get(f"{style} {key}") or phrases.get(key)
    if says_this is None:  # no operator of ours, in a condition that nobody has checked
        return " ".join([subject, leaf.op.replace("_", " "), *values]), int(several)
    text = picked(says_this, several=not one if style == "ago" else speech.many(subject))
    text = text.format(v=_list(values, key, words), **spread).strip() + _care(leaf, says, words)
    choice = several or speech.joints["or"] in says_this
    return text if after else f"{subject} {text}", int(choice)


def _whole_key(leaf: Leaf, key: str, style: str, *, positive: bool) -> str:
    """Return under which key a comparison may be said together with what it speaks of."""
    if style == "answer":
        return f"{leaf.field} {'yes' if positive is leaf.value else 'no'}"
    return f"{leaf.field} {key} {leaf.value}" if key.endswith("is") else f"{leaf.field} {key}"


def _style(leaf: Leaf, says: str) -> str:
    if isinstance(leaf.value, bool):
        return "answer"
    if leaf.field in _STYLES:
        return _STYLES[leaf.field]
    first = leaf.value[0] if isinstance(leaf.value, tuple) and leaf.value else leaf.value
    moment = isinstance(first, date) or (isinstance(first, str) and read_moment(first) is not None)
    return "date" if moment and (says == "is" or says in _ORDER) else ""


def _subject(leaf: Leaf, words: Words, style: str) -> str:
    """Return what a comparison speaks of."""
    subjects = words.speech.subjects
    name = words.name(leaf.field)
    if style == "answer":
        return subjects["answer"].format(name=words.quoted(name))
    if leaf.field.startswith("group."):
        return words.the(subjects["group"].format(name=name))
    return subjects.get(leaf.field) or words.the(name)


def _values(leaf: Leaf, says: str, style: str, words: Words, *, listed: bool) -> list[str]:
    if listed:
        return [words.quoted(words.name(str(leaf.value)[1:]))]
    parts = leaf.value if isinstance(leaf.value, tuple) else () if leaf.value is None else (leaf.value,)
    return [_value(part, leaf.field, says, style, words) for part in parts]


def _value(part: object, field: str, says: str, style: str, words: Words) -> str:
    if isinstance(part, str):
        if says in _SOUGHT:
            return words.quoted(part)
        if says == "domain":
            return words.quoted(f"@{part}")
        if field in ("kinds", "input.kind"):
            return words.quoted(words.kind(part))
        if field in _STAGES:
            return words.name(part)
        if field in ("grade", "label") and style != "date":
            return part if part.isalnum() else words.quoted(part)
    if field == "completeness" and isinstance(part, int | Decimal):
        return words.speech.percent.format(v=words.amount(part))
    return words.value(part)


def _list(values: list[str], key: str, words: Words) -> str:
    if key == "not words":
        return words.joined(values, "and" if words.language == "en" else "or")
    if "has all" in key:
        return words.joined(values, "and")
    if key.startswith("not ") and words.speech.nor != "or" and len(values) > 1:
        return f"{', '.join(values[:-1])} {words.speech.nor} {values[-1]}"
    return joined(values, "or", words.language)


def _care(leaf: Leaf, says: str, words: Words) -> str:
    """Say what of a writing does not matter, where the values have letters that could be written otherwise."""
    if says == "domain":
        return ""
    texts = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    named = isinstance(leaf.value, str) and leaf.value.startswith("@")
    text = "".join(part for part in texts if isinstance(part, str))
    joints = words.speech.joints
    parts = []
    if leaf.ignore_case and (named or any(c.isascii() and c.isalpha() for c in text)):
        parts.append(joints["case"])
    if leaf.ignore_accents and (named or any(c.isalpha() for c in text)):
        parts.append(joints["accents"])
    return f" ({', '.join(parts)})" if parts else ""


def picked(template: str, *, several: bool) -> str:
    """Return a phrase with the forms for one thing, or for several.

    >>> picked("[is|are] here", several=True)
    'are here'
    """
    text, *rest = template.split("[")
    for part in rest:
        forms, _, after = part.partition("]")
        text += forms.split("|")[several] + after
    return text
