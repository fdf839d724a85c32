"""What a playbook reads of leads and of what they do, in plain words."""

from collections.abc import Iterator, Mapping

from leadqual.conditions.words import Words
from leadqual.playbook.describe.say import bullets, heading, say, strong, times
from leadqual.points import Points
from leadqual.scoring.model import ScoringModel


def read_blocks(model: ScoringModel, words: Words) -> Iterator[str]:
    """Yield the paragraphs on what is read."""
    yield heading(say(words, "read"))
    if model.attributes:
        yield say(words, "of a lead")
        yield bullets(_item(name, part.type, part.weight, words) for name, part in model.attributes.items())
    else:
        yield say(words, "of a lead nothing")
    if model.properties:
        yield say(words, "of an act")
        yield bullets(_item(name, type_name, 1, words) for name, type_name in model.properties.items())
    yield from _lists(model.lists, words)
    utc = model.day_starts in ("+00:00", "Z")
    yield say(words, "days of utc" if utc else "day starts", offset=model.day_starts)


def _item(name: str, type_name: str, weight: Points, words: Words) -> str:
    key = "item" if weight == 1 else "weight"
    said = say(words, f"type {type_name}")
    return say(words, key, name=strong(words.name(name)), type=said, times=times(words, weight))


def _lists(lists: Mapping[str, tuple[str, ...]], words: Words) -> Iterator[str]:
    if lists:
        yield say(words, "lists")
        yield bullets(
            say(words, "list", name=strong(words.name(name)), values=", ".join(words.quoted(value) for value in values))
            for name, values in lists.items()
        )
