"""Whatever happens to leads, in any order: what must hold of their lives holds."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from .machine import COUNTS, Lives


def test_lives_hold_every_invariant_whatever_happens():
    """No order of inputs, however late or early, breaks what must hold of every life."""
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=80, stateful_step_count=50, suppress_health_check=list(HealthCheck), print_blob=False
        ),
    )
    print(COUNTS)
