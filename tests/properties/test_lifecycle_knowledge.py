"""What became known, in the order in which it became known, makes a life; nothing else does."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from leadqual import Tick
from leadqual.lifecycle.facts import StageChanged

from .lives import (
    ACQUISITIONS,
    DAY,
    SIZES,
    Host,
    act_of,
    all_deeds,
    deeds,
    lead_of,
    lived,
    qualifier_of,
    untimed,
)

leads = st.builds(lead_of, st.sampled_from(ACQUISITIONS), st.sampled_from(SIZES))
qualifiers = st.builds(
    qualifier_of, stay=st.booleans(), slas=st.booleans(), interest=st.sampled_from(["keep", "restart"])
)
instants = st.lists(st.floats(0, 1, exclude_max=True), max_size=4).map(sorted)


@given(qualifiers, leads, all_deeds)
def test_order_of_knowledge_decides_a_life(qualifier, lead, story):
    """What becomes known in one order gives one history, whatever other leads live beside it."""
    alone = lived(qualifier, lead, story)
    beside = Host(qualifier, lead_of("outbound", "mid", name="L2"))
    again = Host(qualifier, lead)
    for deed in story:
        beside.do(deed)
        again.do(deed)
    assert (again.facts, again.effects) == (alone.facts, alone.effects)


@given(qualifiers, leads, all_deeds)
def test_replay_gives_the_state_of_any_life_at_every_step(qualifier, lead, story):
    """Facts alone make the state: each beginning of a history is the state of that moment, and nothing else comes."""
    host = Host(qualifier, lead)
    for deed in story:
        host.do(deed)
        known = deepcopy(host.facts)
        assert qualifier.replay(known) == host.record.state
        assert qualifier.replay(iter(known)) == host.record.state
        assert known == host.facts
    assert [fact.seq for fact in host.facts] == list(range(1, len(host.facts) + 1))
    assert all(one.known_at <= other.known_at for one, other in pairwise(host.facts))


@given(qualifiers, leads, all_deeds, instants)
def test_ticks_more_often_than_needed_change_nothing(qualifier, lead, story, shares):
    """A host that ticks all the time has the facts and effects of one that ticks when something is due."""

    def punctual(host, end):
        host.tick_until(end)

    def restless(host, end):
        for share in shares:
            due, now = qualifier.next_due(host.record), host.record.as_of
            until = end if due is None else min(due, end)
            host.handle(Tick(), max(now, now + share * (until - now)))
            host.tick_until(end)
        host.tick_until(end)

    calm, busy = (lived(qualifier, lead, story, before=before) for before in (punctual, restless))
    assert (busy.facts, busy.effects) == (calm.facts, calm.effects)


@given(st.sampled_from(["keep", "restart"]), leads, all_deeds)
def test_a_host_that_never_ticks_learns_the_same_later(interest, lead, story):
    """Without a lower bar, what falls due has its own instant and the scores of then, however late it is found."""
    qualifier = qualifier_of(stay=False, interest=interest)
    calm = lived(qualifier, lead, story, before=lambda host, end: host.tick_until(end))
    lazy = lived(qualifier, lead, story)
    for host in (calm, lazy):  # an input that was refused has decided nothing that fell due before it
        host.handle(Tick(), host.clock)
    assert list(untimed(lazy.facts)) == list(untimed(calm.facts))
    assert lazy.effects == calm.effects


@given(qualifiers, leads, all_deeds)
def test_a_late_tick_finds_what_punctual_ones_would_have_found(qualifier, lead, story):
    """A host that ticks only before an input learns later what has cooled or woken meanwhile, and all of it."""
    calm = lived(qualifier, lead, story, before=lambda host, end: host.tick_until(end))
    lazy = lived(qualifier, lead, story, before=lambda host, end: host.handle(Tick(), end))
    assert list(untimed(lazy.facts)) == list(untimed(calm.facts))
    assert lazy.effects == calm.effects


@given(qualifiers, leads, deeds)
def test_time_alone_never_promotes_and_comes_to_rest(qualifier, lead, story):
    """Whoever does nothing more goes down, rests and wakes at most, and after that nothing is due any more."""
    host = lived(qualifier, lead, story)
    known = len(host.facts)
    host.tick_until(host.now + 3_000 * DAY)
    assert qualifier.next_due(host.record) is None
    ranks = qualifier.lifecycle.ranks
    moved = [fact for fact in host.facts[known:] if isinstance(fact, StageChanged)]
    assert len(moved) <= 2
    for fact in moved:
        assert fact.cause.kind == "time"
        assert (fact.from_, fact.to) == ("recycle", "lead") or (ranks[fact.from_] > 0 and fact.to == "recycle")


@given(qualifiers, leads, deeds, st.integers(1, 24 * 60))
def test_an_event_dated_ahead_counts_when_it_is_due(qualifier, lead, story, minutes):
    """An act of tomorrow is as good as one that comes tomorrow, if the host ticks when it is told to."""
    early, punctual = (lived(qualifier, lead, story) for _ in range(2))
    now = early.now
    at = now + timedelta(minutes=minutes)
    event = act_of(999, "visit", at)
    early.tick_until(now)
    punctual.tick_until(now)
    early.handle(event, now)
    assert early.record.pending == (event,)
    early.tick_until(at)
    punctual.tick_until(at - timedelta(microseconds=1))
    punctual.handle(event, at)
    punctual.tick_until(at)
    assert early.record.pending == ()
    assert [fact.name for fact in early.facts] == [fact.name for fact in punctual.facts]
    assert early.facts == punctual.facts
    assert early.record.score(at) == punctual.record.score(at)


@given(qualifiers, leads, all_deeds)
def test_a_life_can_be_branched_anywhere(qualifier, lead, story):
    """A record is a value: what is done to it leaves it as it was, for another try."""
    host = Host(qualifier, lead)
    for deed in story:
        record, now = host.record, host.clock + deed.wait + timedelta(hours=1)
        before = record.state, record.score(now)
        other = qualifier.handle(record, act_of(998, "reply", now), now=now)
        assert other.record.tally is not record.tally
        assert (record.state, record.score(now)) == before
        host.do(deed)
