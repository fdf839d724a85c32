"""What has to hold of every record, whatever was done to it; each is a function that looks at one step."""

from __future__ import annotations

from datetime import timedelta

from leadqual import HistoryError, Score, Tick

from .world import Step, from_scratch, picture

EXACT = timedelta(days=400)
"""For how long after a record's ``as_of`` what is due is known exactly."""
_QUIET = (timedelta(minutes=1), timedelta(days=40), timedelta(days=500))
"""When to look again at a lead with which nothing ever happens by itself."""
_LATER = (timedelta(0), timedelta(days=1), timedelta(days=7), timedelta(days=40))


def numbers(score: Score) -> tuple[object, ...]:
    """Return all that a score says besides gates and bars."""
    acts = (score.interactions, score.active_days, score.kinds, score.days_since_activity, score.days_since_contact)
    return (score.fit, score.interest, score.total, score.label, acts)


def points_are_those_of_the_events(step: Step) -> None:
    """What was kept of the events scores like the events themselves, now and later."""
    record = step.after
    assert record.as_of == step.now
    waiting = [event for event in step.events if event.at > record.as_of and event.key not in record.state.flagged]
    kept = sorted(event.key for event in record.pending)
    assert [event.at for event in record.pending] == sorted(event.at for event in record.pending)
    if record.stale:  # an event whose flag was lifted comes back when the events are folded anew
        assert set(kept) <= {event.key for event in waiting}
        return
    assert kept == sorted(event.key for event in waiting)
    known = [event for event in step.events if event.at <= record.as_of]
    for ahead in _LATER:
        at = record.as_of + ahead
        score, scratch, out = (
            record.score(at),
            from_scratch(step.qualifier, record, known, at),
            record.state.disqualified,
        )
        if out is None:
            assert score == scratch
        else:
            assert numbers(score) == numbers(scratch)
            assert (score.gates, score.qualifies, score.stays) == ((out, *scratch.gates), frozenset(), frozenset())


def nothing_happens_before_it_is_due(step: Step) -> None:
    """A tick before `next_due` changes nothing but up to when all is decided."""
    record, qualifier = step.after, step.qualifier
    due = qualifier.next_due(record)
    assert due is None or due >= record.as_of
    wait = None if due is None else due - record.as_of
    early = _QUIET if wait is None else (wait / 3, wait - timedelta(microseconds=1)) if wait else ()
    for ahead in early:
        at = record.as_of + ahead
        outcome = qualifier.handle(record, Tick(), now=at)
        after = outcome.record
        assert (outcome.facts, outcome.effects) == ((), ())
        assert (after.state, after.pending, after.stale) == (record.state, record.pending, record.stale)
        assert after.as_of == at
        assert after.score(at) == record.score(at)
        assert qualifier.next_due(after) == due or (wait is not None and wait > EXACT)


def something_happens_when_it_is_due(step: Step) -> None:
    """A tick at `next_due` gives a fact, or folds an event that was dated ahead."""
    record, qualifier = step.after, step.qualifier
    due = qualifier.next_due(record)
    if due is not None and due - record.as_of <= EXACT:
        outcome = qualifier.handle(record, Tick(), now=due)
        assert outcome.facts or len(outcome.record.pending) < len(record.pending)
        after = qualifier.next_due(outcome.record)
        assert after is None or after >= due


def what_is_stored_restores_it(step: Step) -> None:
    """Profile, facts and events are all that a host needs to have a record again."""
    record, qualifier = step.after, step.qualifier
    restored = qualifier.restore(record.lead, step.facts, step.events, now=step.now)
    assert restored.state == record.state
    if not record.stale:
        assert picture(restored) == picture(record)
        assert qualifier.next_due(restored) == qualifier.next_due(record)


def sleep_and_end_are_consistent(step: Step) -> None:
    """Only who rests has a date to wake, and who is disqualified may be reinstated or disqualified again only."""
    state, plan = step.after.state, step.qualifier.lifecycle
    kind = plan.stages[state.stage].kind
    assert kind == "rest" or state.wake_at is None
    assert kind == "rest" or not state.dormant
    assert not (state.dormant and state.wake_at is not None)
    allowed = step.qualifier.allowed(step.after)
    if state.disqualified is not None:
        assert set(allowed) <= {"reinstate", "disqualify"}
    elif kind == "open":
        assert {"disqualify"} <= set(allowed)
    elif kind == "ended":
        assert set(allowed) <= {"reopen"}


def another_lead_is_no_history_of_it(step: Step) -> None:
    """Facts with one missing are refused."""
    if len(step.facts) > 1:
        try:
            step.qualifier.replay(step.facts[1:])
        except HistoryError:
            return
        raise AssertionError("a history without its beginning was replayed")


STANDING = (
    points_are_those_of_the_events,
    nothing_happens_before_it_is_due,
    something_happens_when_it_is_due,
    what_is_stored_restores_it,
    sleep_and_end_are_consistent,
    another_lead_is_no_history_of_it,
)
"""All of them."""
