"""Whatever happens to leads, in any order: what must hold of their lives holds."""

from __future__ import annotations

from inspect import getmembers

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from leadqual.lifecycle.facts import FACTS

from .base import COUNTS
from .machine import Lives
from .playbooks import NAMES, qualifiers

STEPS = 50
FEW, ENOUGH = 80, 250
"""Lives that a run of CI lives; a quick run over mutants lives fewer, a nightly one many more."""


def test_lives_hold_every_invariant_whatever_happens():
    """No order of inputs, however late or early, breaks what must hold of every life; and none was left out."""
    COUNTS.clear()
    asked = settings.default.max_examples
    lives = asked if asked < FEW else max(ENOUGH, asked)
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=lives,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )
    if lives < FEW:
        return
    assert COUNTS["steps"] >= 2_000
    rules = {f"rule {name}" for name, part in getmembers(Lives) if hasattr(part, "hypothesis_stateful_rule")}
    table = {way.name for name in NAMES for way in qualifiers(name)[0].plan.transitions}
    kinds = {f"fact {kind.name}" for kind in FACTS} - {"fact stage_changed", "fact absorbed"}
    assert sorted((rules | table | kinds) - COUNTS.keys()) == []
    assert len(rules) > 15
    assert COUNTS["unmerged"]
    assert COUNTS["refused reopen"]
