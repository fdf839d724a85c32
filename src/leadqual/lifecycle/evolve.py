"""How facts make a state: the one place where a fact means something."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import NOTHING, fields

from leadqual.errors import HistoryError, Kind, Problem, kind_of, shown
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.consents import after
from leadqual.lifecycle.nurtured import NURTURED
from leadqual.lifecycle.state import Consent, HandRaise, LeadState, RunningSla, Visit

Fields = dict[str, Any]
"""The fields of a state in the making, by name."""
_BEGINNING: Final[Mapping[str, Any]] = {
    attribute.name: attribute.default for attribute in fields(LeadState) if attribute.default is not NOTHING
}


def evolve(state: LeadState | None, fact: made.Fact) -> LeadState:
    """Return the state after a fact.

    Args:
        state: The state before it; ``None`` before the first.
        fact: The fact.

    Raises:
        HistoryError: If the fact does not follow the state.
    """
    return replay([fact], state)


def replay(history: Iterable[made.Fact], state: LeadState | None = None) -> LeadState:
    """Return the state that facts make.

    Args:
        history: Facts of one lead in their order, from the first on or from a state on.
        state: The state they follow.

    Returns:
        The state after the last.

    Raises:
        HistoryError: If there is no fact, or one does not follow what was before.
    """
    if not isinstance(history, Iterable):
        hint = "Pass a list of facts."
        raise HistoryError([Problem(where="history", what="facts were expected", got=kind_of(history), hint=hint)])
    known = {} if state is None else vars(state).copy()
    for fact in history:
        apply(known, fact)
    if not known:
        hint = "Pass all facts of one lead, from `Opened` on."
        raise HistoryError([Problem(where="history", what="facts were expected", got=Kind("none"), hint=hint)])
    return state_of(known)


def state_of(known: Fields) -> LeadState:
    """Return a state with these very fields, which belong to it from then on."""
    state = LeadState.__new__(LeadState)
    object.__setattr__(state, "__dict__", known)
    return state


def apply(known: Fields, fact: made.Fact) -> None:
    """Change the fields of a state by what a fact says.

    Args:
        known: The fields; empty before the first fact.
        fact: The fact.

    Raises:
        HistoryError: If the fact does not follow; the fields are as they were then.
    """
    act = ACTS.get(type(fact))
    if act is None or not _follows(known, fact):
        raise HistoryError([_misplaced(known, fact)])
    act(known, fact)
    known["seq"] = fact.seq
    known["known_at"] = fact.known_at


def _follows(known: Fields, fact: made.Fact) -> bool:
    if not known:
        return type(fact) is made.Opened and fact.seq == 1
    return (fact.lead_id, fact.seq) == (known["lead_id"], known["seq"] + 1) and not fact.known_at < known["known_at"]


def _misplaced(known: Fields, fact: object) -> Problem:
    if not isinstance(fact, made.Fact) or type(fact) not in ACTS:
        return Problem(where="history", what="a fact was expected", got=kind_of(fact), hint="Pass facts.")
    where = f"history of lead {shown(known.get('lead_id', fact.lead_id))}"
    if not known:
        what, got = "a history begins with `opened`, number 1", f"{fact.name}, number {fact.seq}"
    elif fact.lead_id != known["lead_id"]:
        what, got = "a fact of this lead was expected", f"one of lead {shown(fact.lead_id)}"
    elif fact.seq != known["seq"] + 1:
        what, got = f"fact number {known['seq'] + 1} was expected", f"number {fact.seq}"
    else:
        what, got = "`known_at` never goes back within a lead", f"number {fact.seq}"
    return Problem(where=where, what=what, got=Kind(got), hint="Pass all facts of one lead in the order of `seq`.")


def _opened(known: Fields, fact: made.Opened) -> None:
    known.update(_BEGINNING)
    known["lead_id"], known["model"], known["acquisition"] = fact.lead_id, fact.model, fact.acquisition
    known["since"] = fact.since
    known["stage"] = known["furthest"] = fact.stage
    known["opened_at"] = known["entered_at"] = fact.at
    known["visits"] = {fact.stage: Visit(fact.at, fact.at)}


def _stage_changed(known: Fields, fact: made.StageChanged) -> None:
    visits: Mapping[str, Visit] = known["visits"]
    before = visits.get(fact.to)
    visit = Visit(fact.at, fact.at) if before is None else Visit(before.first, fact.at, before.times + 1)
    known["visits"] = {**visits, fact.to: visit}
    known["stage"], known["entered_at"], known["furthest"] = fact.to, fact.at, fact.furthest
    by_event = fact.cause.kind == "event" and fact.cause.id
    known["entered_by"] = (fact.cause.source, fact.cause.id) if by_event else None
    known["touched"], known["dormant"] = False, False
    known["hand_raise"] = known["wake_at"] = known["review"] = None


def _cycle_started(known: Fields, fact: made.CycleStarted) -> None:
    known["cycle"], known["since"], known["attempts"] = fact.cycle, fact.since, 0
    known["previous_reason"], known["reason"] = fact.previous_reason, None
    known["amount"] = known["currency"] = known["shut_since"] = known["shut_until"] = None
    known["accepted"] = known["listed"] = False


def _verdict_given(known: Fields, fact: made.VerdictGiven) -> None:
    known["review"] = None
    known["owner"] = known["owner"] or fact.actor
    match fact.verdict:
        case "yes":
            known["amount"], known["currency"] = fact.amount, fact.currency
        case "no":
            known["reason"] = fact.reason
        case "accept":
            known["accepted"] = True
        case "return":
            known["accepted"], known["reason"] = False, fact.reason
            known["shut_since"], known["shut_until"] = fact.at, fact.shut_until
        case "disqualify":
            known["disqualified"] = fact.reason
        case "reinstate":
            known["disqualified"] = None
        case "reopen":
            known["superseded"] += 1
            known["amount"] = known["currency"] = known["shut_since"] = known["shut_until"] = None


def _hand_raised(known: Fields, fact: made.HandRaised) -> None:
    known["hand_raise"] = HandRaise(fact.key, fact.kind, fact.until)


def _touched(known: Fields, _: made.Touched) -> None:
    known["touched"] = True


def _listed(known: Fields, _: made.Listed) -> None:
    known["listed"] = True


def _sla_started(known: Fields, fact: made.SlaStarted) -> None:
    known["sla"] = RunningSla(fact.sla, fact.at, fact.due)


def _sla_ended(known: Fields, _: made.Fact) -> None:
    known["sla"] = None


def _recycled(known: Fields, fact: made.Recycled) -> None:
    known["attempts"], known["reason"] = fact.attempt, fact.reason
    known["wake_at"], known["dormant"] = fact.wake_at, fact.dormant
    known["shut_since"], known["shut_until"], known["accepted"] = fact.at, None, False
    if fact.since is not None:
        known["since"] = fact.since


def _woken(known: Fields, fact: made.Woken) -> None:
    known["previous_reason"], known["reason"] = fact.previous_reason, None
    known["wake_at"], known["dormant"] = None, False


def _nothing(_: Fields, __: made.Fact) -> None:
    """Change nothing: the fact is for people and for hosts."""


def _profile_changed(known: Fields, fact: made.ProfileChanged) -> None:
    if known["profile_at"] is None or fact.at > known["profile_at"]:
        known["profile_at"] = fact.at
    known["acquisition"] = known["acquisition"] or fact.acquisition


def _consent_changed(known: Fields, fact: made.ConsentChanged) -> None:
    consents: Mapping[tuple[str, str], Consent] = known["consents"]
    consent = after(consents, fact)
    if consent is not None:
        known["consents"] = {**consents, (fact.channel, fact.purpose): consent}


def _flagged(known: Fields, fact: made.Flagged) -> None:
    known["flagged"] = known["flagged"] | {fact.key} if fact.on else known["flagged"] - {fact.key}


def _refolded(known: Fields, fact: made.Refolded) -> None:
    known["model"] = fact.model


def _review_opened(known: Fields, fact: made.ReviewOpened) -> None:
    known["review"] = fact.because


def _taken_over(known: Fields, fact: made.Merged | made.Unmerged) -> None:
    known.update(vars(fact.state))


def _absorbed(known: Fields, fact: made.Absorbed) -> None:
    known["absorbed_into"] = fact.into


ACTS: Final[Mapping[type[made.Fact], Callable[[Fields, Any], None]]] = {
    made.Opened: _opened,
    made.StageChanged: _stage_changed,
    made.CycleStarted: _cycle_started,
    made.VerdictGiven: _verdict_given,
    made.HandRaised: _hand_raised,
    made.Touched: _touched,
    made.Listed: _listed,
    made.SlaStarted: _sla_started,
    made.SlaMet: _sla_ended,
    made.SlaBreached: _sla_ended,
    made.SlaWithdrawn: _sla_ended,
    made.Recycled: _recycled,
    made.Woken: _woken,
    made.BonusAdded: _nothing,
    made.ProfileChanged: _profile_changed,
    made.ConsentChanged: _consent_changed,
    made.Flagged: _flagged,
    made.Refolded: _refolded,
    made.ReviewOpened: _review_opened,
    made.Merged: _taken_over,
    made.Absorbed: _absorbed,
    made.Unmerged: _taken_over,
    **NURTURED,
}
"""What each kind of fact changes; it has to follow the fields, which `apply` makes sure of."""
