"""Who stands elsewhere, in words and figures."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from leadqual.conditions.leafwords import picked
from leadqual.conditions.words import Words
from leadqual.errors import printable
from leadqual.languages import Language, language_of

if TYPE_CHECKING:
    from leadqual.playbook.standings import Flips, Flow, Reason

_MOST_LINES: Final = 20
_MOST_IDS: Final = 10
_PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "head": "Leads under both: {leads}; standing elsewhere: {flipped}.",
        "bars": "Who qualifies",
        "bar": "{bar}: {before} before, {after} after; entered {entered}, left {left}, stayed {stayed}",
        "keeps": "{bar} or enough to stay one: {before} before, {after} after; entered {entered}, left {left}, "
        "stayed {stayed}",
        "labels": "Labels that change",
        "label": "{before} to {after}: {leads}",
        "reasons": "Why: what moved most",
        "reason": "{leads}: {name} {points}",
        "range": "{least} to {most}",
        "bounds": "{leads}: no line moved; bounds or bars did",
        "leads": "{leads} [lead|leads]",
        "cap of": "cap of {name}",
        "ids": "{what} {bar}: {ids}",
        "enter": "Enter",
        "leave": "Leave",
        "more": "… and {n} more",
        "no label": "none",
        "sign": ",",
    },
    "es": {
        "head": "Leads con los dos: {leads}; cambian de lugar: {flipped}.",
        "bars": "Quién se cualifica",
        "bar": "{bar}: {before} antes, {after} después; entran {entered}, salen {left}, siguen {stayed}",
        "keeps": "{bar} o lo bastante para seguir siéndolo: {before} antes, {after} después; entran {entered}, "
        "salen {left}, siguen {stayed}",
        "labels": "Etiquetas que cambian",
        "label": "de {before} a {after}: {leads}",
        "reasons": "Por qué: lo que más se movió",
        "reason": "{leads}: {name} {points}",
        "range": "de {least} a {most}",
        "bounds": "{leads}: no se movió ninguna línea; sí los límites o los umbrales",
        "leads": "{leads} [lead|leads]",
        "cap of": "tope {of}",
        "ids": "{what} {bar}: {ids}",
        "enter": "Entran en",
        "leave": "Salen de",
        "more": "… y {n} más",
        "no label": "ninguna",
        "sign": ".",
    },
}


def figures(flips: "Flips", language: Language, labels: Mapping[str, str]) -> str:
    """Return who stands elsewhere as text for people.

    Args:
        flips: The figures.
        language: ``"en"`` or ``"es"``.
        labels: What people call rules and groups, by name.
    """
    words = Words(language=language_of(language), labels=labels)
    said = _PHRASES[words.language]
    head = said["head"].format(leads=_whole(flips.leads, words), flipped=_whole(len(flips.flipped), words))
    blocks = [head]
    bars = [_flow(said["bar"], name, flow, words) for name, flow in flips.bars.items()]
    kept = [_flow(said["keeps"], name, flips.stays[name], words) for name in flips.bars if _differ(flips, name)]
    blocks += _block(said["bars"], [*bars, *kept], said)
    changed = sorted(((n, pair) for pair, n in flips.labels.items() if pair[0] != pair[1]), key=lambda row: -row[0])
    rows = [
        said["label"].format(
            before=before or said["no label"], after=after or said["no label"], leads=_whole(leads, words)
        )
        for leads, (before, after) in changed
    ]
    blocks += _block(said["labels"], rows, said)
    blocks += _block(said["reasons"], [_reason(reason, words) for reason in flips.reasons], said)
    ids = [_ids(flips, name, way, words) for name in flips.bars for way in ("enter", "leave")]
    blocks += ["\n".join(line for line in ids if line)] if any(ids) else []
    return "\n\n".join(blocks)


def _differ(flips: "Flips", name: str) -> bool:
    return flips.stays[name] != flips.bars[name]


def _block(title: str, lines: list[str], said: Mapping[str, str]) -> list[str]:
    if not lines:
        return []
    more = [said["more"].format(n=len(lines) - _MOST_LINES)] if len(lines) > _MOST_LINES else []
    return ["\n".join([title, *(f"  {line}" for line in [*lines[:_MOST_LINES], *more])])]


def _flow(phrase: str, name: str, flow: "Flow", words: Words) -> str:
    numbers = {"entered": flow.entered, "left": flow.left, "stayed": flow.stayed}
    numbers |= {"before": flow.left + flow.stayed, "after": flow.entered + flow.stayed}
    return phrase.format(bar=words.name(name), **{key: _whole(number, words) for key, number in numbers.items()})


def _reason(reason: "Reason", words: Words) -> str:
    said = _PHRASES[words.language]
    leads = picked(said["leads"], several=reason.leads != 1).format(leads=_whole(reason.leads, words))
    if reason.name is None:
        return said["bounds"].format(leads=leads)
    least, most = _points(reason.least, words), _points(reason.most, words)
    points = least if least == most else said["range"].format(least=least, most=most)
    return said["reason"].format(leads=leads, name=_line(reason.name, words), points=points)


def _line(name: str, words: Words) -> str:
    """Return what people call a line; that of a cap has no label, but what it bounds may have one."""
    bounded = name.removeprefix("Cap of ")
    if bounded == name or name in words.labels:
        return words.name(name)
    return _PHRASES[words.language]["cap of"].format(name=words.name(bounded), of=words.of(words.name(bounded)))


def _points(points: Decimal, words: Words) -> str:
    """Return points with their sign and two decimals."""
    text = f"{points:+.2f}"
    return text.replace(".", ",") if words.language == "es" else text


def _ids(flips: "Flips", bar: str, way: str, words: Words) -> str:
    said = _PHRASES[words.language]
    found = [flip.lead_id for flip in flips.flipped if bar in (flip.gained if way == "enter" else flip.lost)]
    shown: Iterable[str] = (printable(lead_id, 40) for lead_id in found[:_MOST_IDS])
    more = [said["more"].format(n=_whole(len(found) - _MOST_IDS, words))] if len(found) > _MOST_IDS else []
    return said["ids"].format(what=said[way], bar=words.name(bar), ids=", ".join([*shown, *more])) if found else ""


def _whole(number: int, words: Words) -> str:
    return f"{number:,}".replace(",", _PHRASES[words.language]["sign"])
