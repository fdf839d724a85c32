"""When something happens to a lead by itself: told ahead, and found by trying every day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from leadqual import Event, Flag, Lead, Qualifier, Record, Tick, TransitionError, Verdict
from tests.core.lifecycle.small import BIG, INTEREST, MID, QUALIFY, TINY, live, small, table, way
from tests.practice.life import on

MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)
HORIZON = timedelta(days=400)
_MQL = '{ field = "interest", op = "ge", value = 5 }'
STAY = QUALIFY.replace(f"when = {_MQL}", f'when = {_MQL}\nstay = {{ field = "interest", op = "ge", value = 2 }}')
SLAS = '[sla]\nmql = "1d"\nsql = "4h"\nhand_raise = "30m"\n'
ROLODEX = "[recycle.outbound]\nrest_months = [1, 2]\nattempts = 2\n"
TICKS = '[sla]\nworking = "2h"\n'
UP = way("up", "fresh", "working", "event", '{ field = "score.qualifies", op = "has", value = "mql" }')
QUIET = (
    INTEREST.replace("[interest]", "[interest]\nmemory = 60").replace("linear = 10", "half_life = 4")
    + """
[[interest.rules]]
event = "*"
inactivity = 7
points = -2
min = -6
"""
)


MEMORY = INTEREST.replace("[interest]", "[interest]\nmemory = 15")
LEVELS = INTEREST.replace("decay =", "levels = { 1 = 8, 2 = 4, 3 = 0 }\ndecay =")


def _on_tick(came_from: str, to: str, when: str, **parts: str) -> Qualifier:
    return table(UP, way("in time", came_from, to, "tick", when), TICKS, **parts)


def _both(*parts: str) -> str:
    return f"{{ all = [{', '.join(parts)}] }}"


def _part(name: str, op: str, value: object) -> str:
    told = str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else value
    return f'{{ field = "{name}", op = "{op}", value = {told} }}'


FREE = _part("state.sla_running", "eq", False)
PLAYBOOKS = {
    "stay": small(SLAS, ROLODEX, qualify=STAY),
    "half lives and silences": small(SLAS, qualify=STAY, interest=QUIET),
    "windows": small(ROLODEX, qualify=STAY, interest=INTEREST.replace("linear = 10", "window = 6")),
    "stay by days": small(
        qualify=STAY.replace(_part("interest", "ge", 2), _part("days_in_stage", "le", 12)), interest=QUIET
    ),
    "days in stage": _on_tick("fresh working", "asleep", _part("days_in_stage", "ge", 14)),
    "days in stage between": _on_tick("fresh working", "asleep", _part("days_in_stage", "between", [3, 5])),
    "days in stage not": _on_tick("fresh working", "asleep", f"{{ not = {_part('days_in_stage', 'le', 4)} }}"),
    "silence": _on_tick("fresh working", "asleep", _part("days_since_activity", "ge", 9)),
    "our silence": _on_tick("working", "asleep", _both(_part("days_since_contact", "gt", 2), FREE)),
    "known for nothing": _on_tick("fresh", "asleep", '{ field = "days_since_activity", op = "missing" }'),
    "hand-raise that nobody took": _on_tick("fresh", "gone", _both(_part("state.hand_raised", "eq", False),
                                                                  _part("days_in_stage", "ge", 2))),
    "score route": _on_tick("fresh working", "asleep", _part("state.score_route_open", "eq", True)),
    "cold": _on_tick("working", "asleep", _both(_part("level", "ge", 4), FREE)),
    "guarded wake": table(
        UP,
        way("back", "asleep", "fresh", "wake", _part("days_since_activity", "ge", 45)),
        way("late", "asleep", "fresh", "wake", _part("days_in_stage", "ge", 70)),
        '[recycle.inbound]\nrest_months = [1, 2]\nspread_days = 5\nwake = "never"\n', ROLODEX, TICKS,
    ),
    "wake for a good fit": table(UP, way("back", "asleep", "fresh", "wake", _part("fit", "ge", 25)), ROLODEX),
    "total in a band": _on_tick("working", "asleep", _both(_part("total", "between", [22, 33]), FREE)),
    "fewer acts": _on_tick("fresh working", "asleep", _both(
        _part("interactions", "lt", 2), _part("days_in_stage", "ge", 1)), interest=MEMORY),
    "a kind forgotten": _on_tick("working", "asleep", f"{{ not = {_part('kinds', 'has', 'visit')} }}", interest=MEMORY),
    "label": _on_tick("working", "asleep", _both(_part("label", "ne", "A1"), _part("label", "ne", "B1"), FREE),
                      interest=LEVELS),
    "a band of interest that comes and goes": _on_tick(
        "fresh working", "asleep", _both(_part("interest", "between", [-3, 1]), _part("days_since_activity", "ge", 2)),
        interest=QUIET),
    "days that begin elsewhere": small(SLAS, ROLODEX, qualify=STAY, head='day_starts = "-06:00"\n'),
}  # fmt: skip
KINDS = ("visit", "visit", "form", "ask", "newsletter", "email_reply", "nothing")
VERDICTS = ("accept", "maybe", "return", "disqualify", "reinstate", "no", "reopen")


def _changed(by: Qualifier, record: Record, at: datetime) -> bool:
    """Tell whether a tick changes anything but up to when all is decided."""
    out = by.handle(record, Tick(), now=at)
    same = (out.record.state, out.record.pending, out.record.stale) == (record.state, record.pending, record.stale)
    return bool(out.facts or out.effects) or not same


def _found(by: Qualifier, record: Record) -> datetime | None:
    """Return the first instant within 400 days at which a tick changes something, by trying all that may matter."""
    begins, state, start = by.model.plans.interest.day_start, record.state, record.as_of
    first = begins.day(start)
    instants = {start, *(begins.at(day) for day in range(first + 1, first + 402))}
    instants |= {event.at for event in record.pending}
    own = (state.sla and state.sla.due, state.wake_at, state.shut_until, state.hand_raise and state.hand_raise.until)
    instants |= {at + late for at in own if at for late in (-MOMENT, timedelta(0))}
    tried = sorted(at for at in instants if start <= at <= start + HORIZON)
    return next((at for at in tried if _changed(by, record, at)), None)


def _records(by: Qualifier, seed: int, steps: int) -> Iterator[Record]:
    """Yield the records of a life that is drawn step by step."""
    draw = Random(seed)
    acquisition: Any = draw.choice(("inbound", "outbound", "outbound"))
    email = draw.choice(("a@b.example", "a@b.example", "a@rival.example"))
    lead = Lead(id="L1", email=email, acquisition=acquisition, attributes=draw.choice((BIG, BIG, MID, TINY, {})))
    now, events = on(draw.random()), []
    record = by.open(lead, now=now).record
    yield record
    for i in range(steps):
        now += draw.choice((timedelta(minutes=5), timedelta(hours=5), DAY, 3 * DAY, 11 * DAY)) * draw.random()
        kind = draw.random()
        due = by.next_due(record)
        if kind < 0.5:
            at = now + draw.choice((timedelta(0), timedelta(0), -6 * DAY, 0.5 * DAY)) * draw.random()
            event = Event(
                id=f"e{i}", lead_id="L1", kind=draw.choice(KINDS), at=at, by=draw.choice(("lead", "lead", "us"))
            )
            events.append(event)
            record = by.handle(record, event, now=now).record
        elif kind < 0.75:
            name: Any = draw.choice(VERDICTS)
            day = (now + 40 * DAY).date() if name == "maybe" and draw.random() < 0.3 else None
            try:
                record = by.handle(record, Verdict(name, reason="x", wake_on=day), now=now).record
            except TransitionError:
                continue
        elif kind < 0.8 and events:
            record = by.handle(record, Flag(event_id=draw.choice(events).id, flag="bot"), now=now).record
            if draw.random() < 0.7:
                record = by.refold(record, events, now=now).record
        elif due is not None and due - now < HORIZON:
            now = max(now, due)
            record = by.handle(record, Tick(), now=now).record
        yield record


def told_and_found(by: Qualifier, seed: int, steps: int) -> int:
    """Compare what is told ahead with what trying finds, for each record of a drawn life; return how often it came."""
    came = 0
    for record in _records(by, seed, steps):
        told, found = by.next_due(record), _found(by, record)
        if found is None:
            assert told is None or told >= record.as_of + HORIZON
        else:
            assert told == found
            came += 1
            wait = told - record.as_of
            before = (wait * 0.3, wait * 0.9, wait - MOMENT) if wait else ()
            assert not any(_changed(by, record, record.as_of + ahead) for ahead in before)
    return came


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_next_due_is_the_first_instant_at_which_a_tick_changes_something(name):
    """Not a moment too late nor too early, over lives that are drawn, and a tick before it changes nothing."""
    assert sum(told_and_found(PLAYBOOKS[name], seed, 12) for seed in range(4)) > 3


# Told plainly


def test_next_due_is_nothing_for_a_lead_with_which_nothing_happens():
    """Nobody has to ask again until something comes."""
    life = live(small())
    assert life.by.next_due(life.record) is None
    life.does("visit", 1)
    assert life.by.next_due(life.record) is None


def test_next_due_is_the_first_of_all_that_is_due():
    """A waiting event, a time to act, and what the points do."""
    life = live(small(SLAS, qualify=STAY))
    life.does("visit", 0)
    assert life.by.next_due(life.record) == life.record.state.sla.due
    life.does("newsletter", 0.3, known=0.01)
    assert life.by.next_due(life.record) == on(0.3)
    life.passes(3)
    assert (life.record.state.sla, life.by.next_due(life.record)) == (None, datetime(2026, 1, 12, tzinfo=on(0).tzinfo))


@pytest.mark.parametrize(("days", "told"), [(390, 390), (500, None)])
def test_next_due_looks_four_hundred_days_ahead(days, told):
    """Beyond them it says when to ask again, which is never too late."""
    life = live(_on_tick("fresh", "asleep", _part("days_in_stage", "ge", days)))
    due = life.by.next_due(life.record)
    if told is None:
        assert due == life.record.as_of + HORIZON
        life.passes(400)
        assert life.by.next_due(life.record) == datetime(2026, 1, 5, tzinfo=on(0).tzinfo) + timedelta(days=500)
    else:
        assert due == datetime(2026, 1, 5, tzinfo=on(0).tzinfo) + timedelta(days=390)


def test_next_due_beyond_the_horizon_is_a_rest_only_if_nothing_may_come_before():
    """A day to wake in two years is told as it is when no guard waits for time, else when to ask again."""
    long = date(2028, 1, 1)
    plain = live(small("[recycle.inbound]\nrest_months = [1, 2]\n"))
    plain.is_said("maybe", 1, wake_on=long)
    assert plain.by.next_due(plain.record) == datetime(2028, 1, 1, tzinfo=on(0).tzinfo)
    by = table(UP, way("over", "asleep", "gone", "tick", _part("days_in_stage", "ge", 600)))
    asked = live(by)
    asked.is_said("maybe", 1, wake_on=long)
    assert by.next_due(asked.record) == asked.record.as_of + HORIZON


@pytest.mark.parametrize(("attributes", "wakes"), [(BIG, True), (TINY, False)])
def test_next_due_of_a_guarded_rest_is_its_end_if_the_guard_lets_it_end(attributes, wakes):
    """At the very instant; otherwise nothing is due until something else comes."""
    life = live(PLAYBOOKS["wake for a good fit"], attributes, acquisition="outbound")
    life.is_said("maybe", 1)
    due, end = life.by.next_due(life.record), life.record.state.wake_at
    assert due == (end if wakes else None)
    life.passes((end - on(0)) / DAY)
    assert life.stage == ("fresh" if wakes else "asleep")


def test_next_due_of_a_rest_that_is_over_is_now():
    """A lead that was taken out when its time came is woken as soon as it is back."""
    life = live(small(ROLODEX), acquisition="outbound")
    life.is_said("maybe", 1)
    life.is_said("disqualify", 2, reason="x")
    life.passes(100)
    life.is_said("reinstate", 101)
    assert life.by.next_due(life.record) == on(101)
    life.wakes()
    assert life.stage == "lead"


def test_next_due_reads_a_gate_that_is_not_there():
    """A guard may ask for a missing one."""
    gate = '{ field = "score.gate", op = "eq", value = "competitor", missing = true }'
    by = _on_tick("fresh", "asleep", _both(gate, _part("days_in_stage", "ge", 3)))
    assert by.next_due(live(by).record) == datetime(2026, 1, 8, tzinfo=on(0).tzinfo)


@pytest.mark.parametrize("name", ["state.touched", "state.accepted", "state.sla_running", "state.review"])
@pytest.mark.parametrize("value", [True, False])
def test_next_due_asks_no_guard_that_stays_shut(name, value):
    """What only an input or a breach can change is not waited for."""
    by = _on_tick("fresh", "asleep", _both(_part("days_in_stage", "ge", 3), _part(name, "eq", value)))
    due = by.next_due(live(by).record)
    assert due == (None if value else datetime(2026, 1, 8, tzinfo=on(0).tzinfo))
    alone = _on_tick("fresh", "asleep", _part(name, "eq", value))
    assert alone.next_due(live(alone).record) == (None if value else on(0))


@pytest.mark.parametrize("mark", [3_000_000, 10**9, 10**15, -3_000_000, -(10**15)])
@pytest.mark.parametrize("name", ["days_in_stage", "days_since_activity"])
def test_next_due_takes_marks_beyond_all_years(name, mark):
    """Whoever writes a number that no lead can reach is told that nothing happens, or that it does at once."""
    by = _on_tick("fresh", "asleep", _both(_part(name, "ge", mark), FREE))
    life = live(by)
    life.takes(Event(id="e1", lead_id="L1", kind="nothing", at=on(0)), 0)
    assert by.next_due(life.record) == (None if mark > 0 else on(0))
    life.passes(2)
    assert life.stage == ("fresh" if mark > 0 else "asleep")
