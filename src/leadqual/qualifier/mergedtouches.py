"""Two leads turn out to be one, or turn out not to: their places in sequences, their touches, and whom to spare."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.facts import Cause, EnrolmentEnded, Merged
from leadqual.lifecycle.state import LeadState
from leadqual.qualifier.step import Step


def leave_sequences(step: Step, cause: Cause) -> None:
    """End every sequence of a lead that goes into another.

    Args:
        step: The lead in the making.
        cause: What brought that about.
    """
    for place in [place for place in step.state.enrolments.values() if place.ended is None]:
        step.add(EnrolmentEnded, step.now, cause, sequence=place.sequence, reason="merged")


def touches_of_both(one: LeadState, other: LeadState) -> dict[str, Any]:
    """Return the fields of a state that say what two leads got, for the state of both.

    Args:
        one: The lead that goes on, with its places in sequences.
        other: The one that goes into it; its sequences have ended.
    """
    return {
        "enrolments": _places(one.enrolments, other.enrolments),
        "touches": tuple(_touches(one, other)),
        "suppressed": one.suppressed | other.suppressed,
        "dead": one.dead | other.dead,
    }


def _places(one: Mapping[str, Enrolment], other: Mapping[str, Enrolment]) -> Mapping[str, Enrolment]:
    """Return the places of both: where either was, both were, and the one that goes on stays where it is."""
    return {**other, **{name: _place(place, other.get(name)) for name, place in one.items()}}


def _place(mine: Enrolment, theirs: Enrolment | None) -> Enrolment:
    if theirs is None or mine.ended_at is None or theirs.ended_at is None:
        return mine
    newest = theirs if theirs.ended_at > mine.ended_at else mine
    return evolve(newest, number=max(mine.number, theirs.number))


def _touches(one: LeadState, other: LeadState) -> list[PastTouch]:
    both = {touch.key: touch for touch in (*other.touches, *one.touches)}
    return sorted(both.values(), key=lambda touch: touch.at)


def touches_apart(current: LeadState, before: LeadState, merged: Merged) -> dict[str, Any]:
    """Return the fields of a state that say what a lead got, for the time after a merge was undone.

    What was sent since the merge may have gone to either, so both have got it. The lead that went on for both keeps
    its place in sequences; for the other they have ended.

    Args:
        current: The state of both.
        before: What the lead's own state was before the merge.
        merged: The merge.
    """
    newest = {touch.key: touch for touch in current.touches}
    known = {touch.key for touch in merged.state.touches}
    since = [touch for touch in current.touches if touch.key not in known]
    places = dict(before.enrolments)
    if before.lead_id == current.lead_id:
        were = merged.state.enrolments
        places |= {name: place for name, place in current.enrolments.items() if place != were.get(name)}
    else:
        since = [evolve(touch, outcome="sent") if touch.outcome == "due" else touch for touch in since]
    return {
        "enrolments": places,
        "touches": (*(newest.get(touch.key, touch) for touch in before.touches), *since),
        "suppressed": before.suppressed | current.suppressed,
        "dead": before.dead | current.dead,
    }
