"""How an interest runs on if nothing happens."""

from decimal import Decimal

from leadqual.axis import Cap
from leadqual.interest import HalfLife, Linear
from leadqual.interest.course import Course, counted_rows
from leadqual.interest.measure import measure
from tests.core.support import downloads, on, rule, rules

MODEL = rules(
    rule(10, decay=Linear(10), group="web"),
    rule(-4, decay=HalfLife(2), times=1),
    rule(-1, inactivity=5, min=-2),
    rule(3, "visit"),
    groups={"web": Cap(max=15)},
    max=14,
)
PLAN = MODEL.plans.interest
STATE = MODEL.tally(downloads(0, 1)).state
TODAY = PLAN.day(on(1))


def test_course_of_one_day_is_the_interest_of_that_day():
    """Both bounds are what a score would be."""
    course = Course(PLAN, STATE)
    for day in (TODAY, TODAY + 4, TODAY + 30):
        assert course.between(day, day) == (measure(PLAN, STATE, day), measure(PLAN, STATE, day))


def test_course_between_days_takes_each_rule_at_its_ends():
    """From day 2 to 6: web 15 (17 capped) to 9, the penalty 2.83 to 0.71, inactivity nothing to 1 point."""
    low, high = Course(PLAN, STATE).between(TODAY + 1, TODAY + 5)
    assert [points / 10**6 for points in (*low.groups, *high.groups)] == [900, 1500]
    assert low.interest == 900 - 283 - 100
    assert high.interest == 1400  # 15 - 0.71, capped


def test_course_of_nothing_is_the_lower_bound():
    """Without events there is nothing between the bounds of the axis."""
    model = rules(rule(), min=-5)
    low, high = Course(model.plans.interest, model.tally().state).between(TODAY, TODAY + 100)
    assert (low.interest, high.interest) == (0, 0)


def test_counted_rows_leave_out_what_earns_nothing():
    """Of each rule the days that count, the newest first, with what they earn in hundredths."""
    model = rules(rule(10, weights=[1, Decimal("0.5"), 0]), rule(0), rule(3, "visit"))
    rows = [
        (row.points, days) for row, days in counted_rows(model.plans.interest, model.tally(downloads(0, 1, 2)).state)
    ]
    start = PLAN.day(on(0))
    assert rows == [(1000, [(start + 2, 1000), (start + 1, 500)])]
