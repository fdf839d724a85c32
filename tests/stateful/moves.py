"""What has to hold whenever a lead moves from one stage to another; each function looks at one step."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadqual import Score, ScoringModel, Verdict
from leadqual.event import Event
from leadqual.lifecycle.effects import AddEvent
from leadqual.lifecycle.facts import (
    BonusAdded,
    Fact,
    HandRaised,
    Merged,
    Recycled,
    Refolded,
    StageChanged,
    Unmerged,
)

from .world import Step


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


def time_promotes_nobody(step: Step) -> None:
    """What happens by itself leads down, to rest, or from rest back into the funnel: never to where nobody stood."""
    plan = step.qualifier.lifecycle
    for fact, before in step.changes():
        if fact.cause.kind == "time":
            kinds = plan.stages[fact.from_].kind, plan.stages[fact.to].kind
            if kinds == ("open", "open"):
                assert plan.ranks[fact.to] < plan.ranks[fact.from_]
            elif kinds[0] == "rest":
                assert plan.ranks[fact.to] <= max(plan.ranks[step.state(before).furthest], plan.ranks[plan.initial])
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
        state = step.state(before)
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
    """Return as of when a change of stage was decided: what was due, as of then; all else, when it became known."""
    waited = step.before is not None and (fact.cause.source, fact.cause.id) in {one.key for one in step.before.pending}
    if step.before is None or not (fact.cause.kind == "time" or waited):
        return step.now
    return max(fact.at, step.before.as_of)  # what a gate or a fold has held back is decided later than it was due


def _known(fact: StageChanged, before: tuple[Fact, ...], step: Step) -> list[Event]:
    """Return the events that were known when a stage changed: of a lead that comes with a past, one after another."""
    if step.before is not None:
        there = {one.key for one in before if isinstance(one, BonusAdded)}
        effects = [effect for effect in step.outcome.effects if isinstance(effect, AddEvent)]
        added = [effect.event for effect in effects if effect.event.key not in there]
        waiting = [event.key for event in step.before.pending]
        key = fact.cause.source, fact.cause.id
        later = waiting[waiting.index(key) + 1 :] if key in waiting else []
        unseen = [*added, *(() if _is_own(fact, step) else (step.input,))]
        return [event for event in step.events if event not in unseen and event.key not in later]
    past = sorted(step.events, key=lambda event: (event.at, event.key))
    keys = [event.key for event in past]
    key = fact.cause.source, fact.cause.id
    return past[: keys.index(key) + 1] if key in keys else []


def model_then(before: tuple[Fact, ...], step: Step) -> ScoringModel:
    """Return the model by which a lead was moved: another one counts from the fold on."""
    folded = step.before is None or any(isinstance(one, Refolded) for one in before[len(step.old) :])
    return step.qualifier.model if step.before is None or folded else step.before.model


def score_then(fact: StageChanged, before: tuple[Fact, ...], step: Step, moment: datetime) -> Score:
    """Score a lead from scratch as of an instant, on the profile, model and events by which it was moved."""
    old, state = step.before, step.state(before)
    profile = step.after.lead if old is None or fact.cause.kind == "profile" else old.lead
    model = model_then(before, step)
    own = (profile.id, *profile.merged_ids)
    events = [event for event in _known(fact, before, step) if event.lead_id in own]
    return model.score(profile.counting_from(state.since), events, now=moment, flagged=state.flagged)


def changes_tell_the_scores_of_then(step: Step) -> None:
    """A change of stage carries the scores of its moment, and bars are reached, or no longer kept, by them."""
    if step.before is not None and step.before.stale and not _refolded(step):
        return
    for fact, before in step.changes():
        score = score_then(fact, before, step, moment_of(fact, step))
        reading = score.reading
        told = (fact.fit, fact.interest, fact.total, fact.label, fact.model)
        numbers = (reading.profile.fit, reading.subtotals.interest, reading.total)
        assert told == (*numbers, score.label, model_then(before, step).fingerprint)
        if fact.transition.startswith("score for "):
            assert fact.to in score.qualifies
        if fact.transition.startswith("cooled as "):
            assert fact.from_ not in score.stays


def who_cooled_had_cooled(step: Step) -> None:
    """A lead that cooled did not keep its stage any more at the instant from which that holds."""
    for fact, before in step.changes():
        if fact.transition.startswith("cooled as ") and step.before is not None:
            assert fact.from_ not in score_then(fact, before, step, fact.at).stays


def events_date_what_they_cause(step: Step) -> None:
    """A change holds from its event on, never from before the last one; what cools by time, from when it is found."""
    for fact, before in step.changes():
        if fact.cause.kind == "event":
            event = step.event((fact.cause.source, fact.cause.id))
            down = fact.transition.startswith("cooled as ")
            assert fact.at == max(moment_of(fact, step) if down else event.at, step.state(before).entered_at)


def who_rests_comes_back_by_something_new(step: Step) -> None:
    """Who rests, or was returned, is not brought back by old points: there is a person, a date, or a new act of it."""
    plan = step.qualifier.lifecycle
    for fact, before in step.changes():
        last, state = _last_change(before), step.state(before)
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
    lifecycle, raised, used = step.qualifier.lifecycle.lifecycle, 0, 0
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


MOVES = (
    time_promotes_nobody,
    nobody_moves_by_itself_who_must_not,
    changes_tell_the_scores_of_then,
    who_cooled_had_cooled,
    events_date_what_they_cause,
    who_rests_comes_back_by_something_new,
    hand_raises_are_used_once,
)
"""All of them."""
