"""What holds for every sequence, in plain sentences: clocks, hours, limits, permissions, acts and effort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leadqual.nurture.opening import without_zone_default
from leadqual.nurture.presets import PRESETS
from leadqual.nurture.purposes import EVERY, REQUESTED, SALES, TOUCH_KINDS
from leadqual.nurture.settings import Nurture
from leadqual.playbook.describe.say import bullets, counting, days, heading, points, say, sentence, strong
from leadqual.playbook.describe.timewords import duration
from leadqual.playbook.describe.waitwords import elapsed_phrase, window_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadqual.conditions.words import Words
    from leadqual.nurture.basis import BasisRule
    from leadqual.nurture.caps import FrequencyCap
    from leadqual.nurture.settings import Effort
    from leadqual.playbook.playbook import Playbook

_CHANNELS: Final = ("email", "phone", "sms", "post", "visit")
"""Channels for which there are words."""
_NAMED: Final = ("newsletter", REQUESTED, SALES)
"""Purposes for which there are words."""


def contact_blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    """Yield the paragraphs on what holds for every sequence; none if the playbook says nothing of it."""
    nurture = playbook.nurture
    hours = [
        sentence(say(words, "hours", name=strong(channel_name(name, words)), days=window_phrase(window, words)))
        for name, window in nurture.windows.items()
    ]
    limits = list(_limits(playbook, words))
    if hours or limits:
        yield bullets([*hours, *limits])
    if not playbook.sequences and nurture == Nurture():
        return
    yield heading(say(words, "clocks"), 3)
    yield " ".join(_clocks(playbook, words))
    yield heading(say(words, "permission"), 3)
    about = [say(words, "permission about"), *([say(words, "permission presets")] if nurture.presets else [])]
    yield " ".join(about)
    yield bullets([*_bases(nurture, words), *_presets(nurture, words), say(words, "basis rest")])
    yield heading(say(words, "acts of touches"), 3)
    yield bullets(_acts(playbook, words))
    if nurture.effort:
        yield heading(say(words, "effort"), 3)
        yield bullets(_efforts(nurture.effort, words))


def channel_name(name: str, words: Words) -> str:
    """Return what people call a channel.

    >>> from leadqual.conditions.words import Words
    >>> channel_name("*", Words()), channel_name("sms", Words(language="es")), channel_name("pigeon_post", Words())
    ('all channels', 'mensaje de texto', 'pigeon post')
    """
    if name == EVERY:
        return say(words, "all channels")
    return say(words, f"channel {name}") if name in _CHANNELS and name not in words.labels else words.kind(name)


def purpose_name(name: str, words: Words) -> str:
    """Return what people call the purpose of touches.

    >>> from leadqual.conditions.words import Words
    >>> purpose_name("*", Words()), purpose_name("sales", Words()), purpose_name("event_invitation", Words())
    ('everything', 'talks with sales', 'event invitation')
    """
    if name == EVERY:
        return say(words, "purpose all")
    return say(words, f"purpose {name}") if name in _NAMED and name not in words.labels else words.name(name)


def _limits(playbook: Playbook, words: Words) -> Iterator[str]:
    for kind in TOUCH_KINDS:
        for channel, caps in playbook.caps.by_channel(kind).items():
            if caps:
                name = strong(say(words, f"kind of touch {kind}", name=channel_name(channel, words)))
                told = words.joined([_cap(cap, words) for cap in caps], "and")
                yield sentence(say(words, "limit", name=name, caps=told))


def _cap(cap: FrequencyCap, words: Words) -> str:
    if cap.days is None:
        return counting(words, f"limit {cap.per}", cap.times)
    return counting(words, "limit days", cap.times, days=days(words, cap.days))


def _clocks(playbook: Playbook, words: Words) -> Iterator[str]:
    nurture = playbook.nurture
    yield say(words, "clock")
    if nurture.markets:
        yield say(
            words, "clock markets", markets=words.joined([_place(name, words) for name in nurture.markets], "and")
        )
    used = [step.channel for one in playbook.sequences.values() for step in one.steps if step.channel is not None]
    channels = dict.fromkeys([*nurture.without_zone, *used])
    choices = {name: nurture.without_zone.get(name, without_zone_default(name)) for name in channels}
    for choice in ("home", "withhold"):
        names = [channel_name(name, words) for name, chosen in choices.items() if chosen == choice]
        if names:
            told = words.joined(names, "and")
            yield say(words, f"clock {choice}", channels=told, zone=_place(nurture.home, words))


def _place(name: str, words: Words) -> str:
    """Return what people call a country or a zone."""
    return words.quoted(name.replace("_", " ")) if "/" in name else words.value(name)


def _bases(nurture: Nurture, words: Words) -> Iterator[str]:
    for rule in nurture.bases:
        parts = {"touches": strong(_touches(rule, words))}
        if rule.confirm_within is not None:
            parts["span"] = elapsed_phrase(rule.confirm_within, words)
        key = (
            "basis confirmed within"
            if "span" in parts
            else "basis confirmed"
            if rule.confirmed
            else f"basis {rule.basis}"
        )
        yield sentence(say(words, key, **parts))


def _touches(rule: BasisRule, words: Words) -> str:
    purposes = words.joined([purpose_name(name, words) for name in rule.purposes], "and")
    channels = words.joined([channel_name(name, words) for name in rule.channels], "and")
    told = say(words, "touches", purposes=purposes, channels=channels)
    if not rule.countries:
        return told
    return say(words, "touches in", touches=told, countries=words.joined(list(map(words.value, rule.countries)), "and"))


def _presets(nurture: Nurture, words: Words) -> Iterator[str]:
    for name in dict.fromkeys(nurture.presets):
        preset = PRESETS[name]
        source = say(words, "preset source", source=preset.source, day=words.value(preset.date))
        yield f"{say(words, f'preset {name}')} {source}"


def _acts(playbook: Playbook, words: Words) -> Iterator[str]:
    nurture, known = playbook.nurture, playbook.model.properties
    for kind, name in ((kind, name) for kind, name in nurture.offers.items() if name in known):
        yield say(words, "act offer", kind=words.quoted(words.kind(kind)), name=words.the(words.name(name)))
    for key, kinds in (("act meeting", nurture.meetings), ("act bounce", nurture.bounces)):
        if kinds:
            yield say(words, key, kinds=_either(kinds, words))
    if nurture.auto_replies:
        span = duration(nurture.postpone, words)
        yield say(words, "act machine", kinds=_either(nurture.auto_replies, words), span=span)
    yield say(words, "act expires", span=elapsed_phrase(nurture.expires, words))


def _either(kinds: tuple[str, ...], words: Words) -> str:
    return words.joined([words.quoted(words.kind(kind)) for kind in kinds], "or")


def _efforts(rules: tuple[Effort, ...], words: Words) -> Iterator[str]:
    for rule in rules:
        cost = words.amount(rule.cost)
        if rule.within is None:
            yield say(words, "effort any", cost=cost)
        else:
            yield say(words, "effort within", points=points(words, rule.within), cost=cost)
    if rules[-1].within is not None:
        yield say(words, "effort rest")
