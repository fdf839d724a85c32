"""Findings on what is declared and read by nothing."""

from collections.abc import Iterable, Iterator

from leadqual.conditions.nodes import Condition, leaves
from leadqual.fit.values import Table
from leadqual.lifecycle.scope import INPUT
from leadqual.playbook.lint.claims import list_of
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.parts import Parts
from leadqual.scoring.declared import Attribute


def unused_findings(
    models: Iterable[Parts],
    guards: Iterable[Condition] = (),
    acts: Iterable[Condition] = (),
    offers: Iterable[str] = (),
) -> Iterator[Finding]:
    """Yield attributes, properties and lists that nothing reads.

    Args:
        models: The parts of the playbook's own model, then those of its objectives.
        guards: The guards of its transitions, and what its nurturing asks of leads.
        acts: What its nurturing asks of acts.
        offers: Names of the properties that name offers.
    """
    every = list(models)
    asked = [asked for parts in every for asked in parts.conditions]
    of_lead = {leaf.field for one in asked if one.of != "event" for leaf in leaves(one.condition)}
    of_lead |= {part.written.field for parts in every for part in parts.fit if isinstance(part.written, Table)}
    of_event = {leaf.field for one in asked if one.of == "event" for leaf in leaves(one.condition)}
    of_event |= {rule.rule.distinct_by or "" for parts in every for rule in parts.rules}
    guarding = [leaf for guard in guards for leaf in leaves(guard)]
    of_lead |= {leaf.field for leaf in guarding}
    of_event |= {leaf.field.removeprefix(INPUT) for leaf in guarding if leaf.field.startswith(INPUT)}
    acting = [leaf for condition in acts for leaf in leaves(condition)]
    of_event |= {*offers, *(leaf.field for leaf in acting)}
    every_leaf = (*(leaf for one in asked for leaf in leaves(one.condition)), *guarding, *acting)
    lists = {list_of(leaf) for leaf in every_leaf}
    model = every[0].model
    for name, attribute in model.attributes.items():
        if name not in of_lead:
            yield finding("unused-attribute", f"attributes.{name}", *_unread(attribute))
    for name in model.properties:
        if name not in of_event:
            yield finding(
                "unused-property", f"properties.{name}", "no rule or guard reads it", "Remove it, or use it in a rule."
            )
    for name in model.lists:
        if name not in lists:
            reason = f"no condition names @{name}"
            yield finding("unused-list", f"lists.{name}", reason, f'Remove it, or write value = "@{name}".')


def _unread(attribute: Attribute) -> tuple[str, str]:
    if attribute.weight:
        return (
            "no criterion, table, gate, bar or guard reads it; completeness counts it all the same",
            "Remove it, or leave it if it is there for completeness.",
        )
    return "no criterion, table, gate, bar or guard reads it, and its weight is 0", "Remove it."
