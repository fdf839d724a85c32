"""A tally, however it was folded, scores like its events at every later instant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leadqual.errors import TallyMismatch, TooEarly

from .bases import cases, instants
from .later import later_than, newest
from .running import earned, events_of, lead_of, model_of


def at_all(model, lead, events_or_tally, times):
    """Score at each instant."""
    return [earned(model, lead, events_or_tally, at) for at in times]


def folded(model, lead, events):
    """Fold events one by one, in the order given."""
    tally = model.tally(lead=lead)
    for event in events:
        tally.add(event)
    return tally


@given(cases())
def test_tally_scores_like_its_events_at_every_later_instant(case):
    """What is folded forgets nothing that a later instant can see."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    times = later_than(newest(case))
    assert at_all(model, lead, model.tally(events, lead=lead), times) == at_all(model, lead, events, times)


@given(cases(), st.data())
def test_tally_ignores_the_order_in_which_events_are_added(case, data):
    """One by one in any order is as good as all at once."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    times = later_than(newest(case))
    assert at_all(model, lead, folded(model, lead, data.draw(st.permutations(events))), times) == at_all(
        model, lead, events, times
    )


@given(cases(), st.data())
def test_tally_can_be_scored_between_two_events(case, data):
    """Scoring leaves a tally as it was: at each step it gives the score from scratch."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    tally = model.tally(lead=lead)
    seen = []
    for event in sorted(events, key=lambda event: event.at):
        tally.add(event)
        seen.append(event)
        assert earned(model, lead, tally, event.at) == earned(model, lead, seen, event.at)


@given(cases(), st.data())
def test_tally_merge_is_commutative_and_associative_and_a_union(case, data):
    """Three parts of a lead's events, folded apart and merged in any way, score like all of them."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    part = [data.draw(st.integers(0, 2)) for _ in events]
    a, b, c = (model.tally([e for e, p in zip(events, part, strict=True) if p == n], lead=lead) for n in range(3))
    times = later_than(newest(case))
    union = at_all(model, lead, events, times)
    for merged in (a.merge(b).merge(c), a.merge(b.merge(c)), c.merge(b).merge(a), b.merge(a.merge(c))):
        assert at_all(model, lead, merged, times) == union


@given(cases(), st.data())
def test_tally_merge_and_copy_leave_their_sources_alone(case, data):
    """Merging, copying and pruning give new tallies."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    times = later_than(newest(case))
    half = len(events) // 2
    a, b = model.tally(events[:half], lead=lead), model.tally(events[half:], lead=lead)
    before = at_all(model, lead, a, times), at_all(model, lead, b, times)
    copy = a.copy()
    for event in events[half:]:
        copy.add(event)
    merged = a.merge(b)
    for event in events[:1]:
        merged.prune(times[-1]).add(event)
    assert (at_all(model, lead, a, times), at_all(model, lead, b, times)) == before
    assert at_all(model, lead, copy, times) == at_all(model, lead, merged, times)


@given(cases(), st.data())
def test_tally_prune_changes_no_later_score(case, data):
    """What is dropped at some instant no score at or after it can see, whatever is added later, even out of order."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    cut = data.draw(st.integers(0, len(events)))
    known, late = events[:cut], events[cut:]
    at = max([case.now, *(event.at for event in known)])
    at = data.draw(st.sampled_from(later_than(at)))
    pruned = model.tally(known, lead=lead).prune(at)
    assert at_all(model, lead, pruned, later_than(at)) == at_all(model, lead, known, later_than(at))
    for event in late:
        pruned.add(event)
    times = later_than(max(at, newest(case)))
    assert at_all(model, lead, pruned, times) == at_all(model, lead, events, times)


@given(cases(), st.data())
def test_tally_refuses_an_instant_before_its_newest_event(case, data):
    """It no longer knows what was there before; `TooEarly` says so."""
    assume(case.events)
    lead = lead_of(case.lead | {"since": None})
    model, events = model_of(case.document), events_of(case.events)
    last = max(event.at for event in events)
    tally = folded(model, lead, events)
    earned(model, lead, tally, last)
    with pytest.raises(TooEarly):
        model.score(lead, tally, now=last - timedelta(microseconds=data.draw(st.sampled_from((1, 10**6, 10**12)))))


@given(cases(), st.data())
def test_tally_of_another_since_or_model_is_refused(case, data):
    """A tally belongs to the model and the `since` with which it was folded."""
    model, lead = model_of(case.document), lead_of(case.lead)
    tally = model.tally(events_of(case.events), lead=lead)
    times = newest(case)
    since = data.draw(instants(case.now))
    assume(since != lead.since)
    with pytest.raises(TallyMismatch):
        model.score(lead_of(case.lead | {"since": since}), tally, now=times)
    rules = [*case.document["interest"]["rules"], {"event": "unheard_of", "points": 1}]
    other = model_of(case.document | {"interest": case.document["interest"] | {"rules": rules}})
    with pytest.raises(TallyMismatch):
        other.score(lead, tally, now=times)
    with pytest.raises(TallyMismatch):
        tally.merge(other.tally(lead=lead))
    with pytest.raises(TallyMismatch):
        tally.merge(model.tally(lead=lead_of(case.lead | {"since": since})))
