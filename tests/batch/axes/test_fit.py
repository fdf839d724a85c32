"""Fit at its extremes: the largest points, caps that cut, tables of thousands of values, texts that look alike."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.axis import Cap
from leadqual.batch.axes import fit
from leadqual.batch.axes.columns import lead_columns
from leadqual.batch.sql.dialects import DUCKDB, render
from leadqual.batch.sql.texts import TextTests
from leadqual.conditions import All, field
from leadqual.fit import Band, Criterion, Fit, Gate, Table
from leadqual.lead import Lead
from leadqual.scoring import Attribute, ScoringModel

from .staged import differences, expected_profile, profiles

TYPES = {"size": "integer", "revenue": "number", "title": "text", "customer": "boolean", "topics": "list"}
EARNED = st.sampled_from(
    [Decimal("9999.99"), 10_000, Decimal("0.01"), 0, Decimal("-0.01"), -10_000, Decimal("-9999.99")]
)
CAPS = st.sampled_from([None, 0, Decimal("0.01"), 20_000, 1_000_000])
SIZES: list[Any] = [None, -(2**63), -1, 0, 1, 2**63 - 1]
REVENUES: list[Any] = [None, -1.7976931348623157e308, -0.0, 5e-324, 0.1, 1e16, 1.7976931348623157e308]
TITLES = [None, "CTO", "cto", "T\u00e9cnico", "Te\u0301cnico", "\u212a", "K", "\u0410", "A"]
TESTS = [
    field("size").ge(0),
    ~field("size").eq(-(2**63)),
    field("revenue").lt(Decimal("0.1")),
    field("title").is_in("CTO", "K", "T\u00e9cnico"),
    field("title").ne("A") & field("size").exists(),
    field("customer").eq(True) | field("topics").has("x"),
    All(()),
]


@st.composite
def criteria(draw):
    """Draw a criterion of any size, which may stand up to a hundred times: together they pass every bound."""
    points = draw(EARNED)
    missing = draw(st.sampled_from([None, None, 0, points, round(Decimal(points) / 2, 2)]))
    group = draw(st.sampled_from([None, "one", "two"]))
    return [Criterion(when=draw(st.sampled_from(TESTS)), points=points, missing=missing, group=group)] * draw(
        st.sampled_from([1, 2, 101])
    )


@st.composite
def tables(draw):
    """Draw a table over a field of any type that has one."""
    name = draw(st.sampled_from(["size", "sizes", "revenue", "title", "customer"]))
    rows: dict[str, Any] = {}
    if name in ("size", "revenue"):
        ends = [end for end in (SIZES if name == "size" else REVENUES) if end is not None]
        below = [Decimal(end) for end in sorted(draw(st.sets(st.sampled_from(ends))))]
        rows["bands"] = [*(Band(below=end, points=draw(EARNED)) for end in below), Band(points=draw(EARNED))]
        earned = [band.points for band in rows["bands"]]
    else:
        names: Any = {
            "sizes": SIZES[1:],
            "title": ["CTO", "T\u00e9cnico", "K", "\u0410"],
            "customer": ["true", "false"],
        }
        values = draw(st.dictionaries(st.sampled_from([*map(str, names[name])]), EARNED, min_size=1))
        rows = {"values": values, "other": draw(st.one_of(st.none(), EARNED))}
        earned = [*values.values(), rows["other"] or 0]
    missing = draw(st.sampled_from([None, 0, min(0, *earned), max(0, *earned)]))
    group = draw(st.sampled_from([None, "one", "two"]))
    return Table(field=name.removesuffix("s") if name == "sizes" else name, missing=missing, group=group, **rows)


@st.composite
def fits(draw):
    """Draw a fit whose sums are cut by its bounds, or just not."""

    def caps():
        low, high = draw(CAPS), draw(CAPS)
        return {"min": None if low is None else -low, "max": high}

    groups = {"one": Cap(**caps()), "two": Cap(**caps())}
    own = {name: bound for name, bound in caps().items() if bound is not None}
    listed = [one for several in draw(st.lists(criteria(), max_size=4)) for one in several]
    grades = draw(
        st.sampled_from([{}, {"A": 1_000_000, "F": -1_000_000}, {"B": Decimal("0.01"), "C": 0, "D": Decimal("-0.01")}])
    )
    return ScoringModel(
        attributes=TYPES,
        fit=Fit(criteria=listed, tables=draw(st.lists(tables(), max_size=3)), groups=groups, grades=grades, **own),
    )


@st.composite
def people(draw):
    """Draw a lead whose values are those that the fits compare with, or missing."""
    drawn = {
        "size": st.sampled_from(SIZES),
        "revenue": st.sampled_from([*REVENUES, float("nan")]),
        "title": st.sampled_from([*TITLES, ""]),
        "customer": st.sampled_from([None, True, False]),
        "topics": st.sampled_from([None, [], [""], ["x"], ["y", "x"], ["\u00e9"]]),
    }
    found = {name: draw(values) for name, values in drawn.items()}
    return Lead(id="L1", attributes={name: value for name, value in found.items() if draw(st.booleans())})


@given(model=fits(), leads=st.lists(people(), min_size=1, max_size=25))
def test_fit_is_the_one_of_the_reference_at_its_extremes(con, model, leads):
    """The largest points, the widest numbers, and sums that pass every bound are those of the reference."""
    assert not differences(profiles(con, model, leads), [expected_profile(model, lead) for lead in leads])


LOOK_ALIKES = [
    "A",
    "\u0410",
    "\u00c5",
    "\u212b",
    "A\u030a",
    "K",
    "\u212a",
    "\uff21",
    "\u0391",
    "\u00df",
    "ss",
    "\u1e9e",
    "a",
    "\u00e5",
]
"""Latin, Cyrillic, Greek and full-width letters, composed and not; some are one text after composition."""


def test_table_tells_texts_apart_that_look_alike(con):
    """A named value is met by its text composed, by nothing that only looks like it."""
    values = {"A": 1, "\u0410": 2, "\u00c5": 3, "K": 4, "\uff21": 5, "\u0391": 6, "ss": 7, "\u00df": 8}
    model = ScoringModel(attributes={"title": "text"}, fit=Fit(tables=[Table(field="title", values=values, other=9)]))
    leads = [Lead(id="L1", attributes={"title": text}) for text in LOOK_ALIKES]
    found = profiles(con, model, leads)
    assert [row["fit"] // 100 for row in found] == [1, 2, 3, 3, 3, 4, 4, 5, 6, 8, 7, 9, 9, 9]
    assert not differences(found, [expected_profile(model, lead) for lead in leads])


@pytest.mark.parametrize(("kinds", "foreign", "bytes_each"), [(1, False, 10), (7, True, 10), (3_000, True, 90)])
def test_table_of_thousands_of_values_is_small_and_exact(con, kinds, foreign, bytes_each):
    """Three thousand names in any order earn what the reference says, in a statement of some bytes for each."""
    letters = ["\u00e9" if foreign else "v", "v", "v"]
    values = {f"{letters[i % 3]}{i * 7919 % 3_001}": Decimal(i % kinds + 1) / 100 for i in range(3_000)}
    table = Table(field="title", values=values, other=Decimal("-0.5"), missing=Decimal("0.01"))
    model = ScoringModel(attributes={"title": "text"}, fit=Fit(min=-10, tables=[table]))
    texts = [*values, None, "", "v", "v3001", "V1", "e\u03011", "\u00e9"]
    leads = [Lead(id="L1", attributes={"title": text}) for text in texts]
    assert not differences(profiles(con, model, leads), [expected_profile(model, lead) for lead in leads])
    columns = lead_columns(model, tests=TextTests(), dialect=DUCKDB, table="l", foreign={"title": "x"})
    assert len(render(fit.fit(model.plans.fit, columns), DUCKDB)) < bytes_each * len(values)


def test_table_of_thousands_of_integers_is_exact(con):
    """Integers are ordered as numbers, not as texts."""
    values = {str(i * i - 500_000): i % 50 for i in range(1_500)}
    model = ScoringModel(attributes={"size": "integer"}, fit=Fit(tables=[Table(field="size", values=values, other=7)]))
    sizes = [int(name) + step for name in values for step in (0, 1)]
    leads = [Lead(id="L1", attributes={"size": size}) for size in (*sizes, None)]
    assert not differences(profiles(con, model, leads), [expected_profile(model, lead) for lead in leads])


def test_fit_reads_dates_instants_and_fields_of_every_lead(con):
    """Days, instants to the microsecond, and what no playbook has to declare are read as the reference reads them."""
    at = datetime(2026, 1, 31, 12, 0, 0, 1, tzinfo=UTC)
    model = ScoringModel(
        attributes={"founded": "date", "trial_ends": "instant"},
        fit=Fit(
            criteria=[
                Criterion(when=field("founded").lt(date(1969, 12, 31)), points=1),
                Criterion(when=field("trial_ends").ge(at), points=2),
                Criterion(when=field("created_at").between(at, at), points=4),
                Criterion(when=field("email").domain_in("ours.example", "rival.example"), points=8),
                Criterion(when=field("id").eq("L1"), points=16),
            ],
            tables=[Table(field="acquisition", values={"inbound": 32}, missing=8)],
        ),
    )
    leads = [
        Lead(
            id="L1", email="a@b@RIVAL.example", created_at=at, attributes={"founded": date(1, 1, 1), "trial_ends": at}
        ),
        Lead(
            id="L2",
            acquisition="inbound",
            attributes={"founded": date(1969, 12, 31), "trial_ends": at.replace(microsecond=0)},
        ),
        Lead(id="L\u00e9", acquisition="partner", attributes={"founded": date(9999, 12, 31)}),
    ]
    found = profiles(con, model, leads)
    assert [row["fit"] for row in found] == [3_900, 3_200, 0]
    assert not differences(found, [expected_profile(model, lead) for lead in leads])


def test_gates_keep_their_order_and_name_every_reason(con):
    """The first reason is the first that holds in declared order; reasons may be any words."""
    reasons = ["it's", "a;b", "caf\u00e9", "last"]
    gates = [Gate(reason=reason, when=field("size").ge(at)) for at, reason in enumerate(reasons)]
    model = ScoringModel(attributes={"size": "integer"}, fit=Fit(gates=gates))
    found = profiles(con, model, [Lead(id="L1", attributes={"size": size}) for size in (-1, 0, 3)])
    assert [(row["gate"], row["gates"]) for row in found] == [
        (None, ""),
        ("it's", "it's"),
        ("it's", "it's;a;b;caf\u00e9;last"),
    ]


def test_completeness_weighs_what_is_known_and_rounds_half_up(con):
    """Weights of two decimals, none at all, and an attribute that weighs nothing."""
    weighed = {"a": Attribute(type="text", weight=Decimal("0.01")), "b": Attribute(type="list", weight=Decimal("0.02"))}
    model = ScoringModel(attributes={**weighed, "c": Attribute(type="integer", weight=0)})
    leads = [
        Lead(id="L1", attributes=found)
        for found in ({}, {"a": "x"}, {"b": ["x"], "a": ""}, {"a": "x", "b": ["x"]}, {"c": 1})
    ]
    assert [row["completeness"] for row in profiles(con, model, leads)] == [0, 3_333, 6_667, 10_000, 0]
    assert [row["completeness"] for row in profiles(con, ScoringModel(), leads[:1])] == [10_000]


def test_bounds_that_nothing_can_reach_are_not_asked():
    """A sum that cannot leave its bounds is not held against them, and items that earn nothing are left out."""
    one = Criterion(when=field("size").ge(1), points=5)
    model = ScoringModel(attributes=TYPES, fit=Fit(criteria=[one, Criterion(when=field("title").eq("x"), points=0)]))
    columns = lead_columns(model, tests=TextTests(), dialect=DUCKDB)
    assert render(fit.fit(model.plans.fit, columns), DUCKDB) == (
        'CASE WHEN COALESCE("a_size" >= CAST(1 AS BIGINT), FALSE) THEN CAST(500 AS BIGINT) ELSE CAST(0 AS BIGINT) END'
    )


def test_name_that_no_value_can_have_is_left_out():
    """Where every value is pure ASCII, other names are not asked; upper and lower case are."""
    table = Table(field="title", values={"A": 1, "\u00e9": 1, "b": 1, "\u0410": 2}, other=3)
    model = ScoringModel(attributes={"title": "text"}, fit=Fit(tables=[table]))
    written = {}
    for foreign in ({}, {"title": "x"}):
        columns = lead_columns(model, tests=TextTests(), dialect=DUCKDB, foreign=foreign)
        written[bool(foreign)] = render(fit.fit(model.plans.fit, columns), DUCKDB).replace(" AS BIGINT", "")
    assert written[False] == (
        "CASE WHEN \"a_title\" IS NULL THEN CAST(0) ELSE CASE WHEN \"a_title\" IN ('A', 'b') THEN CAST(100) "
        "ELSE CAST(300) END END"
    )
    assert "IN ('A', '\u00e9', 'b') THEN CAST(100)" in written[True]
    assert "= '\u0410' THEN CAST(200)" in written[True]
