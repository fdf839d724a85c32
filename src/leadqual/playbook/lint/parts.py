"""The parts of a model with their paths: criteria, tables, gates, rules, bars, and every condition among them."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from attrs import frozen

from leadqual.axis import lowered
from leadqual.conditions.bind import Bound
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.lists import BUILT_IN_LISTS
from leadqual.conditions.nodes import Condition
from leadqual.fit.items import Item
from leadqual.fit.values import Criterion, Gate, Table
from leadqual.interest.rules import RulePlan
from leadqual.playbook.lint.possible import OF_EVERY_LEAD, Fields
from leadqual.scoring.declared import lead_fields, typed
from leadqual.scoring.model import ScoringModel


class Asked(NamedTuple):
    """A condition of a playbook.

    Attributes:
        where: Its path.
        condition: The condition.
        of: What it reads: ``"lead"``, ``"event"`` or ``"score"``.
    """

    where: str
    condition: Condition
    of: Literal["lead", "event", "score"]


class FitPart(NamedTuple):
    """A criterion or a table, as written and as it is run."""

    where: str
    written: Criterion | Table
    item: Item


class GatePart(NamedTuple):
    """A gate, as written and as it is run."""

    where: str
    written: Gate
    bound: Bound


class BarPart(NamedTuple):
    """What a bar asks in order to be entered, or to be kept."""

    where: str
    name: str
    when: Condition
    stay: Condition | None


@frozen(eq=False)
class Parts:
    """The parts of a model.

    Attributes:
        model: The model.
        fit: Criteria and tables in the order of the ledger.
        gates: The gates in declared order.
        rules: The rules of interest in the order of the ledger.
        bars: The bars.
        of_lead: What a condition on a lead may read.
        of_event: What a condition on an event may read.
    """

    model: ScoringModel
    fit: tuple[FitPart, ...]
    gates: tuple[GatePart, ...]
    rules: tuple[RulePlan, ...]
    bars: tuple[BarPart, ...]
    of_lead: Fields
    of_event: Fields

    @property
    def conditions(self) -> Iterator[Asked]:
        """Every condition in the order of the document."""
        for part in self.fit:
            if isinstance(part.written, Criterion):
                yield Asked(f"{part.where}.when", part.written.when, "lead")
        for gate in self.gates:
            yield Asked(f"{gate.where}.when", gate.written.when, "lead")
        for rule in self.rules:
            if rule.rule.when is not None:
                yield Asked(f"{rule.where}.when", rule.rule.when, "event")
        for bar in self.bars:
            yield Asked(f"{bar.where}.when", bar.when, "score")
            if bar.stay is not None:
                yield Asked(f"{bar.where}.stay", bar.stay, "score")


def parts_of(model: ScoringModel) -> Parts:
    """Return the parts of a model.

    Args:
        model: The model.
    """
    fit = model.fit
    written: list[object] = [*fit.criteria, *fit.tables]
    for i, scorer in enumerate(fit.scorers):
        written += [part for _, part in lowered(scorer, f"fit.scorers[{i}]", [])]
    items = zip(written, model.plans.fit.items, strict=False)
    gates = zip(fit.gates, model.plans.fit.gates, strict=True)
    bars = ((name, bar) for name, bar in (("mql", model.qualify.mql), ("sql", model.qualify.sql)) if bar is not None)
    lists = {**BUILT_IN_LISTS, **model.lists}
    return Parts(
        model=model,
        fit=tuple(FitPart(item.where, part, item) for part, item in items if isinstance(part, Criterion | Table)),
        gates=tuple(GatePart(f"fit.gates[{i}]", gate, bound) for i, (gate, (_, bound)) in enumerate(gates)),
        rules=model.plans.interest.rules,
        bars=tuple(BarPart(f"qualify.{name}", name, bar.when, bar.stay) for name, bar in bars),
        of_lead=Fields(Scope(lead_fields(model.attributes), lists, "attribute"), OF_EVERY_LEAD),
        of_event=Fields(Scope(typed(model.properties), lists, "property")),
    )
