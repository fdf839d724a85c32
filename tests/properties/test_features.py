"""The strategies reach every feature of the definition."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from .bases import cases
from .features import EVERY, features


def test_strategies_reach_every_feature_within_300_cases():
    """A property says nothing about a rule that is never drawn: 300 fixed draws meet every feature at least once."""
    missed = set(EVERY)

    @settings(max_examples=300, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
    @given(cases())
    def draw(case):
        missed.difference_update(features(case))

    draw()
    assert missed == set()
