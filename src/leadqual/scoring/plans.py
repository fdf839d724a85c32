"""A model that passed its checks, ready to be run."""

from attrs import frozen

from leadqual.conditions.leafcheck import Scope
from leadqual.fit.plan import FitPlan
from leadqual.interest.plan import InterestPlan
from leadqual.scoring.combine import Total
from leadqual.scoring.qualify import BarPlan


@frozen(kw_only=True, eq=False)
class Plans:
    """The parts of a model, with names resolved and numbers as integers.

    Attributes:
        fit: The fit.
        interest: The interest.
        total: How both are joined.
        bars: The bars.
        weights: Name, type and weight of each declared attribute.
        scope: What bars may read: the score, the lead and the named lists.
    """

    fit: FitPlan
    interest: InterestPlan
    total: Total
    bars: tuple[BarPlan, ...]
    weights: tuple[tuple[str, str, int], ...]
    scope: Scope
