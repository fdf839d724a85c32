"""One input at work on one record."""

from datetime import timedelta

import pytest

from leadqual import Event, Flag, Lead, ProfileChange, Qualifier, Tick, Verdict, loads
from leadqual.presets import starter_text
from tests.core.lifecycle.small import BIG, INTEREST, live, small, table, way
from tests.practice.life import details, effects_of, on

MOMENT = timedelta(microseconds=1)
SLAS = '[sla]\nmql = "1h"\nsql = "2h"\n[calendar]\nzone = "UTC"\n'
LOW = INTEREST.replace("points = 5", "points = 4")
BY = small(SLAS)


def test_step_takes_what_waits_in_the_order_of_instants_then_sources_then_ids():
    """However it came in."""
    life = live(small(interest=LOW))
    for name, source, day in (("b", "", 0.5), ("a", "web", 0.5), ("a", "", 0.5), ("z", "", 0.4)):
        life.takes(Event(id=name, source=source, lead_id="L1", kind="newsletter", at=on(day)), 0)
    assert [(event.at, event.source, event.id) for event in life.record.pending] == [
        (on(0.4), "", "z"), (on(0.5), "", "a"), (on(0.5), "", "b"), (on(0.5), "web", "a"),
    ]  # fmt: skip
    life.passes(0.45)
    assert len(life.record.pending) == 3
    life.passes(0.5)
    assert (life.record.pending, life.record.traces.last_act) == ((), on(0.5))


def test_step_takes_an_event_before_a_breach_of_the_same_instant():
    """Whoever acts in the last moment has acted in time."""
    life = live(BY)
    life.does("visit", 0)
    due = life.record.state.sla.due
    life.takes(Event(id="call", lead_id="L1", kind="call", at=due, by="us"), 0.01)
    life.passes(1)
    assert life.names()[-2:] == ["touched", "sla_met"]
    late = live(BY)
    late.does("visit", 0)
    late.takes(Event(id="call", lead_id="L1", kind="call", at=due + MOMENT, by="us"), 0.01)
    late.passes(1)
    assert late.names()[-2:] == ["sla_breached", "touched"]


def test_step_breaches_a_service_level_before_a_rest_ends():
    """Of two that fall due at once, one after the other; a lead that rests has no service level."""
    life = live(small(SLAS, "[recycle.outbound]\nrest_months = [1, 2]\n"), acquisition="outbound")
    life.does("visit", 0)
    life.is_said("maybe", 0.01)
    assert life.record.state.sla is None
    life.passes(100)
    assert life.names()[-2:] == ["woken", "stage_changed"]


def test_step_gives_what_an_event_brings_to_the_ones_that_come_after():
    """A lead that a waiting event has brought on is judged by the next one where it stands then."""
    ways = (
        way("one", "fresh", "working", "event", '{ field = "input.kind", op = "eq", value = "visit" }'),
        way("two", "working", "client", "event", '{ field = "input.kind", op = "eq", value = "form" }'),
    )
    life = live(table(*ways))
    life.does("visit", 0.5, known=0)
    life.does("form", 0.6, known=0)
    life.passes(1)
    assert (life.path(), life.stage) == (["one", "two"], "client")


@pytest.mark.parametrize(("kind", "newest"), [("visit", on(1)), ("newsletter", None)])
def test_step_follows_the_newest_interaction(kind, newest):
    """What is none is none; after a restart nothing of before is left."""
    life = live(small(interest=LOW))
    life.does(kind, 1)
    assert life.record.traces.interaction == newest
    life.is_said("maybe", 2)
    assert (life.record.traces.interaction, life.record.traces.last_act) == (None, on(1))


def test_step_that_begins_anew_counts_the_event_at_hand():
    """The request that begins a cycle is its first act, with its points and as an interaction."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("no", 1)
    life.does("ask", 2)
    assert (life.record.score().interest, life.record.score().interactions) == (5, 1)
    assert (life.record.traces.interaction, life.record.lead.since) == (on(2), on(2))
    other = live(small(interest=INTEREST.replace('"ask", ', "")))
    other.is_said("no", 1)
    other.does("ask", 2)
    assert (other.record.traces.interaction, other.record.score().interest) == (None, 0)


def test_step_asks_for_the_events_again_only_when_some_may_have_been_after_the_restart():
    """A restart from now on has nothing to sort out."""
    life = live(BY)
    life.does("visit", 0)
    out = life.is_said("maybe", 1)
    assert ("refold_needed" in effects_of(out), life.record.stale) == (False, False)
    late = live(BY)
    late.does("visit", 1)
    out = late.is_said("maybe", 2, at=on(1))
    assert ("refold_needed" in effects_of(out), late.record.stale) == (True, True)


def test_step_at_the_very_instant_of_the_newest_event_restarts_after_it():
    """It was folded before what was said; nothing has to be folded again."""
    life = live(BY)
    life.does("visit", 1)
    out = life.is_said("maybe", 1)
    assert (details(out, "recycled")["since"], life.record.stale) == (on(1) + MOMENT, False)


def test_step_wakes_a_lead_once():
    """A guard that says no at the end of a rest is asked again with the next input, not for ever in this one."""
    guard = '{ field = "fit", op = "ge", value = 99 }'
    by = table(way("back", "asleep", "fresh", "wake", guard), way("up", "fresh", "working", "event"),
               "[recycle.inbound]\nrest_months = [1, 2]\n")  # fmt: skip
    life = live(by)
    life.is_said("maybe", 1)
    out = life.by.handle(life.record, Tick(), now=on(100))
    assert (out.facts, out.record.stage) == ((), "asleep")


def test_step_ends_a_rest_before_whatever_comes_after_it():
    """The lead woke by time, not by what is handled now; a later act or word finds it awake."""
    by = small("[recycle.outbound]\nrest_months = [1, 2]\n", interest=LOW)
    act = Event(id="n", lead_id="L1", kind="newsletter", at=on(100))
    for given in (act, Verdict("accept"), Flag(event_id="x", flag="bot")):
        life = live(by, acquisition="outbound")
        life.is_said("maybe", 1)
        end = life.record.state.wake_at
        first = by.handle(life.record, given, now=on(100)).facts[0]
        assert (first.name, first.at, first.cause.kind, vars(first)["early"]) == ("woken", end, "time", False)


def test_step_hands_out_a_bonus_that_counts_at_once():
    """The host stores it; the record has folded it already, so it must not be handled again."""
    bonus = f'{LOW}[[interest.rules]]\nevent = "came_back"\npoints = 2\n'
    life = live(small('[recycle.inbound]\nbonus_event = "came_back"\n', interest=bonus))
    life.is_said("maybe", 1)
    visit = Event(id="v", lead_id="L1", kind="visit", at=on(2))
    out = life.by.handle(life.record, visit, now=on(2))
    added = details(out, "add_event")["event"]
    again = life.by.restore(life.lead, [*life.facts, *out.facts], [visit, added], now=on(2))
    assert (out.record.score().interest, again.score().interest) == (6, 6)


def test_step_keeps_what_it_was_given_first():
    """The fact that a lead was opened comes before what follows from its events."""
    out = BY.open(live(BY).lead, [Event(id="v", lead_id="L1", kind="visit", at=on(0))], now=on(0))
    assert [(fact.name, fact.seq) for fact in out.facts] == [("opened", 1), ("stage_changed", 2), ("sla_started", 3)]
    assert [effect.key for effect in out.effects] == ["L1:2:notify", "L1:3:create_task", "L1:3:recheck_at"]


def test_step_decides_what_a_gate_had_held_back_with_all_that_is_known():
    """A rest that ended while the lead was gated ends when the gate is lifted, not before acts that came since."""
    known = {"job_title": "CTO", "department": "IT", "employees": 200, "email_type": "business", "country": "ES"}
    ours, theirs = (Lead(id="L1", email=f"ana@{name}.example", attributes=known) for name in ("b", "rival"))
    by = Qualifier(loads(starter_text()))
    record = by.open(ours, now=on(0)).record
    record = by.handle(record, ProfileChange(theirs), now=on(0)).record
    record = by.handle(record, Verdict("maybe", wake_on=on(50).date()), now=on(0)).record
    came = Event(id="e", lead_id="L1", kind="download", at=on(110))
    record = by.handle(record, came, now=on(110)).record
    record = by.handle(record, ProfileChange(ours), now=on(110)).record
    assert (record.stage, by.next_due(record)) == ("recycle", on(110))
    out = by.handle(record, Tick(), now=on(110))
    woken, changed = out.facts[:2]
    assert (woken.name, changed.name, out.record.stage) == ("woken", "stage_changed", "lead")
    assert (changed.at < on(51), details(out, "stage_changed")["interest"]) == (True, 200)


def test_step_starts_no_second_time_to_act_when_a_gate_is_lifted():
    """One that a person has started meanwhile runs on."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("yes", 0.1)
    life.becomes(BIG, 0.2, email="x@rival.example")
    life.is_said("reopen", 0.3)
    running = life.record.state.sla
    out = life.becomes(BIG, 0.31, email="a@b.example")
    assert running is not None
    assert (life.names(out), life.record.state.sla) == (["profile_changed"], running)
