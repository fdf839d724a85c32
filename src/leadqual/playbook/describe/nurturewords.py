"""How leads are nurtured, in plain sentences: personas, needs and content, after what holds for all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from leadqual.conditions.describe import condition_phrase
from leadqual.playbook.describe.contactwords import channel_name, contact_blocks
from leadqual.playbook.describe.say import bullets, heading, points, say, sentence, strong
from leadqual.playbook.describe.stepwords import act_phrase, sequence_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leadqual.conditions.words import Words
    from leadqual.nurture.content import Content
    from leadqual.nurture.people import Need, Persona
    from leadqual.playbook.playbook import Playbook

_OF_CONTENT: Final = ("phases", "personas", "needs", "channels", "after")


def nurture_blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    """Yield the paragraphs on how leads are nurtured; none if the playbook says nothing about it."""
    contact = list(contact_blocks(playbook, words))
    parts = (playbook.personas, playbook.needs, playbook.content, playbook.sequences)
    if not (contact or any(parts)):
        return
    yield heading(say(words, "nurturing"))
    yield say(words, "nurturing about")
    yield from contact
    tables: tuple[tuple[str, list[str]], ...] = (
        ("personas", [_persona(one, words) for one in playbook.personas]),
        ("needs", [_need(name, one, words) for name, one in playbook.needs.items()]),
        ("content", [_content(name, one, words) for name, one in playbook.content.items()]),
    )
    for key, lines in tables:
        if lines:
            yield heading(say(words, key), 3)
            yield bullets(lines)
    for name, sequence in playbook.sequences.items():
        yield from sequence_blocks(name, sequence, words)


def _persona(persona: Persona, words: Words) -> str:
    signs = [
        say(words, "persona sign", points=points(words, sign.points), condition=condition_phrase(sign.when, words))
        for sign in persona.signs
    ]
    name, least = strong(words.name(persona.name)), words.amount(persona.least)
    return sentence(say(words, "persona", name=name, least=least, signs="; ".join(signs)))


def _need(name: str, need: Need, words: Words) -> str:
    signs: list[str] = []
    if need.offers:
        offers = words.joined([words.value(offer) for offer in need.offers], "or")
        signs.append(say(words, "need offers", points=points(words, need.offer_points), offers=offers))
    for hint in need.hints:
        acts = act_phrase(hint.on, hint.when, words)
        signs.append(say(words, "need act", points=points(words, hint.points), kinds=acts))
    least = points(words, need.least)
    return sentence(say(words, "need", name=strong(words.name(name)), points=least, signs="; ".join(signs)))


def _content(name: str, content: Content, words: Words) -> str:
    parts = [say(words, "content kind", name=strong(words.name(name)), kind=words.name(content.kind))]
    telling: dict[str, Callable[[str], str]] = {"after": words.value, "channels": partial(channel_name, words=words)}
    lists: tuple[tuple[str, ...], ...] = (
        content.phases,
        content.personas,
        content.needs,
        content.channels,
        content.after,
    )
    for key, names in zip(_OF_CONTENT, lists, strict=True):
        if names:
            told = telling.get(key, words.name)
            parts.append(say(words, f"content {key}", names=words.joined([told(one) for one in names], "or")))
    values: tuple[tuple[str, Any], ...] = (
        ("starts", content.starts),
        ("ends", content.ends),
        ("cost", content.cost or None),
    )
    parts += [say(words, f"content {key}", name=words.value(value)) for key, value in values if value is not None]
    return sentence(", ".join(parts))
