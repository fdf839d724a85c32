"""What is wrong with a table as a whole: stages that nobody reaches, or that nobody gets out of."""

from collections.abc import Iterator, Mapping

from leadqual.errors import Kind, Problem, printable
from leadqual.lifecycle.check.sound import Sound

_WAKES = ("wake", "event")
"""What ends a rest."""
Edges = Mapping[str, frozenset[str]]


def path_problems(sound: Sound, where: str) -> Iterator[Problem]:
    """Yield the stages that nobody reaches, or that nobody gets out of.

    Args:
        sound: The table, as far as it is right.
        where: Path of its stages.
    """
    edges: dict[str, frozenset[str]] = dict.fromkeys(sound.stages, frozenset())
    for way in sound.ways:
        edges |= {name: edges[name] | sound.targets(way.into) for name in way.out_of}
    reached = {name: _reached(name, edges) for name in edges}
    yield from _unreached(sound, reached)
    left = sound.left
    yield from _dead_ends(sound, left)
    yield from _sleeps(sound, left)
    yield from _traps(sound, edges, reached, where)


def _reached(name: str, edges: Edges) -> frozenset[str]:
    """Return the stages that can follow a stage, itself included."""
    seen = {name}
    stack = [name]
    while stack:
        new = edges[stack.pop()] - seen
        seen |= new
        stack += new
    return frozenset(seen)


def _unreached(sound: Sound, reached: Edges) -> Iterator[Problem]:
    if sound.initial is None:
        return
    for name in sound.stages:
        if name not in reached[sound.initial]:
            hint = f"Add a transition that leads here from where a lead can come, beginning in {sound.initial}."
            yield Problem(where=sound.places[name], what="no lead can reach this stage", got=name, hint=hint)


def _dead_ends(sound: Sound, left: frozenset[str]) -> Iterator[Problem]:
    for name, kind in sound.kinds.items():
        if kind in ("open", "rest") and name not in left:
            hint = 'Add a transition out of it, or declare the end with kind = "ended".'
            yield Problem(where=sound.places[name], what="nothing leads out of this stage", got=name, hint=hint)


def _sleeps(sound: Sound, left: frozenset[str]) -> Iterator[Problem]:
    woken = {name for way in sound.ways if any(trigger in way.on for trigger in _WAKES) for name in way.out_of}
    for name in sound.of_kind("rest"):
        if name in left and name not in woken:
            hint = "Add a transition out of it on `wake` or `event`."
            yield Problem(where=sound.places[name], what="no rest in this stage ever ends", got=name, hint=hint)


def _traps(sound: Sound, edges: Edges, reached: Edges, where: str) -> Iterator[Problem]:
    """Yield the groups of stages between which leads go round for ever, each once."""
    ended = {name for name, kind in sound.kinds.items() if kind not in ("open", "rest")}
    if not ended:
        return
    for name in sound.stages:
        group = [other for other in sound.stages if other in reached[name]]
        closed = all(name in reached[other] for other in group)
        if closed and group[0] == name and edges[name] and ended.isdisjoint(group):
            hint = "Add a transition from one of them that can lead to an ended stage."
            yield Problem(
                where=where,
                what="no way out of these stages leads to an end",
                got=Kind(printable(", ".join(group))),
                hint=hint,
            )
