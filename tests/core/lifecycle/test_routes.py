"""Which transition a lead takes."""

import pytest

from leadqual import Event, EventError, Flag, Tick
from tests.core.lifecycle.small import TINY, live, small, table, way
from tests.practice.life import details, on

ANY = '{ field = "input.interaction", op = "eq", value = true }'
PRICES = '{ field = "input.page", op = "starts_with", value = "/pricing" }'
MANY = '{ field = "input.people", op = "ge", value = 10 }'


def test_routes_are_tried_in_their_declared_order():
    """The first whose guard holds is taken, also when a later one holds too."""
    fits = '{ field = "fit", op = "ge", value = 10 }'
    first, second = way("first", "fresh", "working", "event", ANY), way("second", "fresh", "client", "event", fits)
    one, other = live(table(first, second)), live(table(second, first))
    one.does("visit", 1)
    other.does("visit", 1)
    assert (one.path(), one.stage) == (["first"], "working")
    assert (other.path(), other.stage) == (["second"], "client")


def test_routes_whose_guard_says_no_leave_the_way_to_the_next():
    """What bits cannot say is asked of the guard itself."""
    by = table(way("prices", "fresh", "client", "event", PRICES), way("any", "fresh", "working", "event"))
    asked, came = live(by), live(by)
    asked.does("visit", 1, page="/pricing/eu")
    came.does("visit", 1, page="/")
    assert (asked.path(), came.path()) == (["prices"], ["any"])


def test_routes_take_a_lead_one_stage_for_one_event():
    """The event that brought it to a stage does not take it on from there."""
    by = table(way("one", "fresh", "working", "event", ANY), way("two", "working", "client", "event", ANY))
    life = live(by)
    life.does("visit", 1)
    assert life.stage == "working"
    life.does("visit", 2)
    assert life.stage == "client"


def test_routes_of_a_stage_wait_for_their_own_trigger():
    """What waits for a new profile is not taken upon an event."""
    life = live(table(way("known", "fresh", "working", "profile"), way("never", "working", "client", "accept")))
    assert life.stage == "working"
    life.does("visit", 1)
    assert life.stage == "working"


@pytest.mark.parametrize("why", ["gate", "disqualified", "stale"])
def test_routes_are_shut_by_a_gate_a_verdict_and_a_flag(why):
    """Nothing goes on by itself while a gate holds, a person has taken the lead out, or its points are not known."""
    life = live(table(way("any", "fresh", "working", "event")), email="a@rival.example" if why == "gate" else None)
    assert life.stage == "fresh"
    if why == "disqualified":
        life.is_said("disqualify", 1, reason="spam")
    elif why == "stale":
        life.takes(Flag(event_id="e0", flag="bot"), 1)
        life.takes(Flag(event_id="e0", flag="bot", on=False), 1)
    life.does("visit", 2)
    assert (life.stage, life.record.stale) == ("fresh", why == "stale")


def test_routes_refuse_an_event_whose_property_is_of_another_type():
    """The event is named, its value is not, and the record stays as it was."""
    life = live(table(way("many", "fresh", "working", "event", MANY)))
    before = life.record
    with pytest.raises(EventError) as refused:
        life.does("visit", 1, people="Ana and Bea")
    [problem] = refused.value.problems
    assert (problem.where, "whole number" in problem.what) == ("event 'L1-1'.input.people", True)
    assert "Ana" not in str(refused.value)
    assert life.record == before


def test_routes_on_time_read_no_event():
    """A guard over the input's properties says no to a tick, since there is none."""
    by = table(
        way("many", "fresh", "working", "event", MANY),
        way("over", "fresh", "asleep", "tick", f"{{ not = {MANY} }}"),
    )
    life = live(by)
    life.takes(Tick(), 1)
    assert (life.stage, details(life.last, "recycled")["reason"]) == ("asleep", None)


def test_first_transition_of_the_shipped_table_goes_to_sales():
    """A lead that is good enough for sales at once does not stop at MQL on the way."""
    acts = tuple(Event(id=f"e{i}", lead_id="L1", kind="visit", at=on(-0.1 * i)) for i in range(4))
    life = live(small(), TINY, history=acts, imported=True)
    life.is_released(1)
    assert (life.path(), details(life.last, "stage_changed")["skipped"]) == (["score for sales"], ("mql",))
