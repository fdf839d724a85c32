"""An interest, checked and made ready: its rules by kind of event, with numbers as integers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from leadqual.calendar import DayStart
from leadqual.conditions.bind import Holds
from leadqual.event import Event
from leadqual.fold import normal
from leadqual.interest.rules import RulePlan, factor
from leadqual.interest.slots import Slot, slots_of

_MOST_WEIGHTS: Final = 1 << 17


@frozen(kw_only=True, eq=False)
class Matcher:
    """The rules that name one kind of event.

    Attributes:
        sure: Rules without a condition.
        tested: Rules with the condition that decides.
    """

    sure: tuple[int, ...] = ()
    tested: tuple[tuple[int, Holds], ...] = ()

    def hits(self, event: Event) -> tuple[int, ...]:
        """Return the rules that an event matches.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        if not self.tested:
            return self.sure
        return self.sure + tuple(i for i, holds in self.tested if holds(event.properties))


@frozen(kw_only=True, eq=False)
class InterestPlan:
    """An interest that passed its checks.

    Attributes:
        rules: The rules in ledger order.
        named: By kind, the rules that name it, whoever acts.
        any_kind: The rules for any kind, own acts only.
        caps: Bounds of each group in grains, in the order of `groups`.
        groups: Names of the groups.
        low: Lower bound of the axis in grains.
        high: Upper bound of the axis in grains.
        levels: Lowest interest in hundredths by digit, hottest first.
        memory: Days for which an interaction counts as one.
        day_start: When a day starts.
        properties: Declared properties with their types.
        width: Number of rules, by which the keys of counts are made.
        slots: Which rules' counts are kept together.
        slot_of: Slot of each rule.
        distinct: Whether any rule has `distinct_by`.
        largest: Size of the most that one event earns, in hundredths.
        weights: What one event earns in grains, by place, as far as it was asked for.
    """

    rules: tuple[RulePlan, ...]
    named: Mapping[str, Matcher]
    any_kind: Matcher | None
    caps: tuple[tuple[int, int], ...]
    groups: tuple[str, ...]
    low: int
    high: int
    levels: tuple[tuple[int, int], ...]
    memory: int
    day_start: DayStart
    properties: Mapping[str, str]
    width: int = field(init=False)
    slots: tuple[Slot, ...] = field(init=False)
    slot_of: tuple[int, ...] = field(init=False)
    largest: int = field(init=False)
    distinct: bool = field(init=False)
    weights: dict[int, int] = field(init=False, factory=dict, repr=False)
    _integers: dict[int, int] = field(init=False, factory=dict, repr=False)

    @width.default
    def _width(self) -> int:
        return len(self.rules)

    @slots.default
    def _slots(self) -> tuple[Slot, ...]:
        return slots_of(self.rules)

    @slot_of.default
    def _slot_of(self) -> tuple[int, ...]:
        places = {rule: at for at, slot in enumerate(self.slots) for rule in slot.rules}
        return tuple(places[rule] for rule in range(len(self.rules)))

    @distinct.default
    def _distinct(self) -> bool:
        return any(rule.read is not None for rule in self.rules)

    @largest.default
    def _largest(self) -> int:
        return max((abs(rule.points) for rule in self.rules), default=0)

    def weight(self, place: int) -> int:
        """Return what one event earns in grains at a place (``age × width + rule``); remembered while there is room."""
        age, i = divmod(place, self.width)
        rule = self.rules[i]
        weight = rule.points * factor(rule, age)
        if len(self.weights) < _MOST_WEIGHTS:
            self.weights[place] = weight
        return weight

    def most(self, place: int) -> int:
        """Return how many events of one day count at a place."""
        return self.rules[place % self.width].daily or 0

    def day(self, at: datetime) -> int:
        """Return the day of an instant."""
        return self.same((at - self.day_start.epoch).days)

    def same(self, key: int) -> int:
        """Return an equal integer, always the same object: tallies then are small and close together in memory."""
        return self._integers.setdefault(key, key)

    def hits(self, event: Event) -> tuple[int, ...]:
        """Return the indices of the rules that an event matches, each once.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        kind = event.kind
        matcher = self.named.get(kind)
        if matcher is None and not kind.isascii():
            matcher = self.named.get(normal(kind))
        found = () if matcher is None else matcher.hits(event)
        if self.any_kind is not None and event.by == "lead":
            found += self.any_kind.hits(event)
        return found

    def level(self, interest: int) -> int | None:
        """Return the digit of an interest in hundredths; ``None`` when there are no levels."""
        for digit, bound in self.levels:
            if interest >= bound:
                return digit
        return self.levels[-1][0] if self.levels else None
