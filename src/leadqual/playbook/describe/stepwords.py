"""Sequences and their steps, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadqual.conditions.describe import condition_phrase
from leadqual.nurture.waits import AT_ONCE
from leadqual.playbook.describe.contactwords import channel_name, purpose_name
from leadqual.playbook.describe.lifewords import stages_phrase
from leadqual.playbook.describe.say import bullets, counting, heading, say, sentence, strong
from leadqual.playbook.describe.waitwords import elapsed_phrase, span_phrase, wait_phrase, window_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadqual.conditions.nodes import Condition
    from leadqual.conditions.words import Words
    from leadqual.nurture.sequences import Branch, Ending, Pool, Sequence, Step


def sequence_blocks(name: str, sequence: Sequence, words: Words) -> Iterator[str]:
    """Yield the paragraphs on a sequence.

    Args:
        name: Its name.
        sequence: The sequence.
        words: The language and the labels.
    """
    yield heading(say(words, "sequence", name=words.quoted(words.name(name))), 3)
    purpose = say(words, "sequence purpose", purpose=purpose_name(sequence.purpose, words))
    course = [*_course(sequence, words), *_ending(sequence.on_end, words), *_rank(sequence, words)]
    yield " ".join([purpose, *_entry(sequence, words), *_again(sequence, words), *course])
    names = [step.name for step in sequence.steps]
    after = [*names[1:], None]
    yield bullets(_step(step, after[i], sequence, words) for i, step in enumerate(sequence.steps))


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


def _again(sequence: Sequence, words: Words) -> Iterator[str]:
    yield say(words, f"again {sequence.again}")
    if sequence.again_after is not None:
        yield say(words, "again after", span=elapsed_phrase(sequence.again_after, words))


def _rank(sequence: Sequence, words: Words) -> Iterator[str]:
    yield say(words, "sequence alone of several" if sequence.exclusive else "sequence beside others")
    if sequence.priority:
        yield say(words, "sequence priority", number=words.amount(sequence.priority))


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
    exits = words.joined([say(words, f"exit {name}") for name in sequence.exits], "or")
    yield say(words, "sequence exits", exits=exits) if exits else say(words, "sequence no exits")
    if sequence.planner is not None:
        yield say(words, "sequence planner", name=words.quoted(words.name(type(sequence.planner).kind)))
    if sequence.arms:
        arms = [
            say(words, "sequence arm", name=words.name(arm), weight=words.amount(weight))
            for arm, weight in sequence.arms.items()
        ]
        yield say(words, "sequence arms", arms=words.joined(arms, "or"))
    if sequence.holdout:
        yield counting(words, "sequence holdout", sequence.holdout)


def _ending(ending: Ending | None, words: Words) -> Iterator[str]:
    if ending is not None and ending.verdict is not None and ending.reason is not None:
        yield say(words, "sequence maybe reason", reason=words.value(ending.reason))
    elif ending is not None and ending.verdict is not None:
        yield say(words, "sequence maybe")
    if ending is not None and ending.sequence is not None:
        yield say(words, "sequence then", name=words.quoted(words.name(ending.sequence)))


def _step(step: Step, after: str | None, sequence: Sequence, words: Words) -> str:
    parts = [] if step.wait == AT_ONCE else [wait_phrase(step.wait, words)]
    if step.branch is not None:
        parts.append(_fork(step.branch, step.next or after, words))
    elif not step.is_bare:
        parts += _touch(step, sequence.purpose, words)
    if step.end:
        parts.append(say(words, "step end"))
    line = sentence(say(words, "sequence step", name=strong(words.name(step.name)), parts=", ".join(parts)))
    return " ".join([line, *_ending(step.on_end, words)])


def _touch(step: Step, usual: str, words: Words) -> Iterator[str]:
    if step.channel is not None:
        yield say(words, "step by", channel=channel_name(step.channel, words))
    if step.content is not None:
        yield say(words, "step content", name=words.name(step.content))
    if step.pool is not None:
        yield from _pool(step.pool, words)
    if step.task is not None:
        yield say(words, "step task", name=words.quoted(step.task))
    if step.purpose is not None and step.purpose != usual:
        yield say(words, "step purpose", purpose=purpose_name(step.purpose, words))
    if step.window is not None:
        yield say(words, "step window", days=window_phrase(step.window, words))
    if step.when is not None:
        yield say(words, "step when", condition=condition_phrase(step.when, words))
    if step.arm is not None:
        yield say(words, "step arm", name=words.name(step.arm))
    if step.next is not None:
        yield say(words, "step next", name=words.quoted(words.name(step.next)))


def _pool(pool: Pool, words: Words) -> Iterator[str]:
    if pool.kinds:
        yield say(words, "step pool kinds", kinds=words.joined([words.name(kind) for kind in pool.kinds], "or"))
    else:
        yield say(words, "step pool")
    if pool.phases:
        yield say(words, "content phases", names=words.joined([words.name(phase) for phase in pool.phases], "or"))


def _fork(branch: Branch, after: str | None, words: Words) -> str:
    ways = [way if way is not None else after for way in (branch.yes, branch.no)]
    yes, no = (say(words, "step the end") if way is None else words.quoted(words.name(way)) for way in ways)
    span = span_phrase(branch.within, words)
    told = say(words, "step fork", kinds=act_phrase(branch.on, branch.when, words), span=span, yes=yes, no=no)
    return told if branch.since == "step" else f"{told} {say(words, 'step fork before')}"
