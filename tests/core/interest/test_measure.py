"""What counts come to: distinct, per, times and weights, decay, caps, one rounding, in this order."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from leadqual.errors import ModelLimit
from leadqual.interest import NO_DECAY, Cap, HalfLife, InterestRule, Linear, Per, Steps, Window
from leadqual.lead import Lead
from tests.core.support import downloads, event, on, rule, rules, scored

ASSET = {"asset": "text"}
NEVER = Window(Decimal("0.01"))


def _interest(model, *days, now=0.0, **more):
    return scored(model, downloads(*days), now=now, **more).interest


@pytest.mark.parametrize(
    ("decay", "age", "points"),
    [
        (Window(7), 7, 10), (Window(7), 8, 0), (Linear(4), 1, Decimal("7.50")), (Linear(4), 4, 0),
        (HalfLife(30), 30, 5), (HalfLife(1), 7, Decimal("0.08")), (Steps([[7, 1], [30, Decimal("0.5")]]), 7, 10),
        (Steps([[7, 1], [30, Decimal("0.5")]]), 8, 5), (Steps([[7, 1], [30, Decimal("0.5")]]), 31, 0),
        (NO_DECAY, 36_500, 10), (Steps([[3, 0]]), 0, 0),
    ],
)  # fmt: skip
def test_events_count_by_their_age(decay, age, points):
    """A rule's curve is exact at the end of its window and on the day after."""
    assert _interest(rules(rule(decay=decay)), 0, now=age) == points
    assert _interest(rules(rule(), decay=decay), 0, now=age) == points


def test_rule_may_turn_the_axis_decay_off():
    """A rule's own curve stands before the axis's, also when it is none."""
    assert _interest(rules(rule(decay=NO_DECAY), rule(1), decay=NEVER), 0, now=5) == 10


def test_ages_are_whole_days():
    """An age is a difference of days, not of hours: a minute before midnight is yesterday a minute after it."""
    model = rules(rule(decay=NEVER))
    assert _interest(model, 0, now=0.999) == 10
    assert _interest(model, 0.999, now=1) == 0


@pytest.mark.parametrize(("hours", "points"), [(5.99, 10), (6, 0)])
def test_days_start_where_the_playbook_says(hours, points):
    """With day_starts -06:00 a score steps at six in the morning UTC."""
    model = rules(rule(decay=NEVER), day_starts="-06:00")
    assert model.score(Lead(id="L1"), [event("a", on(0, -1))], now=on(0, hours)).interest == points


@pytest.mark.parametrize(("since", "points"), [(on(3), 10), (on(3, 0.01), 0)])
def test_since_is_inclusive(since, points):
    """An event at `since` counts, one before it does not, for any purpose."""
    score = scored(rules(rule(), rule(-1, inactivity=1), min=-9), downloads(3), now=4, of=Lead(id="L1", since=since))
    assert (score.interest, score.interactions) == (points - (1 if points else 0), 1 if points else 0)
    assert score.days_since_activity == (1 if points else None)


@pytest.mark.parametrize(("day", "points"), [(4, 10), (4.00001, 0)])
def test_later_events_do_not_count(day, points):
    """An event at `now` counts, a later one not yet."""
    assert _interest(rules(rule()), day, now=4) == points


@pytest.mark.parametrize(("assets", "events"), [("aab", 2), ("aaa", 1), ("", 0)])
def test_distinct_events_count_once_for_each_value(assets, events):
    """Of equal values one event counts."""
    model = rules(rule(distinct_by="asset"), properties=ASSET)
    given = [event(f"e{i}", i, asset=asset) for i, asset in enumerate(assets)]
    assert scored(model, given, now=9).interest == 10 * events


def test_distinct_counts_the_earliest_event():
    """Its day is what matters, whichever came first."""
    model = rules(rule(distinct_by="asset", decay=Linear(10)), properties=ASSET)
    events = [event("a", 5, asset="x"), event("b", 0, asset="x"), event("c", 3, asset="x"), event("d", 0.5, asset="x")]
    assert scored(model, events, now=5).interest == 5


def test_events_without_the_distinct_property_share_one_value():
    """Missing, empty and absent are one value; composed and decomposed texts too."""
    model = rules(rule(distinct_by="asset"), properties=ASSET)
    events = [
        event("a"),
        event("b", asset=""),
        event("c", asset=None),
        event("d", asset="é"),
        event("e", asset="e\u0301"),
    ]
    assert scored(model, events).interest == 20


@pytest.mark.parametrize("kind", ["integer", "boolean", "date", "instant"])
def test_distinct_values_may_be_of_other_types(kind):
    """Whatever compares exactly tells events apart."""
    values: dict[str, list[Any]] = {
        "integer": [1, 1.0, 2],
        "boolean": [True, True, False],
        "date": [date(2026, 1, 1)] * 2 + [date.max],
    }
    given: list[Any] = values.get(kind, [on(0), on(0), on(1)])
    model = rules(rule(distinct_by="asset"), properties={"asset": kind})
    assert scored(model, [event(f"e{i}", asset=value) for i, value in enumerate(given)]).interest == 20


@pytest.mark.parametrize(
    ("days", "events"),
    [((0, 6.99), 1), ((6.99, 7), 2), ((-0.01, 0), 2), ((0, 1, 7, 8, 13), 2), ((-7, -1), 1)],
)
def test_buckets_of_seven_days_begin_on_monday(days, events):
    """One event counts from Monday to Sunday, the next from the next Monday on."""
    assert _interest(rules(rule(per=Per(days=7, times=1))), *days, now=20) == 10 * events


@pytest.mark.parametrize("length", [2, 3, 30])
def test_buckets_of_other_lengths_are_counted_from_one_day_for_all(length):
    """The bucket of day d after 1970-01-01 is floor((d + 3) / n)."""
    first = (20_458 + 3) // length * length - 3 - 20_458  # 2026-01-05 is day 20 458
    model = rules(rule(per=Per(days=length, times=1)))
    assert _interest(model, first, first + length - 0.01, now=99) == 10
    assert _interest(model, first - 0.01, first, now=99) == 20


def test_buckets_count_their_earliest_events():
    """The earliest k of a bucket count, with their days."""
    model = rules(rule(per=Per(days=7, times=2), decay=Linear(10)))
    assert _interest(model, 4, 0, 2, 3, now=5) == Decimal("5.00") + Decimal("7.00")


def test_buckets_of_one_day_count_so_many_a_day():
    """`per_day = k` is the bucket of one day; with decay and without."""
    days = (0, 0.1, 0.2, 1, 2, 2.5)
    assert _interest(rules(rule(per=Per(days=1, times=2))), *days, now=2.6) == 50
    assert _interest(rules(rule(per=Per(days=1, times=2), decay=Window(1))), *days, now=2.6) == 30


def test_limits_apply_after_distinct():
    """`per` sees only the earliest event of each value."""
    model = rules(rule(distinct_by="asset", per=Per(days=1, times=1)), properties=ASSET)
    events = [event("a", 0, asset="x"), event("b", 1, asset="x"), event("c", 1, asset="y")]
    assert scored(model, events, now=1).interest == 20


@pytest.mark.parametrize(("times", "points"), [(1, 10), (2, 18), (3, 24), (9, 24)])
def test_times_counts_the_newest_events(times, points):
    """With `times` the newest days count first, and their decay is theirs."""
    assert _interest(rules(rule(times=times, decay=Linear(10))), 0, 4, 2, now=4) == points


def test_weights_go_to_the_newest_first():
    """The r-th newest event weighs weights[r]; nothing beyond the list."""
    model = rules(rule(weights=[1, Decimal("0.5"), Decimal("0.25")], decay=Linear(10)))
    assert _interest(model, 0, 2, 4, now=4) == 10 + Decimal("0.8") * 5 + Decimal("0.6") * Decimal("2.5")
    assert _interest(model, -4, 0, 2, 4, now=4) == Decimal("15.50")
    assert _interest(rules(rule(weights=[1, Decimal("0.5")])), 0, 0, 0) == 15


def test_weights_and_times_apply_after_the_buckets():
    """Ranks are given to what the buckets left."""
    limited = rule(per=Per(days=1, times=1), weights=[1, Decimal("0.5")])
    assert _interest(rules(limited), 0, 0.5, 1, 1.5, now=2) == 15
    assert _interest(rules(rule(per=Per(days=1, times=1), times=1)), 0, 0.5, now=2) == 10


@pytest.mark.parametrize(("more", "points"), [({"max": 25}, 25), ({"max": 30}, 30), ({}, 30), ({"max": 0}, 0)])
def test_rule_caps_bound_its_sum(more, points):
    """A cap bounds what the rule earns in all."""
    assert _interest(rules(rule(**more)), 0, 0, 0) == points


def test_rule_caps_apply_after_decay():
    """Old events fade before they are capped, not after."""
    assert _interest(rules(rule(max=15, decay=HalfLife(1))), 0, 0, 0, 0, now=1) == 15
    assert _interest(rules(rule(max=15, decay=HalfLife(1))), 0, 0, now=1) == 10


def test_penalties_are_bounded_from_below():
    """`min` bounds a penalty; on the axis it is 0 unless given."""
    assert _interest(rules(rule(-10, min=-15), min=-100), 0, 0) == -15
    assert _interest(rules(rule(-10), min=-5), 0, 0) == -5
    assert _interest(rules(rule(-10)), 0, 0) == 0


def test_group_caps_apply_after_rule_caps():
    """A group's subtotal is bounded, and shown rounded half up; other rules are not."""
    given = (
        rule(max=15, group="web"),
        rule(group="web"),
        rule(Decimal("0.01"), decay=HalfLife(1), group="mail"),
        rule(1),
    )
    model = rules(*given, groups={"mail": Cap(), "web": Cap(max=32)})
    score = scored(model, downloads(0, 0), now=1)
    assert score.groups == {"mail": Decimal("0.01"), "web": 32}
    assert score.interest == Decimal("34.01")
    assert scored(rules(rule(-9, group="g"), groups={"g": Cap(min=-5)}, min=-99), downloads(0)).interest == -5


def test_interest_cap_applies_last():
    """The axis is bounded after its groups, and nothing is clamped on the way."""
    model = rules(rule(70, group="g"), rule(-30), max=50, groups={"g": Cap()})
    assert _interest(model, 0) == 40
    assert _interest(model, 0, 0) == 50


def test_interest_is_rounded_once_half_up():
    """Three halves of a hundredth are rounded together, not each; a half goes up."""
    half = [rule(Decimal("0.01"), decay=HalfLife(1), name=name) for name in "abc"]
    assert _interest(rules(*half), 0, now=1) == Decimal("0.02")
    assert _interest(rules(half[0]), 0, now=1) == Decimal("0.01")
    assert _interest(rules(*half, min=-1), 0, now=2) == Decimal("0.01")
    assert _interest(rules(rule(Decimal("-0.01"), decay=HalfLife(1)), min=-1), 0, now=1) == 0


@pytest.mark.parametrize(
    ("points", "rounded"), [("0.29", "0.15"), ("0.57", "0.29"), ("1.13", "0.57"), ("0.58", "0.29"), ("8.41", "4.21")]
)
def test_halves_are_exact(points, rounded):
    """No double stands in for a decimal: 0.29 halved is 0.145 and rounds up."""
    assert str(_interest(rules(rule(Decimal(points), decay=HalfLife(1))), 0, now=1)) == rounded


def test_many_small_parts_add_up_exactly():
    """A hundred tenths of a hundredth, on as many days, are ten hundredths, whatever the order."""
    model = rules(rule(Decimal("0.01"), decay=Steps([[400, Decimal("0.1")]])))
    assert str(_interest(model, *range(100), now=100)) == "0.10"
    assert str(_interest(model, *range(95), now=100)) == "0.10"
    assert str(_interest(model, *range(94), now=100)) == "0.09"


def test_caps_bound_what_is_not_rounded_yet():
    """A cap compares with the exact sum; the one rounding comes after."""
    model = rules(
        rule(Decimal("0.01"), decay=HalfLife(1), max=Decimal("0.01")), rule(Decimal("0.01"), decay=HalfLife(1))
    )
    assert _interest(model, 0, 0, 0, now=1) == Decimal("0.03")  # 0.010 of 0.015, and 0.015


@pytest.mark.parametrize(("age", "points"), [(0, 0), (29, 0), (30, -10), (59, -10), (60, -20), (400, -30)])
def test_inactivity_counts_full_periods_since_the_last_own_act(age, points):
    """floor(age / n) times the points, within the rule's caps."""
    quiet = InterestRule(event="*", inactivity=30, points=-10, min=-30)
    assert _interest(rules(quiet, min=-100), -3, 0, now=age) == points


def test_inactivity_knows_nothing_of_leads_that_never_acted():
    """Without an own act of the named kinds there is nothing to count from; our acts are none."""
    model = rules(rule(-10, inactivity=30), min=-100)
    assert _interest(model, now=400) == 0
    assert scored(model, [event("a", by="us"), event("b", 0, "visit")], now=400).interest == 0


def test_inactivity_may_be_in_a_group():
    """Its points are bounded with those of the group."""
    model = rules(rule(-10, inactivity=1, group="g"), rule(5, group="g"), groups={"g": Cap(min=-8)}, min=-99)
    assert _interest(model, 0, now=1) == -5
    assert _interest(model, 0, now=2) == -8


def test_silent_bound_is_a_million_points():
    """Without caps a rule, a group and the axis reach 1 000 000 points."""
    many = rules(rule(10_000), rule(10_000, "visit", group="g"), groups={"g": Cap()})
    kinds = ("download", "visit")
    events = [event(f"{kind}{i}", 0, kind) for kind in kinds for i in range(101)]
    assert scored(many, events[:101]).interest == 1_000_000
    score = scored(many, events)
    assert (score.interest, score.groups["g"]) == (1_000_000, 1_000_000)


def test_what_is_remembered_of_ages_is_bounded():
    """A model that met very many ages and rules works on without remembering more of them, and as exactly."""
    model = rules(*[rule(1, decay=Linear(1000), name=f"r{i}") for i in range(1100)])
    tally = model.tally(downloads(0))
    scores = [scored(model, tally, now=day).interest for day in range(0, 300, 2)]
    assert scores == [1100 - Decimal("1.1") * day for day in range(0, 300, 2)]
    assert len(model.plans.interest.weights) <= 1 << 17


def _doubled(model, times):
    tally = model.tally(downloads(0))
    for _ in range(times):
        tally = tally.merge(tally)
    return tally


def test_more_than_four_million_counted_events_are_refused_by_name():
    """Beyond that a sum might not fit 64 bits; what limits do not count is not counted."""
    model = rules(rule(1), rule(2, name="limited", per=Per(days=1, times=5)), rule(1, times=3, name="t"))
    assert scored(model, _doubled(model, 21)).interest == 1_000_000
    with pytest.raises(ModelLimit, match=r"^interest.rules\[0\]: 4,194,304 counted events of rule 'download'"):
        scored(model, _doubled(model, 22))
    limited = rules(rule(2, per=Per(days=1, times=5)), rule(1, times=3, name="t"))
    assert scored(limited, _doubled(limited, 22)).interest == 13


@pytest.mark.parametrize("points", [0, Decimal("0.01"), Decimal("-0.01")])
def test_rules_that_earn_little_are_bounded_as_well(points):
    """The number of counted events is bounded, whatever they earn."""
    model = rules(rule(points))
    with pytest.raises(ModelLimit, match="4,194,304 counted events"):
        scored(model, _doubled(model, 22))
