"""Grade, level, label and total out of any two axes."""

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch.axes import together
from leadqual.batch.sql.dialects import DUCKDB
from leadqual.batch.sql.nodes import column
from leadqual.fit import Fit
from leadqual.interest import Interest
from leadqual.points import BOUND_LIMIT, to_decimal
from leadqual.scoring import Combine, ScoringModel

from .staged import load, rows, then

POINTS = st.one_of(
    st.sampled_from([-BOUND_LIMIT, -BOUND_LIMIT + 1, -50, -1, 0, 1, 49, 50, 51, BOUND_LIMIT - 1, BOUND_LIMIT]),
    st.integers(-BOUND_LIMIT, BOUND_LIMIT),
    st.integers(-300, 300),
)
"""Hundredths; the extremes, and those beside where a half is rounded."""
WEIGHTS = st.one_of(
    st.sampled_from([-100, -1, 0, 1, 100, Decimal("0.01"), Decimal("-0.01"), Decimal("0.5"), Decimal("-99.99")]),
    st.integers(-10_000, 10_000).map(lambda hundredths: Decimal(hundredths) / 100),
)


@st.composite
def bounds(draw, names):
    """Draw bounds that fall with the name."""
    found = sorted(draw(st.sets(POINTS, max_size=len(names))), reverse=True)
    return dict(zip(names, map(to_decimal, found), strict=False))


@st.composite
def models(draw):
    """Draw a model that has grades, levels and a combiner, or lacks some of them."""
    grades, levels = draw(bounds("ABCDEF")), draw(bounds("123456789"))
    kind = draw(st.sampled_from(["sum", "minimum", "gate", "matrix"]))
    combine = {"kind": kind}
    if kind in ("sum", "gate"):
        combine |= {"fit": draw(WEIGHTS), "interest": draw(WEIGHTS)}
    if kind == "gate":
        combine["floors"] = draw(st.dictionaries(st.sampled_from(["fit", "interest"]), POINTS.map(to_decimal)))
    letters, digits = [*grades, "-"] if grades else [""], [*levels] or [""]
    labels = [letter + digit for letter in letters for digit in digits if letter + digit]
    if kind == "matrix" and labels:
        few = st.one_of(st.sampled_from([0, 100, Decimal("0.01")]), POINTS.map(to_decimal))
        combine["cells"] = draw(st.dictionaries(st.sampled_from(labels), few))
    return ScoringModel(fit=Fit(grades=grades), interest=Interest(levels=levels), combine=Combine(**combine))


def near(model):
    """Return a strategy for hundredths, among them those beside every bound of a model."""
    told = [bound for _, bound in (*model.plans.fit.grades, *model.plans.interest.levels)]
    floors = [int(floor * 100) for floor in model.combine.floors.values()]
    beside = sorted({bound + step for bound in told + floors for step in (-1, 0, 1)})
    inside = [bound for bound in beside if -BOUND_LIMIT <= bound <= BOUND_LIMIT]
    return st.one_of(POINTS, st.sampled_from(inside)) if inside else POINTS


@given(data=st.data(), model=models())
def test_label_and_total_are_those_of_the_reference_for_any_two_axes(con, data, model):
    """What the reference makes of two axes and of a profile that is known or not, the expressions make of them."""
    axis = near(model)
    cases = data.draw(st.lists(st.tuples(axis, axis, st.booleans()), min_size=1, max_size=40))
    fits, interests, known = zip(*cases, strict=True)
    load(
        con,
        "lq_axes",
        {"lq_lead": range(len(cases)), "fit": fits, "interest": interests, "known": known},
        {"known": pa.bool_()},
    )
    plans = model.plans
    grade = together.grade(plans.fit, column("fit"), column("known"))
    then(con, "lq_axes", "lq_graded", [("grade", grade), ("level", together.level(plans.interest, column("interest")))])
    label = together.label(model, column("grade"), column("level"), DUCKDB)
    then(con, "lq_graded", "lq_labelled", [("label", label)])
    total = together.total(model.combine, column("fit"), column("interest"), column("label"), DUCKDB)
    then(con, "lq_labelled", "lq_totalled", [("total", total)])
    found = [(row["grade"], row["level"], row["label"], row["total"]) for row in rows(con, "lq_totalled")]
    expected = []
    for fit, interest, is_known in cases:
        letter, digit = plans.fit.grade(fit, known=is_known), plans.interest.level(interest)
        name = (letter or "") + ("" if digit is None else str(digit))
        expected.append((letter, digit, name, plans.total(fit, interest, name)))
    assert found == expected


def total_of(con, combine, *cases):
    """Return the totals of some pairs of axes, in hundredths."""
    fits, interests = zip(*cases, strict=True)
    load(con, "lq_axes", {"lq_lead": range(len(cases)), "fit": fits, "interest": interests}, {})
    total = together.total(combine, column("fit"), column("interest"), column("fit"), DUCKDB)
    then(con, "lq_axes", "lq_totalled", [("total", total)])
    return [row["total"] for row in rows(con, "lq_totalled")]


@pytest.mark.parametrize(
    ("fit", "total"), [(-151, -2), (-150, -1), (-149, -1), (-51, -1), (-50, 0), (-1, 0), (49, 0), (50, 1), (51, 1)]
)
def test_total_is_rounded_half_up_also_below_zero(con, fit, total):
    """A hundredth of a weight leaves fractions; floor(x + 1/2) is what remains of them."""
    assert total_of(con, Combine(fit=Decimal("0.01"), interest=0), (fit, 0)) == [total]


def test_total_is_exact_at_the_extremes_of_weights_and_axes(con):
    """The largest weights and axes together come to 2 × 10^8 points, and a hundredth is not lost."""
    limit = BOUND_LIMIT
    assert total_of(con, Combine(fit=-100, interest=-100), (limit, limit), (-limit, -limit)) == [
        -200 * limit,
        200 * limit,
    ]
    odd = Combine(fit=Decimal("-99.99"), interest=Decimal("99.99"))
    assert total_of(con, odd, (limit, -limit), (limit - 1, -limit)) == [-19_998_000_000, -19_997_999_900]


def test_total_without_an_axis_does_not_read_it():
    """A weight of 0 leaves its axis out, and whole weights need no division."""
    names: Any = [column("fit"), column("interest"), column("label"), DUCKDB]
    assert together.total(Combine(interest=0), *names).sql() == '"fit"'
    assert together.total(Combine(fit=0, interest=0), *names).sql("duckdb") == "CAST(0 AS BIGINT)"
    assert together.total(Combine(), *names).sql() == '"fit" + "interest"'


def test_floor_is_reached_by_what_equals_it(con):
    """A gate is open from its floors on, both included; below one of them the total is 0."""
    gate = Combine(kind="gate", floors={"fit": 5, "interest": Decimal("-0.01")})
    cases = [(500, -1), (499, -1), (500, -2), (501, 0)]
    assert total_of(con, gate, *cases) == [499, 0, 0, 501]
    assert total_of(con, Combine(kind="gate", floors={"interest": 1}), (-700, 100), (700, 99)) == [-600, 0]
