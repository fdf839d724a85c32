"""What has to hold of every history of a lead, whatever is done to it; each is a function that looks at one step."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from leadqual import Verdict
from leadqual.event import Event
from leadqual.lifecycle.effects import AddEvent
from leadqual.lifecycle.facts import (
    CycleStarted,
    Fact,
    HandRaised,
    Merged,
    Opened,
    Recycled,
    Refolded,
    SlaBreached,
    SlaMet,
    SlaStarted,
    SlaWithdrawn,
    StageChanged,
    Unmerged,
    VerdictGiven,
)
from leadqual.lifecycle.state import LeadState

from .world import Step

TRIGGERS = {
    "event": {"event"},
    "profile": {"profile"},
    "time": {"tick", "wake"},
    "open": {"event", "profile", "release"},
    "import": {"release"},
    "rescore": {"release"},
}
"""What a transition may have waited for, by the kind of its cause; for a verdict, it is the verdict."""


def _state(step: Step, facts: tuple[Fact, ...]) -> LeadState:
    return step.qualifier.replay(facts)


def _refolded(step: Step) -> bool:
    return any(isinstance(fact, Refolded) for fact in step.new)


def _last_change(facts: tuple[Fact, ...]) -> StageChanged | None:
    """Return the newest change of stage since the last merge."""
    for fact in reversed(facts):
        if isinstance(fact, StageChanged):
            return fact
        if isinstance(fact, Merged | Unmerged):
            return None
    return None


def facts_are_numbered_in_the_order_of_knowledge(step: Step) -> None:
    """Numbers have no gaps, what is known never becomes unknown, and nothing holds before its cause."""
    facts = step.facts
    assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
    assert all(one.known_at <= other.known_at for one, other in zip(facts, facts[1:], strict=False))
    assert all(fact.known_at == step.now and fact.at <= step.now for fact in step.new)
    assert (step.after.state.seq, step.after.state.lead_id) == (len(facts), step.after.lead.id)
    changes = [fact.at for fact in facts if isinstance(fact, StageChanged)]
    assert changes == sorted(changes), "no stage is entered before the one before it"


def state_is_what_facts_make(step: Step) -> None:
    """The state is the fold of the history, any number of times."""
    assert _state(step, step.facts) == step.after.state == _state(step, step.facts)


def history_is_a_path_in_the_table(step: Step) -> None:
    """Every change of stage is a transition of the table, taken from where the lead stood, on what it waits for."""
    plan = step.qualifier.plan
    table = {transition.name: transition for transition in plan.transitions}
    for fact, before in step.changes():
        state, way = _state(step, before), table[fact.transition]
        assert fact.from_ == state.stage
        assert fact.from_ in way.from_
        named = isinstance(step.input, Verdict) and step.input.wake_on is not None and fact.cause.kind == "verdict"
        redirected = plan.policy(state.acquisition).to if plan.stages[way.to].kind == "rest" and not named else None
        assert fact.to == (redirected or way.to)
        if fact.cause.kind == "verdict":
            said = [given.verdict for given in before if isinstance(given, VerdictGiven)][-1]
            assert said in way.on
        else:
            assert TRIGGERS[fact.cause.kind] & set(way.on)


def one_cause_changes_the_stage_once(step: Step) -> None:
    """No event changes the stage twice in a lead's life, nor does an input in its step."""
    changes = [fact for fact in step.facts if isinstance(fact, StageChanged)]
    events = Counter((fact.cause.source, fact.cause.id) for fact in changes if fact.cause.kind == "event")
    assert all(times == 1 for times in events.values())
    others = Counter(fact.cause.kind for fact in step.new if isinstance(fact, StageChanged))
    assert all(times == 1 for kind, times in others.items() if kind not in ("event", "time"))


def time_promotes_nobody(step: Step) -> None:
    """What happens by itself leads down, to rest, or from rest back into the funnel: never to where nobody stood."""
    plan = step.qualifier.plan
    for fact, before in step.changes():
        if fact.cause.kind == "time":
            kinds = plan.stages[fact.from_].kind, plan.stages[fact.to].kind
            if kinds == ("open", "open"):
                assert plan.ranks[fact.to] < plan.ranks[fact.from_]
            elif kinds[0] == "rest":
                assert plan.ranks[fact.to] <= max(plan.ranks[_state(step, before).furthest], plan.ranks[plan.initial])
                assert plan.ranks[fact.to] <= 1
            else:
                assert kinds == ("open", "rest")


def _automatic(fact: StageChanged, step: Step) -> bool:
    given = step.input
    return fact.cause.kind != "verdict" or (isinstance(given, Verdict) and given.verdict == "reinstate")


def nobody_moves_by_itself_who_must_not(step: Step) -> None:
    """Leads that are gated, disqualified, or wait for a fold, move by a verdict only; a fold settles what waited."""
    for fact, before in step.changes():
        if not _automatic(fact, step):
            continue
        state = _state(step, before)
        old = step.before
        lead = step.after.lead if old is None or fact.cause.kind == "profile" else old.lead
        assert state.disqualified is None
        assert not step.qualifier.model.score(lead, now=step.now).gates
        assert old is None or not old.stale or _refolded(step)
    state = step.after.state
    if state.disqualified is not None and (step.before is None or step.before.state.disqualified is not None):
        assert not [effect for effect in step.outcome.effects if effect.name in ("enrol", "hand_off")]


def _is_own(fact: StageChanged, step: Step) -> bool:
    """Tell whether a change was caused by the event that was the input itself."""
    return isinstance(step.input, Event) and step.input.key == (fact.cause.source, fact.cause.id)


def moment_of(fact: StageChanged, step: Step) -> datetime:
    """Return as of when a change of stage was decided: what time brought about, as of then; all else when it was known."""
    return fact.at if fact.cause.kind == "time" else step.now


def _known(fact: StageChanged, step: Step) -> list[Event]:
    """Return the events that were known when a stage changed: of a lead that comes with a past, one after another."""
    if step.before is not None:
        added = [effect.event for effect in step.outcome.effects if isinstance(effect, AddEvent)]
        waiting = [event.key for event in step.before.pending]
        key = fact.cause.source, fact.cause.id
        later = waiting[waiting.index(key) + 1 :] if key in waiting else []
        unseen = [*added, *(() if _is_own(fact, step) else (step.input,))]
        return [event for event in step.events if event not in unseen and event.key not in later]
    past = sorted(step.events, key=lambda event: (event.at, event.key))
    keys = [event.key for event in past]
    key = fact.cause.source, fact.cause.id
    return past[: keys.index(key) + 1] if key in keys else []


def changes_tell_the_scores_of_then(step: Step) -> None:
    """A change of stage carries the scores of its moment, and bars are reached, or no longer kept, by them."""
    if step.before is not None and step.before.stale and not _refolded(step):
        return
    for fact, before in step.changes():
        state, moment = _state(step, before), moment_of(fact, step)
        old = step.before
        profile = step.after.lead if old is None or fact.cause.kind == "profile" else old.lead
        folded = step.before is None or any(isinstance(one, Refolded) for one in before[len(step.old) :])
        model = step.before.model if step.before is not None and not folded else step.qualifier.model
        own = (profile.id, *profile.merged_ids)
        events = [event for event in _known(fact, step) if event.lead_id in own]
        score = model.score(
            profile.counting_from(state.since), events, now=moment, flagged=state.flagged
        )
        reading = score.reading
        told = (fact.fit, fact.interest, fact.total, fact.label, fact.model)
        expected = (reading.profile.fit, reading.subtotals.interest, reading.total, score.label, model.fingerprint)
        assert told == expected
        if fact.transition.startswith("score for "):
            assert fact.to in score.qualifies
        if fact.transition.startswith("cooled as "):
            assert fact.from_ not in score.stays


def who_cooled_had_cooled(step: Step) -> None:
    """A lead that cooled did not keep its stage any more at the instant from which that holds."""
    for fact, before in step.changes():
        if fact.transition.startswith("cooled as ") and step.before is not None:
            lead = (step.after if fact.cause.kind == "profile" else step.before).lead
            state = _state(step, before)
            score = step.before.model.score(
                lead.counting_from(state.since), _known(fact, step), now=fact.at, flagged=state.flagged
            )
            assert fact.from_ not in score.stays


def events_date_what_they_cause(step: Step) -> None:
    """A change holds from its event on, never from before the last one; what cools by time, from when it is found."""
    for fact, before in step.changes():
        if fact.cause.kind == "event":
            event = step.event((fact.cause.source, fact.cause.id))
            down = fact.transition.startswith("cooled as ")
            assert fact.at == (step.now if down else max(event.at, _state(step, before).entered_at))


def who_rests_comes_back_by_something_new(step: Step) -> None:
    """Who rests, or was returned, is not brought back by old points: there is a person, a date, or a new act of it."""
    plan = step.qualifier.plan
    for fact, before in step.changes():
        last, state = _last_change(before), _state(step, before)
        if last is None or not _automatic(fact, step):
            continue
        rested = plan.stages[fact.from_].kind == "rest" and last.to == fact.from_
        returned = last.transition == "returned by sales" and fact.transition.startswith("score for ")
        if not rested and not returned:
            continue
        if fact.cause.kind == "time":
            wake_at = [one.wake_at for one in before if isinstance(one, Recycled)][-1]
            assert wake_at is not None
            assert fact.at == wake_at
            continue
        moment = moment_of(fact, step)
        acts = [event for event in step.events if event.by == "lead" and event.key not in state.flagged]
        new = [event for event in acts if last.at < event.at <= moment]
        assert new or (state.hand_raise is not None and "score" not in fact.transition)
        if returned:
            assert moment >= last.at + timedelta(days=plan.lifecycle.return_days)


def hand_raises_are_used_once(step: Step) -> None:
    """A hand-raise is a fresh act of the lead, and leads one step further at most."""
    lifecycle, raised, used = step.qualifier.plan.lifecycle, 0, 0
    for fact in step.facts:
        raised += isinstance(fact, HandRaised)
        used += isinstance(fact, StageChanged) and "hand-raise" in fact.transition
        assert used <= raised
    for fact in step.new:
        if isinstance(fact, HandRaised):
            event = step.event(fact.key)
            assert event.by == "lead"
            assert event.kind in step.qualifier.model.qualify.hand_raise
            assert fact.until == event.at + timedelta(days=lifecycle.hand_raise_days)
            assert event.at <= step.now


def slas_end_once(step: Step) -> None:
    """An SLA that runs is met, breached at the instant it is due, or withdrawn; one runs at a time, on open leads."""
    facts = step.facts
    for i in range(len(step.old), len(facts)):
        fact = facts[i]
        if isinstance(fact, SlaMet | SlaBreached | SlaWithdrawn | SlaStarted):
            running = _state(step, facts[:i]).sla
            if isinstance(fact, SlaStarted):
                assert running is None
                assert fact.due > fact.at
            else:
                assert running is not None
                assert running.sla == fact.sla
            if isinstance(fact, SlaBreached):
                assert running is not None
                assert fact.at == running.due
    state = step.after.state
    if state.sla is not None:
        assert step.qualifier.plan.stages[state.stage].kind == "open"
        assert state.disqualified is None
        assert state.sla.due > step.now


def visits_are_counted(step: Step) -> None:
    """The state knows how often each stage was entered, first and last, and the furthest of all."""
    facts, state, plan = step.facts, step.after.state, step.qualifier.plan
    if any(isinstance(fact, Merged | Unmerged) for fact in facts):
        return
    entered = [(fact.stage, fact.at) for fact in facts if isinstance(fact, Opened)]
    entered += [(fact.to, fact.at) for fact in facts if isinstance(fact, StageChanged)]
    for stage, visit in state.visits.items():
        times = [at for name, at in entered if name == stage]
        assert (visit.first, visit.last, visit.times) == (times[0], times[-1], len(times))
    assert state.visits.keys() == {stage for stage, _ in entered}
    assert state.stage == entered[-1][0]
    ranked = [stage for stage, _ in entered if plan.stages[stage].kind == "open"]
    best = max(plan.ranks[stage] for stage in ranked)
    assert plan.ranks[state.furthest] >= best
    assert state.furthest in state.visits
    assert plan.stages[state.furthest].kind == "ended" or plan.ranks[state.furthest] == best


def attempts_and_cycles_are_counted(step: Step) -> None:
    """Rests are numbered within a cycle, and cycles one by one."""
    facts, cycle, attempt = step.facts, 1, 0
    if any(isinstance(fact, Merged | Unmerged) for fact in facts):
        return
    for fact in facts:
        if isinstance(fact, CycleStarted):
            cycle, attempt = cycle + 1, 0
            assert fact.cycle == cycle
        if isinstance(fact, Recycled):
            attempt += 1
            assert fact.attempt == attempt
            assert fact.wake_at is None or fact.wake_at > fact.at
    assert (step.after.state.cycle, step.after.state.attempts) == (cycle, attempt)


def what_counts_begins_ever_later(step: Step) -> None:
    """The instant before which events do not count never goes back, and it is set by a recycle or a new cycle only."""
    if step.before is None or any(isinstance(fact, Merged | Unmerged) for fact in step.new):
        return
    before, after = step.before.state.since, step.after.state.since
    if before != after:
        assert after is not None
        assert before is None or after > before
        assert any(isinstance(fact, Recycled | CycleStarted) for fact in step.new)


HISTORY = (
    facts_are_numbered_in_the_order_of_knowledge,
    state_is_what_facts_make,
    history_is_a_path_in_the_table,
    one_cause_changes_the_stage_once,
    time_promotes_nobody,
    nobody_moves_by_itself_who_must_not,
    changes_tell_the_scores_of_then,
    who_cooled_had_cooled,
    events_date_what_they_cause,
    who_rests_comes_back_by_something_new,
    hand_raises_are_used_once,
    slas_end_once,
    visits_are_counted,
    attempts_and_cycles_are_counted,
    what_counts_begins_ever_later,
)
"""All of them."""
