"""Findings on gates: those that catch nobody, everybody, the unknown, or nobody that is not caught already."""

from collections.abc import Iterator
from typing import Final

from leadqual.conditions.nodes import Condition
from leadqual.lead import Lead
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.parts import Parts
from leadqual.playbook.lint.search import can_fail, can_hold, without

_MOST_EARLIER: Final = 30


def gate_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is found about gates.

    Args:
        parts: The parts of a model.
    """
    nobody = Lead(id="nobody").row
    earlier = list[Condition]()
    for gate in parts.gates:
        asked = gate.written.when
        if not can_hold(asked, parts.of_lead):
            reason = "its condition can never hold, so it catches nobody"
            yield finding("dead-gate", gate.where, reason, "Correct it or remove it.")
            continue
        if not can_fail(asked, parts.of_lead):
            reason = "it catches every lead, so that nobody qualifies"
            yield finding("gate-for-all", gate.where, reason, "Correct its condition.")
            continue
        if gate.bound.knows(nobody) is None and gate.bound.holds(nobody):
            reason = "it catches a lead of whom the answer is not known, since `not` turns an unknown answer into a yes"
            hint = "Add `missing = true` inside the `not`, so that only known answers count; or say `missing` outright."
            yield finding("gate-catches-unknown", gate.where, reason, hint)
        if earlier and not without(asked, earlier, parts.of_lead):
            reason = "an earlier gate catches everybody whom this one catches, so its reason never comes first"
            yield finding("gate-shadowed", gate.where, reason, "Move it up, or remove it.")
        elif len(earlier) < _MOST_EARLIER:
            earlier.append(asked)
