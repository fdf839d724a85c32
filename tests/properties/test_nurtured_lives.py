"""Random lives under a playbook with sequences keep what is promised of them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from leadqual import Tick
from leadqual.lifecycle.consents import last_decision
from leadqual.lifecycle.effects import TouchDue
from leadqual.lifecycle.facts import Enrolled, StageChanged, TouchCameDue, TouchEnded

from .nurtured import Host, leads, lives

_FAR = timedelta(days=380)


@given(leads, lives, st.floats(0, 1, exclude_max=True))
def test_early_tick_changes_nothing(lead, life, share):
    """Nor what comes next, nor what is planned; and what is due is after all that is decided."""
    host = Host(lead)
    for deed in life:
        host.live(deed)
        due = host.by.next_due(host.record)
        if due is None:
            continue
        assert due >= host.record.as_of
        early = host.record.as_of + (due - host.record.as_of) * share
        outcome = host.by.handle(host.record, Tick(), now=early)
        if early < due:
            assert (outcome.facts, outcome.effects) == ((), ())
            assert host.by.next_due(outcome.record) == due
            near = [
                [(one.key, one.at, one.content) for one in plan.touches if one.at < early + _FAR][:50]
                for plan in (host.by.plan(host.record), host.by.plan(outcome.record))
            ]
            assert near[0] == near[1]


@given(leads, lives)
def test_touch_that_comes_due_was_planned(lead, life):
    """At that instant, with that key and content, if nothing but time has passed."""
    host = Host(lead)
    for deed in life:
        host.live(deed)
        due, plan = host.by.next_due(host.record), host.by.plan(host.record)
        if due is None or due > host.now + _FAR:
            continue
        outcome = host.by.handle(host.record, Tick(), now=due)
        if not any(isinstance(fact, StageChanged | Enrolled) for fact in outcome.facts):
            came = [(fact.key, fact.content) for fact in outcome.facts if isinstance(fact, TouchCameDue)]
            assert came == [(touch.key, touch.content) for touch in plan.touches if touch.at <= due]


@given(leads, lives)
def test_record_is_what_facts_and_events_make(lead, life):
    """State, text and a record made anew are the same at any time."""
    host = Host(lead)
    for deed in life:
        host.live(deed)
        assert host.by.replay(host.facts) == host.record.state
        assert host.by.load(host.record.to_json()) == host.record
        assert host.by.restore(host.lead, host.facts, host.events, now=host.record.as_of) == host.record
    assert max(Counter(effect.key for effect in host.effects).values(), default=1) == 1


@given(leads, lives)
def test_touches_keep_the_rules(lead, life):
    """Nothing after a withdrawal or a suppression, nothing in quiet hours, never above a cap, each with its own key."""
    host = Host(lead)
    for deed in life:
        before = host.record.state
        outcome = host.live(deed)
        for effect in [] if outcome is None else outcome.effects:
            if isinstance(effect, TouchDue):
                _is_right(host, effect)
        assert set(before.suppressed) <= set(host.record.state.suppressed)
    sent = [fact for fact in host.facts if isinstance(fact, TouchCameDue)]
    assert len({fact.key for fact in sent}) == len(sent) == len(host.sent())
    mails = [fact.at for fact in sent if fact.channel == "email"]
    assert all(later - one >= timedelta(days=2) for one, later in pairwise(mails))
    assert all(later - one >= timedelta(days=7) for one, later in zip(mails, mails[2:], strict=False))


def _is_right(host, effect):
    state = host.record.state
    decision = last_decision(state.consents, effect.channel, effect.purpose)
    assert decision is None or decision.given
    assert not {effect.channel, "*"} & state.suppressed
    wall = host.now.astimezone(ZoneInfo(host.lead.zone or "Europe/Madrid"))
    assert effect.channel != "email" or (9 <= wall.hour < 18 and wall.weekday() < 5)


@given(leads, lives)
def test_touches_end_once(lead, life):
    """As sent, skipped, cancelled or expired, as soon as all their time is over."""
    host = Host(lead)
    for deed in life:
        host.live(deed)
    host.tick(host.now + timedelta(days=1))
    due = [fact for fact in host.facts if isinstance(fact, TouchCameDue)]
    ended = Counter(fact.key for fact in host.facts if isinstance(fact, TouchEnded))
    assert max(ended.values(), default=1) == 1
    old = {fact.key for fact in due if fact.at <= host.now - timedelta(days=3)}
    assert old <= ended.keys() <= {fact.key for fact in due}
