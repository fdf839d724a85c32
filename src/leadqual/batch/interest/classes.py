"""Which events are alike: every event of a class matches the same rules, so only its lead and day are left to count.

Rules are expanded from counts, not from events: an event that matches five rules is sorted once, not five times. A
class is a kind of event, whose act it is, and which of the kind's conditions hold.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from attrs import evolve, frozen

from leadqual.fold import normal
from leadqual.interest.plan import InterestPlan, Matcher

_MOST_TESTS: Final = 6
"""Conditions of one kind that a class tells apart; with more, the kind's events are counted in several streams."""
_NOBODY: Final = Matcher()


@frozen(kw_only=True)
class EventClass:
    """Events that count alike.

    Attributes:
        number: Its number.
        rules: Rules that count its events.
        quiet: Rules of inactivity that its events interrupt.
        acted: Whether its events are interactions.
        own: Whether its events are the lead's own acts.
        kind: What its events are; ``None`` for kinds that no rule and no bar names.
        told: Whether it is of the first stream, where all events are.
    """

    number: int
    rules: tuple[int, ...]
    quiet: tuple[int, ...]
    acted: bool
    own: bool
    kind: str | None
    told: bool = True


@frozen(kw_only=True)
class Side:
    """The events of one kind by one side, in one stream.

    Attributes:
        kind: The kind, composed; ``None`` for all others.
        own: Whether they are the lead's own acts; ``None`` if that makes no difference.
        tests: Rules whose conditions tell its classes apart; the first adds 1 to the number of the class, the next 2…
        acts: Rules of which any makes an interaction; where it is not empty, that any holds is told apart as well.
        first: The class of events of which no condition holds.
        empty: Whether that class counts for nothing.
    """

    kind: str | None
    own: bool | None
    tests: tuple[int, ...]
    acts: tuple[int, ...]
    first: int
    empty: bool


@frozen(kw_only=True)
class Classes:
    """All classes of a model.

    Attributes:
        streams: Sides of the events, by stream; each event counts once in each stream that has a side for it.
        classes: The classes by number.
    """

    streams: tuple[tuple[Side, ...], ...]
    classes: tuple[EventClass, ...]

    @property
    def sided(self) -> bool:
        """Whether it matters whose act an event is."""
        return any(side.own is not None for stream in self.streams for side in stream)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that are told apart."""
        named = (side.kind for stream in self.streams for side in stream if side.kind is not None)
        return tuple(dict.fromkeys(named))


@frozen(kw_only=True)
class Asked:
    """What has to be known of events beside points.

    Attributes:
        acts: Whether interactions, active days or kinds are asked for.
        own_day: Whether the age of the newest own act is.
        our_day: Whether the age of our newest act is.
        kinds: Kinds to tell apart, though no rule names them.
    """

    acts: bool = False
    own_day: bool = False
    our_day: bool = False
    kinds: tuple[str, ...] = ()


def classes_of(plan: InterestPlan, asked: Asked) -> Classes:
    """Return the classes of a model.

    Args:
        plan: The interest.
        asked: What has to be known beside points.

    >>> from leadqual.interest import Interest, InterestRule
    >>> from leadqual.scoring import ScoringModel
    >>> rules = [InterestRule(event="download", points=2), InterestRule(event="*", points=1)]
    >>> plan = ScoringModel(interest=Interest(rules=rules)).plans.interest
    >>> [(one.kind, one.own, one.rules) for one in classes_of(plan, Asked()).classes]
    [('download', True, (0, 1)), ('download', False, (0,)), (None, True, (1,))]
    """
    numbers = count()
    streams: list[list[Side]] = []
    classes: list[EventClass] = []
    for kind in (*dict.fromkeys((*plan.named, *map(normal, asked.kinds))), None):
        named = _NOBODY if kind is None else plan.named.get(kind, _NOBODY)
        mine = _Matched.of(plan, (named, plan.any_kind or _NOBODY), own=True, asked=asked)
        ours = _Matched.of(plan, (named,), own=False, asked=asked)
        sides = [(mine, None)] if mine.alike(ours) else [(mine, True), (ours, False)]
        for matched, own in sides:
            for at, (side, found) in enumerate(matched.split(kind, numbers, own=own)):
                if len(streams) <= at:
                    streams.append([])
                streams[at].append(side)
                classes += found
    return Classes(streams=tuple(map(tuple, streams)), classes=tuple(classes))


@frozen(kw_only=True)
class _Matched:
    """What the events of one kind by one side match.

    Attributes:
        plan: The interest.
        sure: Rules without a condition.
        tested: Rules with one.
        own: Whether they are the lead's own acts.
        asked: What has to be known beside points.
    """

    plan: InterestPlan
    sure: tuple[int, ...]
    tested: tuple[int, ...]
    own: bool
    asked: Asked

    @classmethod
    def of(cls, plan: InterestPlan, matchers: Iterable[Matcher], *, own: bool, asked: Asked) -> "_Matched":
        """Return what matters of what they match."""
        found = list(matchers)
        acts = own and asked.acts

        def matters(i: int) -> bool:
            rule = plan.rules[i]
            if rule.rule.inactivity is not None:
                return own
            return rule.read is None or (acts and rule.interacts)

        sure = tuple(i for matcher in found for i in matcher.sure if matters(i))
        tested = tuple(i for matcher in found for i, _ in matcher.tested if matters(i))
        return cls(plan=plan, sure=sure, tested=tested, own=own, asked=asked)

    def alike(self, other: "_Matched") -> bool:
        """Tell whether whose act it is makes no difference."""
        asked = self.asked
        differs = asked.own_day or asked.our_day or (asked.acts and any(map(self._interacts, self.sure + self.tested)))
        return not differs and (self.sure, self.tested) == (other.sure, other.tested)

    def _interacts(self, i: int) -> bool:
        return self.plan.rules[i].interacts

    def _quiet(self, rules: Iterable[int]) -> tuple[int, ...]:
        return tuple(i for i in rules if self.plan.rules[i].rule.inactivity is not None)

    def split(
        self, kind: str | None, numbers: Iterator[int], *, own: bool | None
    ) -> Iterator[tuple[Side, list[EventClass]]]:
        """Yield the side with its classes, in as many streams as its conditions need; nothing if it never counts."""
        asked = self.asked
        seen = (self.own and asked.own_day) or (not self.own and asked.our_day)
        if not (self.sure or self.tested or seen):
            return
        chunks = [self.tested[at : at + _MOST_TESTS] for at in range(0, len(self.tested), _MOST_TESTS)] or [()]
        acting = self.own and asked.acts
        apart = tuple(filter(self._interacts, self.tested)) if acting and len(chunks) > 1 else ()
        for at, chunk in enumerate(chunks):
            sure = self.sure if at == 0 else ()
            acts = apart if at == 0 else ()
            made = [
                self._class(
                    next(numbers), kind, sure + tuple(i for j, i in enumerate(chunk) if bits >> j & 1), acted=acted
                )
                for acted in ((False, True) if acts else (None,))
                for bits in range(1 << len(chunk))
            ]
            empty = not (made[0].rules or made[0].quiet or made[0].acted or (seen and at == 0))
            yield (
                Side(kind=kind, own=own, tests=chunk, acts=acts, first=made[0].number, empty=empty),
                [one if at == 0 else _counting(one) for one in made],
            )

    def _class(self, number: int, kind: str | None, matched: tuple[int, ...], *, acted: bool | None) -> EventClass:
        plan = self.plan
        quiet = self._quiet(matched)
        acts = self.own and self.asked.acts
        interacts = any(map(self._interacts, matched)) or bool(acted)
        counting = tuple(i for i in matched if i not in quiet and plan.rules[i].read is None)
        return EventClass(number=number, rules=counting, quiet=quiet, acted=acts and interacts, own=self.own, kind=kind)


def _counting(one: EventClass) -> EventClass:
    """Return a class of a further stream, whose events the first stream has told of already but for their points."""
    return evolve(one, acted=False, told=False)
