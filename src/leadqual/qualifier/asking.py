"""A lead as planners are asked about it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from leadqual.conditions.nodes import Condition
from leadqual.lead import Lead
from leadqual.lifecycle.draft import Draft
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.situation import Situation
from leadqual.lifecycle.state import LeadState
from leadqual.nurture.asked import Asked, Who
from leadqual.nurture.who import who_is
from leadqual.nurture.zones import candidate_zones, possible_countries
from leadqual.qualifier.closeness import points_missing
from leadqual.qualifier.leaving import suppressed_channels
from leadqual.qualifier.memory import Memory
from leadqual.qualifier.nurturing import Nurturing

_BY_PHONE: Final = frozenset({"phone", "sms", "whatsapp"})
_DAY: Final = timedelta(days=1)


def asked_of(draft: Draft, nurturing: Nurturing, memory: Memory) -> Asked:
    """Return a lead as planners are asked about it, as of the instant of the decision.

    Args:
        draft: The lead.
        nurturing: What the playbook says of nurturing.
        memory: What is remembered of its acts.
    """
    state, lead, now = draft.state, draft.lead, draft.now
    stage, who = draft.plan.stages[state.stage], who_is(nurturing.who, lead.row, memory.deeds)
    country = lead.row.get("country")
    country = country if isinstance(country, str) else None
    return Asked(
        lead_id=state.lead_id,
        now=now,
        enrolments=places(state, nurturing),
        touches=tuple(sorted(map(_may_have_gone, state.touches), key=lambda touch: touch.at)),
        who=who,
        stage=state.stage,
        phase=stage.phase,
        resting=_is_left_alone(draft),
        gates=draft.profile.gates,
        disqualified=state.disqualified is not None,
        missing=points_missing(draft.score(), draft.model) if nurturing.settings.effort else None,
        consents=state.consents,
        suppressed=suppressed_channels(state, lead),
        reachable=_reachable(lead, nurturing),
        requested_at=_requested_at(draft, nurturing, memory),
        candidates=candidate_zones(
            zone=lead.zone, country=country, phone=lead.phone, markets=nurturing.settings.markets
        ),
        countries=possible_countries(country=country, phone=lead.phone),
        answers=memory.answers,
        holds=asker(draft, nurturing, who),
    )


def _is_left_alone(draft: Draft) -> bool:
    """Tell whether a lead waits for a date, or for itself after its last try; else a rest may be kept warm."""
    state = draft.state
    if draft.plan.stages[state.stage].kind != "rest":
        return False
    return state.wake_at is not None or draft.plan.policy(state.acquisition).rest_months is not None


def _may_have_gone(touch: PastTouch) -> PastTouch:
    """Return a touch as planners see it: one of which nobody has said what became of it may have gone."""
    return evolve(touch, outcome="due") if touch.outcome == "expired" else touch


def places(state: LeadState, nurturing: Nurturing) -> tuple[Enrolment, ...]:
    """Return a lead's places in sequences that have not ended and that the playbook knows, the highest priority first.

    Args:
        state: Where the lead stands.
        nurturing: What the playbook says of nurturing.
    """
    found = []
    for track in nurturing.tracks:
        place = state.enrolments.get(track.name)
        if place is not None and place.ended is None and (step := track.place(place.step)) is not None:
            found.append(place if step.name == place.step else evolve(place, step=step.name))
    return tuple(found)


def asker(draft: Draft, nurturing: Nurturing, who: Who) -> Callable[[Condition], bool]:
    """Return what tells whether a condition on score, lead and state holds; the score is worked out when it is asked.

    Args:
        draft: The lead.
        nurturing: What the playbook says of nurturing.
        who: Who the lead is.
    """

    def holds(condition: Condition) -> bool:
        return nurturing.bound(condition).holds(_Row(draft, who))

    return holds


class _Row:
    """What a condition reads."""

    def __init__(self, draft: Draft, who: Who) -> None:
        self._own = {"persona": who.persona, "need": who.need}
        self._rest = Situation(draft.state, draft.score(), draft.now, draft.newest)

    def get(self, name: str, /) -> object:
        """Return what a name stands for."""
        return self._own[name] if name in self._own else self._rest.get(name)


def _reachable(lead: Lead, nurturing: Nurturing) -> frozenset[str] | None:
    """Return the channels that have an address, as far as it is a matter of the profile; ``None`` if it has none."""
    if not (lead.email or lead.phone):
        return None
    closed = (_BY_PHONE if not lead.phone else frozenset()) | (frozenset() if lead.email else frozenset({"email"}))
    return nurturing.channels - closed


def _requested_at(draft: Draft, nurturing: Nurturing, memory: Memory) -> datetime | None:
    """Return when a lead last asked for something: an offer, sales, or to be asked to confirm its consent."""
    asked = list(memory.deeds.offers.values())
    if nurturing.plan.bases.confirms:
        asked += [one.at for one in draft.state.consents.values() if one.given and one.confirmed_at is None]
    hand = draft.state.hand_raise
    if hand is not None:
        asked.append(hand.until - draft.plan.lifecycle.hand_raise_days * _DAY)
    return max(asked, default=None)
