"""Which transition a lead takes: the first whose guard holds."""

from datetime import datetime

from leadqual.conditions.fieldtypes import WrongType
from leadqual.errors import EventError, shown
from leadqual.event import Event
from leadqual.lifecycle.draft import Draft
from leadqual.lifecycle.facts import Cause, cause_of
from leadqual.lifecycle.moves import Move, enter
from leadqual.lifecycle.plan import Route
from leadqual.lifecycle.situation import Situation, bits_of


def try_routes(
    draft: Draft, trigger: str, at: datetime, cause: Cause | None, *, event: Event | None = None, marks: int = 0
) -> bool:
    """Take the first transition whose guard holds, if no gate, verdict or flag forbids that by itself.

    Args:
        draft: The lead.
        trigger: What has happened.
        at: From when on it holds.
        cause: What brought it about; the event at hand when absent.
        event: The event at hand, if it is one.
        marks: What is so of it, as bits.

    Returns:
        Whether the lead went on.

    Raises:
        EventError: If a property of the event is of another type than declared.
    """
    state = draft.state
    routes = draft.plan.routes.get((state.stage, trigger))
    if not routes or draft.stale or state.disqualified is not None or draft.profile.gates:
        return False
    score, now, newest = draft.score(), draft.now, draft.newest
    bits = marks | bits_of(state, score, now, newest)
    missing = ~bits
    for route in routes:
        quick = route.quick
        if quick.needs & missing or quick.forbids & bits:
            continue
        if quick.whole or holds(route, Situation(state, score, now, newest, event=event, marks=marks)):
            if draft.plan.stages[route.transition.to].kind == "rest":
                at = now  # whatever the input was, it is time that has cooled the lead
            enter(draft, route.transition, Move(draft, at, cause or cause_of(event)))
            return True
    return False


def holds(route: Route, row: Situation) -> bool:
    """Tell whether the guard of a transition holds.

    Raises:
        EventError: If a property of the event at hand is of another type than declared.
    """
    if route.guard is None:
        return True
    try:
        return route.guard.holds(row)
    except WrongType as error:
        where = "event" if row.event is None else f"event {shown(row.event.id)}"
        raise EventError([error.problem(where)]) from None
