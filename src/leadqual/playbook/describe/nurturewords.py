"""How leads are nurtured, in plain sentences: hours and limits, personas, needs and content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from leadqual.conditions.describe import condition_phrase
from leadqual.nurture.purposes import EVERY, TOUCH_KINDS
from leadqual.playbook.describe.say import bullets, counting, days, heading, points, say, sentence, strong
from leadqual.playbook.describe.stepwords import act_phrase, sequence_blocks
from leadqual.playbook.describe.timewords import week_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadqual.conditions.words import Words
    from leadqual.nurture.caps import FrequencyCap
    from leadqual.nurture.content import Content
    from leadqual.nurture.people import Need, Persona
    from leadqual.nurture.windows import SendWindow
    from leadqual.playbook.playbook import Playbook

_OF_CONTENT: Final = ("phases", "personas", "needs", "channels", "after")


def nurture_blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    """Yield the paragraphs on how leads are nurtured; none if the playbook says nothing about it."""
    limits = list(_limits(playbook, words))
    hours = [
        sentence(say(words, "hours", name=strong(_channel(name, words)), days=window_phrase(window, words)))
        for name, window in playbook.nurture.windows.items()
    ]
    parts = (playbook.personas, playbook.needs, playbook.content, playbook.sequences)
    if not (limits or hours or any(parts)):
        return
    yield heading(say(words, "nurturing"))
    yield say(words, "nurturing about")
    if hours or limits:
        yield bullets([*hours, *limits])
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


def window_phrase(window: SendWindow, words: Words) -> str:
    """Say when something may be sent.

    >>> from leadqual.conditions.words import Words
    >>> from leadqual.nurture.windows import SendWindow
    >>> window_phrase(SendWindow(quiet=["21:00-08:00"]), Words())
    'Monday to Sunday from 08:00 to 21:00'
    """
    return week_phrase([[f"{_clock(opens)}-{_clock(ends)}" for opens, ends in day] for day in window.week], words)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _channel(name: str, words: Words) -> str:
    return say(words, "all channels") if name == EVERY else words.kind(name)


def _limits(playbook: Playbook, words: Words) -> Iterator[str]:
    for kind in TOUCH_KINDS:
        for channel, caps in playbook.caps.by_channel(kind).items():
            if caps:
                name = strong(say(words, f"kind of touch {kind}", name=_channel(channel, words)))
                told = words.joined([_cap(cap, words) for cap in caps], "and")
                yield sentence(say(words, "limit", name=name, caps=told))


def _cap(cap: FrequencyCap, words: Words) -> str:
    if cap.days is None:
        return counting(words, f"limit {cap.per}", cap.times)
    return counting(words, "limit days", cap.times, days=days(words, cap.days))


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
    lists: tuple[tuple[str, ...], ...] = (
        content.phases,
        content.personas,
        content.needs,
        content.channels,
        content.after,
    )
    for key, names in zip(_OF_CONTENT, lists, strict=True):
        if names:
            told = {"after": words.value, "channels": words.kind}.get(key, words.name)
            parts.append(say(words, f"content {key}", names=words.joined([told(one) for one in names], "or")))
    values: tuple[tuple[str, Any], ...] = (
        ("starts", content.starts),
        ("ends", content.ends),
        ("cost", content.cost or None),
    )
    parts += [say(words, f"content {key}", name=words.value(value)) for key, value in values if value is not None]
    return sentence(", ".join(parts))
