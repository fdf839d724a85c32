"""How both axes become one total, and who qualifies."""

from collections.abc import Iterator

from leadqual.conditions.claims import Claims, Joined, claims
from leadqual.conditions.describe import claims_phrase
from leadqual.conditions.nodes import Condition
from leadqual.conditions.words import Words
from leadqual.playbook.describe.say import bound, bullets, heading, say, strong
from leadqual.points import Points
from leadqual.scoring.combine import Combine
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.qualify import Bar, Qualify

_FEW = 2


def bar_sentence(name: str, bar: Bar, words: Words) -> str:
    """Say what a score must reach, and what keeps it there.

    Args:
        name: ``"mql"`` or ``"sql"``.
        bar: The bar.
        words: The language and the labels.

    Returns:
        Sentences and lists.

    >>> from leadqual.conditions import field
    >>> print(bar_sentence("mql", Bar(when=field("interest").ge(5)), Words()))
    A lead becomes an MQL if the interest is at least 5.
    <BLANKLINE>
    It stays an MQL only as long as this holds.
    """
    called = words.name(name)
    blocks = [*_condition(bar.when, "bar", called, words)]
    blocks += [say(words, "no stay", bar=called)] if bar.stay is None else _condition(bar.stay, "stay", called, words)
    return "\n\n".join(blocks)


def _condition(condition: Condition, key: str, bar: str, words: Words) -> Iterator[str]:
    """Yield a condition as one sentence if it is short, as a list otherwise."""
    found = claims(condition)
    if _is_short(found):
        yield say(words, key, bar=bar, condition=claims_phrase(found, words))
    else:
        yield say(words, f"{key} list", bar=bar, every=_every(found, words))
        yield "\n".join(_lines(found, words, 0))


def _is_short(found: Claims) -> bool:
    return not isinstance(found, Joined) or (
        len(found.parts) <= _FEW and not any(isinstance(part, Joined) for part in found.parts)
    )


def _every(found: Claims, words: Words) -> str:
    return say(words, "all of these" if isinstance(found, Joined) and found.every else "any of these")


def _lines(found: Claims, words: Words, indent: int) -> Iterator[str]:
    """Yield the parts of joined claims, each with what is joined in it below."""
    for part in found.parts if isinstance(found, Joined) else ():
        if _is_short(part):
            yield bullets([claims_phrase(part, words)], indent)
        else:
            yield bullets([f"{_every(part, words)}:"], indent)
            yield from _lines(part, words, indent + 1)


def qualify_blocks(qualify: Qualify, words: Words, level: int = 2) -> Iterator[str]:
    """Yield the paragraphs on who qualifies.

    Args:
        qualify: The bars.
        words: The language and the labels.
        level: Level of the heading.
    """
    yield heading(say(words, "bars"), level)
    bars = [(name, bar) for name, bar in (("mql", qualify.mql), ("sql", qualify.sql)) if bar is not None]
    if not bars:
        yield say(words, "bars nothing")
    for name, bar in bars:
        yield heading(say(words, f"bar {name}"), level + 1)
        yield bar_sentence(name, bar, words)
    if qualify.hand_raise:
        kinds = words.joined([words.kind(kind) for kind in qualify.hand_raise], "or")
        yield say(words, "hand raise", kinds=kinds)


def combine_blocks(combine: Combine, words: Words) -> Iterator[str]:
    """Yield the paragraphs on the total.

    >>> list(combine_blocks(Combine(), Words()))
    ['The total is fit plus interest.']
    """
    if combine.kind == "minimum":
        yield say(words, "total minimum")
    elif combine.kind == "matrix":
        yield say(words, "total matrix")
        cells = combine.cells.items()
        yield bullets(say(words, "cell", label=strong(label), points=bound(words, value)) for label, value in cells)
    elif combine.kind == "gate" and combine.floors:
        floors = [
            say(words, "floor", axis=say(words, f"{axis} name"), n=bound(words, combine.floors[axis]))
            for axis in ("fit", "interest")
            if axis in combine.floors
        ]
        yield say(words, "total gate", floors=words.joined(floors, "and"), sum=_sum(combine, words))
    else:
        yield say(words, "total sum", sum=_sum(combine, words))


def _sum(combine: Combine, words: Words) -> str:
    fit, interest = _weighed("fit", combine.fit, words), _weighed("interest", combine.interest, words)
    return say(words, "plus", a=fit, b=interest)


def _weighed(axis: str, weight: Points, words: Words) -> str:
    name = say(words, f"{axis} name")
    return name if weight == 1 else say(words, "weighed", n=words.amount(weight), axis=name)


def both_blocks(model: ScoringModel, words: Words) -> Iterator[str]:
    """Yield the paragraphs on label and total."""
    yield heading(say(words, "both"))
    grades, levels = sorted(model.fit.grades), sorted(model.interest.levels)
    label = ""
    if grades and levels:
        label = f"{say(words, 'label', label=grades[len(grades) // 3] + levels[len(levels) // 3])} "
    elif grades or levels:
        label = f"{say(words, 'label grade' if grades else 'label level')} "
    first, *rest = combine_blocks(model.combine, words)
    yield label + first
    yield from rest
