"""A lifecycle that passed its checks, ready to be run."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from leadqual.axis import container_problems
from leadqual.conditions.bind import Bound, bound_of
from leadqual.conditions.build import field as named
from leadqual.conditions.nodes import All
from leadqual.errors import Problem
from leadqual.fold import normal
from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.check import Table, table_problems
from leadqual.lifecycle.default import default_stages, default_transitions
from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.hours import BusinessHours, calendar_problems
from leadqual.lifecycle.quick import Quick, quick
from leadqual.lifecycle.scope import guard_scope
from leadqual.lifecycle.values import Lifecycle, Recycle, RecyclePolicy, Sla, Stage, Transition
from leadqual.scoring.model import ScoringModel

_WORTH_AN_APPROACH: Final = "AB"
_NO_ROUTES: Final[tuple["Route", ...]] = ()


@frozen(kw_only=True, eq=False)
class Route:
    """A transition, ready to be tried.

    Attributes:
        transition: The transition.
        guard: Its guard; ``None`` if it always holds.
        quick: The same in bits, as far as they can say it.
    """

    transition: Transition
    guard: Bound | None
    quick: Quick


@frozen(kw_only=True, eq=False)
class LifecyclePlan:
    """A lifecycle with what a playbook says of maybes and of time.

    Attributes:
        lifecycle: Its numbers and kinds.
        initial: The stage of a new lead.
        stages: The stages by name, in their order.
        ranks: Place of each open stage; that of ended ones is behind all.
        transitions: All transitions in their order.
        routes: By stage and trigger, the transitions to try in their order.
        recycle: What becomes of a maybe.
        slas: By name, the time and who is told when it is over.
        business: When business is open.
        hand_raise: Kinds of acts by which a lead asks for sales.
        touches: Kinds of our acts that show that a person works on a lead.
        replies: Kinds of the lead's acts that answer us.
        captures: Kinds of acts by which a subscriber becomes a lead.
        approach: What makes an outbound lead worth an approach.
        timed: Names of the fields that the guards of each stage's transitions on "tick" read.
    """

    lifecycle: Lifecycle
    initial: str
    stages: Mapping[str, Stage]
    transitions: tuple[Transition, ...]
    routes: Mapping[tuple[str, str], tuple[Route, ...]]
    recycle: Recycle
    slas: Mapping[str, tuple[Duration, str | None]]
    business: BusinessTime
    hand_raise: frozenset[str]
    touches: frozenset[str]
    replies: frozenset[str]
    captures: frozenset[str]
    approach: Bound
    ranks: Mapping[str, int] = field(init=False)

    @ranks.default
    def _ranks(self) -> Mapping[str, int]:
        ranked = [name for name, stage in self.stages.items() if stage.kind == "open"]
        ended = [name for name, stage in self.stages.items() if stage.kind == "ended"]
        return {**{name: i for i, name in enumerate(ranked)}, **dict.fromkeys(ended, len(ranked))}

    def routes_on(self, stage: str, trigger: str) -> tuple[Route, ...]:
        """Return the transitions to try from a stage on a trigger, in their order."""
        return self.routes.get((stage, trigger), _NO_ROUTES)

    def policy(self, acquisition: str | None) -> RecyclePolicy:
        """Return what becomes of a maybe, by how the lead was won."""
        if acquisition == "outbound":
            return self.recycle.outbound
        partner = self.recycle.partner
        return partner if acquisition == "partner" and partner is not None else self.recycle.inbound


def plan_lifecycle(
    *,
    lifecycle: Lifecycle,
    recycle: Recycle,
    sla: Mapping[str, Sla],
    calendar: BusinessHours,
    model: ScoringModel,
    problems: list[Problem],
) -> LifecyclePlan | None:
    """Check a lifecycle against a model and make it ready.

    Args:
        lifecycle: The table, or which of those that come with leadqual.
        recycle: What becomes of a maybe.
        sla: Within which time somebody has to act, by stage or ``"hand_raise"``.
        calendar: When business is open.
        model: How leads are scored.
        problems: Takes everything that is wrong.

    Returns:
        The plan, or ``None`` if something is wrong.
    """
    parts = (("lifecycle", lifecycle, Lifecycle), ("recycle", recycle, Recycle), ("sla", sla, dict))
    found = list(container_problems(parts))
    if not found:
        tables = (
            ("lifecycle.stages", lifecycle.stages, tuple),
            ("lifecycle.transitions", lifecycle.transitions, tuple),
        )
        found += container_problems(tables)
    problems += [*found, *calendar_problems(calendar)]
    if found:
        return None
    scope = guard_scope(model)
    stages = lifecycle.stages or default_stages(lifecycle)
    transitions = lifecycle.transitions or default_transitions(lifecycle, model)
    table = Table(
        initial=lifecycle.initial,
        stages=stages,
        transitions=transitions,
        recycle=recycle,
        sla=sla,
        bars=tuple(bar.name for bar in model.plans.bars),
        stay_bars=tuple(bar.name for bar in model.plans.bars if bar.stay is not None),
        grades=tuple(model.fit.grades),
        hand_raise=bool(model.qualify.hand_raise),
        scope=scope,
        lifecycle=lifecycle,
    )
    problems += table_problems(table)
    if problems:
        return None
    routes: dict[tuple[str, str], tuple[Route, ...]] = {}
    for transition in transitions:
        guard = None if transition.when is None else bound_of(transition.when, scope)
        route = Route(transition=transition, guard=guard, quick=quick(transition.when))
        for stage in transition.from_:
            for trigger in transition.on:
                routes[stage, trigger] = (*routes.get((stage, trigger), ()), route)
    good = [letter for letter in _WORTH_AN_APPROACH if letter in model.fit.grades]
    return LifecyclePlan(
        lifecycle=lifecycle,
        initial=lifecycle.initial or next(stage.name for stage in stages if stage.kind == "open"),
        stages={stage.name: stage for stage in stages},
        transitions=transitions,
        routes=routes,
        recycle=recycle,
        slas={name: (Duration.parse(part.within), part.escalate) for name, part in sla.items()},
        business=BusinessTime(hours=calendar),
        hand_raise=frozenset(map(normal, model.qualify.hand_raise)),
        touches=frozenset(map(normal, lifecycle.touches)),
        replies=frozenset(map(normal, lifecycle.replies)),
        captures=frozenset(map(normal, lifecycle.captures)),
        approach=bound_of(named("grade").is_in(*good) if good else All(()), scope),
    )
