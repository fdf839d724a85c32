"""Fit and gates of a lead, as SQL over its fields."""

from collections.abc import Callable, Sequence

from attrs import frozen

from leadqual.batch.axes.items import high_of, low_of, points_of, span_of
from leadqual.batch.axes.together import no_text
from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Columns
from leadqual.batch.sql.conditions import holds
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr
from leadqual.fit.items import Item
from leadqual.fit.plan import FitPlan
from leadqual.points import clamp

Lowered = Callable[[Item, Columns], Expr]
"""How one item is lowered: `points_of`, `low_of` or `high_of`."""


@frozen(kw_only=True)
class _Sum:
    """A sum with what is known of its size.

    Attributes:
        value: The sum in hundredths.
        low: It is never less.
        high: It is never more.
    """

    value: Expr
    low: int
    high: int

    def within(self, low: int, high: int) -> "_Sum":
        """Return the sum kept within bounds, as far as it could leave them."""
        value = self.value
        if self.high > high:
            value = nodes.least(value, nodes.integer(high))
        if self.low < low:
            value = nodes.greatest(value, nodes.integer(low))
        return _Sum(value=value, low=clamp(self.low, low, high), high=clamp(self.high, low, high))


def fit(plan: FitPlan, columns: Columns) -> Expr:
    """Return the fit of a lead in hundredths.

    Args:
        plan: The fit.
        columns: The fields of a lead.
    """
    return _axis(plan, columns, points_of)


def fit_low(plan: FitPlan, columns: Columns) -> Expr:
    """Return what fit would be in hundredths if every unknown answer were the worst.

    Args:
        plan: The fit.
        columns: The fields of a lead.
    """
    return _axis(plan, columns, low_of)


def fit_high(plan: FitPlan, columns: Columns) -> Expr:
    """Return what fit would be in hundredths if every unknown answer were the best.

    Args:
        plan: The fit.
        columns: The fields of a lead.
    """
    return _axis(plan, columns, high_of)


def known(plan: FitPlan, columns: Columns) -> Expr:
    """Return whether any field that fit reads is known.

    Args:
        plan: The fit.
        columns: The fields of a lead.
    """
    return nodes.any_of(nodes.is_not_null(columns.by_name[name].value) for name in plan.readers)


def gates(plan: FitPlan, columns: Columns) -> tuple[tuple[str, Expr], ...]:
    """Return the reason of each gate with whether it holds, in declared order.

    Args:
        plan: The fit.
        columns: The fields of a lead.
    """
    return tuple((reason, holds(bound.condition, columns)) for reason, bound in plan.gates)


def first_gate(found: Sequence[tuple[str, Expr]]) -> Expr:
    """Return the reason of the first gate that holds, or null.

    Args:
        found: What `gates` gives.
    """
    return nodes.case([(holding, nodes.text(reason)) for reason, holding in found], no_text())


def every_gate(found: Sequence[tuple[str, Expr]], dialect: Dialect) -> Expr:
    """Return the reasons of all gates that hold, joined by ``;``, or the empty text.

    Args:
        found: What `gates` gives, or columns that hold it: each is asked again for every gate behind it.
        dialect: How the engine speaks.
    """
    parts = []
    for i, (reason, holding) in enumerate(found):
        following = nodes.any_of(before for _, before in found[:i])
        word = nodes.case([(following, nodes.text(f";{reason}"))], nodes.text(reason))
        parts.append(nodes.case([(holding, word)], nodes.text("")))
    return dialect.concatenated(parts) if parts else nodes.text("")


def _axis(plan: FitPlan, columns: Columns, lowered: Lowered) -> Expr:
    """Return what all items come to: each group within its bounds, then all within those of the axis."""
    loose = _sum([item for item in plan.items if item.group is None], columns, lowered)
    parts = [loose]
    for name, bounds in plan.caps.items():
        of_group = [item for item in plan.items if item.group == name]
        if of_group:
            parts.append(_sum(of_group, columns, lowered).within(*bounds))
    telling = [part for part in parts if (part.low, part.high) != (0, 0)]
    whole = _Sum(
        value=nodes.add(*(part.value for part in telling)),
        low=sum(part.low for part in telling),
        high=sum(part.high for part in telling),
    )
    return whole.within(plan.low, plan.high).value


def _sum(items: Sequence[Item], columns: Columns, lowered: Lowered) -> _Sum:
    """Return what items earn together; those that never earn anything are left out."""
    spans = [(item, span_of(item, columns)) for item in items]
    telling = [(item, span) for item, span in spans if span != (0, 0)]
    return _Sum(
        value=nodes.add(*(lowered(item, columns) for item, _ in telling)),
        low=sum(low for _, (low, _) in telling),
        high=sum(high for _, (_, high) in telling),
    )
