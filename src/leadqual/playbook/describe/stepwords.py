"""Sequences and their steps, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadqual.conditions.describe import condition_phrase
from leadqual.nurture.waits import AT_ONCE
from leadqual.playbook.describe.lifewords import stages_phrase
from leadqual.playbook.describe.say import bullets, counting, days, heading, say, sentence, strong
from leadqual.playbook.describe.timewords import duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadqual.conditions.nodes import Condition
    from leadqual.conditions.words import Words
    from leadqual.nurture.sequences import Branch, Ending, Sequence, Step
    from leadqual.nurture.waits import Wait


def sequence_blocks(name: str, sequence: Sequence, words: Words) -> Iterator[str]:
    """Yield the paragraphs on a sequence.

    Args:
        name: Its name.
        sequence: The sequence.
        words: The language and the labels.
    """
    yield heading(say(words, "sequence", name=words.quoted(words.name(name))), 3)
    yield " ".join([*_entry(sequence, words), *_course(sequence, words), *_ending(sequence.on_end, words)])
    names = [step.name for step in sequence.steps]
    after = [*names[1:], None]
    yield bullets(_step(step, after[i], words) for i, step in enumerate(sequence.steps))


def _entry(sequence: Sequence, words: Words) -> Iterator[str]:
    enter = sequence.enter
    if enter is None:
        yield say(words, "sequence alone")
        return
    if enter.on:
        yield say(words, "sequence act", kinds=act_phrase(enter.on, enter.properties, words))
    if enter.stages:
        yield say(words, "sequence stages", stages=stages_phrase(enter.stages, words))
    if enter.when is not None:
        yield say(words, "sequence when", condition=condition_phrase(enter.when, words))


def act_phrase(kinds: tuple[str, ...], when: Condition | None, words: Words) -> str:
    """Say one kind of act or another, and what has to hold of it.

    Args:
        kinds: The kinds.
        when: What has to hold, if anything.
        words: The language and the labels.

    >>> from leadqual.conditions import field
    >>> from leadqual.conditions.words import Words
    >>> act_phrase(("page_view", "form"), None, Words())
    '“page view” or “form”'
    >>> act_phrase(("page_view",), field("page").eq("/pricing"), Words())
    '“page view” (if the page is /pricing)'
    """
    named = words.joined([words.quoted(words.kind(kind)) for kind in kinds], "or")
    return named if when is None else say(words, "act if", kinds=named, condition=condition_phrase(when, words))


def _course(sequence: Sequence, words: Words) -> Iterator[str]:
    if sequence.stages:
        yield say(words, "sequence runs", stages=stages_phrase(sequence.stages, words))
    if sequence.goals:
        acts = words.joined([act_phrase(goal.on, goal.when, words) for goal in sequence.goals], "or")
        yield say(words, "sequence goals", kinds=acts)
    if sequence.arms:
        arms = [
            say(words, "sequence arm", name=words.name(arm), weight=words.amount(weight))
            for arm, weight in sequence.arms.items()
        ]
        yield say(words, "sequence arms", arms=words.joined(arms, "or"))
    if sequence.holdout:
        yield counting(words, "sequence holdout", sequence.holdout)


def _ending(ending: Ending | None, words: Words) -> Iterator[str]:
    if ending is not None and ending.verdict is not None:
        yield say(words, "sequence maybe")
    if ending is not None and ending.sequence is not None:
        yield say(words, "sequence then", name=words.quoted(words.name(ending.sequence)))


def _step(step: Step, after: str | None, words: Words) -> str:
    parts = [] if step.wait == AT_ONCE else [wait_phrase(step.wait, words)]
    if step.branch is not None:
        parts.append(_fork(step.branch, step.next or after, words))
    elif step.end:
        parts.append(say(words, "step end"))
    else:
        parts += _touch(step, words)
    line = sentence(say(words, "sequence step", name=strong(words.name(step.name)), parts=", ".join(parts)))
    return " ".join([line, *_ending(step.on_end, words)])


def _touch(step: Step, words: Words) -> Iterator[str]:
    if step.channel is not None:
        yield say(words, "step by", channel=words.kind(step.channel))
    if step.content is not None:
        yield say(words, "step content", name=words.name(step.content))
    if step.pool is not None and step.pool.kinds:
        kinds = words.joined([words.name(kind) for kind in step.pool.kinds], "or")
        yield say(words, "step pool kinds", kinds=kinds)
    elif step.pool is not None:
        yield say(words, "step pool")
    if step.task is not None:
        yield say(words, "step task", name=words.quoted(step.task))
    if step.when is not None:
        yield say(words, "step when", condition=condition_phrase(step.when, words))
    if step.arm is not None:
        yield say(words, "step arm", name=words.name(step.arm))
    if step.next is not None:
        yield say(words, "step next", name=words.quoted(words.name(step.next)))


def _fork(branch: Branch, after: str | None, words: Words) -> str:
    ways = [way if way is not None else after for way in (branch.yes, branch.no)]
    yes, no = (say(words, "step the end") if way is None else words.quoted(words.name(way)) for way in ways)
    span = _span(branch.within, words)
    return say(words, "step fork", kinds=act_phrase(branch.on, branch.when, words), span=span, yes=yes, no=no)


def wait_phrase(wait: Wait, words: Words) -> str:
    """Say how long a step waits.

    >>> from leadqual.conditions.words import Words
    >>> from leadqual.nurture.waits import Wait
    >>> wait_phrase(Wait(elapsed="3d"), Words()), wait_phrase(Wait(days=0, at="09:30"), Words())
    ('after 3 days', 'the same day or the next, at 09:30')
    """
    if wait.business is not None:
        return say(words, "wait business", span=_span(wait, words))
    if wait.elapsed is not None:
        return say(words, "wait elapsed", span=_span(wait, words))
    same_day = not wait.days and not wait.months
    told = say(words, "wait same day") if same_day else say(words, "wait days", span=_span(wait, words))
    return told if wait.at is None else f"{told}, {say(words, 'wait at', at=wait.at)}"


def _span(wait: Wait, words: Words) -> str:
    """Say how long a wait is, whatever it is counted in."""
    if wait.business is not None:
        return duration(wait.business, words)
    if wait.months is not None:
        return counting(words, "months", wait.months)
    if wait.days is not None:
        return days(words, wait.days)
    text = wait.elapsed or "0m"
    amount, unit = int(text[:-1]), text[-1]
    if unit == "d":
        return days(words, amount)
    return counting(words, "span w" if unit == "w" else f"duration {unit}", amount)
