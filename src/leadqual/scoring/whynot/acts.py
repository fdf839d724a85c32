"""What could happen: acts of the lead that the rules of interest look for, with properties that make them match."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count, islice
from typing import Any, Final

from attrs import frozen

from leadqual.conditions.claims import Claim, Claims, claims
from leadqual.conditions.nodes import Condition, leaves
from leadqual.event import Event
from leadqual.interest.check import ANY_KIND
from leadqual.interest.rules import RulePlan
from leadqual.interest.state import State
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.whynot.literals import values_for
from leadqual.scoring.whynot.values import Costs

_MOST_TRIED: Final = 64
"""Assignments of properties that are tried for one rule."""
_MOST_KINDS: Final = 3
"""Kinds of one rule that are tried."""
_SOME_ACT: Final = "act"
_DAY: Final = timedelta(days=1)


@frozen
class Possible:
    """An act that could happen.

    Attributes:
        kind: Its kind.
        properties: What makes it match.
        fresh: Properties by which a rule tells events apart, with their types: each repetition gets a value of its own.
        taken: Values of those properties that came already.
        cost: What it costs.
    """

    kind: str
    properties: Mapping[str, object]
    fresh: Mapping[str, str]
    taken: Mapping[str, frozenset[object]]
    cost: Decimal

    def event(self, lead_id: str, now: datetime, days: int, number: int) -> Event:
        """Return the act as an event.

        Args:
            lead_id: Whose act it is.
            now: The instant of the score.
            days: How many days after it.
            number: Its place among the acts of an answer, 0 first; what only has to be new differs by it.
        """
        new = {name: _new(kind, self.taken[name], number) for name, kind in self.fresh.items()}
        return Event(
            id=f"why-not-{number + 1}",
            source="leadqual/why-not",
            lead_id=lead_id,
            kind=self.kind,
            at=now + days * _DAY,
            properties={**self.properties, **{name: value for name, value in new.items() if value is not None}},
        )


def _new(type_name: str, taken: frozenset[object], number: int) -> object:
    """Return the value of a type, of those that did not come yet, which has a number; nothing if there are too few."""
    if type_name == "boolean":
        return next(islice((value for value in (True, False) if value not in taken), number, None), None)
    makers: Mapping[str, Any] = {
        "text": lambda n: f"new {n + 1}",
        "integer": lambda n: n + 1,
        "date": lambda n: date(2026, 1, 1) + n * _DAY,
        "instant": lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * _DAY,
    }
    unused = (value for value in map(makers[type_name], count()) if value not in taken)
    return next(islice(unused, number, None))


def possible_acts(model: ScoringModel, state: State, bar: Condition, costs: Costs) -> list[Possible]:
    """Return the acts that make a difference, one for each difference.

    Args:
        model: The model.
        state: What was folded of the lead's events.
        bar: What the bar asks.
        costs: What acts cost.
    """
    plan = model.plans.interest
    found: dict[object, Possible] = {}
    asked = _kinds_asked(bar)
    for rule in plan.rules:
        if rule.rule.inactivity is not None:
            continue
        wanted = [kind for kind in rule.rule.event if kind in asked]
        for kind in dict.fromkeys([*wanted, *rule.rule.event[:_MOST_KINDS]]):
            act = _possible(model, state, rule, _SOME_ACT if kind == ANY_KIND else kind, costs)
            if act is not None:
                hits = plan.hits(act.event("lead", datetime(2026, 1, 1, tzinfo=UTC), 0, 0))
                found.setdefault((hits, act.kind if act.kind in asked else None, act.cost), act)
    if not found and (cost := costs.of_event(_SOME_ACT)) is not None:
        found[None] = Possible(_SOME_ACT, {}, {}, {}, cost)
    return list(found.values())


def _kinds_asked(bar: Condition) -> frozenset[str]:
    """Return the kinds of events that a bar names."""
    values = [leaf.value for leaf in leaves(bar) if leaf.field == "kinds"]
    parts = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return frozenset(part for part in parts if isinstance(part, str))


def _possible(model: ScoringModel, state: State, rule: RulePlan, kind: str, costs: Costs) -> Possible | None:
    """Return an act of a kind that matches a rule, if there is one that may be proposed."""
    cost = costs.of_event(kind)
    if cost is None:
        return None
    taken = {
        other.rule.distinct_by: frozenset(state.firsts.get(j, ()))
        for j, other in enumerate(model.plans.interest.rules)
        if other.rule.distinct_by is not None and (kind in other.rule.event or ANY_KIND in other.rule.event)
    }
    matching = [
        properties
        for properties in islice(_assignments(rule.rule.when, model), _MOST_TRIED)
        if rule.holds is None or rule.holds(properties)
    ]
    if not matching:
        return None
    own = rule.rule.distinct_by
    used: frozenset[object] = frozenset() if own is None else taken[own]
    properties = next((part for part in matching if own is None or part.get(own) not in used), matching[0])
    fresh = {name: model.properties[name] for name in taken if name not in properties}
    return Possible(kind, properties, fresh, {name: taken[name] for name in fresh}, cost)


def _assignments(when: Condition | None, model: ScoringModel) -> Iterator[dict[str, object]]:
    if when is None:
        yield {}
        return
    yield from _satisfying(claims(when), model)


def _satisfying(claim: Claims, model: ScoringModel) -> Iterator[dict[str, object]]:
    """Yield properties that may satisfy claims; the caller verifies."""
    if isinstance(claim, Claim):
        leaf = claim.leaf
        if leaf.missing is True if claim.holds else leaf.missing is not True:
            yield {}
        lists = model.plans.scope.lists
        for value in values_for(leaf, model.properties[leaf.field], lists, holds=claim.holds):
            yield {leaf.field: value}
        if leaf.op == "missing" and claim.holds:
            yield {}
    elif not claim.every:
        for part in claim.parts:
            yield from islice(_satisfying(part, model), _MOST_TRIED)
    else:
        yield from _joined(list(claim.parts), model)


def _joined(parts: list[Claims], model: ScoringModel) -> Iterator[dict[str, object]]:
    if not parts:
        yield {}
        return
    for first in islice(_satisfying(parts[0], model), _MOST_TRIED):
        for rest in islice(_joined(parts[1:], model), _MOST_TRIED):
            yield {**first, **rest}
            if first.keys() & rest.keys():
                yield {**rest, **first}
