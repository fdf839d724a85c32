"""The range of totals is exactly that of all pairs of scores."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from leadqual.playbook.lint.acts import Range
from leadqual.playbook.lint.totals import total_range
from leadqual.scoring import Combine
from leadqual.scoring.combine import combiner

WEIGHTS = st.sampled_from([0, 1, 2, -1, Decimal("0.33"), Decimal("-0.5")])
RANGES = st.tuples(st.integers(-4, 4), st.integers(0, 4)).map(lambda pair: Range(pair[0], sum(pair)))
FLOOR = st.integers(-4, 6).map(lambda whole: Decimal(whole) / 100)
FLOORS = st.dictionaries(st.sampled_from(["fit", "interest"]), FLOOR)


@given(st.sampled_from(["sum", "minimum", "gate"]), st.tuples(WEIGHTS, WEIGHTS), FLOORS, st.tuples(RANGES, RANGES))
def test_range_of_totals_is_that_of_all_pairs(kind, weights, floors, scores):
    """Weights may be negative and floors in or out of reach: the least and the greatest total are found."""
    fit, interest = scores
    weighed = {} if kind == "minimum" else {"fit": weights[0], "interest": weights[1]}
    combine = Combine(kind=kind, **weighed, floors=floors if kind == "gate" else {})
    join = combiner(combine)
    totals = [
        join(one, other, "") for one in range(fit.low, fit.high + 1) for other in range(interest.low, interest.high + 1)
    ]
    assert total_range(combine, fit, interest, ()) == (min(totals), max(totals))


def test_range_of_totals_of_a_matrix_is_that_of_its_labels():
    """A label without a cell totals 0."""
    matrix = Combine(kind="matrix", cells={"A1": 5, "B1": -2})
    zero = Range(0, 0)
    assert total_range(matrix, zero, zero, {"A1", "B1"}) == (-200, 500)
    assert total_range(matrix, zero, zero, {"A1", "C1"}) == (0, 500)
