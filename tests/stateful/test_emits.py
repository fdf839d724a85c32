"""Touches at large: hundreds of thousands come due to leads to which everything happens, and none that must not."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import settings

from leadqual import Lead, Tick
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.nurtured import NURTURED
from leadqual.lifecycle.nurtureinputs import EnrolmentChange

from .contact import EXPIRES
from .crowd import Crowd
from .guard import RULES, broken, wrong_entry
from .known import Known, Place, Sent, copied
from .sender import Books, begin, contact

PARTS = 16
"""Each with leads of its own, for a worker each."""
FEW = 80
"""Examples of a quick run, which sends a few only."""
EMITS = int(os.environ.get("LEADQUAL_EMITS", "200000" if settings.default.max_examples >= FEW else "8000"))
"""Touches that come due, over all parts."""
ENOUGH = 5_000
"""Touches of a part by which everything has happened."""
SEED = int(os.environ.get("LEADQUAL_SEED", "1"))
ENDS = ("sent", "skipped", "cancelled", "expired")
NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
"""A Wednesday; noon in Madrid."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("part", range(PARTS))
def test_touches_that_come_due_break_no_rule_whatever_happens(part, capsys):
    """None goes after a withdrawal, above a cap, in quiet hours or twice, and each ends in one of four ways."""
    crowd = Crowd(Random(f"{SEED} {part}"), f"P{part}-")
    crowd.live(-(-EMITS // PARTS))
    counts, wrong = crowd.books.counts, crowd.books.wrong
    with capsys.disabled():
        told = ("due", *ENDS, "leads", "withdrew", "merged", "recycled", "called back")
        words = ", ".join(f"{counts[name]:,} {name}" for name in told)
        sys.stdout.write(f"\npart {part}: {words}; {len(wrong)} wrong\n")
    assert wrong == []
    assert counts["due"] == sum(counts[name] for name in ENDS) >= EMITS // PARTS
    never = [name for name in (*told, *(f"fact {kind.name}" for kind in NURTURED)) if not counts[name]]
    assert EMITS // PARTS < ENOUGH or never == []


def known(**more: Any) -> Known:
    """Return what is known of a lead in Madrid that is in some sequences and has got nothing."""
    long_ago = NOON - 40 * DAY
    places = {name: Place(long_ago) for name in ("daily", "education", "back")}
    return evolve(Known("L1", zones=("Europe/Madrid",), places=places), **more)


def sent(**more: Any) -> Sent:
    """Return a touch against which nothing speaks."""
    return evolve(Sent("L1:daily:1:mail:1", NOON, "daily", "mail"), **more)


def had(*ago: timedelta, **more: Any) -> Known:
    """Return a lead that has got touches before."""
    gone = {f"k{i}": sent(key=f"k{i}", at=NOON - one, **more) for i, one in enumerate(ago)}
    return known(sent=gone)


def placed(name: str = "daily", **more: Any) -> Known:
    """Return a lead with a place in a sequence."""
    return known(places={name: evolve(Place(NOON - 40 * DAY), **more)})


MAIL, ALL = ("email", "newsletter"), ("*", "*")
PLANTED = (
    ("withdrawn", known(decisions={MAIL: (NOON, False)}), sent()),
    ("withdrawn", known(decisions={MAIL: (NOON, False), ALL: (NOON, True)}), sent()),
    ("withdrawn", known(decisions={ALL: (NOON - DAY, False)}, asked=NOON - DAY), sent(purpose="requested")),
    ("not_agreed", known(), sent(channel="sms")),
    ("not_agreed", known(decisions={("sms", "*"): (NOON + HOUR, True)}), sent(channel="sms")),
    ("spared", known(spared={"email"}), sent()),
    ("spared", known(spared={"*"}), sent(channel="phone", purpose="sales")),
    ("bounced", known(dead={"ana@b.example"}), sent()),
    ("no_address", known(email=None), sent()),
    ("closed", known(), sent(at=NOON + 6 * HOUR)),
    ("closed", known(), sent(at=NOON + 3 * DAY)),
    ("closed", known(), sent(at=NOON + HOUR, channel="phone", purpose="sales")),
    ("closed", known(zones=("Europe/Madrid", "America/New_York")), sent()),
    ("closed", known(decisions={ALL: (NOON - DAY, True)}), sent(channel="sms", at=NOON + 9 * HOUR)),
    ("closed", placed("strong"), sent(sequence="strong", step="next", at=NOON - HOUR - HOUR / 2)),
    ("holiday", known(places={"daily": Place(NOON - 90 * DAY)}), sent(at=NOON - 40 * DAY)),
    ("above_cap", had(DAY - timedelta.resolution), sent()),
    ("above_cap", had(2 * DAY, 4 * DAY, 7 * DAY - timedelta.resolution), sent()),
    ("above_cap", had(*(hours * HOUR for hours in (25, 26, 50, 51)), channel="x"), sent()),
    ("above_cap", known(), sent(channel="letter")),
    ("above_cap", had(HOUR, channel="visit", purpose="sales"), sent(channel="phone", purpose="sales")),
    ("above_cap", had(DAY, 2 * DAY, channel="phone", purpose="sales"), sent(channel="phone", purpose="sales")),
    ("above_cap", had(2 * HOUR, outcome="expired"), sent()),
    ("elsewhere", known(stage="won"), sent()),
    ("elsewhere", known(stage="sql"), sent()),
    ("resting", known(stage="recycle", wakes=NOON + DAY), sent(sequence="back", step="again")),
    ("resting", known(stage="recycle", acquisition="outbound"), sent(sequence="back", step="again")),
    ("shut", known(email="ana@rival.example"), sent()),
    ("shut", known(disqualified=True), sent()),
    ("not_in_it", placed(ended=NOON - DAY), sent()),
    ("not_in_it", known(places={}), sent()),
    ("paused", placed(paused=True), sent()),
    ("postponed", placed(postponed=NOON + timedelta.resolution), sent()),
    ("held_out", placed(held_out=True), sent()),
    ("other_arm", placed("education", arm="short"), sent(sequence="education", step="longer")),
    ("seen", had(9 * DAY, content="one"), sent(content="one")),
    ("early", placed(since=NOON - 30 * HOUR + timedelta.resolution), sent()),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "lead", "touch"), PLANTED, ids=[f"{i} {one[0]}" for i, one in enumerate(PLANTED)])
def test_guard_sees_a_touch_that_must_not_go(rule, lead, touch):
    """It names the rule that is broken, and only that one."""
    assert list(broken(lead, touch, set())) == [rule]


def test_guard_sees_a_touch_that_goes_twice():
    """By its key."""
    keys: set[str] = set()
    assert list(broken(known(), sent(), keys)) == []
    assert list(broken(known(), sent(), keys)) == ["doubled"]


def test_guard_is_tried_with_every_rule():
    """No rule of it is there for show."""
    assert {rule for rule, _, _ in PLANTED} == RULES.keys()


ALLOWED = (
    (known(decisions={MAIL: (NOON - DAY, False), ALL: (NOON, True)}), sent()),
    (known(decisions={ALL: (NOON - DAY, False)}, asked=NOON), sent(purpose="requested")),
    (had(DAY), sent()),
    (had(HOUR, outcome="skipped"), sent()),
    (had(HOUR, outcome="cancelled", content="one"), sent(content="one")),
    (had(HOUR, purpose="sales"), sent()),
    (had(2 * DAY, 4 * DAY, 7 * DAY), sent()),
    (had(HOUR, purpose="sales"), sent(purpose="requested")),
    (known(stage="recycle"), sent(sequence="back", step="again")),
    (placed(since=NOON - 30 * HOUR), sent()),
    (placed(postponed=NOON), sent()),
)  # fmt: skip


@pytest.mark.parametrize(("lead", "touch"), ALLOWED)
def test_guard_lets_pass_what_may_go(lead, touch):
    """A rule ends where it ends: a window with its first instant, a withdrawal with a later consent."""
    assert list(broken(lead, touch, set())) == []


def fact(kind: Any, at: datetime = NOON, **more: Any) -> Any:
    """Return a fact of the lead."""
    return kind(lead_id="L1", seq=9, at=at, known_at=at, cause=Cause("time"), **more)


ENTRIES = (
    ("once", known(been={"once"}, places={}), {"sequence": "once"}),
    ("active", placed("best"), {"sequence": "best"}),
    ("cooling", placed(ended=NOON - HOUR), {"sequence": "daily"}),
    ("exclusive", known(), {"sequence": "strong"}),
    ("arm drawn anew", known(places={}, arms={"strong": ("long", False)}), {"sequence": "strong", "arm": "short"}),
    ("shut", known(disqualified=True), {"sequence": "warm"}),
    ("elsewhere", known(stage="lost"), {"sequence": "warm"}),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "lead", "entry"), ENTRIES, ids=[one[0] for one in ENTRIES])
def test_guard_sees_a_lead_that_must_not_come_in(rule, lead, entry):
    """It names what keeps the lead out, and nothing else."""
    assert list(wrong_entry(lead, fact(made.Enrolled, step="x", **entry))) == [rule]


READ = (
    ("ends what never came due", fact(made.TouchEnded, key="unknown", outcome="sent")),
    ("ends twice", fact(made.TouchEnded, key="k1", outcome="sent")),
    ("expires at another time", fact(made.TouchEnded, key="k0", outcome="expired")),
    ("changes no place", fact(made.EnrolmentPaused, sequence="warm")),
    (None, fact(made.TouchEnded, NOON - HOUR + EXPIRES, key="k0", outcome="expired")),
    (None, fact(made.TouchEnded, key="k0", outcome="cancelled")),
    (None, fact(made.EnrolmentPaused, sequence="daily")),
)  # fmt: skip


@pytest.mark.parametrize(("wrong", "told"), READ)
def test_guard_sees_touches_that_do_not_end_once(wrong, told):
    """Each has to have come due, ends once, and expires when its time is over."""
    lead = copied(had(HOUR, HOUR))
    lead.sent["k1"].outcome = "sent"
    assert lead.read(told) == wrong


@pytest.mark.parametrize("lost", [{"facts": ()}, {"effects": ()}], ids=str)
def test_sender_sees_an_effect_without_its_fact(lost):
    """What is to be carried out and what is remembered are the same touches."""
    books, monday = Books(), datetime(2026, 6, 8, 10, tzinfo=UTC)
    sender = begin(Lead(id="L1", email="ana@b.example", zone="Europe/Madrid"), books, monday)
    sender.say(EnrolmentChange(change="enrol", sequence="daily"), monday)
    outcome = contact().handle(sender.record, Tick(), now=monday + 2 * DAY)
    assert [effect.name for effect in outcome.effects] == ["touch_due"]
    sender.keep(evolve(outcome, **lost))
    assert [rule for *_, rule in books.wrong] == ["do not agree"]
