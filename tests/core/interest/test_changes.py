"""On which days a score may change by time alone."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from leadqual.axis import Cap
from leadqual.interest import HalfLife, Linear, Per, Steps, Window
from leadqual.interest.changes import change_days, last_day
from tests.core.support import MONDAY, downloads, event, on, rule, rules

START = (MONDAY.date() - date(1970, 1, 1)).days


def _days(*given, events=None, now=0, silences=None, day_starts="+00:00", **axis):
    """Return the days of change after the first Monday; memory is short, so that it stands out."""
    model = rules(*given, day_starts=day_starts, **{"memory": 0, **axis})
    tally = model.tally(downloads(0) if events is None else events)
    plan = model.plans.interest
    days = change_days(plan, tally.state, plan.day(on(now)), *([silences] if silences else []))
    return [day - START for day in days]


@pytest.mark.parametrize(
    ("decay", "days"),
    [
        (None, []),
        (Window(3), [4]),
        (Linear(3), [1, 2, 3]),
        (Linear(Decimal("2.5")), [1, 2, 3]),
        (Steps([[0, 1], [2, Decimal("0.5")], [5, Decimal("0.5")], [7, 0]]), [1, 6]),
        (Steps([[3, 0]]), []),
        (HalfLife(Decimal("0.5")), [*range(1, 12)]),
    ],
)
def test_decay_changes_where_its_table_does(decay, days):
    """Each age at which a curve has another value, and the day after its last; then nothing."""
    more = {} if decay is None else {"decay": decay}
    assert _days(rule(counts=False, **more)) == days


def test_each_counted_day_has_its_own_changes():
    """The ages are those of each day with events; what lies at or before today is over."""
    assert _days(rule(decay=Window(3), counts=False), events=downloads(0, 2, 5), now=5) == [6, 9]


def test_events_that_do_not_count_change_nothing():
    """What a limit leaves out, or earns nothing, needs no day; nor does a rule of no points."""
    window = {"decay": Window(3), "counts": False}
    assert _days(rule(times=1, **window), events=downloads(0, 2), now=2) == [6]
    assert _days(rule(weights=[1, 0], **window), events=downloads(0, 2), now=2) == [6]
    assert _days(rule(per=Per(days=7, times=1), **window), events=downloads(0, 2), now=2) == [4]
    assert _days(rule(0, **window)) == []


def test_interactions_leave_memory():
    """The day after the last on which an interaction is remembered."""
    assert _days(rule(), events=downloads(0, 2), now=2, memory=30) == [31, 33]
    assert _days(rule(), events=downloads(0, 2), now=32, memory=30) == [33]


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ({"min": -30}, [5, 10, 15]),
        ({"min": Decimal("-24.99")}, [5, 10, 15]),
        ({"min": -20}, [5, 10]),
        ({"min": 0}, []),
        ({"points": 10, "max": 20}, [5, 10]),
        ({"points": 0}, []),
    ],
)
def test_inactivity_changes_with_each_full_period_up_to_its_cap(more, days):
    """Each further period until the rule's cap leaves no room."""
    assert _days(rule(**{"points": -10, "inactivity": 5, **more})) == days


def test_inactivity_that_began_before_today_goes_on():
    """Periods that are full already are over, also all of them."""
    assert _days(rule(-10, inactivity=5, min=-30), now=10) == [15]
    assert _days(rule(-10, inactivity=5, min=-30), now=11) == [15]
    assert _days(rule(-10, inactivity=5, min=-30), now=40) == []


def test_inactivity_without_a_cap_ends_with_the_years():
    """A rule that never meets a bound changes to the end of 2199 and no further."""
    end = (date(2199, 12, 31) - MONDAY.date()).days
    days = _days(rule(-1, inactivity=1), min=-1_000_000)
    assert days == [*range(1, end + 1)]
    assert _days(rule(-1, inactivity=36_500)) == [36_500]
    assert _days(rule(-1, inactivity=36_500), now=36_500) == []


def test_silence_changes_at_a_mark_and_one_past_it():
    """`ge 7` begins to hold at an age of seven days, `le 7` ends a day later."""
    events = [event("a"), event("b", 3, by="us", kind="mail")]
    marks = {"days_since_activity": [7, 0], "days_since_contact": {20}}
    assert _days(events=events, now=3, silences=marks) == [7, 8, 23, 24]
    assert _days(events=events, now=7, silences=marks) == [8, 23, 24]
    assert _days(events=[], silences=marks) == []
    assert _days(events=events, now=3, silences={"days_since_activity": [10**18, -(10**18)]}) == []


def test_days_are_those_of_the_playbook():
    """With another start of the day an event of the small hours belongs to the day before."""
    assert _days(rule(decay=Window(3), counts=False), events=[event("a", on(0, 5))], day_starts="-06:00") == [3]


@pytest.mark.parametrize(
    ("day_starts", "last"), [("+00:00", "2199-12-31"), ("-06:00", "2199-12-31"), ("+05:30", "2200-01-01")]
)
def test_last_day_is_that_of_the_last_instant(day_starts, last):
    """The year 2199 ends in UTC, so the last day may be another one elsewhere; it starts before that end."""
    plan = rules(rule(), day_starts=day_starts).plans.interest
    assert date(1970, 1, 1) + timedelta(days=last_day(plan)) == date.fromisoformat(last)
    assert plan.day_start.at(last_day(plan)) < datetime(2200, 1, 1, tzinfo=UTC)


def test_change_days_end_with_the_years():
    """On the last day nothing is left to change; on the day before, the last."""
    model = rules(rule(decay=Linear(90)))
    state = model.tally([event("a", datetime(2199, 12, 20, tzinfo=UTC))]).state
    plan = model.plans.interest
    assert change_days(plan, state, last_day(plan)) == ()
    assert change_days(plan, state, last_day(plan) - 1) == (last_day(plan),)


def test_changes_of_several_rules_are_joined():
    """Rules of one curve or several, and groups with caps of their own, all count."""
    given = [
        rule(decay=Window(3), counts=False),
        rule(5, decay=Window(3), counts=False, group="web"),
        rule(-5, decay=Window(6), counts=False),
        rule(-1, inactivity=4, min=-1),
    ]
    assert _days(*given, groups={"web": Cap(max=1)}) == [4, 7]
