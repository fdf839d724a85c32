"""Which totals two scores can come to, however they are combined."""

from collections.abc import Iterable

from leadqual.playbook.lint.acts import NOTHING, Range
from leadqual.points import half_up, to_hundredths
from leadqual.scoring.combine import Combine


def total_range(combine: Combine, fit: Range, interest: Range, labels: Iterable[str]) -> Range:
    """Return the totals of a range of fits and a range of interests.

    Args:
        combine: How they are combined.
        fit: The fits, in hundredths.
        interest: The interests, in hundredths.
        labels: The labels that they have.

    Returns:
        The least and the greatest total, in hundredths.

    >>> total_range(Combine(kind="minimum"), Range(0, 500), Range(0, 300), ())
    Range(low=0, high=300)
    """
    if combine.kind == "minimum":
        return Range(min(fit.low, interest.low), min(fit.high, interest.high))
    if combine.kind == "sum":
        return _weighted(combine, fit, interest)
    if combine.kind == "gate":
        return _gated(combine, fit, interest)
    cells = [to_hundredths(combine.cells.get(label, 0)) for label in labels]
    return Range(min(cells), max(cells))


def _weighted(combine: Combine, fit: Range, interest: Range) -> Range:
    ends = []
    for scores, weight in ((fit, combine.fit), (interest, combine.interest)):
        ends.append(sorted((scores.low * to_hundredths(weight), scores.high * to_hundredths(weight))))
    return Range(half_up(ends[0][0] + ends[1][0], 100), half_up(ends[0][1] + ends[1][1], 100))


def _gated(combine: Combine, fit: Range, interest: Range) -> Range:
    """Return the weighted sums of those that reach both floors, and 0 for the others."""
    shut, reached = False, []
    for scores, axis in ((fit, "fit"), (interest, "interest")):
        floor = to_hundredths(combine.floors[axis]) if axis in combine.floors else scores.low
        shut = shut or scores.low < floor
        reached.append(Range(max(scores.low, floor), scores.high))
    if any(scores.low > scores.high for scores in reached):
        return NOTHING
    weighted = _weighted(combine, *reached)
    return Range(min(0, weighted.low), max(0, weighted.high)) if shut else weighted
