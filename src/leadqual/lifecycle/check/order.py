"""Transitions that are never taken, since an earlier one always comes first."""

from collections.abc import Iterator

from leadqual.errors import Problem
from leadqual.lifecycle.check.sound import Sound


def order_problems(sound: Sound) -> Iterator[Problem]:
    """Yield the transitions before which another one always comes: one without a guard, or with the very same.

    Args:
        sound: The table, as far as it is right.
    """
    numbers: dict[object, int] = {None: 0}
    first: dict[tuple[str, str, int], str] = {}
    for way in sound.ways:
        if (way.guard is None and way.transition.when is not None) or not (way.leaves and way.on):
            continue
        guard = numbers.setdefault(None if way.guard is None else way.guard.condition, len(numbers))
        pairs = [(name, trigger) for name in way.leaves for trigger in way.on]
        before = [first.get((*pair, 0)) or first.get((*pair, guard)) for pair in pairs]
        if all(before):
            names = ", ".join(dict.fromkeys(filter(None, before)))
            hint = "Put it before, give that one another guard, or remove this one."
            what = f"it is never taken: {names} always comes first"
            yield Problem(where=way.where, what=what, got=way.transition.name, hint=hint)
        for pair in pairs:
            first.setdefault((*pair, guard), way.where)
