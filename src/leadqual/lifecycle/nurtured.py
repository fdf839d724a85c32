"""What facts of nurturing change of a state: a lead's places in sequences, its touches, its suppressed channels."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from attrs import evolve

from leadqual.lifecycle import facts as made
from leadqual.lifecycle.enrolment import Enrolment, PastTouch

_Fields = dict[str, Any]
_Step = made.StepSkipped | made.ForkTaken | made.TouchCameDue


def _place(known: _Fields, sequence: str) -> Enrolment | None:
    """Return the lead's place in a sequence, if it is in it."""
    enrolment: Enrolment | None = known["enrolments"].get(sequence)
    return None if enrolment is None or enrolment.ended is not None else enrolment


def _put(known: _Fields, enrolment: Enrolment) -> None:
    known["enrolments"] = {**known["enrolments"], enrolment.sequence: enrolment}


def _enrolled(known: _Fields, fact: made.Enrolled) -> None:
    place = Enrolment(
        sequence=fact.sequence,
        number=fact.number,
        version=fact.version,
        at=fact.at,
        arm=fact.arm,
        held_out=fact.held_out,
        step=fact.step,
        since=fact.at,
    )
    _put(known, place)


def _ended(known: _Fields, fact: made.EnrolmentEnded) -> None:
    place = _place(known, fact.sequence)
    if place is not None:
        over = evolve(place, step=None, postponed=None, paused_at=None, ended=fact.reason, ended_at=fact.at)
        _put(known, over)


def _paused(known: _Fields, fact: made.EnrolmentPaused) -> None:
    place = _place(known, fact.sequence)
    if place is not None and place.paused_at is None:
        _put(known, evolve(place, paused_at=fact.at))


def _resumed(known: _Fields, fact: made.EnrolmentResumed) -> None:
    place = _place(known, fact.sequence)
    if place is not None and place.paused_at is not None:
        since = place.since + max(fact.at - place.paused_at, timedelta())
        _put(known, evolve(place, since=min(since, max(fact.at, place.since)), paused_at=None))


def _postponed(known: _Fields, fact: made.EnrolmentPostponed) -> None:
    place = _place(known, fact.sequence)
    if place is not None:
        _put(known, evolve(place, postponed=max(place.postponed or fact.until, fact.until)))


def _went_on(known: _Fields, fact: _Step) -> None:
    place = _place(known, fact.sequence)
    if place is not None:
        _put(known, evolve(place, step=fact.to, since=fact.at))


def _came_due(known: _Fields, fact: made.TouchCameDue) -> None:
    touch = PastTouch(
        key=fact.key,
        sequence=fact.sequence,
        step=fact.step,
        channel=fact.channel,
        purpose=fact.purpose,
        content=fact.content,
        at=fact.at,
    )
    known["touches"] = (*known["touches"], touch)
    _went_on(known, fact)


def _touch_ended(known: _Fields, fact: made.TouchEnded) -> None:
    touches: tuple[PastTouch, ...] = known["touches"]
    known["touches"] = tuple(
        evolve(touch, outcome=fact.outcome) if touch.key == fact.key else touch for touch in touches
    )


def _suppressed(known: _Fields, fact: made.AddressSuppressed) -> None:
    if fact.address is None:
        known["suppressed"] = known["suppressed"] | {fact.channel}
    else:
        known["dead"] = known["dead"] | {fact.address}


NURTURED: Final[Mapping[type[made.Fact], Callable[[_Fields, Any], None]]] = {
    made.Enrolled: _enrolled,
    made.EnrolmentEnded: _ended,
    made.EnrolmentPaused: _paused,
    made.EnrolmentResumed: _resumed,
    made.EnrolmentPostponed: _postponed,
    made.StepSkipped: _went_on,
    made.ForkTaken: _went_on,
    made.TouchCameDue: _came_due,
    made.TouchEnded: _touch_ended,
    made.AddressSuppressed: _suppressed,
}
"""What each kind of fact of nurturing changes; one of a sequence that the lead is not in changes no place."""
