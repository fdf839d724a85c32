"""A lead's events folded from scratch."""

from datetime import timedelta
from typing import Any

import pytest

from leadqual import Event, EventConflict, EventError, HistoryError
from leadqual.qualifier.folding import fold_events
from leadqual.qualifier.record import Traces
from tests.core.lifecycle.small import BIG, INTEREST, MID, QUALIFY, lead, live, small
from tests.practice.life import details, effects_of, on

BY = small()
PAGES = INTEREST.replace(
    'event = "newsletter"', 'event = "newsletter"\nwhen = { field = "people", op = "ge", value = 3 }'
)


def _event(name: str, day: float, kind: str = "visit", **more) -> Event:
    return Event(id=name, lead_id="L1", kind=kind, at=on(day), **more)


def _folded(events, day: float, *, of: Any = None, by: Any = BY, flagged: Any = frozenset()):
    """Return what follows from events as of a day."""
    return fold_events(by.model, of or lead(), events, on(day), now=on(day), flagged=flagged)


def test_events_are_folded_in_their_order_whatever_order_they_come_in():
    """By instant, then source, then id; what is not due yet waits in that order too."""
    events = [_event("b", 2), _event("a", 2), _event("z", 1), _event("y", 0), _event("a", 2, source="web")]
    folded = _folded(events, 1)
    assert [event.id for event in folded.due] == ["y", "z"]
    assert [(event.source, event.id) for event in folded.pending] == [("", "a"), ("", "b"), ("web", "a")]
    assert folded.traces == Traces(on(1), on(0), on(1))


def test_events_of_now_are_due():
    """And those a moment later are not."""
    events = [_event("now", 1), Event(id="then", lead_id="L1", kind="visit", at=on(1) + timedelta(microseconds=1))]
    folded = _folded(events, 1)
    assert ([event.id for event in folded.due], [event.id for event in folded.pending]) == (["now"], ["then"])


def test_events_before_since_leave_a_trace_and_no_points():
    """What was done before is known, but counts for nothing; one of the instant itself counts."""
    events = [_event("old", 0), _event("new", 1)]
    folded = _folded(events, 2, of=lead(since=on(1)))
    assert (folded.traces.first_act, folded.traces.interaction) == (on(0), on(1))
    alone = _folded(events[:1], 2, of=lead(since=on(1)))
    assert (alone.traces.last_act, alone.traces.interaction) == (on(0), None)
    assert BY.model.score(lead(since=on(1)), folded.tally, now=on(2)).interactions == 1


def test_events_that_are_flagged_do_not_exist():
    """They leave no trace either."""
    events = [_event("bot", 0), _event("own", 1, source="web")]
    folded = _folded(events, 2, flagged={("", "bot")})
    assert (folded.due, folded.traces) == ((events[1],), Traces(on(1), on(1), on(1)))


def test_events_of_one_id_with_two_contents_are_refused():
    """The same twice is one event."""
    twice = [_event("a", 1), _event("a", 1)]
    assert len(_folded(twice, 2).due) == 1
    with pytest.raises(EventConflict):
        _folded([_event("a", 1), _event("a", 1, kind="form")], 2)


def test_events_with_a_property_of_another_type_are_refused_by_id():
    """Its value is not shown."""
    wrong = Event(id="e1", lead_id="L1", kind="newsletter", at=on(0), properties={"people": "Ana"})
    with pytest.raises(EventError) as caught:
        _folded([wrong], 1, by=small(interest=PAGES))
    [problem] = caught.value.problems
    assert (problem.where, "Ana" in str(caught.value)) == ("event 'e1'.properties.people", False)


def test_events_dated_long_ahead_are_refused_together():
    """By whatever way they come; a day ahead is still fine."""
    far = [_event("a", 2.1), _event("b", 2), _event("c", 9)]
    with pytest.raises(EventError) as caught:
        _folded(far, 1)
    assert [problem.where for problem in caught.value.problems] == ["event 'a'.at", "event 'c'.at"]
    assert [event.id for event in _folded(far[1:2], 1).pending] == ["b"]


def test_events_of_another_lead_are_refused():
    """They belong to its record."""
    with pytest.raises(EventError):
        _folded([Event(id="e1", lead_id="L2", kind="visit", at=on(0))], 1)


# Restoring


def test_record_is_restored_from_profile_facts_and_events():
    """It is the very record that was left, and goes on as that one would."""
    life = live(BY)
    life.does("visit", 0)
    life.does("visit", 2, known=1.5)
    life.is_said("accept", 1.6)
    again = life.by.restore(life.lead, life.facts, life.events, now=on(1.6))
    assert again == life.record
    assert life.by.next_due(again) == on(2)


def test_record_is_restored_without_any_effect_or_fact():
    """Facts make the state, and nothing is done again: the next input gives what it gives otherwise."""
    life = live(small('[sla]\nmql = "1d"\n'))
    life.does("visit", 0)
    again = life.by.restore(life.lead, life.facts, life.events, now=on(0.1))
    assert (again.state, again.state.seq) == (life.record.state, len(life.facts))
    out = life.by.handle(again, _event("e9", 0.2), now=on(0.2))
    assert (out.facts, out.effects) == ((), ())


def test_record_is_restored_with_what_counts_since_then():
    """Of the events before a restart nothing comes back, though all are passed."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("maybe", 1)
    life.does("newsletter", 2)
    again = life.by.restore(life.lead, life.facts, life.events, now=on(2))
    assert (again.score().interest, again.lead.since) == (1, on(1))


def test_record_of_another_lead_is_not_restored():
    """Facts and profile have to be of one lead."""
    life = live(BY)
    with pytest.raises(HistoryError) as caught:
        life.by.restore(lead(id="L2"), life.facts, [], now=on(1))
    [problem] = caught.value.problems
    assert (problem.where, problem.what, str(problem.got)) == (
        "lead",
        "the profile of lead 'L1' was expected",
        "lead 'L2'",
    )


def test_record_is_not_restored_as_of_before_its_newest_fact():
    """At that instant it is."""
    life = live(BY)
    life.does("visit", 1)
    assert life.by.restore(life.lead, life.facts, life.events, now=on(1)).as_of == on(1)
    with pytest.raises(HistoryError, match="newest fact is later"):
        life.by.restore(life.lead, life.facts, life.events, now=on(1) - timedelta(microseconds=1))


def test_record_of_another_model_is_restored_as_stale():
    """Its scores are not those by which it was decided; a refold has to follow."""
    life = live(BY)
    life.does("visit", 0)
    other = small(qualify=QUALIFY.replace("value = 5", "value = 6"))
    assert other.restore(life.lead, life.facts, life.events, now=on(1)).stale
    assert not BY.restore(life.lead, life.facts, life.events, now=on(1)).stale


# Folding anew


def test_refold_uses_the_new_model_and_says_so():
    """Nobody is moved by it, whatever the new bars are, and no effect comes of it."""
    life = live(small(qualify=QUALIFY.replace("value = 5", "value = 9")))
    life.does("visit", 0)
    out = life.is_folded_anew(1, by=BY)
    assert (life.names(out), life.stage, out.effects) == (["refolded"], "lead", ())
    told = details(out, "refolded")
    assert (told["model"], told["at"], told["cause"].kind) == (BY.model.fingerprint, on(1), "refold")
    assert (out.record.model, out.record.state.model, out.record.as_of) == (BY.model, BY.model.fingerprint, on(1))


def test_refold_takes_what_has_fallen_due_before_it():
    """An event that waited is folded, and a service level that is over is breached."""
    life = live(small('[sla]\nmql = "1d"\n'))
    life.does("visit", 0)
    life.does("newsletter", 1, known=0.01)
    life.does("visit", 1.5, known=0.6)
    out = life.is_folded_anew(2)
    assert (life.names(out), effects_of(out)) == (["refolded", "sla_breached"], ["escalate"])
    assert out.record.pending == ()


def test_refold_after_a_while_asks_for_no_review():
    """Points that have faded since are neither a flag's doing nor a model's."""
    life = live(BY)
    life.does("visit", 0)
    out = life.is_folded_anew(5)
    assert (life.stage, life.names(out), out.record.score().qualifies) == ("mql", ["refolded"], frozenset())


def test_refold_counts_no_event_of_before_since():
    """The restart of its interest stays."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("maybe", 1)
    life.is_folded_anew(2)
    assert (life.record.score().interest, life.record.stale, life.record.state.since) == (0, False, on(1))


def test_refold_after_a_flag_asks_for_a_review_when_the_stage_no_longer_stands():
    """Because of the flag, not of the model."""
    stay = QUALIFY.replace("[qualify.sql]", 'stay = { field = "interest", op = "ge", value = 2 }\n[qualify.sql]')
    life = live(small(qualify=stay), MID)
    for day in (0, 0.1):
        life.does("newsletter", day)
    for day in (0.2, 0.3, 0.4, 0.5):
        life.does("newsletter", day)
    assert life.stage == "mql"
    first, *_ = life.events
    out = life.is_flagged(first, 1)
    assert life.names(out) == ["refolded"]
    for event in life.events[1:4]:
        out = life.is_flagged(event, 1)
    assert (life.names(out), details(out, "review_opened")["because"]) == (["refolded", "review_opened"], "flag")
    assert life.record.lead.attributes == MID


def test_refold_of_the_best_lead_changes_nothing_that_counts():
    """The same events make the same points."""
    life = live(BY, BIG)
    life.does("visit", 0)
    before = life.record.score(on(1))
    life.is_folded_anew(1)
    assert life.record.score() == before


def test_refold_signs_what_falls_due_with_the_model_that_decides_it():
    """An event that waited is decided after the fold, by the new bars and under their fingerprint."""
    life = live(BY)
    life.does("visit", 0.1, known=0)
    other = small('[sla]\nmql = "1d"\n', interest=INTEREST.replace("points = 5", "points = 6"))
    out = other.refold(life.record, life.events, now=on(0.2))
    assert [fact.name for fact in out.facts][:2] == ["refolded", "stage_changed"]
    assert details(out, "stage_changed")["model"] == other.model.fingerprint
