"""What time does, and does not do, to a score."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from .bases import cases, instants
from .later import LAST, later_than, newest
from .running import events_of, lead_of, model_of, scored

FIRST = datetime(1970, 1, 3, tzinfo=UTC)


@given(cases())
def test_score_ignores_the_future(case):
    """Events after now count for nothing, as if they were not there."""
    model, lead = model_of(case.document), lead_of(case.lead)
    past = [event for event in case.events if event["at"] <= case.now]
    assert scored(model, lead, events_of(case.events), case.now) == scored(model, lead, events_of(past), case.now)


@given(cases(), st.data())
def test_score_as_of_the_past_ignores_what_came_since(case, data):
    """A score as of any instant is the one that would have been given then."""
    model, lead = model_of(case.document), lead_of(case.lead)
    now = data.draw(instants(case.now))
    then = [event for event in case.events if event["at"] <= now]
    assert scored(model, lead, events_of(case.events), now) == scored(model, lead, events_of(then), now)


@given(cases(), st.integers(-60, 400))
def test_score_is_the_same_when_all_moves_by_whole_weeks(case, times):
    """No day is special but the Monday: events, `since` and now may move by weeks that fill whole `per` buckets."""
    lengths = [rule["per"]["days"] for rule in case.document["interest"]["rules"] if "per" in rule]
    by = timedelta(days=times * math.lcm(7, *lengths))
    events = [event | {"at": event["at"] + by} for event in case.events]
    lead = case.lead | ({"since": case.lead["since"] + by} if "since" in case.lead else {})
    instants_then = [case.now + by, *(event["at"] for event in events), lead.get("since") or case.now + by]
    assume(all(FIRST <= at <= LAST for at in instants_then))
    model = model_of(case.document)
    assert scored(model, lead_of(lead), events_of(events), case.now + by) == scored(
        model, lead_of(case.lead), events_of(case.events), case.now
    )


@given(cases())
def test_score_steps_only_when_the_day_starts(case):
    """From the first to the last microsecond of a day, without new events, the score stays as it is."""
    document = case.document | {"day_starts": "+00:00"}
    model, lead, events = model_of(document), lead_of(case.lead), events_of(case.events)
    at = newest(case)
    end = at.astimezone(UTC).replace(hour=23, minute=59, second=59, microsecond=999999)
    assert scored(model, lead, events, at) == scored(model, lead, events, end)


@given(cases())
def test_positive_rules_only_fall_with_time(case):
    """Without new events, what a rule with positive points earns never rises (inactivity apart, which is no decay)."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    rising = {f"interest.rules[{n}]" for n, rule in enumerate(case.document["interest"]["rules"])
              if rule["points"] > 0 and "inactivity" not in rule}  # fmt: skip
    before = None
    for at in later_than(newest(case)):
        lines = model.score(lead, events, now=at).lines
        earned = {line.where: line.points for line in lines if line.what == "rule" and line.where in rising}
        if before is not None:
            assert all(earned.get(where, 0) <= before.get(where, 0) for where in rising)
        before = earned
