"""What a lead is worth: the closer to its objective, the more may be spent on it."""

from collections.abc import Sequence

from leadqual.nurture.settings import Effort
from leadqual.points import HUNDREDTHS


def allowed_cost(effort: Sequence[Effort], missing: int | None) -> int | None:
    """Return what content may cost at most that goes to a lead.

    The first rule that is about it decides. If there are rules, but none is about a lead so far away, it gets what
    costs nothing.

    Args:
        effort: The rules, closest first.
        missing: Points of the total that it lacks to the next bar, in hundredths; ``None`` if nobody can tell, which
            is farther than any number.

    Returns:
        The highest cost; ``None`` without rules: any.

    >>> rules = [Effort(within=5, cost=200), Effort(within=20, cost=20), Effort(cost=1)]
    >>> allowed_cost(rules, 500), allowed_cost(rules, 501), allowed_cost(rules, None)
    (200, 20, 1)
    >>> allowed_cost(rules[:2], None), allowed_cost([], None)
    (0, None)
    """
    if not effort:
        return None
    for rule in effort:
        if rule.within is None or (missing is not None and missing <= HUNDREDTHS * rule.within):
            return rule.cost
    return 0
