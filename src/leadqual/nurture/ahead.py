"""What lies ahead of a lead in its sequences: one move after the other, as if each had come to pass."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

from attrs import evolve

from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.nurture.advance import advance, counted_of, is_answered
from leadqual.nurture.asked import Asked
from leadqual.nurture.counting import CountedTouch
from leadqual.nurture.plan import NurturePlan
from leadqual.nurture.planned import Fork, Move, Plan, PlannedEnd, Touch, Withheld

MOST_TOUCHES: Final = 100
"""Touches of a plan; what would come after them is not planned."""
MOST_MOVES: Final = 1_000
"""Moves of a plan: touches, steps that send nothing, forks and ends."""
HORIZON: Final = timedelta(days=400)
"""How far a plan looks ahead."""


def plan_ahead(plan: NurturePlan, asked: Asked) -> Plan:
    """Return the moves that lie ahead of a lead, by what they are.

    Args:
        plan: What the playbook says.
        asked: The lead at the moment of planning.
    """
    moves = list(islice(_bounded(plan, asked), MOST_MOVES))
    return Plan(
        as_of=asked.now,
        touches=tuple(move for move in moves if isinstance(move, Touch)),
        withheld=tuple(move for move in moves if isinstance(move, Withheld)),
        forks=tuple(move for move in moves if isinstance(move, Fork)),
        ends=tuple(move for move in moves if isinstance(move, PlannedEnd)),
    )


def moves_ahead(plan: NurturePlan, asked: Asked) -> Iterator[Move]:
    """Yield the moves that lie ahead of a lead, in order of time; without end if a sequence has none.

    At one instant the sequence of higher priority goes first, then the first by name; each touch counts for those after
    it. After a move that does not skip its step, nothing more comes of its sequence.

    Args:
        plan: What the playbook says.
        asked: The lead at the moment of planning.
    """
    places = {one.sequence: one for one in asked.enrolments if one.ended is None and one.sequence in plan.sequences}
    order = sorted(places, key=lambda name: (-plan.sequences[name].sequence.priority, name))
    counted = counted_of(asked.touches)
    ahead = {name: advance(plan, asked, places[name], counted) for name in order}
    while ahead:
        name = min(ahead, key=lambda other: ahead[other].at)  # of several the first in order
        move = ahead[name]
        yield move
        asked = evolve(asked, now=move.at)
        place = _after(plan, asked, places[name], move)
        if place is None:
            del ahead[name]
        else:
            places[name] = place
        if isinstance(move, Touch):
            asked = evolve(asked, touches=(*asked.touches, _gone(move)))
            counted = (*counted, CountedTouch(at=move.at, channel=move.channel, purpose=move.purpose))
        again = list(ahead) if isinstance(move, Touch) else [name] if place is not None else []
        for other in again:
            ahead[other] = advance(plan, asked, places[other], counted)


def _bounded(plan: NurturePlan, asked: Asked) -> Iterator[Move]:
    touches = 0
    for move in moves_ahead(plan, asked):
        touches += isinstance(move, Touch)
        if touches > MOST_TOUCHES or move.at > asked.now + HORIZON:  # all that follow are later still
            return
        yield move


def _after(plan: NurturePlan, asked: Asked, place: Enrolment, move: Move) -> Enrolment | None:
    """Return where a lead stands after a move; ``None`` if nothing more comes of the sequence."""
    step = plan.sequences[place.sequence].place(place.step)
    if step is None or isinstance(move, PlannedEnd) or (isinstance(move, Withheld) and not move.skips):
        return None
    to = step.following
    if isinstance(move, Fork):
        to = move.yes if is_answered(asked, place, step) else move.no
    return evolve(place, step=to, since=move.at)


def _gone(touch: Touch) -> PastTouch:
    return PastTouch(
        key=touch.key,
        sequence=touch.sequence,
        step=touch.step,
        channel=touch.channel,
        purpose=touch.purpose,
        content=touch.content,
        at=touch.at,
    )
