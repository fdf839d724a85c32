"""What both axes have: limits, groups, and bounds from which a letter or a digit begins."""

from collections.abc import Iterator, Mapping
from typing import Literal

from leadqual.axis import Cap
from leadqual.conditions.words import Words
from leadqual.playbook.describe.say import bound, bullets, capital, say, sentence
from leadqual.points import Points


def axis_limits(axis: Literal["fit", "interest"], high: Points | None, low: Points, words: Words) -> str:
    """Say between which limits an axis lies.

    >>> axis_limits("fit", 60, 0, Words())
    'Fit is never less than 0 points and never more than 60 points.'
    """
    if high is None:
        return say(words, f"{axis} min", min=bound(words, low))
    return say(words, f"{axis} max min", max=bound(words, high), min=bound(words, low))


def group_phrase(name: str, cap: Cap, words: Words) -> str:
    """Say what a group is called and what it gives at most.

    >>> group_phrase("email", Cap(max=4), Words())
    'Email, at most 4 points together'
    """
    limits = {key: bound(words, value) for key, value in (("max", cap.max), ("min", cap.min)) if value is not None}
    key = " ".join(["group", *limits])
    return capital(say(words, key, name=words.name(f"group.{name}"), **limits))


def grouped(lines: list[tuple[str | None, str]], groups: Mapping[str, Cap], words: Words) -> Iterator[str]:
    """Yield lines under the groups they belong to, in the order in which the groups first come up.

    Args:
        lines: Group and text of each.
        groups: All groups with their limits.
        words: The language and the labels.
    """
    if not groups:
        if lines:
            yield bullets(text for _, text in lines)
        return
    members: dict[str | None, list[str]] = {}
    for group, text in lines:
        members.setdefault(group, []).append(text)
    for group, texts in members.items():
        title = say(words, "single") if group is None else group_phrase(group, groups.get(group, Cap()), words)
        yield f"{title}:\n\n{bullets(texts)}"
    for name, cap in groups.items():
        if name not in members:
            yield sentence(say(words, "group empty", group=group_phrase(name, cap, words)))


def bound_lines(what: str, bounds: Mapping[str, Points], low: Points, words: Words) -> Iterator[str]:
    """Yield from how many points each letter or digit begins.

    Args:
        what: ``"grade"`` or ``"level"``.
        bounds: The bounds by letter or digit.
        low: The lowest that the axis can be.
        words: The language.

    >>> list(bound_lines("grade", {"A": 10, "B": 5}, 0, Words()))
    ['Grade A from 10 points', 'Grade B from 5 points, and also with less']
    """
    called = capital(words.name(what))
    names = sorted(bounds)
    for name in names:
        below = name == names[-1] and bounds[name] > low
        yield say(
            words, "bound below" if below else "bound", name=f"{called} {name}", points=bound(words, bounds[name])
        )
