"""Plans that are looked up where only time decides are those that are worked out move by move."""

from datetime import timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.lanes import Lanes
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.quickplan import quick_plan
from leadqual.nurture.sequences import Step

from .planned import PLAIN_WAITS, ROLLING, WAITS
from .test_plans import cases

LAST = st.builds(Step, name=st.just("last"), wait=WAITS, end=st.just(True))


@given(cases(many=False, plain=True, waits=PLAIN_WAITS, cap=ROLLING), st.none() | LAST, st.integers(-100, 3_000))
def test_quick_plan_is_the_plan_where_only_time_decides(case, last, hours):
    """Every touch with all that is known of it, what moved it, and the end; also for whoever is late."""
    parts, asked = case
    if last is not None:
        sequences = parts["sequences"].items()
        parts["sequences"] = {name: evolve(one, steps=(*one.steps, last)) for name, one in sequences}
    plan = plan_nurture(**parts)
    later = evolve(asked, now=asked.now + timedelta(hours=hours))
    for moment in (asked, later):
        found = quick_plan(Lanes(plan=plan), moment)
        assert found is None or found == plan_ahead(plan, moment)


@given(cases())
def test_quick_plan_is_the_plan_whatever_is_to_be_decided(case):
    """Or there is none."""
    parts, asked = case
    plan = plan_nurture(**parts)
    found = quick_plan(Lanes(plan=plan), asked)
    assert found is None or found == plan_ahead(plan, asked)
