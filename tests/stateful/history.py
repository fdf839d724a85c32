"""What has to hold of every history of a lead, whatever is done to it; each function looks at one step."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from leadqual import Verdict
from leadqual.lifecycle.facts import (
    CycleStarted,
    Merged,
    Opened,
    Recycled,
    SlaBreached,
    SlaMet,
    SlaStarted,
    SlaWithdrawn,
    StageChanged,
    Unmerged,
    VerdictGiven,
)

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


def facts_are_numbered_in_the_order_of_knowledge(step: Step) -> None:
    """Numbers have no gaps, what is known never becomes unknown, and nothing holds before its cause."""
    facts = step.facts
    assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
    assert all(one.known_at <= other.known_at for one, other in pairwise(facts))
    assert all(fact.known_at == step.now and fact.at <= step.now for fact in step.new)
    assert (step.after.state.seq, step.after.state.lead_id) == (len(facts), step.after.lead.id)
    changes = [fact.at for fact in facts if isinstance(fact, StageChanged)]
    assert changes == sorted(changes), "no stage is entered before the one before it"


def state_is_what_facts_make(step: Step) -> None:
    """The state is the fold of the history, any number of times."""
    assert step.state(step.facts) == step.after.state == step.state(step.facts)


def history_is_a_path_in_the_table(step: Step) -> None:
    """Every change of stage is a transition of the table, taken from where the lead stood, on what it waits for."""
    plan = step.qualifier.lifecycle
    table = {transition.name: transition for transition in plan.transitions}
    for fact, before in step.changes():
        state, way = step.state(before), table[fact.transition]
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


def slas_end_once(step: Step) -> None:
    """An SLA that runs is met, breached at the instant it is due, or withdrawn; one runs at a time, on open leads."""
    facts = step.facts
    for i in range(len(step.old), len(facts)):
        fact = facts[i]
        if isinstance(fact, SlaMet | SlaBreached | SlaWithdrawn | SlaStarted):
            running = step.state(facts[:i]).sla
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
        assert step.qualifier.lifecycle.stages[state.stage].kind == "open"
        assert state.disqualified is None
        assert state.sla.due > step.now


def visits_are_counted(step: Step) -> None:
    """The state knows how often each stage was entered, first and last, and the furthest of all."""
    facts, state, plan = step.facts, step.after.state, step.qualifier.lifecycle
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
    """Rests are numbered within a cycle, and cycles one by one; another maybe in a rest is no other attempt."""
    facts, cycle, attempt, resting = step.facts, 1, 0, False
    if any(isinstance(fact, Merged | Unmerged) for fact in facts):
        return
    for fact in facts:
        if isinstance(fact, CycleStarted):
            cycle, attempt = cycle + 1, 0
            assert fact.cycle == cycle
        if isinstance(fact, StageChanged):
            resting = step.qualifier.lifecycle.stages[fact.from_].kind == "rest"
        if isinstance(fact, Recycled):
            attempt += not resting
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
    slas_end_once,
    visits_are_counted,
    attempts_and_cycles_are_counted,
    what_counts_begins_ever_later,
)
"""All of them."""
