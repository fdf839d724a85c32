"""What a tally holds: counts by rule and day, never events."""

from datetime import datetime

from leadqual.event import Event
from leadqual.fold import normal
from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import RulePlan
from leadqual.interest.slots import Counts, Days, key_of, read_key


class State:
    """Counts, kept so that events may come in any order and two states may be joined.

    Attributes:
        counts: By slot, how many matched events each rule and day has; of a `distinct_by` rule, how many earliest ones.
        firsts: By `distinct_by` rule, the earliest day of each value.
        quiet: By rule of inactivity, the last day of an own act that matched.
        acts: Interactions by day.
        kinds: Last day of an interaction of each kind.
        own_day: Day of the lead's newest act of any kind.
        our_day: Day of our newest act of any kind.
        not_before: Newest instant folded or pruned at; nothing can be scored before it.
        count: Events folded.
    """

    __slots__ = ("acts", "count", "counts", "firsts", "kinds", "not_before", "our_day", "own_day", "quiet")

    def __init__(self) -> None:
        self.counts: dict[int, Counts] = {}
        self.firsts: dict[int, dict[object, int]] = {}
        self.quiet: dict[int, int] = {}
        self.acts: Days = {}
        self.kinds: dict[str, int] = {}
        self.own_day: int | None = None
        self.our_day: int | None = None
        self.not_before: datetime | None = None
        self.count = 0

    def parts(self) -> tuple[object, ...]:
        """Return everything that is counted, as values that compare."""
        counts = {slot: part for slot, part in self.counts.items() if part}
        days = (self.own_day, self.our_day, self.not_before, self.count)
        return (counts, self.firsts, self.quiet, self.acts, self.kinds, *days)

    def by_rule(self, plan: InterestPlan) -> dict[int, Days]:
        """Return how many events each day of each rule has."""
        rules: dict[int, Days] = {}
        for counts in self.counts.values():
            for key, count in counts.items():
                day, rule = read_key(key, plan.width)
                rules.setdefault(rule, {})[day] = count
        return rules

    def copy(self) -> "State":
        """Return an independent copy."""
        other = State()
        other.counts = {slot: counts.copy() for slot, counts in self.counts.items()}
        other.firsts = {rule: values.copy() for rule, values in self.firsts.items()}
        other.quiet = self.quiet.copy()
        other.acts = self.acts.copy()
        other.kinds = self.kinds.copy()
        other.own_day, other.our_day = self.own_day, self.our_day
        other.not_before, other.count = self.not_before, self.count
        return other

    def add(self, event: Event, plan: InterestPlan) -> bool:
        """Fold one event in; if it cannot be read, nothing has changed.

        Returns:
            Whether it is an interaction.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        hits = plan.hits(event)
        rules = plan.rules
        values = {i: _distinct_value(rules[i], event) for i in hits} if plan.distinct else None
        at = event.at
        day = plan.day(at)
        self.count += 1
        if self.not_before is None or at > self.not_before:
            self.not_before = at
        own = event.by == "lead"
        if own:
            if self.own_day is None or day > self.own_day:
                self.own_day = day
        elif self.our_day is None or day > self.our_day:
            self.our_day = day
        acted = False
        for i in hits:
            rule = rules[i]
            if values is not None and rule.read is not None:
                self._first(i, values[i], day, plan)
            elif rule.factors is None and rule.rule.inactivity is not None:
                if own and day > self.quiet.get(i, -2):
                    self.quiet[i] = day
            else:
                key = (day + 1) * plan.width - 1 - i
                slot = plan.slot_of[i]
                counts = self.counts.get(slot)
                if counts is None:
                    self.counts[slot] = {plan.same(key): 1}
                elif key in counts:
                    counts[key] += 1
                else:
                    counts[plan.same(key)] = 1
            acted = acted or rule.interacts
        if acted and own:
            self.acts[day] = self.acts.get(day, 0) + 1
            kind = normal(event.kind)
            if day > self.kinds.get(kind, -2):
                self.kinds[kind] = day
        return acted and own

    def _first(self, rule: int, value: object, day: int, plan: InterestPlan) -> None:
        """Count a value on its earliest day."""
        values = self.firsts.setdefault(rule, {})
        counts = self.counts.setdefault(plan.slot_of[rule], {})
        known = values.get(value)
        if known is not None:
            if day >= known:
                return
            _less(counts, key_of(known, rule, plan.width))
        values[value] = day
        key = key_of(day, rule, plan.width)
        counts[key] = counts.get(key, 0) + 1

    def merge(self, other: "State", plan: InterestPlan) -> "State":
        """Return what both hold together."""
        both = self.copy()
        for slot, counts in other.counts.items():
            _add_counts(both.counts.setdefault(slot, {}), counts)
        for rule, values in other.firsts.items():
            mine = both.firsts.setdefault(rule, {})
            counts = both.counts[plan.slot_of[rule]]
            for value, day in values.items():
                known = mine.get(value)
                mine[value] = day if known is None else min(day, known)
                if known is not None:  # both had counted it: the later day goes
                    _less(counts, key_of(max(day, known), rule, plan.width))
        for rule, day in other.quiet.items():
            both.quiet[rule] = max(day, both.quiet.get(rule, day))
        _add_counts(both.acts, other.acts)
        for kind, day in other.kinds.items():
            both.kinds[kind] = max(day, both.kinds.get(kind, day))
        both.own_day = max((day for day in (self.own_day, other.own_day) if day is not None), default=None)
        both.our_day = max((day for day in (self.our_day, other.our_day) if day is not None), default=None)
        both.not_before = max((at for at in (self.not_before, other.not_before) if at is not None), default=None)
        both.count += other.count
        return both

    def pruned(self, plan: InterestPlan, now: datetime) -> "State":
        """Return what any later instant can still see."""
        today = plan.day_start.day(now)
        kept = self.copy()
        first = [_first_day(rule, today) for rule in plan.rules]
        for slot, counts in self.counts.items():
            places = ((key, count, *read_key(key, plan.width)) for key, count in counts.items())
            kept.counts[slot] = {key: count for key, count, day, rule in places if day >= first[rule]}
            if not kept.counts[slot]:
                del kept.counts[slot]
        oldest = today - plan.memory
        kept.acts = {day: count for day, count in self.acts.items() if day >= oldest}
        kept.kinds = {kind: day for kind, day in self.kinds.items() if day >= oldest}
        kept.not_before = now if self.not_before is None else max(now, self.not_before)
        return kept


def _first_day(rule: RulePlan, today: int) -> int:
    """Return the first day of a rule that a later instant can still see."""
    if rule.horizon is None or rule.read is not None:
        return -1  # without decay every day counts; a distinct value is remembered for ever
    first = today - rule.horizon
    return first if rule.bucket is None else first - (first + 3) % rule.bucket  # a bucket is dropped as a whole


def _less(counts: Counts, key: int) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]


def _distinct_value(rule: RulePlan, event: Event) -> object:
    """Return the value by which a rule tells events apart; ``None`` for those without the property."""
    if rule.read is None or rule.rule.distinct_by is None:
        return None
    value = event.properties.get(rule.rule.distinct_by)
    return None if value is None else rule.read(value)


def _add_counts(mine: dict[int, int], others: dict[int, int]) -> None:
    for key, count in others.items():
        mine[key] = mine.get(key, 0) + count
