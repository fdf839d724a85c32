"""Sequences that lead into one another for ever, without waiting."""

from collections.abc import Iterator

from leadqual.errors import Kind, Problem
from leadqual.nurture.check.flow import circles, places_of, ways_of
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.waits import passes
from leadqual.nurture.check.words import items_of, sound_parts
from leadqual.nurture.sequences import Branch, Ending, Sequence, Step


def onward_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield the problem of each circle of sequences that a lead could go round at once, again and again.

    Args:
        table: The nurturing.
    """
    sequences = sound_parts(table.sequences, Sequence)
    again = {name for name, one in sequences.items() if one.again != "once" and one.again_after is None}
    onward = {name: [to for to in _at_once(sequences[name]) if to in again] for name in sequences if name in again}
    for names in circles(onward):
        got = Kind(" > ".join((*names, names[0])) if len(names) <= 8 else f"{len(names)} sequences")
        hint = "Let one of them wait, or write again_after."
        where = f"sequences.{names[-1]}.on_end"
        yield Problem(where=where, what="sequences lead into one another without waiting", got=got, hint=hint)


def _at_once(sequence: Sequence) -> Iterator[str]:
    """Yield the sequences that follow one which a lead may go through in no time."""
    places = places_of(sequence)
    steps = items_of(sequence.steps)
    if not places or not _leads_right(sequence, places):
        return
    if sequence.planner is not None:  # it may end at any time
        yield from _follows(sequence.on_end)
        return
    ways = ways_of(sequence)
    first = steps[next(iter(places.values()))]
    ahead = [] if passes(first.wait) else [first.name]
    reached: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name in reached:
            continue
        reached.add(name)
        step = steps[places[name]]
        if step.end is True:
            yield from _follows(step.on_end if step.on_end is not None else sequence.on_end)
        for edge in ways[name]:
            if edge.passes:
                continue
            if edge.to is None:
                yield from _follows(sequence.on_end)
            else:
                ahead.append(edge.to)


def _follows(ending: object) -> Iterator[str]:
    if isinstance(ending, Ending) and isinstance(ending.sequence, str):
        yield ending.sequence


def _leads_right(sequence: Sequence, places: dict[str, int]) -> bool:
    """Tell whether every step that is named exists."""
    for step in items_of(sequence.steps):
        if isinstance(step, Step):
            branch = step.branch
            names = [step.next, *((branch.yes, branch.no) if isinstance(branch, Branch) else ())]
            if any(name is not None and (not isinstance(name, str) or name not in places) for name in names):
                return False
    return True
