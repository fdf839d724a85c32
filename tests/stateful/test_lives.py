"""Whatever happens to leads, in any order: what must hold of their lives holds."""

from __future__ import annotations

from inspect import getmembers
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from leadqual.lifecycle.facts import FACTS
from leadqual.lifecycle.nurtured import NURTURED

from .base import COUNTS, STORIES
from .machine import Lives
from .playbooks import NAMES, qualifiers

FEW, ENOUGH = 80, 35
"""A quick run, over mutants, lives a few lives; any other this many under each of the playbooks, a nightly one more."""
RARE = {"fact bonus_added", "fact listed", "fact cycle_started", "fact review_opened", "fact sla_withdrawn"}
"""Kinds of facts that not every playbook knows."""
SEQUENCES = {f"fact {kind.name}" for kind in NURTURED}
"""Kinds of facts of leads in sequences, which these playbooks have none of."""


@pytest.mark.parametrize("name", NAMES)
def test_lives_hold_every_invariant_whatever_happens(name):
    """No order of inputs, however late or early, breaks what must hold; all rules and transitions were tried."""

    class Named(Lives):
        def __init__(self) -> None:
            super().__init__(name)

    COUNTS.clear()
    for past, acquisition, profile in product(STORIES, ("inbound", "outbound"), ("good", "poor")):
        told = Named()
        told.begin(past=past, acquisition=acquisition, profile=profile)
        told.be_kept()
        told.teardown()
    ways = {way.name for way in qualifiers(name)[0].lifecycle.transitions}
    kinds = {f"fact {kind.name}" for kind in FACTS} - {"fact stage_changed", "fact absorbed"} - RARE - SEQUENCES
    assert sorted((ways | kinds) - COUNTS.keys()) == [], "lives that are told meet all of them, whatever chance does"
    COUNTS.clear()
    asked = settings.default.max_examples
    run_state_machine_as_test(
        Named,
        settings=settings(
            max_examples=5 if asked < FEW else max(ENOUGH, asked // 4),
            stateful_step_count=50,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )
    if asked < FEW:
        return
    rules = {f"rule {name}" for name, part in getmembers(Lives) if hasattr(part, "hypothesis_stateful_rule")}
    assert len(rules) > 15
    assert sorted(rules - COUNTS.keys()) == []
    assert COUNTS["unmerged"]
    assert COUNTS["steps"] >= 1_000, COUNTS["steps"]
    assert len(NAMES) * 1_000 >= 2_000, "steps of a run, whatever the playbook"
