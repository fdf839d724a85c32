"""What a profile earns together: groups, bounds, grades, gates, what is known."""

from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.fit import Band, Cap, Criterion, Gate, Table
from leadqual.lead import Lead
from tests.core.support import fits, lead, scored

TYPES = {"a": "text", "b": "text", "n": "integer"}
A, B = field("a").eq("x"), field("b").eq("x")
BOTH = lead(a="x", b="x")


def _criteria(*points, **more):
    return [Criterion(when=when, points=earned, **more) for when, earned in zip((A, B), points, strict=False)]


def _fit(of, *criteria, **axis):
    score = scored(fits(TYPES, *criteria, **axis), of=of)
    return score.fit, score.fit_low, score.fit_high


def test_fit_is_the_sum_of_what_holds():
    """Criteria and tables add up."""
    table = Table(field="n", bands=[Band(points=Decimal("0.5"))])
    assert _fit(lead(a="x", b="y", n=1), *_criteria(5, 7), tables=[table])[0] == Decimal("5.50")


@pytest.mark.parametrize(("points", "fit"), [((30, 40), 60), ((30, 30), 60), ((30, 29), 59)])
def test_fit_is_capped_at_its_max(points, fit):
    """The cap bounds the sum, not each part."""
    assert _fit(BOTH, *_criteria(*points), max=60)[0] == fit


@pytest.mark.parametrize(("low", "fit"), [({}, 0), ({"min": -10}, -10), ({"min": -50}, -30)])
def test_fit_is_never_below_its_min(low, fit):
    """`min` of fit is 0 unless given."""
    assert _fit(BOTH, *_criteria(-10, -20), **low)[0] == fit


def test_nothing_is_clamped_on_the_way():
    """Only the sum is bounded: what goes beyond a bound in between comes back."""
    assert _fit(BOTH, *_criteria(90, -50), max=60)[0] == 40
    assert _fit(BOTH, *_criteria(-50, 90), max=60)[0] == 40


def test_groups_are_capped_before_the_axis():
    """A group's parts add up and are bounded; what has no group is not; then the axis is bounded."""
    criteria = [*_criteria(30, 40, group="web"), Criterion(when=A, points=5)]
    assert _fit(BOTH, *criteria, groups={"web": Cap(max=50)})[0] == 55
    assert _fit(BOTH, *criteria, groups={"web": Cap(max=50)}, max=52)[0] == 52
    assert _fit(BOTH, *_criteria(-30, -40, group="web"), groups={"web": Cap(min=-50)}, min=-60)[0] == -50
    assert _fit(BOTH, *_criteria(30, 40, group="web"), groups={"web": Cap()})[0] == 70


def test_the_silent_bound_is_a_million_points():
    """Without a cap a group and the axis reach 1 000 000 points and no more."""
    criteria = [Criterion(when=A, points=10_000, group="g" if i % 2 else None) for i in range(202)]
    assert _fit(BOTH, *criteria, groups={"g": Cap()})[0] == 1_000_000


def test_range_passes_through_the_caps():
    """Lowest and highest fit are bounded as the fit is: by group, then by axis."""
    criteria = [*_criteria(30, 40, group="web"), Criterion(when=A, points=-10)]
    assert _fit(Lead(id="L1"), *criteria, groups={"web": Cap(max=50)}, max=45) == (0, 0, 45)
    assert _fit(lead(a="x"), *criteria, groups={"web": Cap(max=50)}, min=-20) == (20, 20, 40)


GRADES = {"A": 45, "B": 30, "C": Decimal("0.01")}


@pytest.mark.parametrize(
    ("points", "grade"),
    [(45, "A"), (Decimal("44.99"), "B"), (30, "B"), (Decimal("29.99"), "C"), (Decimal("0.01"), "C"), (0, "C")],
)
def test_grades_are_reached_at_their_bound(points, grade):
    """A grade is reached at its bound; below the lowest bound the grade is the lowest one."""
    assert scored(fits(TYPES, *_criteria(points), grades=GRADES), of=lead(a="x")).grade == grade


def test_grade_is_unknown_when_nothing_that_fit_reads_is_known():
    """`-` means unknown, not bad: attributes that fit does not read, and empty ones, do not count."""
    model = fits({**TYPES, "list": "list"}, *_criteria(5), Criterion(when=field("n").ge(1), points=1), grades=GRADES)
    assert scored(model, of=lead(b="x", a="")).grade == "-"
    assert scored(model, of=lead(a="y")).grade == "C"
    assert scored(model, of=lead(n=0)).grade == "C"


def test_grade_is_unknown_whatever_is_not_declared():
    """An attribute that is not declared makes nothing known, whatever its name."""
    model = fits({"n": "integer"}, Criterion(when=field("n").ge(1), points=1), grades=GRADES)
    assert scored(model, of=Lead(id="L1", attributes={"": "x", "m": 5})).grade == "-"


def test_grade_reads_lists_groups_and_built_in_fields():
    """A known value of any kind, in any group, is known; the built-in fields of a lead count as well."""
    criteria = [
        Criterion(when=field("tags").has("x"), points=1, group="g"),
        Criterion(when=field("email").exists(), points=1),
    ]
    model = fits({"tags": "list"}, *criteria, groups={"g": Cap()}, grades={"A": 1})
    assert scored(model, of=lead(tags=["", ""])).grade == "-"
    assert scored(model, of=lead(tags=["y"])).grade == "A"
    assert scored(model, of=Lead(id="L1", email="a@b.example")).grade == "A"


def test_without_grades_there_is_no_letter():
    """The cell is empty, known or not."""
    assert scored(fits(TYPES, *_criteria(5)), of=BOTH).grade is None
    assert scored(fits(TYPES, *_criteria(5))).grade is None


def test_gates_are_tried_in_declared_order():
    """`gate` is the reason of the first that holds, `gates` all of them; the scores stay."""
    gates = [Gate(reason="no", when=B & ~A), Gate(reason="spam", when=A), Gate(reason="test", when=B)]
    score = scored(fits(TYPES, *_criteria(5), gates=gates, grades={"A": 5}), of=BOTH)
    assert (score.gate, score.gates, score.fit, score.grade) == ("spam", ("spam", "test"), 5, "A")
    assert scored(fits(TYPES, gates=gates), of=lead(a="y")).gate is None


def test_gates_read_no_missing_values():
    """A gate is two-valued: what is not known does not shut it."""
    model = fits(TYPES, gates=[Gate(reason="small", when=field("n").lt(5)), Gate(reason="other", when=~A)])
    assert scored(model).gates == ("other",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "L1"),
        ("kind", "person"),
        ("email", "a@b.example"),
        ("phone", "+34"),
        ("company_id", "c"),
        ("acquisition", "inbound"),
        ("channel", "event"),
        ("source", "list"),
        ("zone", "Europe/Madrid"),
        ("language", "es"),
    ],
)
def test_fields_of_every_lead_are_read_without_declaring_them(name, value):
    """A condition may name a built-in field of a lead."""
    of = Lead(**{"id": "L1", name: value})
    assert _fit(of, Criterion(when=field(name).eq(value), points=1)) == (1, 1, 1)
