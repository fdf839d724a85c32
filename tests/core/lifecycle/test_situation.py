"""What a guard reads."""

from datetime import timedelta

import pytest
from attrs import evolve

from leadqual import Event
from leadqual.lifecycle.quick import CAPTURE, HAND_RAISE, INTERACTION, REPLY, REVIEW
from leadqual.lifecycle.scope import guard_scope
from leadqual.lifecycle.situation import Situation, hand_raised, score_route_open
from tests.core.lifecycle.small import BIG, QUALIFY, TINY, live, small
from tests.practice.life import on

STAYS = QUALIFY.replace("[qualify.sql]", 'stay = { field = "interest", op = "ge", value = 2 }\n[qualify.sql]')
BY = small('[sla]\nmql = "1d"\n', qualify=STAYS)
SHUT, UNTIL = on(1), on(31)
EVENT = Event(id="e1", lead_id="L1", kind="visit", at=on(2), by="us", properties={"page": "/pricing"})


def _row(life, *, newest=None, **more):
    record = life.record
    return Situation(record.state, record.score(), record.as_of, newest, **more)


def test_situation_answers_every_name_that_a_guard_may_read():
    """Nothing that the checks let through is unknown later, and nothing of it depends on an event being there."""
    row = _row(live(BY))
    names = guard_scope(BY.model).fields
    assert {name: row.get(name) for name in names if name.startswith(("state.", "input.", "verdict."))} == {
        "state.hand_raised": False,
        "state.score_route_open": True,
        "state.touched": False,
        "state.accepted": False,
        "state.sla_running": False,
        "state.review": False,
        "input.kind": None,
        "input.by": None,
        "input.interaction": False,
        "input.hand_raise": False,
        "input.reply": False,
        "input.capture": False,
        "input.page": None,
        "input.people": None,
        "verdict.reason": None,
    }
    assert all(isinstance(name, str) for name in names)
    assert (row.get("score.qualifies"), row.get("score.stays"), row.get("score.gate")) == ((), (), None)


def test_situation_reads_the_event_at_hand():
    """Its kind, whose act it is, its properties, and what is so of it by the playbook."""
    row = _row(live(BY), event=EVENT, marks=REPLY | CAPTURE, reason="timing")
    answers = {name: row.get(f"input.{name}") for name in ("kind", "by", "page", "people", "reply", "capture")}
    assert answers == {"kind": "visit", "by": "us", "page": "/pricing", "people": None, "reply": True, "capture": True}
    assert (row.get("input.interaction"), row.get("input.hand_raise")) == (False, False)
    assert _row(live(BY), marks=INTERACTION).get("input.interaction") is True
    assert _row(live(BY), marks=HAND_RAISE).get("input.hand_raise") is True
    assert row.get("verdict.reason") == "timing"


def test_situation_reads_score_lead_and_state():
    """What bars read, guards read too; bars come in one order whatever the run."""
    life = live(BY, email="a@b.example")
    for day in (0, 0.1, 0.2):
        life.does("visit", day)
    row = _row(life)
    assert (row.get("score.qualifies"), row.get("score.stays")) == (("mql", "sql"), ("mql", "sql"))
    assert (row.get("stage"), row.get("fit"), row.get("size"), row.get("email")) == ("sql", 3000, "big", "a@b.example")
    assert row.get("score.gate") is None
    assert _row(live(BY, email="a@rival.example")).get("score.gate") == "competitor"


def test_situation_reads_what_was_done_about_the_lead():
    """That an SLA runs, that somebody touched or accepted it, and that it is to be looked at again."""
    life = live(BY)
    life.does("visit", 0)
    assert _row(life).get("state.sla_running") is True
    life.does("call", 0.01, by="us")
    assert (_row(life).get("state.touched"), _row(life).get("state.sla_running")) == (True, False)
    life.is_said("accept", 0.02)
    assert _row(life).get("state.accepted") is True
    other = live(BY)
    seen = other.does("visit", 0)
    assert seen.record.stage == "mql"
    other.is_flagged(other.events[0], 1)
    assert _row(other).get("state.review") is True
    assert [bool(_row(one).bits() & REVIEW) for one in (life, other)] == [False, True]


def test_hand_raise_is_valid_until_its_instant():
    """Not at that instant any more; without one there is nothing that could be valid."""
    life = live(BY, email="a@rival.example")
    assert not hand_raised(life.record.state, on(0))
    life.does("ask", 1)
    state = life.record.state
    assert [hand_raised(state, on(31) + beside) for beside in (-timedelta(microseconds=1), timedelta(0))] == [
        True,
        False,
    ]


def test_hand_raise_that_is_flagged_is_none():
    """A machine asked, not the lead; when the flag is lifted, it did."""
    life = live(BY, email="a@rival.example")
    life.does("ask", 1)
    state = life.record.state
    assert hand_raised(evolve(state, flagged=frozenset({("", "e9")})), on(2))
    assert not hand_raised(evolve(state, flagged=frozenset({life.events[0].key})), on(2))


@pytest.mark.parametrize(
    ("newest", "now", "is_open"),
    [
        (None, on(40), False),
        (on(0), on(40), False),
        (SHUT, on(40), False),
        (SHUT + timedelta(microseconds=1), on(40), True),
        (on(2), UNTIL - timedelta(microseconds=1), False),
        (on(2), UNTIL, True),
    ],
)
def test_score_route_opens_by_a_newer_interaction_and_not_before_its_time(newest, now, is_open):
    """After a return both are needed; an interaction of the very instant of the return is not newer."""
    life = live(BY, TINY)
    life.is_said("accept", 0)
    life.is_said("return", 1, reason="too early")
    assert score_route_open(life.record.state, now, newest) is is_open


@pytest.mark.parametrize(("newest", "is_open"), [(None, False), (SHUT, False), (on(1.1), True)])
def test_score_route_opens_after_a_recycle_by_a_newer_interaction_alone(newest, is_open):
    """There is no time to wait for."""
    life = live(BY, BIG)
    life.is_said("maybe", 1)
    assert score_route_open(life.record.state, on(1.2), newest) is is_open


def test_score_route_is_open_for_who_was_never_sent_back():
    """Also without any interaction."""
    assert score_route_open(live(BY).record.state, on(0), None)
