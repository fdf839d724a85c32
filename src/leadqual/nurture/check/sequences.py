"""What is wrong with a sequence as a whole: its entry, its stages, its ends and its experiment."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from leadqual.axis import container_problems
from leadqual.errors import Kind, Problem
from leadqual.hints import did_you_mean
from leadqual.lifecycle.check.words import choice_problem, whole_problem, words_problems
from leadqual.lifecycle.values import Recycle, RecyclePolicy, Stage
from leadqual.nurture.check.contents import known_problems
from leadqual.nurture.check.endings import ending_problems
from leadqual.nurture.check.people import kinds_problems
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.words import (
    condition_problems,
    flag_problem,
    items_of,
    name_problem,
    sound_parts,
    table_problems,
)
from leadqual.nurture.elapsed import elapsed_problems
from leadqual.nurture.purposes import EVERY
from leadqual.nurture.sequences import EXITS, Entry, Goal, Sequence
from leadqual.texts import word_problem

AGAIN: Final = ("once", "if_not_active", "always")
"""Whether a lead may come in again."""
_MOST_PRIORITY: Final = 1_000_000
_MOST_WEIGHT: Final = 10_000


def sequence_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with sequences, their steps aside, and with the policies of recycling that name them.

    Args:
        table: The nurturing.
    """
    yield from table_problems(table.sequences, Sequence, "sequences")
    for name, sequence in sound_parts(table.sequences, Sequence).items():
        where = f"sequences.{name}"
        yield from purpose_problem(sequence.purpose, f"{where}.purpose")
        yield from _stage_problems(sequence, where, table)
        yield from known_problems(sequence.exits, f"{where}.exits", EXITS, "no such exit")
        yield from _goal_problems(sequence.goals, f"{where}.goals", table)
        if sequence.on_end is not None:
            yield from ending_problems(sequence.on_end, f"{where}.on_end", table)
        yield from _again_problems(sequence, where)
        yield from flag_problem(sequence.exclusive, f"{where}.exclusive")
        yield from whole_problem(sequence.priority, f"{where}.priority", -_MOST_PRIORITY, _MOST_PRIORITY)
        yield from word_problem(sequence.version, f"{where}.version")
        yield from _experiment_problems(sequence, where)
    yield from _recycle_problems(table)


def purpose_problem(purpose: object, where: str) -> Iterator[Problem]:
    """Yield the problem of a purpose that is none.

    Args:
        purpose: What came.
        where: Its path.
    """
    yield from word_problem(purpose, where)
    if purpose == EVERY:
        yield Problem(where=where, what="a touch has one purpose", got=purpose, hint='Write one, such as "newsletter".')


def runs_in(sequence: Sequence, stages: Mapping[str, Stage]) -> tuple[str, ...]:
    """Return the stages in which a sequence runs.

    Args:
        sequence: The sequence; what is wrong with its stages is left out.
        stages: All stages by name.
    """
    if sequence.stages != ():
        return tuple(name for name in items_of(sequence.stages) if isinstance(name, str) and name in stages)
    return tuple(name for name, stage in stages.items() if stage.kind == "open" and not stage.hand_off)


def _stage_problems(sequence: Sequence, where: str, table: Nurturing) -> Iterator[Problem]:
    stages = table.stages
    if stages is not None:
        yield from known_problems(sequence.stages, f"{where}.stages", [*stages], "no such stage")
        for i, name in enumerate(items_of(sequence.stages)):
            if isinstance(name, str) and name in stages and stages[name].kind == "ended":
                hint = "Take it out; nothing goes to anybody after an end."
                yield Problem(where=f"{where}.stages[{i}]", what="a cycle ends there", got=name, hint=hint)
    enter = sequence.enter
    if enter is None:
        return
    yield from container_problems([(f"{where}.enter", enter, Entry)])
    if isinstance(enter, Entry):
        yield from _entry_problems(enter, f"{where}.enter", table)
        if stages is not None:
            yield from _early_problems(enter, sequence, stages, f"{where}.enter.stages")


def _entry_problems(enter: Entry, where: str, table: Nurturing) -> Iterator[Problem]:
    yield from words_problems(enter.on, f"{where}.on")
    yield from condition_problems(enter.properties, table.of_event, f"{where}.properties")
    yield from condition_problems(enter.when, table.of_state, f"{where}.when")
    if enter.on == () and enter.stages == ():
        hint = "Name kinds of acts under `on`, or stages; without an entry remove the table."
        yield Problem(where=where, what="an entry waits for an act or a stage", got=Kind("neither"), hint=hint)
    if enter.on == () and enter.properties is not None:
        hint = "Name the kinds of acts under `on`."
        yield Problem(where=f"{where}.properties", what="no act is waited for", got=Kind("a condition"), hint=hint)


def _early_problems(enter: Entry, sequence: Sequence, stages: Mapping[str, Stage], where: str) -> Iterator[Problem]:
    """Yield what is wrong with the stages of an entry: they exist, and the sequence does not end there at once."""
    yield from known_problems(enter.stages, where, [*stages], "no such stage")
    running = runs_in(sequence, stages)
    for i, name in enumerate(items_of(enter.stages)):
        if isinstance(name, str) and name in stages and name not in running:
            hint = (
                f"Name it under `stages`, or one of these: {', '.join(running)}." if running else "Name it there too."
            )
            yield Problem(where=f"{where}[{i}]", what="the sequence does not run in this stage", got=name, hint=hint)


def _goal_problems(goals: object, where: str, table: Nurturing) -> Iterator[Problem]:
    yield from container_problems([(where, goals, tuple)])
    for i, goal in enumerate(items_of(goals)):
        place = f"{where}[{i}]"
        yield from container_problems([(place, goal, Goal)])
        if isinstance(goal, Goal):
            yield from kinds_problems(goal.on, f"{place}.on")
            yield from condition_problems(goal.when, table.of_event, f"{place}.when")


def _again_problems(sequence: Sequence, where: str) -> Iterator[Problem]:
    yield from choice_problem(sequence.again, AGAIN, f"{where}.again", "no such way to come in again")
    if sequence.again_after is None:
        return
    yield from elapsed_problems(sequence.again_after, f"{where}.again_after", least=timedelta(minutes=1))
    if sequence.again == "once":
        hint = 'Write again = "if_not_active" too, or remove it.'
        what = "a lead comes in only once"
        yield Problem(where=f"{where}.again_after", what=what, got=sequence.again_after, hint=hint)


def _experiment_problems(sequence: Sequence, where: str) -> Iterator[Problem]:
    yield from whole_problem(sequence.holdout, f"{where}.holdout", 0, 100)
    yield from word_problem(sequence.salt, f"{where}.salt", optional=True)
    yield from container_problems([(f"{where}.arms", sequence.arms, dict)])
    if not isinstance(sequence.arms, Mapping) or not sequence.arms:
        return
    found: list[Problem] = []
    for name, weight in sequence.arms.items():
        place = f"{where}.arms.{name}" if isinstance(name, str) else f"{where}.arms"
        found += [*name_problem(name, place), *whole_problem(weight, place, 0, _MOST_WEIGHT)]
    yield from found
    if not found and not any(sequence.arms.values()):
        hint = "Give at least one arm a weight above 0."
        yield Problem(where=f"{where}.arms", what="no lead draws any arm", got=sequence.arms, hint=hint)


def _recycle_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield the problem of a policy that names no sequence; while none is declared the host has its own."""
    recycle = table.recycle
    if not table.sequences or not isinstance(recycle, Recycle):
        return
    for name, policy in (("inbound", recycle.inbound), ("outbound", recycle.outbound), ("partner", recycle.partner)):
        named = policy.nurture if isinstance(policy, RecyclePolicy) else None
        if isinstance(named, str) and named and named not in table.sequences:
            where, hint = f"recycle.{name}.nurture", did_you_mean(named, map(str, table.sequences))
            yield Problem(where=where, what="no such sequence", got=named, hint=hint)
