"""What is wrong with sequences whose steps do not come in their order."""

from collections.abc import Iterator

from leadqual.errors import Kind, Problem
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.waits import passes
from leadqual.nurture.check.words import items_of, sound_parts
from leadqual.nurture.proposing import Planner
from leadqual.nurture.sequences import Sequence, Step


def planner_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the planners of sequences, and with steps that they cannot choose.

    Args:
        table: The nurturing.
    """
    for name, sequence in sound_parts(table.sequences, Sequence).items():
        if sequence.planner is not None:
            yield from _own_problems(sequence.planner, f"sequences.{name}.planner")
            for i, step in enumerate(items_of(sequence.steps)):
                if isinstance(step, Step):
                    yield from _step_problems(step, f"sequences.{name}.steps[{i}]")


def _own_problems(planner: object, where: str) -> Iterator[Problem]:
    if not isinstance(planner, Planner) or not isinstance(vars(type(planner)).get("kind"), str):
        got = Kind(f"a value of type {type(planner).__name__}")
        hint = "Pass a frozen attrs class with a `kind` and a method `propose`."
        yield Problem(where=where, what="this is no planner", got=got, hint=hint)


def _step_problems(step: Step, where: str) -> Iterator[Problem]:
    for name, value in (("branch", step.branch), ("next", step.next), ("end", step.end or None)):
        if value is not None:
            what, hint = "the planner decides what comes next", "Remove it, or the planner."
            yield Problem(where=f"{where}.{name}", what=what, got=Kind(f"a step with `{name}`"), hint=hint)
    if not passes(step.wait):
        hint = 'Write how long it waits after the touch before, such as wait = "3d".'
        what = "a step that a planner chooses may come again, and has to wait"
        yield Problem(where=f"{where}.wait", what=what, got=Kind("no wait"), hint=hint)
