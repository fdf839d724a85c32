"""The quick path of fit gives what the items say, one by one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import All, AnyOf, Leaf, Not, WrongType, field
from leadqual.conditions.fieldtypes import OPS_OF, READERS
from leadqual.fit import Band, Cap, Criterion, Fit, Table
from leadqual.fit.items import Earned, Item
from leadqual.fit.quick import quick_points
from leadqual.lead import Lead
from leadqual.scoring import ScoringModel
from tests.core.support import fits, lead

TYPES = {f"t{i}": "text" for i in range(8)}
TYPES |= {"i0": "integer", "i1": "integer", "n0": "number", "n1": "number", "b0": "boolean"}
TYPES |= {"d0": "date", "a0": "instant", "l0": "list"}
TEXTS = ["x", "X", "CTO", "é", "e\u0301", "a@gmail.com"]
POOLS: dict[str, list[Any]] = {
    "text": TEXTS,
    "integer": [-(2**63), -1, 0, 5, 6, 2**63 - 1],
    "number": [-1.7976931348623157e308, -0.0, 0.1, 5.0, 5.000000000000001, 1.7976931348623157e308],
    "boolean": [True, False],
    "date": [date.min, date(2026, 1, 30), date(2026, 1, 31), date.max],
    "instant": [datetime(2026, 1, 31, 12, tzinfo=UTC), datetime(2026, 1, 31, 13, tzinfo=UTC)],
    "list": TEXTS,
}
"""Values that literals and leads share, so that they meet often."""
ODD: list[Any] = [
    None,
    "",
    "x",
    5,
    5.0,
    Decimal(5),
    float("nan"),
    float("inf"),
    True,
    [],
    ["x"],
    [3],
    2**63,
    date(2026, 1, 31),
    b"x",
]
POINTS = st.integers(-5, 5)
PART = Criterion(when=All(()), points=1)


@st.composite
def leaves(draw, names):
    """Draw a comparison that suits its field."""
    name = draw(st.sampled_from(names))
    kind = TYPES[name]
    op = draw(st.sampled_from(OPS_OF[kind]))
    if op in ("exists", "missing"):
        return Leaf(field=name, op=op)
    one = st.sampled_from(POOLS[kind])
    if op == "between":
        value = tuple(sorted(draw(st.tuples(one, one))))
    elif op in ("in", "not_in", "contains_any", "domain_in", "has_any", "has_all"):
        value = tuple(draw(st.lists(one, min_size=1, max_size=3)))
    else:
        value = draw(one)
    fold = draw(st.booleans()) and kind in ("text", "list")
    return Leaf(field=name, op=op, value=value, ignore_case=fold, missing=draw(st.sampled_from([None, True, False])))


@st.composite
def conditions(draw):
    """Draw a condition on one field, as most are, or on several."""
    names = list(TYPES) if draw(st.integers(0, 4)) == 0 else [draw(st.sampled_from(list(TYPES)))]
    one = leaves(names)
    return draw(
        st.one_of(
            one, one.map(Not), st.lists(one, max_size=3).map(All), st.lists(one, min_size=1, max_size=3).map(AnyOf)
        )
    )


@st.composite
def tables(draw, group):
    """Draw a table of a field that may have one."""
    name = draw(st.sampled_from([name for name in TYPES if name[0] in "tinb"]))
    kind = TYPES[name]
    if kind == "number" or (kind == "integer" and draw(st.booleans())):
        ends = sorted(draw(st.sets(st.integers(-2, 8), max_size=3)))
        bands = [Band(points=draw(POINTS), below=end) for end in ends]
        return Table(field=name, bands=[*bands, Band(points=draw(POINTS))], group=group)
    keys = {"text": ["x", "é", "CTO"], "integer": ["-1", "5", "6"], "boolean": ["true", "false"]}[kind]
    values = draw(st.dictionaries(st.sampled_from(keys), POINTS, min_size=1))
    return Table(field=name, values=values, other=draw(st.none() | POINTS), group=group)


GROUPS = {"g": Cap(max=4, min=-4), "h": Cap()}


@st.composite
def models(draw):
    """Draw a model with a fit of criteria and tables, in groups or not."""
    group = st.sampled_from([None, None, *GROUPS]) if draw(st.booleans()) else st.none()
    criteria = [
        Criterion(when=draw(conditions()), points=draw(POINTS), group=draw(group))
        for _ in range(draw(st.integers(0, 12)))
    ]
    rows = [draw(tables(draw(group))) for _ in range(draw(st.integers(0, 3)))]
    bounds = draw(st.sampled_from([{}, {"max": 6, "min": -6}, {"min": -100}]))
    used = {part.group for part in (*criteria, *rows)} & {*GROUPS}
    groups = {name: GROUPS[name] for name in used}
    return ScoringModel(attributes=TYPES, fit=Fit(criteria=criteria, tables=rows, groups=groups, **bounds))


@st.composite
def leads(draw):
    """Draw a lead that knows some attributes, at most one of them of another type than declared."""
    names = draw(st.sets(st.sampled_from(list(TYPES))))
    values = {name: draw(st.sampled_from(POOLS[TYPES[name]])) for name in sorted(names)}
    for name in values:
        if TYPES[name] == "list":
            values[name] = draw(st.lists(st.sampled_from(TEXTS), max_size=2))
    if draw(st.booleans()):
        values[draw(st.sampled_from(list(TYPES)))] = draw(st.sampled_from(ODD))
    return Lead(id="L1", attributes=values)


def _outcome(call, given):
    try:
        return call(given)
    except WrongType as error:
        return error.expected, error.got, error.field


def _both(model, of) -> Any:
    plan = model.plans.fit
    quick = _outcome(plan.points, of)
    slow = _outcome(
        lambda given: (reading := plan.read(given)).known is not None and (reading.points, reading.known), of
    )
    return quick, slow


@given(models(), st.lists(leads(), min_size=1, max_size=6))
def test_quick_path_gives_what_the_items_say(model, several):
    """Looked up or worked out, a profile earns the same, is as well known, and is refused with the same error."""
    for of in [*several, *several]:  # the second time texts are remembered
        quick, slow = _both(model, of)
        assert quick == slow


WIDE = [Criterion(when=field(name).exists(), points=10**i) for i, name in enumerate(("t0", "t1", "t2", "t3"))]
SIZES = ("i0", "n0", "d0", "b0", "i1")


@pytest.mark.parametrize("texts", [0, 1, 6, 8])
@pytest.mark.parametrize("sizes", [0, 1, 2, 5])
def test_quick_path_serves_any_number_of_attributes(texts, sizes):
    """Fewer texts than are written out, more of them, and more than two sizes all count."""
    values = {f"t{i}": "x" for i in range(texts)} | {name: POOLS[TYPES[name]][-1] for name in SIZES[:sizes]}
    criteria = [Criterion(when=field(name).exists(), points=2**i) for i, name in enumerate(values)]
    model = fits(TYPES, *criteria)
    for left_out in (None, *values):
        of = Lead(id="L1", attributes={name: value for name, value in values.items() if name != left_out})
        quick, slow = _both(model, of)
        assert quick == slow
        assert quick[0] == 100 * sum(2**i for i, name in enumerate(values) if name != left_out)


@pytest.mark.parametrize("name", ["i0", "n0", "d0", "b0", "i1"])
@pytest.mark.parametrize("value", ["x", [], float("inf"), b"1"])
def test_quick_path_refuses_sizes_of_another_type(name, value):
    """A size that is none is refused, whichever place it has."""
    model = fits(TYPES, *[Criterion(when=field(size).exists(), points=1) for size in SIZES])
    quick, slow = _both(model, lead(**{name: value}))
    assert quick == slow
    assert quick[2] == name


@pytest.mark.parametrize("value", [5, ["x"], {}, True, b"x"])
def test_quick_path_refuses_texts_of_another_type(value):
    """A value that cannot even be looked up is refused like any other."""
    model = fits(TYPES, Criterion(when=field("t0").eq("x"), points=1), Criterion(when=field("t1").eq("x"), points=1))
    quick, slow = _both(model, lead(t0="x", t1=value))
    assert quick == slow
    assert quick[2] == "t1"


@pytest.mark.parametrize("value", [5, ["x"], {}, "a\0"])
@pytest.mark.parametrize("name", ["t0", "t6", "t7"])
def test_quick_path_refuses_texts_beyond_the_sixth_too(name, value):
    """The texts that are not written out are read as strictly as those that are."""
    sizes = [Criterion(when=field(size).ge(5), points=10) for size in ("i0", "n0")]
    model = fits(TYPES, *[Criterion(when=field(f"t{i}").eq("x"), points=1) for i in range(8)], *sizes)
    known = {f"t{i}": "x" for i in range(8)} | {"i0": 5, "n0": 5.0}
    assert _both(model, lead(**known))[0] == (2800, True)
    quick, slow = _both(model, lead(**{**known, name: value}))
    assert quick == slow
    assert quick[2] == name


@pytest.mark.parametrize(("name", "value"), [("t0", 5), ("i0", "5"), ("b0", 1)])
def test_quick_path_refuses_what_a_table_cannot_look_up(name, value):
    """A table reads its field as strictly as a criterion does."""
    keys = {"t0": "x", "i0": "5", "b0": "true"}
    model = fits(TYPES, tables=[Table(field=field, values={key: 1}) for field, key in keys.items()])
    assert _both(model, lead(t0="x", i0=5, b0=True))[0] == (300, True)
    quick, slow = _both(model, lead(**{name: value}))
    assert quick == slow
    assert quick[2] == name


@pytest.mark.parametrize(("size", "points"), [(0, 0), (5, 600), (6, 600), (9, -600)])
def test_quick_path_keeps_its_bounds(size, points):
    """What is looked up is bounded from above and from below, like the sum of the items."""
    criteria = [
        Criterion(when=field("i0").between(5, 6), points=9),
        Criterion(when=field("n0").ge(9), points=-9),
        Criterion(when=field("t0").eq("x"), points=0),
    ]
    model = fits(TYPES, *criteria, max=6, min=-6)
    quick, slow = _both(model, lead(i0=size, n0=float(size), t0="x"))
    assert quick == slow == (points, True)


def test_quick_path_counts_what_two_fields_decide():
    """A criterion that reads two attributes is asked itself, beside those that are looked up."""
    model = fits(TYPES, Criterion(when=field("t0").eq("x") & field("i0").ge(5), points=3), WIDE[0])
    assert _both(model, lead(t0="x", i0=5))[0] == (400, True)
    assert _both(model, lead(t0="y", i0=5))[0] == (100, True)


def test_quick_path_remembers_only_so_many_texts():
    """Thousands of different texts are each worked out right, remembered or not."""
    model = fits(TYPES, Criterion(when=field("t0").ends_with("7"), points=1))
    points = [model.plans.fit.points(lead(t0=f"v{i}"))[0] for i in range(5000)]
    assert points == [100 if i % 10 == 7 else 0 for i in range(5000)]


class Asked:
    """Items that write down each row they are asked about."""

    def __init__(self, **types: str) -> None:
        self.rows: list[Any] = []
        self.types = types
        self.items = [self._item(name) for name in types]
        readers = {name: READERS[kind] for name, kind in types.items()}
        self.points = quick_points(self.items, types, readers)
        self.rows.clear()

    def _item(self, name):
        def earn(row):
            self.rows.append(dict(row))
            return Earned.known(100 if row.get(name) not in (None, "", False) else 0)

        return Item(where="", name=name, what="criterion", group=None, fields=(name,), earn=earn, part=PART)

    def asked(self, **attributes: Any) -> int:
        """Return how many rows the items are asked about to score a lead that has these attributes."""
        self.rows.clear()
        earned, known = self.points(Lead(id="L1", attributes=attributes))
        there = [value for value in attributes.values() if value not in (None, "", False)]
        assert earned == 100 * len(there)
        assert known is any(value not in (None, "") for value in attributes.values())
        return len(self.rows)


def test_quick_path_asks_once_about_each_text():
    """A text is worked out when it is first met, alone or beside others, and then remembered; so is a missing one."""
    items = Asked(t0="text", t1="text")
    assert [items.asked(t0="x", t1="y") for _ in range(3)] == [2, 0, 0]
    assert [items.asked(t0="x"), items.asked(t0="x"), items.asked(t1="z", t0="x"), items.asked(t1="z")] == [1, 0, 1, 1]
    assert items.rows == [{"t0": None}]
    many = Asked(**{f"t{i}": "text" for i in range(9)})
    values = {f"t{i}": "x" for i in range(9)}
    assert [many.asked(**values) for _ in range(2)] == [9, 0]


@pytest.mark.parametrize(("length", "asked"), [(64, [1, 0]), (65, [1, 1])])
def test_quick_path_forgets_long_texts(length, asked):
    """A text of up to 64 characters is remembered, a longer one worked out each time."""
    items = Asked(t0="text")
    assert [items.asked(t0="x" * length) for _ in range(2)] == asked


def test_quick_path_remembers_at_most_4096_texts():
    """What comes later is worked out each time, so that the memory stays bounded."""
    items = Asked(t0="text")
    assert sum(items.asked(t0=f"v{i}") for i in range(4096)) == 4096
    assert [items.asked(t0="v0"), items.asked(t0="v4095"), items.asked(t0="w"), items.asked(t0="w")] == [0, 0, 1, 1]


@pytest.mark.parametrize("name", ["id", "email", "phone", "company_id"])
def test_quick_path_remembers_no_personal_texts(name):
    """An address is asked about each time: it is kept nowhere."""
    items = Asked(**{name: "text"})
    items.points(Lead(id="L1", email="a@b.example", phone="1", company_id="C"))
    items.points(Lead(id="L1", email="a@b.example", phone="1", company_id="C"))
    assert len(items.rows) == 2


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("boolean", [False, True]),
        ("integer", [-(2**63), 5, 2**63 - 1]),
        ("number", [-1.7976931348623157e308, 0.5, 1.7976931348623157e308]),
        ("date", [date.min, date(2026, 1, 31), date.max]),
    ],
)
@pytest.mark.parametrize("more", [{}, {"i9": "integer"}])
def test_quick_path_never_asks_about_sizes(kind, values, more):
    """What a size earns is known beforehand, from one end of its range to the other."""
    items = Asked(**more, s0=kind)
    assert [items.asked(s0=value, **dict.fromkeys(more, 7)) for value in values] == [0] * len(values)


@pytest.mark.parametrize(
    ("kind", "mark", "after"),
    [("integer", 5, 6), ("number", 5.0, 5.000000000000001), ("date", date(2026, 1, 31), date(2026, 2, 1))],
)
def test_quick_path_looks_on_either_side_of_what_items_compare_with(kind, mark, after):
    """A size may earn something else from the value that is named on, and from the next one on."""
    asked: list[Any] = []

    def earn(row):
        asked.append(row["s0"])
        return Earned.known(0)

    item = Item(where="", name="", what="criterion", group=None, fields=("s0",), earn=earn, part=PART, marks=(mark,))
    quick_points([item], {"s0": kind}, {"s0": READERS[kind]})
    assert asked[1:] == [mark, after, None]
