"""What time alone can do to a lead: it wakes and cools, but promotes nobody."""

from collections.abc import Iterator

from leadqual.errors import Problem
from leadqual.lifecycle.check.sound import Sound, Way


def time_problems(way: Way, sound: Sound) -> Iterator[Problem]:
    """Yield what leads up by time alone, and what wakes from a stage that is none of rest.

    Args:
        way: The transition.
        sound: The table, as far as it is right.
    """
    awake = [name for name in way.leaves if sound.kinds[name] == "open"]
    if "wake" in way.on and awake:
        hint = f"Take {', '.join(awake)} out of `from`."
        place = f"{way.where}.on[{way.on['wake']}]"
        yield Problem(where=place, what="only a stage of rest is woken from", got="wake", hint=hint)
    for trigger in ("tick", "wake"):
        if trigger not in way.on:
            continue
        for to in sorted(sound.targets(way.enters)):
            below = [name for name in way.leaves if _is_above(to, name, sound)]
            if below:
                hint = f"Wait for an event, a profile change or a verdict to go from {', '.join(below)} to {to}."
                place = f"{way.where}.on[{way.on[trigger]}]"
                yield Problem(where=place, what="time promotes nobody", got=trigger, hint=hint)


def _is_above(to: str, leaves: str, sound: Sound) -> bool:
    """Return whether a stage ranks above another one; a rest ranks where leads begin, and with all of that phase."""
    ranks = sound.ranks
    if to in sound.won:
        return sound.kinds[leaves] != "ended"
    if to not in ranks:
        return False
    if leaves in ranks:
        return ranks[to] > ranks[leaves]
    first = sound.initial
    if sound.kinds[leaves] != "rest" or first is None or ranks[to] <= ranks.get(first, len(ranks)):
        return False
    phase = sound.stages[first].phase
    return phase is None or sound.stages[to].phase != phase
