"""The most that a rule can earn is no guess: the best events there can be earn exactly that."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.playbook.lint.acts import WITHOUT_END, acts_of
from leadqual.playbook.lint.parts import parts_of
from leadqual.points import MILLIONTHS, grains_to_decimal, half_up
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


@pytest.mark.parametrize(
    ("limits", "points"),
    [
        ({"per": {"days": 7, "times": 2}}, "3.50"),
        ({"per": {"days": 7, "times": 2}, "times": 1}, "1.00"),
        ({"per": {"days": 7, "times": 2}, "times": 2}, "2.00"),
        ({"per": {"days": 7, "times": 2}, "times": 3}, "2.50"),
        ({"per": {"days": 7, "times": 2}, "times": 5}, "3.25"),
        ({"per": {"days": 7, "times": 2}, "times": 7}, "3.50"),
        ({"per": {"days": 8, "times": 1}}, "1.50"),
        ({"per": {"days": 1, "times": 1}, "times": 3}, "2.00"),
        ({"per": {"days": 7, "times": 2}, "weights": [1, 1, Decimal("0.5")]}, "2.25"),
        ({"per": {"days": 7, "times": 1}, "weights": [1, 1, 1, 1]}, "1.75"),
        ({"times": 4}, "4.00"),
        ({"per": {"days": 1, "times": 1}, "distinct_by": "ok"}, "2.00"),
        ({"weights": [1, 1, 1, 1], "distinct_by": "ok"}, "3.00"),
        ({"times": 2, "distinct_by": "ok"}, "2.00"),
        ({"inactivity": 36_500}, "2.00"),
    ],
)
def test_most_of_limits_together(limits, points):
    """Buckets of days, numbers and weights are filled from the newest day on: 1, 0.5 up to age 7, 0.25 on age 8."""
    fading = {} if "inactivity" in limits else {"decay": {"steps": [[0, 1], [7, Decimal("0.5")], [8, Decimal("0.25")]]}}
    model = model_of({"schema": 1, "name": "drawn", "version": "1", "properties": PROPERTIES} | {
        "interest": {"rules": [{"event": "visit", "points": 1} | limits | fading]}
    })  # fmt: skip
    assert str(grains_to_decimal(acts_of(parts_of(model)).rules[0].high)) == f"{points}000000"
