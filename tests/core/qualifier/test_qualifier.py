"""The pure whole: a record, an input and an instant make an outcome."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from leadqual import (
    ConsentChange,
    Event,
    EventError,
    Flag,
    InputRefused,
    InstantError,
    Lead,
    LeadError,
    ModelError,
    ProfileChange,
    Qualifier,
    Tick,
    TransitionError,
    UnknownName,
    Verdict,
    loads,
)
from leadqual.errors import TallyMismatch
from tests.core.lifecycle.small import BIG, QUALIFY, TINY, lead, live, small, table, text, way
from tests.practice.life import details, effects_of, on

SLAS = '[sla]\nmql = "1d"\nsql = "2h"\nhand_raise = "30m"\n[calendar]\nzone = "UTC"\n'
BY = small(SLAS)
OBJECTIVES = """
[objectives.small_ones]
[objectives.small_ones.qualify.mql]
when = { field = "interest", op = "ge", value = 1 }
"""
INPUTS = (
    Event(id="e1", lead_id="L1", kind="visit", at=on(1)),
    Verdict("no"),
    ProfileChange(Lead(id="L1")),
    ConsentChange(channel="email", purpose="news", given=True),
    Flag(event_id="e1", flag="bot"),
    Tick(),
)


# Making one


def test_qualifier_is_printed_with_the_name_of_its_playbook():
    """Nothing else of it is needed."""
    assert repr(BY) == "Qualifier('small')"


def test_qualifier_of_an_objective_prices_and_moves_by_it():
    """The same lead is an MQL for one goal and not for another; the lifecycle is that of the playbook."""
    book = loads(text(SLAS, OBJECTIVES))
    plain, own = Qualifier(book), Qualifier(book, objective="small_ones")
    assert plain.model.fingerprint != own.model.fingerprint
    for by, stage in ((plain, "lead"), (own, "mql")):
        life = live(by)
        life.does("newsletter", 0)
        assert life.stage == stage
    assert set(own.lifecycle.slas) == {"mql", "sql", "hand_raise"}


def test_qualifier_of_an_unknown_objective_is_refused():
    """The playbook says which there are."""
    with pytest.raises(UnknownName):
        Qualifier(loads(text(OBJECTIVES)), objective="others")


def test_qualifier_of_an_objective_for_which_the_lifecycle_is_wrong_is_refused():
    """A guard that can never hold under the objective's bars is told as it is of a playbook."""
    asks = way("asks", "fresh", "working", "event", '{ field = "state.hand_raised", op = "eq", value = true }')
    book = table(asks, "[objectives.other.qualify]\nhand_raise = []\n").playbook
    with pytest.raises(ModelError, match="can never hold"):
        Qualifier(book, objective="other")


def test_qualifier_counts_holidays_that_it_is_given():
    """Besides those of the playbook; anything that knows its days will do."""
    days = {date(2026, 1, 6)}
    for by, due in ((small(SLAS), on(1)), (small(SLAS, holidays=days), on(2))):
        assert details(live(by).does("visit", 0), "sla_started")["due"] == due


def test_qualifier_refuses_holidays_that_are_no_container():
    """A number knows no days."""
    with pytest.raises(ModelError):
        small(SLAS, holidays=7)


# Opening


def test_open_begins_a_history():
    """With all that the first fact says."""
    created = on(-9)
    out = BY.open(lead(created_at=created, since=on(-10), email="a@b.example"), now=on(0))
    [opened] = out.facts
    assert (opened.at, opened.known_at, opened.cause.kind, opened.seq) == (created, on(0), "open", 1)
    told = vars(opened)
    assert (told["stage"], told["model"], told["acquisition"]) == ("lead", BY.model.fingerprint, "inbound")
    assert (told["since"], told["imported"], out.record.as_of) == (on(-10), False, on(0))
    assert out.record.state == BY.replay(out.facts)


@pytest.mark.parametrize("created", [None, on(0.1)])
def test_open_holds_from_now_when_nothing_earlier_is_known(created):
    """A lead that is created later than now was not created earlier."""
    assert BY.open(lead(created_at=created), now=on(0)).facts[0].at == on(0)
    assert BY.open(lead(created_at=on(0)), now=on(0)).facts[0].at == on(0)


def test_open_decides_upon_each_event_of_before():
    """In their order, each as it would have come; what is not due yet waits."""
    events = [
        Event(id="later", lead_id="L1", kind="ask", at=on(0.5)),
        Event(id="call", lead_id="L1", kind="call", at=on(-0.05), by="us"),
        Event(id="visit", lead_id="L1", kind="visit", at=on(-0.1)),
    ]
    out = BY.open(lead(created_at=on(-2)), events, now=on(0))
    assert [fact.name for fact in out.facts] == ["opened", "stage_changed", "sla_started", "touched", "sla_met"]
    assert [fact.at for fact in out.facts] == [on(-2), on(-0.1), on(0), on(-0.05), on(-0.05)]
    assert {fact.known_at for fact in out.facts} == {on(0)}
    assert [event.id for event in out.record.pending] == ["later"]


def test_open_goes_on_by_the_profile_alone():
    """A playbook may ask for no act at all; a stage waits for what is known, too."""
    by = table(way("fits", "fresh", "working", "profile", '{ field = "fit", op = "ge", value = 20 }'))
    assert (live(by).stage, live(by, TINY).stage) == ("working", "fresh")
    assert live(by, imported=True).stage == "fresh"


def test_open_refuses_a_profile_or_an_event_of_another_type():
    """Nothing is opened then."""
    with pytest.raises(LeadError):
        BY.open(lead(attributes={"size": 7}), now=on(0))
    with pytest.raises(EventError):
        BY.open(lead(), [Event(id="e", lead_id="L2", kind="visit", at=on(0))], now=on(0))


def test_open_of_a_back_fill_promotes_nobody_and_remembers_hand_raises():
    """Valid ones lead on when they are released; those of others, or of long ago, do not."""
    acts = [
        Event(id="old", lead_id="L1", kind="ask", at=on(-31)),
        Event(id="visit", lead_id="L1", kind="visit", at=on(-0.5)),
        Event(id="ours", lead_id="L1", kind="ask", at=on(-3), by="us"),
        Event(id="new", lead_id="L1", kind="ask", at=on(-2)),
    ]
    out = BY.open(lead(), acts, now=on(0), imported=True)
    assert [fact.name for fact in out.facts] == ["opened", "hand_raised"]
    assert (vars(out.facts[0])["imported"], out.facts[0].cause.kind, out.effects) == (True, "import", ())
    assert out.record.state.hand_raise.key == ("", "new")
    assert (out.record.score().interactions, out.record.traces.last_act) == (3, on(-0.5))
    assert BY.release(out.record, now=on(0)).record.stage == "sql"


def test_open_of_a_back_fill_lets_what_is_not_due_wait():
    """It is decided upon when it comes, as any other act."""
    waiting = Event(id="later", lead_id="L1", kind="ask", at=on(0.5))
    record = BY.open(lead(), [waiting], now=on(0), imported=True).record
    assert BY.next_due(record) == on(0.5)
    assert BY.handle(record, Tick(), now=on(0.5)).record.stage == "sql"


# Handling


@pytest.mark.parametrize("given", INPUTS)
def test_handle_leaves_the_record_as_it_was(given):
    """The same twice makes the same outcome."""
    life = live(BY)
    before, events = dict(vars(life.record.state)), life.record.score(on(2))
    first, again = (BY.handle(life.record, given, now=on(1)) for _ in range(2))
    assert (first.facts, first.effects, first.record) == (again.facts, again.effects, again.record)
    assert (vars(life.record.state), life.record.score(on(2)), life.record.as_of) == (before, events, on(0))
    assert first.record.as_of == on(1)


@pytest.mark.parametrize("given", [None, "tick", Lead(id="L1"), {"verdict": "no"}])
def test_handle_refuses_what_is_no_input(given):
    """It says what would be one."""
    with pytest.raises(InputRefused, match="Verdict, ProfileChange"):
        BY.handle(live(BY).record, given, now=on(1))


@pytest.mark.parametrize("given", INPUTS)
def test_handle_refuses_to_go_back_in_time(given):
    """At the very instant it may go on."""
    record = BY.handle(live(BY).record, Tick(), now=on(1)).record
    with pytest.raises(TransitionError, match="is decided"):
        BY.handle(record, given, now=on(1) - timedelta(microseconds=1))
    assert BY.handle(record, given, now=on(1)).record.as_of == on(1)


@pytest.mark.parametrize("now", [datetime(2026, 1, 6), "2026-01-06", None])
def test_handle_refuses_what_is_no_instant(now):
    """Naive times above all."""
    life = live(BY)
    for call in (
        lambda: BY.handle(life.record, Tick(), now=now),
        lambda: BY.open(lead(), now=now),
        lambda: BY.refold(life.record, [], now=now),
        lambda: BY.release(life.record, now=now),
        lambda: BY.restore(lead(), life.facts, [], now=now),
    ):
        with pytest.raises(InstantError, match="now"):
            call()


def test_handle_takes_instants_in_any_zone():
    """One instant is one, wherever it was written down."""
    there = on(1).astimezone(timezone(timedelta(hours=9)))
    out = BY.handle(live(BY).record, Verdict("no"), now=there)
    assert (out.record.as_of, out.record.as_of.tzinfo, out.facts[0].known_at.tzinfo) == (on(1), UTC, UTC)


@pytest.mark.parametrize("call", ["handle", "release"])
def test_handle_refuses_records_of_another_model(call):
    """They are folded anew first."""
    other = small(SLAS, qualify=QUALIFY.replace("value = 5", "value = 6"))
    record = live(other).record
    with pytest.raises(TallyMismatch):
        BY.handle(record, Tick(), now=on(1)) if call == "handle" else BY.release(record, now=on(1))
    assert BY.handle(BY.refold(record, [], now=on(1)).record, Tick(), now=on(1)).facts == ()


def test_handle_goes_on_with_records_of_an_equal_playbook():
    """Read again in another process, it is the same one."""
    life = live(small(SLAS))
    out = BY.handle(life.record, Event(id="e1", lead_id="L1", kind="visit", at=on(1)), now=on(1))
    assert out.record.stage == "mql"


def test_handle_refuses_events_of_another_lead():
    """Both are named; ids that went into the lead are its own."""
    life = live(BY, merged_ids=("L0",))
    with pytest.raises(EventError) as caught:
        BY.handle(life.record, Event(id="e1", lead_id="L2", kind="visit", at=on(0)), now=on(1))
    [problem] = caught.value.problems
    assert (problem.where, problem.what) == ("event 'e1'.lead_id", "an event of lead 'L1' was expected")
    assert str(problem.got) == "an event of lead 'L2'"
    mine = BY.handle(life.record, Event(id="e1", lead_id="L0", kind="visit", at=on(0)), now=on(1))
    assert mine.record.score().interactions == 1


@pytest.mark.parametrize(("ahead", "taken"), [(timedelta(days=1), True), (timedelta(days=1, microseconds=1), False)])
def test_handle_lets_events_wait_that_are_dated_at_most_a_day_ahead(ahead, taken):
    """Beyond that a date is wrong; the event is named."""
    life = live(BY)
    event = Event(id="e1", lead_id="L1", kind="ask", at=on(1) + ahead)
    if taken:
        out = BY.handle(life.record, event, now=on(1))
        assert (out.record.pending, out.facts, out.record.score().interest) == ((event,), (), 0)
        assert BY.next_due(out.record) == on(1) + ahead
    else:
        with pytest.raises(EventError) as caught:
            BY.handle(life.record, event, now=on(1))
        [problem] = caught.value.problems
        assert (problem.where, str(problem.got)) == ("event 'e1'.at", event.at.isoformat())
        assert problem.what == f"it is long after now, {on(1).isoformat()}"


def test_handle_passes_over_events_that_are_flagged():
    """What has fallen due before them is done."""
    life = live(BY)
    life.does("visit", 0)
    life.takes(Flag(event_id="bot", flag="bot"), 0.01)
    life.is_folded_anew(0.01)
    out = BY.handle(life.record, Event(id="bot", lead_id="L1", kind="ask", at=on(2)), now=on(2))
    assert ([fact.name for fact in out.facts], out.record.stage) == (["sla_breached"], "mql")
    ahead = BY.handle(life.record, Event(id="bot", lead_id="L1", kind="ask", at=on(1)), now=on(0.5))
    assert ahead.record.pending == ()


def test_handle_does_first_what_has_fallen_due():
    """In the order of the instants: a breach before an event that waited, and both before the input."""
    life = live(BY)
    life.does("visit", 0)
    life.does("ask", 1.2, known=0.3)
    out = life.is_said("accept", 1.21)
    assert [fact.name for fact in out.facts] == [
        "sla_breached", "hand_raised", "stage_changed", "sla_started", "verdict_given", "sla_met",
    ]  # fmt: skip
    assert [fact.at for fact in out.facts] == [on(1), on(1.2), on(1.2), on(1.2), on(1.21), on(1.21)]
    assert {fact.known_at for fact in out.facts} == {on(1.21)}


# Releasing, asking


@pytest.mark.parametrize("cause", ["import", "rescore"])
def test_release_says_what_brought_it_about(cause):
    """In the facts that follow from it, and only those."""
    history = (Event(id="h", lead_id="L1", kind="visit", at=on(0)),)
    life = live(BY, history=history, imported=True)
    out = BY.release(life.record, now=on(0), cause=cause)
    assert [fact.cause.kind for fact in out.facts] == [cause, cause]
    assert effects_of(out) == ["notify", "create_task", "recheck_at"]


def test_release_promotes_nobody_whom_the_score_does_not_promote():
    """And does first what has fallen due."""
    life = live(BY, TINY)
    life.does("visit", 0)
    out = life.is_released(3)
    assert [fact.name for fact in out.facts] == ["sla_breached"]


def test_allowed_verdicts_are_told_for_a_record():
    """As it stands."""
    life = live(BY)
    assert BY.allowed(life.record) == ("yes", "no", "maybe", "accept", "disqualify")


def test_nothing_is_due_for_a_lead_that_has_gone_into_another():
    """And it can be handled no more, whatever comes."""
    one, other = live(BY), live(BY, id="L2")
    other.does("visit", 0)
    out = BY.merge(one.record, other.record, other.events, now=on(0))
    facts = [*other.facts, *(fact for fact in out.facts if fact.lead_id == "L2")]
    gone = BY.restore(other.lead, facts, other.events, now=on(0))
    assert BY.next_due(gone) is None
    for call in (
        lambda: BY.handle(gone, Tick(), now=on(1)),
        lambda: BY.refold(gone, other.events, now=on(1)),
        lambda: BY.release(gone, now=on(1)),
        lambda: BY.merge(gone, one.record, [], now=on(1)),
    ):
        with pytest.raises(TransitionError) as caught:
            call()
        [problem] = caught.value.problems
        assert (problem.where, str(problem.got)) == ("lead 'L2'", "merged into lead 'L1'")


def test_replay_gives_the_state_and_nothing_else():
    """Under any playbook."""
    life = live(BY, BIG)
    life.does("visit", 0)
    life.is_said("maybe", 1)
    assert small().replay(life.facts) == life.record.state


def test_release_of_a_stale_record_is_refused():
    """Its points are not known until its events are folded anew."""
    life = live(BY)
    life.does("newsletter", 0)
    life.takes(Flag(event_id=life.events[0].id, flag="bot"), 1)
    with pytest.raises(TransitionError) as caught:
        BY.release(life.record, now=on(1))
    [problem] = caught.value.problems
    assert (problem.where, problem.what) == ("lead 'L1'", "its events have to be folded anew")
    assert "refold" in problem.hint


def test_lead_in_a_stage_that_the_lifecycle_does_not_have_is_refused():
    """By whatever is asked of it; the stage that was probably meant is named."""
    plain, more = small(), small('[lifecycle]\npreset = "subscriber"\n')
    record = live(more, TINY).record
    assert record.stage == "subscriber"
    for call in (
        lambda: plain.handle(record, Tick(), now=on(1)),
        lambda: plain.refold(record, [], now=on(1)),
        lambda: plain.next_due(record),
        lambda: plain.allowed(record),
    ):
        with pytest.raises(TransitionError) as caught:
            call()
        [problem] = caught.value.problems
        assert (problem.where, problem.what) == ("lead 'L1'", "the lifecycle has no such stage")
        assert str(problem.got) == "'subscriber'"
