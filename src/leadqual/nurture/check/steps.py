"""What is wrong with single steps."""

from collections.abc import Iterator
from typing import Final

from leadqual.axis import container_problems
from leadqual.errors import Kind, Problem
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.lifecycle.check.words import choice_problem, words_problems
from leadqual.nurture.check.contents import PHASES, known_problems
from leadqual.nurture.check.endings import ending_problems
from leadqual.nurture.check.people import kinds_problems
from leadqual.nurture.check.sequences import purpose_problem
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.waits import wait_problems
from leadqual.nurture.check.windows import together_problem, windows_of
from leadqual.nurture.check.words import condition_problems, flag_problem, items_of, name_problem, sound_parts
from leadqual.nurture.content import Content
from leadqual.nurture.purposes import EVERY, TASK
from leadqual.nurture.sequences import Branch, Pool, Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.windows import SendWindow
from leadqual.texts import word_problem

MOST_STEPS: Final = 1_000
"""Steps of a sequence at most."""
_OF_TOUCHES: Final = ("content", "pool", "purpose", "window")


def steps_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the steps of all sequences, each by itself.

    Args:
        table: The nurturing.
    """
    for name, sequence in sound_parts(table.sequences, Sequence).items():
        where = f"sequences.{name}.steps"
        yield from container_problems([(where, sequence.steps, tuple)])
        steps = items_of(sequence.steps)
        if sequence.steps == ():
            hint = f"Write [[{where}]] before each step."
            yield Problem(where=where, what="a sequence needs steps", got=steps, hint=hint)
        if len(steps) > MOST_STEPS:
            hint = f"Write at most {MOST_STEPS:,}."
            yield Problem(where=where, what="there are too many steps", got=len(steps), hint=hint)
        seen: set[str] = set()
        for i, step in enumerate(steps[:MOST_STEPS]):
            place = f"{where}[{i}]"
            yield from container_problems([(place, step, Step)])
            if isinstance(step, Step):
                yield from _own_name_problems(step, place, seen)
                yield from _step_problems(step, place, sequence, table)


def _own_name_problems(step: Step, where: str, seen: set[str]) -> Iterator[Problem]:
    found = list(name_problem(step.name, f"{where}.name"))
    yield from found
    if not found and normal(step.name) in seen:
        hint = "Give each step its own name; a lead's place is kept by it."
        yield Problem(where=f"{where}.name", what="the name comes twice", got=step.name, hint=hint)
    elif not found:
        seen.add(normal(step.name))


def _step_problems(step: Step, where: str, sequence: Sequence, table: Nurturing) -> Iterator[Problem]:
    yield from wait_problems(step.wait, f"{where}.wait")
    yield from flag_problem(step.end, f"{where}.end")
    touch = step.channel is not None or step.task is not None
    kinds = [touch or step.end is True, step.branch is not None]
    if sum(kinds) != 1:
        got = Kind("none of them" if not any(kinds) else "several of them")
        hint = "Write either a channel with what goes by it, or a task, or a branch, or end = true."
        yield Problem(where=where, what="a step is a touch, a fork or an end", got=got, hint=hint)
    yield from condition_problems(step.when, table.of_state, f"{where}.when")
    if step.arm is not None:
        arms = sequence.arms if isinstance(sequence.arms, dict) else {}
        hint = "" if arms else "Declare it in `arms`."
        yield from choice_problem(step.arm, arms, f"{where}.arm", "no such arm", hint)
    if touch:
        yield from _touch_problems(step, where, table)
    else:
        yield from _foreign_problems(step, where)
    if step.branch is not None:
        yield from _branch_problems(step.branch, f"{where}.branch", table)
        yield from _unfit_problems("fork", (("when", step.when), ("arm", step.arm)), where)
    yield from _end_problems(step, where, table)


def _foreign_problems(step: Step, where: str) -> Iterator[Problem]:
    """Yield what only touches have."""
    values = (step.content, step.pool, step.purpose, step.window)
    for name, value in zip(_OF_TOUCHES, values, strict=True):
        if value is not None:
            hint = "Add the channel, or move it to a step of its own."
            got = Kind(f"a step with `{name}` and without a channel or a task")
            yield Problem(where=f"{where}.{name}", what="only a touch has it", got=got, hint=hint)


def _end_problems(step: Step, where: str, table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with what ends have, and with what they do not."""
    if step.on_end is not None:
        yield from ending_problems(step.on_end, f"{where}.on_end", table)
        if step.end is not True:
            hint = "Write end = true too, or move it to the sequence."
            got = Kind("a step that goes on")
            yield Problem(where=f"{where}.on_end", what="only an end has it", got=got, hint=hint)
    if step.end is True:
        passed = () if not step.is_bare else (("when", step.when), ("arm", step.arm))
        yield from _unfit_problems("end", (*passed, ("next", step.next)), where)


def _unfit_problems(kind: str, parts: tuple[tuple[str, object], ...], where: str) -> Iterator[Problem]:
    """Yield the keys that a fork or an end does not have."""
    for name, value in parts:
        if value is not None:
            hint = "Remove it; every lead that comes so far is there."
            got = Kind(f"`{name}`")
            article = "an" if kind == "end" else "a"
            yield Problem(where=f"{where}.{name}", what=f"{article} {kind} has no such key", got=got, hint=hint)


def _touch_problems(step: Step, where: str, table: Nurturing) -> Iterator[Problem]:
    channel: object = TASK if step.channel is None else step.channel
    yield from word_problem(channel, f"{where}.channel")
    if channel == EVERY:
        hint = 'Write one, such as "email".'
        yield Problem(where=f"{where}.channel", what="a touch has one channel", got=step.channel, hint=hint)
    if step.purpose is not None:
        yield from purpose_problem(step.purpose, f"{where}.purpose")
    if step.task is not None:
        yield from word_problem(step.task, f"{where}.task")
    if step.content is not None and step.pool is not None:
        hint = "Write one of the two."
        yield Problem(where=f"{where}.pool", what="the content is fixed already", got=step.content, hint=hint)
    if step.content is None and step.pool is None and step.task is None:
        hint = "Add `content`, a `pool` or a `task`."
        yield Problem(where=where, what="the touch has nothing in it", got=Kind("neither content nor task"), hint=hint)
    if step.content is not None:
        yield from _content_problems(step.content, channel, f"{where}.content", table)
    if step.pool is not None:
        yield from _pool_problems(step.pool, channel, f"{where}.pool", table)
    if isinstance(channel, str):
        yield from _window_problems(step.window, channel, where, table.nurture)


def _content_problems(name: object, channel: object, where: str, table: Nurturing) -> Iterator[Problem]:
    contents = sound_parts(table.content, Content)
    hint = "" if contents else "Declare it under [content]."
    yield from choice_problem(name, contents, where, "no such content", hint)
    if isinstance(name, str) and name in contents and not _goes_by(contents[name], channel):
        hint = f"Add the channel to content.{name}.channels, or send something else."
        got = Kind(f"the channel {channel}" if isinstance(channel, str) else "another channel")
        yield Problem(where=where, what="the content does not go by this channel", got=got, hint=hint)


def _goes_by(content: Content, channel: object) -> bool:
    return content.channels == () or channel in items_of(content.channels)


def _pool_problems(pool: object, channel: object, where: str, table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with a pool: among others that nothing in it could ever go by the channel."""
    yield from container_problems([(where, pool, Pool)])
    if not isinstance(pool, Pool):
        return
    found = [
        *words_problems(pool.kinds, f"{where}.kinds"),
        *known_problems(pool.phases, f"{where}.phases", PHASES, "unknown phase"),
    ]
    contents = sound_parts(table.content, Content)
    kinds = {one.kind for one in contents.values() if isinstance(one.kind, str)}
    if not found:
        for i, kind in enumerate(pool.kinds):
            if kind not in kinds:
                hint = did_you_mean(kind, kinds, "Declare content of that kind.")
                found.append(Problem(where=f"{where}.kinds[{i}]", what="no content is of it", got=kind, hint=hint))
    yield from found
    if not found and not any(_in_pool(one, pool, channel) for one in contents.values()):
        hint = "Declare content that does, or ask for less."
        got = Kind(f"{len(contents)} items of content")
        yield Problem(where=where, what="no content fits the pool and the channel", got=got, hint=hint)


def _in_pool(content: Content, pool: Pool, channel: object) -> bool:
    phases = items_of(content.phases)
    fits = not pool.phases or not phases or any(phase in pool.phases for phase in phases)
    return fits and (not pool.kinds or content.kind in pool.kinds) and _goes_by(content, channel)


def _window_problems(window: object, channel: str, where: str, nurture: object) -> Iterator[Problem]:
    """Yield what is wrong with the window of a touch, and windows of its channel that never open together."""
    others = windows_of(nurture, channel)
    closed = list(together_problem(others, f"{where}.channel", channel))
    if not (isinstance(nurture, Nurture) and isinstance(nurture.windows, dict) and channel in nurture.windows):
        yield from closed  # else told of that window
    if window is None:
        return
    yield from container_problems([(f"{where}.window", window, SendWindow)])
    if isinstance(window, SendWindow) and not closed:
        yield from together_problem((*others, window), f"{where}.window", channel)


def _branch_problems(branch: object, where: str, table: Nurturing) -> Iterator[Problem]:
    yield from container_problems([(where, branch, Branch)])
    if isinstance(branch, Branch):
        yield from kinds_problems(branch.on, f"{where}.on")
        yield from condition_problems(branch.when, table.of_event, f"{where}.when")
        yield from wait_problems(branch.within, f"{where}.within")
        yield from choice_problem(branch.since, ("step", "enrolment"), f"{where}.since", "no such beginning")
