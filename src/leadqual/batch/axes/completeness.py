"""How much of a lead's profile is known, as SQL."""

from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Columns
from leadqual.batch.sql.nodes import Expr
from leadqual.points import HUNDREDTHS
from leadqual.scoring.model import ScoringModel


def completeness(model: ScoringModel, columns: Columns) -> Expr:
    """Return the share of the declared attributes' weight that is known.

    Args:
        model: The model.
        columns: The fields of a lead.

    Returns:
        Hundredths of a percent; 100 % when nothing weighs anything.
    """
    weights = [(name, weight) for name, _, weight in model.plans.weights if weight]
    total = sum(weight for _, weight in weights)
    if not total:
        return nodes.integer(100 * HUNDREDTHS)
    known = [
        nodes.case(
            [(nodes.is_null(columns.by_name[name].value), nodes.integer(0))], nodes.integer(100 * HUNDREDTHS * weight)
        )
        for name, weight in weights
    ]
    return nodes.half_up(nodes.add(*known), total, columns.dialect)
