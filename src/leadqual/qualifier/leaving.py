"""Out of a sequence: what ends it, and what becomes of that which is on its way."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Final

from leadqual.lead import Lead
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.consents import last_decision
from leadqual.lifecycle.enrolment import PastTouch
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.state import LeadState
from leadqual.nurture.suppression import address_digest
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.step import Step
from leadqual.qualifier.tracks import Track

EMAIL: Final = "email"
"""The channel on which an address may turn out not to exist."""
_TIME: Final = Cause("time")


def is_in(state: LeadState, track: Track) -> bool:
    """Tell whether a lead is in a sequence."""
    place = state.enrolments.get(track.name)
    return place is not None and place.ended is None


def end(step: Step, sequence: str, reason: str, cause: Cause, actor: str | None = None) -> None:
    """End a sequence for a lead; what is on its way is called back, unless the sequence was gone through.

    Args:
        step: The lead in the making.
        sequence: Name of the sequence.
        reason: Why.
        cause: What brings it about.
        actor: Who, if a person did.
    """
    step.add(made.EnrolmentEnded, step.now, cause, actor, sequence=sequence, reason=reason)
    if reason != "finished":
        call_back(step, lambda touch: touch.sequence == sequence, reason)


def call_back(step: Step, concerns: Callable[[PastTouch], bool], reason: str) -> None:
    """Ask the host not to carry out touches that have come due, as far as it has not done so yet.

    Args:
        step: The lead in the making.
        concerns: Which touches.
        reason: Why.
    """
    state = step.state
    known = {effect.touch_key for effect in step.effects if isinstance(effect, done.CancelTouch)}
    for touch in state.touches:
        if touch.outcome == "due" and touch.key not in known and concerns(touch):
            key = f"{state.lead_id}:{state.seq}:{done.CancelTouch.name}:{touch.key}"
            step.effects.append(done.CancelTouch(key=key, lead_id=state.lead_id, touch_key=touch.key, reason=reason))


def is_unwanted(state: LeadState, touch: PastTouch) -> bool:
    """Tell whether a lead has withdrawn its consent to a touch."""
    decision = last_decision(state.consents, touch.channel, touch.purpose)
    return decision is not None and not decision.given


def is_to_nobody(suppressed: AbstractSet[str], touch: PastTouch) -> bool:
    """Tell whether nothing may go to the address of a touch."""
    return bool({touch.channel, "*"} & suppressed)


def suppressed_channels(state: LeadState, lead: Lead) -> frozenset[str]:
    """Return the channels on which nothing may go to a lead, as its addresses now are.

    Args:
        state: Where the lead stands.
        lead: Its profile.
    """
    if not state.dead or (lead.email and address_digest(lead.email) not in state.dead):
        return state.suppressed
    return state.suppressed | {EMAIL}  # the address does not exist, or was taken away without another


def is_withdrawn(state: LeadState, track: Track) -> bool:
    """Tell whether a lead has withdrawn its consent to all that a sequence is for."""
    decisions = [last_decision(state.consents, channel, purpose) for channel, purpose in track.asks]
    return bool(decisions) and all(decision is not None and not decision.given for decision in decisions)


def end_what_is_over(step: Step, nurturing: Nurturing) -> None:
    """End the sequences in which a lead cannot stay as it now stands.

    Args:
        step: The lead in the making.
        nurturing: What the playbook says of nurturing.
    """
    cause = step.facts[-1].cause if step.facts else _TIME
    for name in [place.sequence for place in step.state.enrolments.values() if place.ended is None]:
        reason = _over(step, nurturing.by_name.get(name), name)
        if reason is not None:
            end(step, name, reason, cause)


def _over(step: Step, track: Track | None, name: str) -> str | None:
    state = step.state
    if track is None:
        return "removed"
    if track.place(state.enrolments[name].step) is None:
        return "changed"
    exits = track.sequence.exits
    if "gate" in exits and (step.profile.gates or state.disqualified is not None):
        return "gate"
    if not track.runs_in(state.stage):
        return "sql" if "sql" in exits and step.plan.stages[state.stage].hand_off else "stage"
    return "withdrawal" if "withdrawal" in exits and is_withdrawn(state, track) else None
