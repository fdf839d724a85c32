"""When something would happen to a lead by itself: worked out when it is asked, so that nobody keeps a timer."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, cast

from attrs import frozen

from leadqual.calendar import LATEST
from leadqual.conditions.bind import Bound
from leadqual.conditions.fieldtypes import LITERALS
from leadqual.conditions.nodes import All, Leaf, leaves
from leadqual.event import Event
from leadqual.interest.changes import change_days
from leadqual.interest.state import State
from leadqual.lifecycle.plan import LifecyclePlan, Route
from leadqual.lifecycle.routes import holds
from leadqual.lifecycle.situation import Situation
from leadqual.lifecycle.state import LeadState
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.profile import Profile
from leadqual.scoring.watch import silences_of

HORIZON_DAYS: Final = 400
"""For how many days ahead the answer is exact; a lead of which nothing is due in them is looked at again then."""
_DAY: Final = timedelta(days=1)
_STILL: Final = frozenset({"state.touched", "state.accepted", "state.sla_running", "state.review"})
"""What a guard reads that time alone does not change before something else is due."""


@frozen(kw_only=True, eq=False)
class Standing:
    """All that is known of a lead between two inputs.

    Attributes:
        plan: The lifecycle.
        model: How it is scored.
        profile: Its profile.
        tally: Its events.
        state: Where it stands.
        newest: Its newest interaction.
        pending: Its events that are not due yet, the earliest first.
        as_of: Up to when everything is decided.
        stale: Whether its events have to be folded anew.
    """

    plan: LifecyclePlan
    model: ScoringModel
    profile: Profile
    tally: State
    state: LeadState
    newest: datetime | None
    pending: tuple[Event, ...]
    as_of: datetime
    stale: bool


def next_due(lead: Standing) -> datetime | None:
    """Return the first instant at which something happens to a lead by itself.

    Args:
        lead: The lead between two inputs.

    Returns:
        An instant that is never too late, and exact for 400 days; ``None`` if nothing ever happens by itself.
    """
    bound = min(_sure(lead), default=None)
    limit = lead.as_of + HORIZON_DAYS * _DAY
    ticks, wakes = _timed(lead)
    if not ticks and not wakes:
        return bound
    more = False
    for at in _candidates(lead, (*ticks, *wakes)):
        if bound is not None and at >= bound:
            return bound
        if at > limit:
            more = True
            break
        row = _row(lead, at)
        rested = lead.state.wake_at is not None and at >= lead.state.wake_at
        if any(holds(route, row) for route in ticks) or (rested and any(holds(route, row) for route in wakes)):
            return at
    return limit if more else bound


def _sure(lead: Standing) -> Iterator[datetime]:
    """Yield the instants at which something surely happens."""
    state = lead.state
    if lead.pending:
        yield lead.pending[0].at
    if state.sla is not None:
        yield state.sla.due
    always = any(route.guard is None for route in lead.plan.routes_on(state.stage, "wake"))
    if state.wake_at is not None and always and _goes_on(lead):
        yield max(state.wake_at, lead.as_of)


def _goes_on(lead: Standing) -> bool:
    """Tell whether a lead can go on without a person."""
    return not (lead.stale or lead.profile.gates or lead.state.disqualified is not None)


def _timed(lead: Standing) -> tuple[tuple[Route, ...], tuple[Route, ...]]:
    """Return the transitions that time alone may take if their guards say so: at any time, and after a rest."""
    state = lead.state
    ticks = lead.plan.routes_on(state.stage, "tick")
    wakes = () if state.wake_at is None else lead.plan.routes_on(state.stage, "wake")
    if not (ticks or wakes) or not _goes_on(lead):
        return (), ()
    row = _row(lead, lead.as_of)
    guarded = tuple(route for route in wakes if route.guard is not None)
    return tuple(route for route in ticks if not _is_shut(route, row)), guarded


def _row(lead: Standing, at: datetime) -> Situation:
    """Return what guards read at an instant if nothing happens until then."""
    score = lead.model.score_state(lead.profile, lead.tally, at, None, lead.state)
    return Situation(lead.state, score, at, lead.newest)


def _is_shut(route: Route, row: Situation) -> bool:
    """Tell whether a guard surely says no for as long as nothing else happens."""
    guard = route.transition.when
    for leaf in guard.parts if isinstance(guard, All) else (guard,):
        if (
            isinstance(leaf, Leaf)
            and leaf.field in _STILL
            and leaf.op == "eq"
            and row.get(leaf.field) is not leaf.value
        ):
            return True
    return False


def _candidates(lead: Standing, routes: Iterable[Route]) -> Iterator[datetime]:
    """Yield the instants, in order, at which the answer of a guard may change if nothing happens; now is the first."""
    interest = lead.model.plans.interest
    guards = [route.guard for route in routes if route.guard is not None]
    bars = [bound for bar in lead.model.plans.bars for bound in (bar.when, bar.stay) if bound is not None]
    asked = [*guards, *bars]
    today = interest.day_start.day(lead.as_of)
    entered = interest.day_start.day(lead.state.entered_at)
    days = set(change_days(interest, lead.tally, today, silences_of(asked)))
    days |= {entered + mark + past for mark in _marks(asked) for past in (0, 1)}
    hand = lead.state.hand_raise
    own = (lead.state.wake_at, lead.state.shut_until, None if hand is None else hand.until)
    instants = {interest.day_start.at(day) for day in days if day > today}
    instants |= {at for at in own if at is not None and at > lead.as_of}
    return iter([lead.as_of, *sorted(at for at in instants if at < LATEST)])


def _marks(asked: Iterable[Bound]) -> set[int]:
    """Return what conditions compare the days in a stage with."""
    found: set[int] = set()
    for bound in asked:
        for leaf in leaves(bound.condition):
            if leaf.field == "days_in_stage" and leaf.value is not None:
                values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
                found |= {cast("int", LITERALS["integer"](value)) for value in values}
    return found
