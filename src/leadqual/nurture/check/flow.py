"""Where steps lead: names that do not exist, steps that nothing leads to, circles in which no time passes."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from leadqual.axis import container_problems
from leadqual.errors import Kind, Problem
from leadqual.lifecycle.check.words import choice_problem
from leadqual.nurture.check.steps import MOST_STEPS
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.waits import passes
from leadqual.nurture.check.words import items_of, sound_parts
from leadqual.nurture.sequences import Branch, Sequence, Step
from leadqual.nurture.waits import Wait


@frozen(kw_only=True)
class Edge:
    """A way from a step.

    Attributes:
        to: Name of the step to which it leads; ``None`` past the last one.
        passes: Whether time passes on it for certain, until the step is reached.
    """

    to: str | None
    passes: bool


def flow_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the ways between the steps of all sequences.

    Args:
        table: The nurturing.
    """
    for name, sequence in sound_parts(table.sequences, Sequence).items():
        where = f"sequences.{name}"
        places = places_of(sequence)
        found = list(_target_problems(sequence, places, where))
        yield from found
        yield from _moved_problems(sequence, places, where)
        if places and not found and sequence.planner is None:
            ways = ways_of(sequence)
            yield from _unreached_problems(sequence, ways, places, f"{where}.steps")
            yield from _circle_problems(ways, places, f"{where}.steps")


def places_of(sequence: Sequence) -> dict[str, int]:
    """Return the place of each step by name, the first of several, as far as they are right."""
    places: dict[str, int] = {}
    for i, step in enumerate(items_of(sequence.steps)[:MOST_STEPS]):
        if isinstance(step, Step) and isinstance(step.name, str):
            places.setdefault(step.name, i)
    return places


def ways_of(sequence: Sequence) -> dict[str, tuple[Edge, ...]]:
    """Return the ways from each step.

    A touch leads to what follows; a fork to either of its ways; an end nowhere.

    Args:
        sequence: The sequence; names of steps to which it leads exist.
    """
    names = [*places_of(sequence)]
    steps = {step.name: step for step in reversed(items_of(sequence.steps)[:MOST_STEPS]) if _is_named(step)}
    waits = {name: steps[name].wait for name in names}
    found: dict[str, tuple[Edge, ...]] = {}
    for i, name in enumerate(names):
        step = steps[name]
        after = step.next if step.next is not None else next(iter(names[i + 1 : i + 2]), None)
        found[name] = tuple(_edges(step, after, waits))
    return found


def _is_named(step: object) -> bool:
    return isinstance(step, Step) and isinstance(step.name, str)


def _edges(step: Step, after: str | None, waits: Mapping[str, Wait]) -> Iterator[Edge]:
    if step.end is True:
        return
    branch = step.branch
    if not isinstance(branch, Branch):
        yield _edge(after, waits, passed=False)
    else:
        yield _edge(branch.yes if branch.yes is not None else after, waits, passed=branch.since != "enrolment")
        yield _edge(branch.no if branch.no is not None else after, waits, passed=passes(branch.within))


def _edge(to: str | None, waits: Mapping[str, Wait], *, passed: bool) -> Edge:
    return Edge(to=to, passes=passed or (to is not None and passes(waits[to])))


def _target_problems(sequence: Sequence, places: Mapping[str, int], where: str) -> Iterator[Problem]:
    for i, step in enumerate(items_of(sequence.steps)[:MOST_STEPS]):
        if not isinstance(step, Step):
            continue
        place = f"{where}.steps[{i}]"
        named = [(f"{place}.next", step.next)]
        if isinstance(step.branch, Branch):
            named += [(f"{place}.branch.yes", step.branch.yes), (f"{place}.branch.no", step.branch.no)]
        for path, name in named:
            if name is not None:
                yield from choice_problem(name, places, path, "no such step")


def _moved_problems(sequence: Sequence, places: Mapping[str, int], where: str) -> Iterator[Problem]:
    yield from container_problems([(f"{where}.moved", sequence.moved, dict)])
    for old, new in sequence.moved.items() if isinstance(sequence.moved, Mapping) else ():
        place = f"{where}.moved.{old}" if isinstance(old, str) else f"{where}.moved"
        if not isinstance(old, str) or not old:
            hint = "Write the name of the step that was taken out."
            yield Problem(where=place, what="a text was expected", got=old, hint=hint)
        elif old in places:
            hint = "Remove it; only steps that were taken out have moved."
            yield Problem(where=place, what="the step is still there", got=old, hint=hint)
        yield from choice_problem(new, places, place, "no such step")


def _unreached_problems(
    sequence: Sequence, ways: Mapping[str, tuple[Edge, ...]], places: Mapping[str, int], where: str
) -> Iterator[Problem]:
    moved = sequence.moved.values() if isinstance(sequence.moved, Mapping) else ()
    reached: set[str] = set()
    ahead = [next(iter(places)), *(name for name in moved if isinstance(name, str) and name in places)]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [edge.to for edge in ways[name] if edge.to is not None]
    for name, i in places.items():
        if name not in reached:
            before = items_of(sequence.steps)[i - 1]
            ends = isinstance(before, Step) and before.end is True
            hint = "Lead to it from a step before, or remove it."
            got = Kind("a step after an end" if ends else "a step that is passed by")
            yield Problem(where=f"{where}[{i}]", what="nothing leads to this step", got=got, hint=hint)


def _circle_problems(ways: Mapping[str, tuple[Edge, ...]], places: Mapping[str, int], where: str) -> Iterator[Problem]:
    """Yield the problem of each circle in which no time passes, at the step where it closes."""
    at_once = {name: [edge.to for edge in edges if not edge.passes and edge.to] for name, edges in ways.items()}
    for names in circles(at_once):
        shown = " > ".join((*names, names[0])) if len(names) <= 8 else f"{len(names)} steps"
        hint = "Let one of its steps wait."
        yield Problem(
            where=f"{where}[{places[names[-1]]}]", what="steps go round without waiting", got=Kind(shown), hint=hint
        )


def circles(ways: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield circles of a graph, so many that without one way of each there would be none.

    Args:
        ways: By node, the nodes to which it leads; each is a node itself.

    >>> list(circles({"a": ["b"], "b": ["a", "c"], "c": []}))
    [('a', 'b')]
    """
    done: set[str] = set()
    for start in ways:
        if start in done:
            continue
        path = [start]
        left = [iter(ways[start])]
        while left:
            name = next(left[-1], None)
            if name is None:
                left.pop()
                done.add(path.pop())
            elif name in path:
                yield tuple(path[path.index(name) :])
            elif name not in done:
                path.append(name)
                left.append(iter(ways[name]))
