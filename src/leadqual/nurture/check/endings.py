"""What is wrong with what follows the end of a sequence."""

from collections.abc import Iterator

from leadqual.axis import container_problems
from leadqual.errors import Kind, Problem
from leadqual.lifecycle.check.words import choice_problem
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.words import sound_parts
from leadqual.nurture.sequences import Ending, Sequence
from leadqual.texts import word_problem


def ending_problems(ending: object, where: str, table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with an ending.

    Args:
        ending: What came.
        where: Its path.
        table: The nurturing, whose sequences it may name.
    """
    yield from container_problems([(where, ending, Ending)])
    if not isinstance(ending, Ending):
        return
    if ending.verdict is not None:
        yield from choice_problem(ending.verdict, ("maybe",), f"{where}.verdict", "a sequence says no such verdict")
    elif ending.reason is not None:
        hint = 'Write verdict = "maybe" too, or remove it.'
        got = Kind("a reason")
        yield Problem(where=f"{where}.reason", what="a reason goes with a verdict", got=got, hint=hint)
    yield from word_problem(ending.reason, f"{where}.reason", optional=True)
    if ending.sequence is not None:
        known = sound_parts(table.sequences, Sequence)
        yield from choice_problem(ending.sequence, known, f"{where}.sequence", "no such sequence")
    if ending.verdict is None and ending.sequence is None:
        hint = 'Write verdict = "maybe", or the name of a sequence, or remove the table.'
        yield Problem(where=where, what="nothing follows", got=Kind("an empty table"), hint=hint)
