"""What a lead is worth."""

import pytest

from leadqual.nurture.effort import allowed_cost
from leadqual.nurture.settings import Effort

BY_DISTANCE = [Effort(within=0, cost=500), Effort(within=10, cost=50), Effort(within=30, cost=5)]


@pytest.mark.parametrize(
    ("missing", "cost"),
    [(-100, 500), (0, 500), (1, 50), (1_000, 50), (1_001, 5), (3_000, 5), (3_001, 0), (None, 0)],
)
def test_effort_falls_with_the_distance_to_the_next_bar(missing, cost):
    """Hundredths of points; a lead beyond all rules, or of which nobody can tell, gets what costs nothing."""
    assert allowed_cost(BY_DISTANCE, missing) == cost


@pytest.mark.parametrize(("missing", "cost"), [(3_000, 5), (3_001, 1), (None, 1)])
def test_effort_for_every_other_lead_is_what_a_rule_without_a_bound_says(missing, cost):
    """It is about leads of which nobody can tell too."""
    assert allowed_cost([*BY_DISTANCE, Effort(cost=1)], missing) == cost


def test_effort_is_decided_by_the_first_rule_that_is_about_a_lead():
    """Whatever the later ones say."""
    assert allowed_cost([Effort(within=30, cost=3), Effort(within=10, cost=9)], 500) == 3
    assert allowed_cost([Effort(cost=0), Effort(within=10, cost=9)], 500) == 0


@pytest.mark.parametrize("missing", [0, 90_000, None])
def test_effort_without_rules_is_any(missing):
    """Content of any cost may go to anybody."""
    assert allowed_cost([], missing) is None
