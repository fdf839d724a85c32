"""What of a table can be reasoned about: the parts that are right in themselves, with their paths."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from leadqual.conditions.bind import Bound, bind
from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.lifecycle.check.table import Table
from leadqual.lifecycle.values import TRIGGERS, Lifecycle, Recycle, RecyclePolicy, Stage, Transition

MOST_STAGES: Final = 100
"""Stages of a lifecycle at most."""
MOST_TRANSITIONS: Final = 1_000
"""Transitions of a lifecycle at most."""
KINDS: Final = ("open", "rest", "ended")
"""Kinds of stages."""
_LONGEST: Final = 64
_MOST_GUESSED: Final = 200


@frozen(kw_only=True, eq=False)
class Way:
    """A transition, as far as it is right.

    Attributes:
        index: Its place in the table.
        where: Its path.
        transition: As it was declared.
        leaves: The declared stages that it leaves, each once.
        enters: The declared stage that it enters, if there is one.
        out_of: The stages that it leaves, with those that are misspelt.
        into: The stage that it enters, also if that is misspelt.
        on: The known triggers that it waits for, with their places in ``on``.
        guard: Its guard, if there is one that is right.
        flaws: What is wrong with its guard.
    """

    index: int
    where: str
    transition: Transition
    leaves: tuple[str, ...]
    enters: str | None
    out_of: tuple[str, ...]
    into: str | None
    on: Mapping[str, int]
    guard: Bound | None = field(default=None, repr=False)
    flaws: tuple[Problem, ...] = ()


@frozen(kw_only=True, eq=False)
class Sound:
    """A table, as far as it is right.

    Attributes:
        places: Path of each stage by name.
        stages: The stages by name, in their order.
        kinds: Kind of each stage; ``None`` where it is none that exists.
        ranks: Place of each open stage among them.
        initial: Where a lead begins, if that is known.
        ways: The transitions.
        policies: What becomes of a maybe, as far as that is right.
        won: The ended stages that a yes leads to.
    """

    places: Mapping[str, str]
    stages: Mapping[str, Stage]
    kinds: Mapping[str, str | None]
    ranks: Mapping[str, int]
    initial: str | None
    ways: tuple[Way, ...]
    policies: tuple[RecyclePolicy, ...]
    won: frozenset[str] = field(init=False)

    @won.default
    def _won(self) -> frozenset[str]:
        entered = {way.enters for way in self.ways if "yes" in way.on}
        return frozenset(name for name in self.of_kind("ended") if name in entered)

    @property
    def left(self) -> frozenset[str]:
        """The stages that some transition leaves, wherever it leads."""
        return frozenset(name for way in self.ways for name in way.out_of)

    def of_kind(self, kind: str) -> list[str]:
        """Return the names of the stages of a kind, in their order."""
        return [name for name, own in self.kinds.items() if own == kind]

    def targets(self, to: str | None) -> frozenset[str]:
        """Return the stages in which a lead can be when a transition enters one; policies say where a rest is."""
        if to is None:
            return frozenset()
        own = frozenset({to})
        if self.kinds[to] != "rest":
            return own
        others = [known_word(policy.to, self.stages) for policy in self.policies]
        named = frozenset(other for other in others if other is not None)
        stays = None in others or any(self.kinds[other] != "rest" for other in named)
        return named | own if stays or not named else named


def sound_of(table: Table) -> Sound:
    """Return what of a table can be reasoned about.

    Args:
        table: The table; any part of it may be wrong.
    """
    places: dict[str, str] = {}
    stages: dict[str, Stage] = {}
    for i, stage in enumerate(parts_of(table.stages)[:MOST_STAGES]):
        if isinstance(stage, Stage) and type(stage.name) is str and stage.name not in stages:
            stages[stage.name] = stage
            places[stage.name] = f"{table.where}.stages[{i}]"
    kinds = {name: known_word(stage.kind, KINDS) for name, stage in stages.items()}
    opened = [name for name, kind in kinds.items() if kind == "open"]
    return Sound(
        places=places,
        stages=stages,
        kinds=kinds,
        ranks={name: i for i, name in enumerate(opened)},
        initial=opened[0] if table.initial is None and opened else known_word(table.initial, stages),
        ways=_ways(table, stages),
        policies=_policies(table.recycle),
    )


def _policies(recycle: object) -> tuple[RecyclePolicy, ...]:
    parts = (recycle.inbound, recycle.outbound, recycle.partner) if isinstance(recycle, Recycle) else ()
    return tuple(policy for policy in parts if isinstance(policy, RecyclePolicy))


def is_own(table: Table) -> bool:
    """Return whether the transitions are a team's own, not those of a lifecycle that comes with leadqual.

    Args:
        table: The table.
    """
    return not isinstance(table.lifecycle, Lifecycle) or table.lifecycle.transitions != ()


def parts_of(value: object) -> tuple[object, ...]:
    """Return what should be a list, empty if it is none.

    >>> parts_of(("a",)), parts_of("ab")
    (('a',), ())
    """
    return value if isinstance(value, tuple) else ()


def known_word(value: object, known: Collection[str]) -> str | None:
    """Return a word if it is one of the known ones.

    >>> known_word("open", ("open", "ended")), known_word([], ("open",))
    ('open', None)
    """
    return value if type(value) is str and value in known else None


def _ways(table: Table, stages: Collection[str]) -> tuple[Way, ...]:
    guessed: dict[str, str | None] = {}
    ways: list[Way] = []
    flawed = 0
    for i, transition in enumerate(parts_of(table.transitions)[:MOST_TRANSITIONS]):
        if not isinstance(transition, Transition):
            continue
        where = f"{table.where}.transitions[{i}]"
        guard: Bound | None = None
        flaws: list[Problem] = []
        if transition.when is not None and flawed < MOST_PROBLEMS:
            guard, flaws = bind(transition.when, table.scope, f"{where}.when")
            flawed += len(flaws)
        names = parts_of(transition.from_)[:MOST_STAGES]
        out_of = [_meant(name, stages, guessed) for name in names]
        on = [known_word(trigger, TRIGGERS) for trigger in parts_of(transition.on)[:MOST_STAGES]]
        ways.append(
            Way(
                index=i,
                where=where,
                transition=transition,
                leaves=tuple(_placed([known_word(name, stages) for name in names])),
                enters=known_word(transition.to, stages),
                out_of=tuple(_placed(out_of)),
                into=_meant(transition.to, stages, guessed),
                on=_placed(on),
                guard=guard,
                flaws=tuple(flaws),
            )
        )
    return tuple(ways)


def _placed(names: Sequence[str | None]) -> dict[str, int]:
    """Return the place of each name, the first of several."""
    places: dict[str, int] = {}
    for i, name in enumerate(names):
        if name is not None:
            places.setdefault(name, i)
    return places


def _meant(name: object, stages: Collection[str], guessed: dict[str, str | None]) -> str | None:
    """Return the stage that a name means, also one that is misspelt, so that no second problem follows from that."""
    if type(name) is not str or name in stages or len(name) > _LONGEST:
        return known_word(name, stages)
    if name not in guessed:
        close = difflib.get_close_matches(name.lower(), stages, n=1) if len(guessed) < _MOST_GUESSED else []
        guessed[name] = close[0] if close else None
    return guessed[name]
