"""Examples as little stories."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from leadqual.conditions.words import Words
from leadqual.playbook.describe.say import bullets, heading, say, sentence, strong, times
from leadqual.playbook.examples import Example, ExampleEvent, Expectation


def story_blocks(examples: tuple[Example, ...], words: Words) -> Iterator[str]:
    """Yield the paragraphs on examples."""
    if examples:
        yield heading(say(words, "examples"))
        yield say(words, "examples about")
        for example in examples:
            yield story(example, words)


def story(example: Example, words: Words) -> str:
    """Tell an example.

    Args:
        example: The example.
        words: The language and the labels.

    Returns:
        Its name, what is known of the lead, what happens and what comes of it.

    >>> print(story(Example(name="A reader", expect=Expectation(level=4), day=9), Words()))
    **A reader.** Nothing is known of the lead.
    <BLANKLINE>
    - On day 9 the result is: level 4.
    """
    opening = [strong(f"{words.name(example.name).rstrip('.')}.")]
    opening.append(
        say(words, "story lead", facts=_facts("story fact", example.lead, words)) if example.lead else _nobody(words)
    )
    if example.objective is not None:
        opening.append(say(words, "story objective", name=words.quoted(words.name(example.objective))))
    if example.start is not None:
        opening.append(say(words, "story start", date=words.value(example.start)))
    by_day = groupby(sorted(example.events, key=_day), key=_day)
    lines = [sentence(_one_day(day, events, words)) for day, events in by_day]
    key, day = ("story last", "") if example.day is None else ("story end", words.amount(example.day))
    lines.append(say(words, key, day=day, result="; ".join(_results(example.expect, words))))
    return f"{' '.join(opening)}\n\n{bullets(lines)}"


def _nobody(words: Words) -> str:
    return say(words, "story nobody")


def _facts(key: str, values: Mapping[str, object], words: Words) -> str:
    return ", ".join(
        say(words, key, name=words.name(name), value=_value(value, words)) for name, value in values.items()
    )


def _value(value: object, words: Words) -> str:
    if isinstance(value, list | tuple):
        return words.joined([words.value(part) for part in value], "and")
    return words.value(value)


def _day(event: ExampleEvent) -> int:
    return event.day


def _one_day(day: int, events: Iterable[ExampleEvent], words: Words) -> str:
    acts = "; ".join(_event(event, words) for event in events)
    return say(words, "story day", day=words.amount(day), acts=acts)


def _event(event: ExampleEvent, words: Words) -> str:
    text = words.kind(event.kind)
    if event.properties:
        text = say(words, "story with", sentence=text, facts=_facts("story detail", event.properties, words))
    if event.times != 1:
        text = say(words, "story times", sentence=text, times=times(words, event.times))
    return say(words, "story us", sentence=text) if event.by == "us" else text


def _results(expect: Expectation, words: Words) -> Iterator[str]:
    """Yield what is expected, in the order in which people ask for it."""
    found = {
        "label": expect.label,
        "grade": expect.grade,
        "level": expect.level,
        "fit": expect.fit,
        "interest": expect.interest,
        "total": expect.total,
    }
    for name, value in found.items():
        if value is not None:
            said = value if isinstance(value, str) else words.amount(value)
            yield say(words, "story score", name=words.name(name), value=said)
    for key, bars in (("story qualifies", expect.qualifies), ("story stays", expect.stays)):
        if bars is not None:
            names = words.joined([words.name(bar) for bar in bars], "and")
            yield say(words, key if bars else f"{key} none", bars=names)
    if expect.gate is not None:
        yield say(words, "story gate", name=words.quoted(words.name(expect.gate)))
