"""What is wrong with single transitions: names, stages, triggers, and what time and the end of a cycle allow."""

from collections.abc import Iterator, Mapping
from typing import Final

from leadqual.axis import container_problems
from leadqual.errors import Problem
from leadqual.fold import normal
from leadqual.lifecycle.check.sound import MOST_TRANSITIONS, Sound, Way, is_own, parts_of
from leadqual.lifecycle.check.table import Table
from leadqual.lifecycle.check.time import time_problems
from leadqual.lifecycle.check.words import choice_problem, words_problems
from leadqual.lifecycle.values import HAND_RAISE, TRIGGERS, Transition
from leadqual.texts import word_problem

_CYCLES: Final = ("same", "next")
_RETURNS: Final = ("event",)
"""What can start a new cycle."""


def transition_problems(table: Table, sound: Sound) -> Iterator[Problem]:
    """Yield what is wrong with single transitions, their guards included as far as these are no conditions.

    Args:
        table: The table.
        sound: The same, as far as it is right.
    """
    if not is_own(table):
        yield from _preset_problems(table, sound)
        return
    where = f"{table.where}.transitions"
    yield from container_problems([(where, table.transitions, tuple)])
    parts = parts_of(table.transitions)
    if len(parts) > MOST_TRANSITIONS:
        hint = f"Declare at most {MOST_TRANSITIONS:,}."
        yield Problem(where=where, what="there are too many transitions", got=len(parts), hint=hint)
    ways = {way.index: way for way in sound.ways}
    seen: dict[str, str] = {}
    for i, transition in enumerate(parts[:MOST_TRANSITIONS]):
        place = f"{where}[{i}]"
        if not isinstance(transition, Transition):
            hint = 'Write { name = "score", from = "lead", to = "mql", on = "event" }.'
            yield Problem(where=place, what="a transition was expected", got=transition, hint=hint)
            continue
        yield from _name_problems(transition.name, f"{place}.name", seen)
        yield from words_problems(transition.from_, f"{place}.from", sound.stages, "no such stage")
        yield from choice_problem(transition.to, sound.stages, f"{place}.to", "no such stage")
        yield from words_problems(transition.on, f"{place}.on", TRIGGERS, "no such trigger")
        yield from ways[i].flaws
        yield from word_problem(transition.reason, f"{place}.reason", optional=True)
        yield from _sla_problem(transition.sla, f"{place}.sla", table.sla)
        yield from choice_problem(transition.cycle, _CYCLES, f"{place}.cycle", "unknown cycle")
        yield from _cycle_problems(ways[i], sound)
        yield from _return_problem(ways[i], sound, hand_raise=table.hand_raise)
        yield from time_problems(ways[i], sound)


def _preset_problems(table: Table, sound: Sound) -> Iterator[Problem]:
    """Yield what the transitions of a lifecycle that comes with leadqual lack, or cannot do, with other stages."""
    missing: dict[str, None] = {}
    for way in sound.ways:
        named = (*parts_of(way.transition.from_), way.transition.to)
        missing |= {name: None for name in named if isinstance(name, str) and name not in sound.stages}
    for name in missing:
        hint = "Declare it, or write transitions of your own."
        what = "the transitions that come with leadqual need this stage"
        yield Problem(where=f"{table.where}.stages", what=what, got=name, hint=hint)
    for way in sound.ways:
        yield from _cycle_problems(way, sound)


def _name_problems(name: object, where: str, seen: dict[str, str]) -> Iterator[Problem]:
    found = list(word_problem(name, where))
    yield from found
    if found or not isinstance(name, str):
        return
    if normal(name) in seen:
        hint = "Give each transition its own name; facts and diagrams tell them apart by it."
        yield Problem(where=where, what=f"the name is taken by {seen[normal(name)]}", got=name, hint=hint)
    seen.setdefault(normal(name), where.removesuffix(".name"))


def _sla_problem(name: object, where: str, slas: object) -> Iterator[Problem]:
    found = list(word_problem(name, where, optional=True))
    yield from found
    if not found and name and isinstance(slas, Mapping):
        yield from choice_problem(
            name, (*filter(_is_text, slas), HAND_RAISE), where, "no such SLA", "Declare it in [sla]."
        )


def _is_text(name: object) -> bool:
    return type(name) is str


def _cycle_problems(way: Way, sound: Sound) -> Iterator[Problem]:
    """Yield what leaves an ended stage otherwise than a cycle goes on, or a next one starts."""
    ended = [name for name in way.leaves if sound.kinds[name] == "ended"]
    others = [name for name in way.leaves if sound.kinds[name] in ("open", "rest")]
    starts = way.transition.cycle == "next"
    if starts and others:
        hint = f"Leave only ended stages with it, not {', '.join(others)}."
        yield Problem(where=f"{way.where}.cycle", what="only an ended stage starts a next cycle", got="next", hint=hint)
    if starts and "reopen" in way.on:
        hint = "Remove `cycle`, or take `reopen` out of `on`."
        yield Problem(where=f"{way.where}.cycle", what="`reopen` goes on in the same cycle", got="next", hint=hint)
    for trigger, j in way.on.items():
        place = f"{way.where}.on[{j}]"
        if trigger == "reopen" and others:
            hint = f"Take {', '.join(others)} out of `from`."
            yield Problem(where=place, what="only an ended stage can be reopened", got=trigger, hint=hint)
        elif trigger in _RETURNS and ended and not starts:
            hint = f'Add cycle = "next", or take {", ".join(ended)} out of `from`.'
            yield Problem(
                where=place, what="an event leaves an ended stage only into a next cycle", got=trigger, hint=hint
            )
        elif trigger not in (*_RETURNS, "reopen") and ended:
            hint = f"Take {', '.join(ended)} out of `from`; `reopen` and `event` can leave an ended stage."
            yield Problem(where=place, what="this does not leave an ended stage", got=trigger, hint=hint)


def _return_problem(way: Way, sound: Sound, *, hand_raise: bool) -> Iterator[Problem]:
    """Yield the problem of a way back after the end that nobody can take: only a hand-raise starts a next cycle."""
    back = way.transition.cycle == "next" and any(sound.kinds[name] == "ended" for name in way.leaves)
    if back and "event" in way.on and not hand_raise:
        hint = "Name kinds under `qualify.hand_raise`, or remove the transition."
        place = f"{way.where}.on[{way.on['event']}]"
        yield Problem(
            where=place, what="only a hand-raise starts a next cycle, and no kind is one", got="event", hint=hint
        )
