"""The most that a rule can earn is no guess: the best events there can be earn exactly that."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.playbook.lint.acts import WITHOUT_END, acts_of
from leadqual.playbook.lint.parts import parts_of
from leadqual.points import MILLIONTHS, half_up
from tests.properties.axes import counting_rule
from tests.properties.running import model_of, whole
from tests.properties.vocabulary import PROPERTIES

MONDAY = datetime.fromisoformat("2026-03-16T12:00:00Z")
LEAD = Lead(id="L1")


@st.composite
def rules(draw):
    """Draw a rule that tells no events apart."""
    rule = counting_rule(draw)
    return {key: value for key, value in rule.items() if key != "distinct_by"} | {"event": "visit"}


def first_day_of_a_bucket(length):
    """Return a day on which buckets of so many days begin."""
    day = (MONDAY.date() - datetime.fromisoformat("1970-01-01").date()).days
    return MONDAY + timedelta(days=-(day + 3) % length)


@settings(max_examples=40)
@given(rules())
def test_most_is_what_the_best_events_earn(rule):
    """On the first day of a bucket, as many events as may count, and on the last day of every bucket before."""
    model = model_of({"schema": 1, "name": "drawn", "version": "1", "properties": PROPERTIES} | {
        "interest": {"rules": [rule], "min": -1_000_000}
    })  # fmt: skip
    plan = model.plans.interest.rules[0]
    (own,) = acts_of(parts_of(model)).rules
    assume(WITHOUT_END not in (own.high, -own.low))
    now = first_day_of_a_bucket(plan.bucket or 1)
    days = 100 if plan.factors is None else len(plan.factors)
    events = [
        Event(id=f"{age} {i}", lead_id="L1", kind="visit", at=now - timedelta(days=age))
        for age in [0, *range(1, days, plan.bucket or 1)]
        for i in range(4)
    ]
    interest = model.score(LEAD, events, now=now).interest
    assert whole(interest) == half_up(own.low if plan.points < 0 else own.high, MILLIONTHS)


@given(rules(), st.integers(0, 40), st.integers(1, 3))
def test_most_is_never_passed(rule, ago, each):
    """Whatever the day and however many events, a rule earns no more."""
    model = model_of({"schema": 1, "name": "drawn", "version": "1", "properties": PROPERTIES} | {
        "interest": {"rules": [rule], "min": -1_000_000}
    })  # fmt: skip
    (own,) = acts_of(parts_of(model)).rules
    now = MONDAY + timedelta(days=ago)
    events = [
        Event(id=f"{age} {i}", lead_id="L1", kind="visit", at=now - timedelta(days=age))
        for age in range(40)
        for i in range(each)
    ]
    interest = whole(model.score(LEAD, events, now=now).interest)
    assert half_up(own.low, MILLIONTHS) <= interest <= half_up(own.high, MILLIONTHS)
