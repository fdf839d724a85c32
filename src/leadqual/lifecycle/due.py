"""When something would happen to a lead by itself: worked out when it is asked, so that nobody keeps a timer."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, cast

from attrs import frozen

from leadqual.calendar import LATEST
from leadqual.conditions.bind import Bound
from leadqual.conditions.fieldtypes import LITERALS
from leadqual.conditions.nodes import All, Leaf, leaves
from leadqual.event import Event
from leadqual.interest.changes import change_days, last_day
from leadqual.interest.state import State
from leadqual.lifecycle.plan import LifecyclePlan, Route
from leadqual.lifecycle.routes import holds
from leadqual.lifecycle.situation import Situation
from leadqual.lifecycle.state import LeadState
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.profile import Profile
from leadqual.scoring.watch import Watch, silences_of

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
    ticks, wakes = _timed(lead)
    if not ticks and not wakes:
        return bound
    search = _Search(lead, ticks, wakes)
    limit = lead.as_of + HORIZON_DAYS * _DAY
    stop = limit if bound is None else min(bound, limit)
    found = search.first_until(stop)
    if found is not None or stop == bound:
        return found or bound
    return limit if search.goes_beyond(limit) else bound


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


class _Search:
    """Looks for the first instant at which a guard holds, if nothing happens.

    Between two instants at which something else than points changes (days in the stage, the end of a rest, …) the days
    are halved until no bar and no guard can change its answer on those that are left; so few are worked out.
    """

    def __init__(self, lead: Standing, ticks: tuple[Route, ...], wakes: tuple[Route, ...]) -> None:
        interest = lead.model.plans.interest
        guards = [route.guard for route in (*ticks, *wakes) if route.guard is not None]
        bars = [bound for bar in lead.model.plans.bars for bound in (bar.when, bar.stay) if bound is not None]
        asked = (*guards, *bars)
        today, entered = interest.day_start.day(lead.as_of), interest.day_start.day(lead.state.entered_at)
        self._lead, self._ticks, self._wakes = lead, ticks, wakes
        self._start = interest.day_start.at
        self._days = change_days(interest, lead.tally, today, silences_of(asked))
        hand, state = lead.state.hand_raise, lead.state
        instants = {state.wake_at, state.shut_until, None if hand is None else hand.until}
        marked = (entered + mark + past for mark in _marks(asked) for past in (0, 1))
        instants |= {self._start(day) for day in marked if today < day <= last_day(interest)}
        later = (at for at in instants if at is not None and lead.as_of < at < LATEST)
        self._turns = [lead.as_of, *sorted(later)]
        self._watch = Watch(_row(lead, lead.as_of).score.reading, asked)

    def goes_beyond(self, limit: datetime) -> bool:
        """Tell whether anything may change after an instant."""
        return self._turns[-1] > limit or (bool(self._days) and self._start(self._days[-1]) > limit)

    def first_until(self, stop: datetime) -> datetime | None:
        """Return the first instant before another at which a guard holds, or ``None``."""
        for turn, after in pairwise((*self._turns, LATEST)):
            if turn >= stop:
                break
            if self._holds(turn):
                return turn
            found = self._first_day(turn, min(after, stop))
            if found is not None:
                return found
        return None

    def _first_day(self, after: datetime, before: datetime) -> datetime | None:
        """Return the start of the first day between two instants on which a guard holds."""
        days = self._days
        spans = [(bisect_right(days, after, key=self._start), bisect_left(days, before, key=self._start))]
        while spans:
            start, end = spans.pop()
            if start >= end:
                continue
            if end - start == 1 or self._watch.is_steady(days[start], days[end - 1]):
                if self._holds(self._start(days[start])):
                    return self._start(days[start])
            else:
                middle = (start + end) // 2
                spans += [(middle, end), (start, middle)]
        return None

    def _holds(self, at: datetime) -> bool:
        row = _row(self._lead, at)
        if any(holds(route, row) for route in self._ticks):
            return True
        wake_at = self._lead.state.wake_at
        return wake_at is not None and at >= wake_at and any(holds(route, row) for route in self._wakes)


def _marks(asked: Iterable[Bound]) -> set[int]:
    """Return what conditions compare the days in a stage with."""
    found: set[int] = set()
    for bound in asked:
        for leaf in leaves(bound.condition):
            if leaf.field == "days_in_stage" and leaf.value is not None:
                values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
                found |= {cast("int", LITERALS["integer"](value)) for value in values}
    return found
