"""What each fact changes of a state, and facts that are no history."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve as changed
from attrs import fields

from leadqual.errors import HistoryError
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.evolve import ACTS, evolve, replay
from leadqual.lifecycle.facts import FACTS, Cause
from leadqual.lifecycle.state import Consent, HandRaise, LeadState, RunningSla, Visit

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER, LAST = AT + timedelta(hours=1), AT + timedelta(days=9)
OPENED = made.Opened(
    lead_id="L1", seq=1, at=AT, known_at=AT, cause=Cause("open"), stage="lead", model="m1", acquisition="inbound",
    since=AT,
)  # fmt: skip
BEGUN = evolve(None, OPENED)
ASKED = ("web", "e7")
FULL = changed(
    BEGUN,
    touched=True,
    dormant=True,
    hand_raise=HandRaise(ASKED, "ask", LAST),
    wake_at=LAST,
    review="flag",
    accepted=True,
    listed=True,
    attempts=2,
    reason="timing",
    previous_reason="price",
    amount=Decimal(9),
    currency="EUR",
    shut_since=AT,
    shut_until=LAST,
    owner="bea",
    disqualified="spam",
    sla=RunningSla("mql", AT, LAST),
    profile_at=LATER,
    acquisition=None,
    flagged=frozenset({ASKED}),
)


def _fact(kind: Any, /, **more: Any) -> Any:
    return kind(**{"lead_id": "L1", "seq": 2, "at": LATER, "known_at": LAST, "cause": Cause("verdict")} | more)


def _moved(**more: Any) -> Any:
    scores = {"fit": 0, "interest": 0, "total": 0, "label": "", "model": "m1", "cycle": 1, "transition": "up"}
    return _fact(made.StageChanged, **{"from_": "lead", "to": "mql", "furthest": "sql"} | scores | more)


def _differences(before: LeadState, fact: made.Fact) -> dict[str, object]:
    """Return the fields that a fact changes, besides its number and when it became known."""
    after = evolve(before, fact)
    assert (after.seq, after.known_at) == (fact.seq, fact.known_at)
    names = [attribute.name for attribute in fields(LeadState)]
    new, old = vars(after), vars(before)
    return {name: new[name] for name in names if new[name] != old[name] and name not in ("seq", "known_at")}


def test_evolve_knows_every_kind_of_fact():
    """No fact is without a meaning."""
    assert set(ACTS) == set(FACTS)


def test_evolve_begins_with_opened():
    """The first state says where the lead began, how it was won and what counts; all else is as by default."""
    told: dict[str, Any] = {"lead_id": "L1", "seq": 1, "known_at": AT, "opened_at": AT, "entered_at": AT, "model": "m1"}
    more: dict[str, Any] = {"stage": "lead", "furthest": "lead", "acquisition": "inbound", "since": AT}
    assert LeadState(**told, **more, visits={"lead": Visit(AT, AT)}) == BEGUN


def test_evolve_leaves_the_state_before_as_it_was():
    """A state never changes: each fact makes another one."""
    before = dict(vars(FULL))
    evolve(FULL, _moved())
    evolve(FULL, _fact(made.ConsentChanged, channel="email", purpose="news", given=True))
    evolve(FULL, _fact(made.Flagged, key=("", "e9"), flag="bot", on=True))
    assert vars(FULL) == before


def test_evolve_enters_a_stage_for_the_first_time():
    """What was so of the stage before is over, and the visit is written down."""
    assert _differences(FULL, _moved()) == {
        "stage": "mql",
        "entered_at": LATER,
        "furthest": "sql",
        "visits": {"lead": Visit(AT, AT), "mql": Visit(LATER, LATER)},
        "touched": False,
        "dormant": False,
        "hand_raise": None,
        "wake_at": None,
        "review": None,
    }


def test_evolve_enters_a_stage_again():
    """The first visit stays the first."""
    back = _moved(from_="mql", to="lead")
    assert evolve(FULL, back).visits == {"lead": Visit(AT, LATER, 2)}
    third = evolve(evolve(FULL, back), changed(back, seq=3, at=LAST))
    assert third.visits == {"lead": Visit(AT, LAST, 3)}


def test_evolve_remembers_the_event_that_brought_a_lead_into_its_stage():
    """It is known by source and id; a stage that a person or time gave was brought by none."""
    by_event = evolve(BEGUN, _moved(cause=Cause("event", "web", "e7")))
    assert by_event.entered_by == ASKED
    assert evolve(by_event, _moved(seq=3, cause=Cause("verdict", "web", "e7"))).entered_by is None


def test_evolve_starts_a_cycle():
    """What belonged to the last cycle is over; owner, touch and hand-raise are not its matter."""
    started = _fact(made.CycleStarted, cycle=2, since=LAST, previous_reason="timing")
    assert _differences(FULL, started) == {
        "cycle": 2, "since": LAST, "attempts": 0, "previous_reason": "timing", "reason": None, "amount": None,
        "currency": None, "shut_since": None, "shut_until": None, "accepted": False, "listed": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "differences"),
    [
        ("yes", {"amount": Decimal("1.50"), "currency": "USD"}),
        ("no", {"reason": "too small"}),
        ("maybe", {}),
        ("accept", {}),
        ("return", {"accepted": False, "reason": "too small", "shut_since": LATER, "shut_until": None}),
        ("disqualify", {"disqualified": "too small"}),
        ("reinstate", {"disqualified": None}),
        ("reopen", {"superseded": 1, "amount": None, "currency": None, "shut_since": None, "shut_until": None}),
    ],
)
def test_evolve_takes_a_verdict(verdict, differences):
    """Each verdict changes what it is about, and every one closes a review; an owner stays the owner."""
    fact = _fact(
        made.VerdictGiven, verdict=verdict, reason="too small", amount=Decimal("1.50"), currency="USD", actor="eva"
    )
    assert _differences(FULL, fact) == {"review": None} | differences


def test_evolve_takes_the_first_person_for_the_owner_and_an_accepted_lead_for_accepted():
    """Whoever says something first owns the lead."""
    first = _fact(made.VerdictGiven, verdict="accept", actor="eva")
    assert _differences(BEGUN, first) == {"owner": "eva", "accepted": True}


def test_evolve_shuts_the_score_route_after_a_return():
    """Until the instant that the fact says."""
    returned = evolve(BEGUN, _fact(made.VerdictGiven, verdict="return", reason="x", shut_until=LAST))
    assert (returned.shut_since, returned.shut_until) == (LATER, LAST)


@pytest.mark.parametrize(
    ("fact", "differences"),
    [
        (_fact(made.HandRaised, key=("", "e9"), kind="ask", until=LATER),
         {"hand_raise": HandRaise(("", "e9"), "ask", LATER)}),
        (_fact(made.SlaStarted, sla="sql", due=LAST), {"sla": RunningSla("sql", LATER, LAST)}),
        (_fact(made.SlaMet, sla="mql"), {"sla": None}),
        (_fact(made.SlaBreached, sla="mql"), {"sla": None}),
        (_fact(made.SlaWithdrawn, sla="mql"), {"sla": None}),
        (_fact(made.Recycled, reason="price", attempt=3, wake_at=AT, since=LAST),
         {"attempts": 3, "reason": "price", "wake_at": AT, "dormant": False, "shut_since": LATER, "shut_until": None,
          "accepted": False, "since": LAST}),
        (_fact(made.Recycled, attempt=3, dormant=True),
         {"attempts": 3, "reason": None, "wake_at": None, "shut_since": LATER, "shut_until": None, "accepted": False}),
        (_fact(made.Woken, early=True, previous_reason="later"),
         {"previous_reason": "later", "reason": None, "wake_at": None, "dormant": False}),
        (_fact(made.BonusAdded, key=("", "b"), kind="came_back"), {}),
        (_fact(made.ProfileChanged, acquisition="outbound"), {"acquisition": "outbound"}),
        (_fact(made.ProfileChanged, at=LAST), {"profile_at": LAST}),
        (_fact(made.Flagged, key=("", "e9"), flag="bot", on=True), {"flagged": frozenset({ASKED, ("", "e9")})}),
        (_fact(made.Flagged, key=ASKED, flag="bot", on=False), {"flagged": frozenset()}),
        (_fact(made.Flagged, key=("", "e9"), flag="bot", on=False), {}),
        (_fact(made.Refolded, model="m2"), {"model": "m2"}),
        (_fact(made.ReviewOpened, because="model"), {"review": "model"}),
        (_fact(made.Absorbed, into="L2"), {"absorbed_into": "L2"}),
    ],
)  # fmt: skip
def test_evolve_takes_any_other_fact(fact, differences):
    """Nothing but what the fact is about changes."""
    assert _differences(FULL, fact) == differences


@pytest.mark.parametrize(("kind", "name"), [(made.Touched, "touched"), (made.Listed, "listed")])
def test_evolve_remembers_that_something_was_done(kind, name):
    """That somebody worked on a lead, and that it was worth an approach."""
    assert _differences(BEGUN, _fact(kind, **({"kind": "call"} if name == "touched" else {}))) == {name: True}


def test_evolve_takes_the_first_acquisition_and_the_newest_profile():
    """How a lead was won does not change by a later profile, and an older profile does not make the newest older."""
    first = evolve(BEGUN, _fact(made.ProfileChanged, at=LATER, acquisition="partner"))
    assert (first.acquisition, first.profile_at) == ("inbound", LATER)
    assert evolve(first, _fact(made.ProfileChanged, seq=3, at=AT)).profile_at == LATER


@pytest.mark.parametrize(
    ("at", "given", "kept"),
    [
        (LAST, False, Consent(False, LAST)),
        (LATER, False, Consent(False, LATER)),
        (LATER, True, Consent(True, LATER)),
        (AT, False, Consent(True, LATER)),
    ],
)
def test_evolve_keeps_the_newest_decision_on_a_consent(at, given, kept):
    """One that was taken before is late and changes nothing; of two at one instant a withdrawal wins."""
    before = evolve(BEGUN, _fact(made.ConsentChanged, channel="email", purpose="news", given=True))
    late = _fact(made.ConsentChanged, seq=3, at=at, channel="email", purpose="news", given=given)
    assert evolve(before, late).consents == {("email", "news"): kept}


def test_evolve_does_not_turn_a_withdrawal_into_a_consent_of_the_same_instant():
    """Whichever came first."""
    before = evolve(BEGUN, _fact(made.ConsentChanged, channel="email", purpose="news", given=False))
    again = _fact(made.ConsentChanged, seq=3, channel="email", purpose="news", given=True)
    assert evolve(before, again).consents == {("email", "news"): Consent(False, LATER)}


@pytest.mark.parametrize("kind", [made.Merged, made.Unmerged])
def test_evolve_takes_over_a_whole_state(kind):
    """After a merge, or its undoing, the state is what the fact says, with the fact's own number."""
    more = {"other_id": "L2", "before": BEGUN, "other": BEGUN} if kind is made.Merged else {}
    assert evolve(BEGUN, _fact(kind, state=FULL, **more)) == changed(FULL, seq=2, known_at=LAST)


# What is no history


def _refused(facts, state=None):
    with pytest.raises(HistoryError) as caught:
        replay(facts, state)
    [problem] = caught.value.problems
    return f"{problem.where}: {problem.what} (got {problem.got})"


def test_history_is_not_empty():
    """No facts make no state; none after a state leave it."""
    assert _refused([]) == "history: facts were expected (got none)"
    assert replay([], FULL) == FULL


def test_history_is_a_list_of_facts():
    """A single fact is none, and its kind is said."""
    assert _refused(7) == "history: facts were expected (got int)"
    assert _refused(OPENED) == "history: facts were expected (got Opened)"


@pytest.mark.parametrize("fact", [_moved(seq=1), changed(OPENED, seq=2)])
def test_history_begins_with_opened(fact):
    """A history whose beginning is missing is refused."""
    assert _refused([fact]) == (
        f"history of lead 'L1': a history begins with `opened`, number 1 (got {fact.name}, number {fact.seq})"
    )


def test_history_is_of_one_lead():
    """A fact of another lead is refused."""
    text = "history of lead 'L1': a fact of this lead was expected (got one of lead 'L2')"
    assert _refused([OPENED, _moved(lead_id="L2")]) == text


@pytest.mark.parametrize("seq", [1, 3])
def test_history_has_no_gap_and_nothing_twice(seq):
    """Facts come in the order of their numbers."""
    text = f"history of lead 'L1': fact number 2 was expected (got number {seq})"
    assert _refused([OPENED, _moved(seq=seq)]) == text


def test_history_never_becomes_known_backwards():
    """What became known later comes later; at the same instant is fine."""
    early = _moved(known_at=AT - timedelta(microseconds=1))
    assert _refused([OPENED, early]) == "history of lead 'L1': `known_at` never goes back within a lead (got number 2)"
    assert replay([OPENED, _moved(known_at=AT)]).stage == "mql"


class _OfAnotherRelease(made.Fact):
    """A kind of fact that is not known here."""


@pytest.mark.parametrize(
    ("given", "got"),
    [
        ("opened", "a text of 6 characters"),
        (None, "NoneType"),
        (_fact(_OfAnotherRelease), "_OfAnotherRelease"),
    ],
)
def test_history_holds_facts_of_known_kinds_only(given, got):
    """Anything else is refused, and its value is not shown."""
    assert _refused([OPENED, given]) == f"history: a fact was expected (got {got})"


def test_history_that_is_refused_leaves_the_state_as_it_was():
    """The state that it should have followed does not change."""
    before = dict(vars(FULL))
    _refused([_moved(), _moved()], FULL)
    assert vars(FULL) == before
