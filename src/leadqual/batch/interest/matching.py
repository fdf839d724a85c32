"""Which class an event is of: its kind, whose act it is, and which conditions on its properties hold."""

from collections.abc import Iterable

from attrs import frozen

from leadqual.batch.interest.classes import Classes, Side
from leadqual.batch.sql.columns import Column, Columns
from leadqual.batch.sql.conditions import holds
from leadqual.batch.sql.nodes import (
    Expr,
    add,
    all_of,
    any_of,
    case,
    column,
    equals,
    integer,
    negated,
    null_bigint,
    text,
)
from leadqual.conditions.nodes import leaves
from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import RulePlan


@frozen(kw_only=True)
class Matching:
    """How events are matched in SQL.

    Attributes:
        plan: The interest.
        classes: Its classes.
        properties: The properties as conditions read them.
        kind: The kind of an event.
    """

    plan: InterestPlan
    classes: Classes
    properties: Columns
    kind: Column

    @property
    def streams(self) -> int:
        """How many streams there are: at least one, in which events of nobody are counted."""
        return max(1, len(self.classes.streams))

    @property
    def own(self) -> Expr:
        """Whether an event is the lead's own act."""
        return column("lq_own", "e")

    def is_kind(self, kind: str) -> Expr:
        """Return whether an event is of a kind."""
        return equals(self.kind.composed(self.properties.dialect), text(kind))

    def condition(self, rule: RulePlan) -> Expr:
        """Return whether a rule's condition holds of an event."""
        return any_of([]) if rule.rule.when is None else holds(rule.rule.when, self.properties)

    def event_class(self, stream: int) -> Expr:
        """Return the class of an event in a stream; null if it counts for nothing there."""
        sides = self.classes.streams[stream] if self.classes.streams else ()
        named = [(self._is(side), self._numbered(side)) for side in sides if side.kind is not None]
        others = [(self._is(side), self._numbered(side)) for side in sides if side.kind is None]
        return case(named + others, null_bigint())  # a kind that is told apart has a side wherever the others have one

    def read(self, rules: Iterable[int]) -> tuple[str, ...]:
        """Return the columns of properties that the conditions of rules read."""
        conditions = (self.plan.rules[i].rule.when for i in rules)
        names = (leaf.field for when in conditions if when is not None for leaf in leaves(when))
        return tuple(dict.fromkeys(f"p_{name}" for name in names))

    def tested(self, stream: int) -> tuple[int, ...]:
        """Return the rules whose conditions a stream tries."""
        sides = self.classes.streams[stream] if self.classes.streams else ()
        return tuple(dict.fromkeys(i for side in sides for i in (*side.tests, *side.acts)))

    def _is(self, side: Side) -> Expr:
        parts = [] if side.kind is None else [self.is_kind(side.kind)]
        if side.own is not None:
            parts.append(self.own if side.own else negated(self.own))
        return all_of(parts)

    def _numbered(self, side: Side) -> Expr:
        steps = [self._step(self.condition(self.plan.rules[i]), 1 << at) for at, i in enumerate(side.tests)]
        if side.acts:
            acted = any_of([self.condition(self.plan.rules[i]) for i in side.acts])
            steps.append(self._step(acted, 1 << len(side.tests)))
        number = add(integer(side.first), *steps)
        if not side.empty:
            return number
        nothing = equals(number, integer(side.first)) if steps else all_of([])
        return case([(nothing, null_bigint())], number)

    def _step(self, condition: Expr, size: int) -> Expr:
        return case([(condition, integer(size))], integer(0))
