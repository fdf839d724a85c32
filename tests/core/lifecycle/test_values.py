"""Lifecycles as data."""

import pytest

from leadqual.lifecycle.values import Lifecycle, Recycle, RecyclePolicy, Sla, Stage, Transition


@pytest.mark.parametrize("given", ["mql", ["mql"], ("mql",)])
def test_transition_takes_one_name_or_several(given):
    """A stage or a trigger may be written alone, and equals a list of one."""
    one = Transition(name="up", from_=given, to="sql", on=given)
    assert (one.from_, one.on) == (("mql",), ("mql",))
    assert one == Transition(name="up", from_=("mql",), to="sql", on=("mql",))


def test_transition_keeps_what_is_no_name_for_the_checks():
    """What is neither a name nor a list of names is not changed, so that a problem can be told of it."""
    assert Transition(name="up", from_=7, to="sql", on=None).from_ == 7


def test_values_of_a_lifecycle_can_be_keys():
    """Lists become tuples and tables do not count for the hash, so that values can be compared and collected."""
    first, second = (RecyclePolicy(rest_months=[3, 6], reasons={"timing": 3}) for _ in range(2))
    assert first.rest_months == (3, 6)
    assert len({first, second, Lifecycle(), Recycle(), Sla(within="2h"), Stage(name="mql")}) == 5


def test_recycle_policy_keeps_a_copy_of_its_reasons():
    """A table that is changed afterwards changes no policy."""
    reasons = {"timing": 3}
    policy = RecyclePolicy(rest_months=(3, 6), reasons=reasons)
    reasons["timing"] = 6
    assert policy.reasons == {"timing": 3}


def test_recycle_begins_with_the_rolodex_for_outbound_and_no_date_for_inbound():
    """Three to six months and three attempts for those we approached; the others wait for an act of their own."""
    recycle = Recycle()
    assert (recycle.inbound.rest_months, recycle.inbound.attempts, recycle.partner) == (None, None, None)
    assert (recycle.outbound.rest_months, recycle.outbound.attempts) == ((3, 6), 3)
    assert (recycle.outbound.spread_days, recycle.outbound.then, recycle.outbound.wake) == (30, "dormant", "early")


def test_lifecycle_begins_with_the_numbers_and_kinds_that_are_documented():
    """A hand-raise is valid for 30 days, a return shuts for 30, an end can be undone for 90."""
    life = Lifecycle()
    assert (life.preset, life.hand_raise_days, life.return_days, life.reopen_days) == ("default", 30, 30, 90)
    assert life.touches == ("call", "sales_email", "meeting", "visit")
    assert (life.replies, life.captures) == (("email_reply", "call_answered"), ("download",))
