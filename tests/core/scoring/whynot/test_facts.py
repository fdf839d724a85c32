"""What could turn out about a lead."""

from decimal import Decimal

import pytest
from attrs import frozen

from leadqual.conditions import All, field
from leadqual.conditions.nodes import Leaf, Not
from leadqual.fit import Band, Criterion, Fit, Gate, Table
from leadqual.scoring import Bar, Qualify, ScoringModel
from leadqual.scoring.whynot import Costs
from leadqual.scoring.whynot.facts import facts_of, learnable, with_values
from tests.core.support import lead

BAR = field("fit").ge(30) & field("vip").eq(True)
MODEL = ScoringModel(
    attributes={
        "job": "text",
        "size": "integer",
        "revenue": "number",
        "country": "text",
        "vip": "boolean",
        "x": "text",
    },
    lists={"far": ("US", "CA")},
    fit=Fit(
        criteria=[
            Criterion(when=field("job").contains_word("CEO", "CTO"), points=20),
            Criterion(when=field("job").contains_word("Student"), points=-9),
            Criterion(when=field("country").is_in("@far"), points=-1),
        ],
        tables=[
            Table(field="country", values={"ES": 5, "MX": 5, "FR": 2}, other=1),
            Table(field="size", bands=[Band(points=0, below=10), Band(points=6, below=50), Band(points=3)]),
            Table(field="revenue", bands=[Band(points=0, below=10), Band(points=6, below=50), Band(points=3)]),
        ],
        gates=[Gate(reason="rival", when=field("email").domain_in("rival.example"))],
    ),
    qualify=Qualify(mql=Bar(when=BAR)),
)


@frozen(kw_only=True)
class Large:
    """A scorer of companies from some size on."""

    kind = "tests/large"
    least: int

    def lower(self):
        return [Criterion(when=field("size").ge(self.least), points=5)]


def _learnable(of=None, costs=None, model=MODEL, bar=BAR):
    scope = model.plans.scope
    found, whole = learnable(facts_of(model, scope, bar), of or lead(), scope.lists, costs or Costs())
    assert whole
    return found


def _values(found, attribute):
    return [part.value for part in found if part.attribute == attribute]


def test_one_value_stands_for_all_that_make_the_same_difference():
    """Of values that earn the same, the first is tried; what the profile lacks costs one."""
    found = _learnable()
    assert _values(found, "job") == ["CEO", "Student", "other"]
    assert _values(found, "size") == [10, 50]
    assert _values(found, "revenue") == [10.0, 50.0]
    assert _values(found, "country") == ["ES", "FR", "other", "US"]
    assert _values(found, "vip") == [True, False]
    assert _values(found, "email") == ["someone@rival.example", "someone@other"]
    assert not _values(found, "x")
    assert {part.cost for part in found} == {Decimal(1)}
    assert not any(part.known for part in found)


def test_conditions_say_what_has_to_turn_out():
    """Equal values are named together, bands by their ends, and a comparison as it stands in the document."""
    said = {(part.attribute, part.value): part.condition for part in _learnable()}
    assert said["country", "ES"] == Leaf(field="country", op="in", value=("ES", "MX"))
    assert said["country", "other"] == Leaf(field="country", op="not_in", value=("ES", "MX", "FR"))
    assert said["size", 10] == Leaf(field="size", op="between", value=(10, 49))
    assert said["size", 50] == Leaf(field="size", op="ge", value=50)
    assert said["revenue", 10.0] == field("revenue").ge(10.0) & field("revenue").lt(50.0)
    assert said["job", "CEO"] == field("job").contains_word("CEO", "CTO")
    assert said["country", "US"] == field("country").is_in("@far")


def test_known_values_are_told_by_what_changes():
    """Another value of a known attribute costs more, and its condition is the news."""
    gated = evolved(email="a@rival.example", job="CEO")
    found = {part.attribute: part for part in _learnable(gated) if part.attribute in ("email", "job")}
    assert (found["email"].known, found["email"].cost) == (True, 5)
    assert found["email"].condition == Not(field("email").domain_in("rival.example"))
    both = [part.condition for part in _learnable(gated) if part.attribute == "job" and part.value == "Student"]
    leaves = (Not(field("job").contains_word("CEO", "CTO")), field("job").contains_word("Student"))
    assert both == [All(leaves)]


def evolved(**values):
    """Return a lead with fields and attributes."""
    return with_values(lead(), values)


def test_values_go_where_they_belong():
    """Fields of every lead are its own, the rest are attributes, and the others stay as they are."""
    both = with_values(lead(job="CTO"), {"email": "a@b.example", "size": 7})
    assert (both.email, dict(both.attributes)) == ("a@b.example", {"job": "CTO", "size": 7})
    assert with_values(lead(job="CTO"), {"phone": "1"}).attributes == {"job": "CTO"}


def test_what_is_forbidden_is_not_proposed():
    """Costs of `None`, and fields that a lead came with."""
    bar = field("acquisition").eq("outbound") & field("created_at").ge("2026-01-01T00:00:00Z")
    found = _learnable(costs=Costs(attributes={"job": None, "email": None}), bar=bar)
    assert {part.attribute for part in found} == {"country", "size", "revenue"}
    asked = _learnable(costs=Costs(attributes={"acquisition": 2}), bar=bar)
    assert [(part.value, part.cost) for part in asked if part.attribute == "acquisition"] == [("outbound", 2)]


def test_values_that_no_lead_can_have_are_left_out():
    """An acquisition is one of three words; a literal that is none of them cannot be proposed."""
    bar = field("acquisition").eq("elsewhere")
    asked = _learnable(costs=Costs(attributes={"acquisition": 2}), bar=bar)
    assert not [part for part in asked if part.attribute == "acquisition"]


def test_values_named_together_are_six_at_most():
    """A long table of equal values names the first six."""
    model = ScoringModel(
        attributes={"country": "text"}, fit=Fit(tables=[Table(field="country", values={f"C{i}": 5 for i in range(9)})])
    )
    (found, *_) = _learnable(model=model, bar=field("fit").ge(5))
    assert found.condition == Leaf(field="country", op="in", value=tuple(f"C{i}" for i in range(6)))


@pytest.mark.parametrize(
    ("kind", "values", "tried"), [("integer", {"7": 1, "9": 2}, [7, 9]), ("boolean", {"true": 4}, [True])]
)
def test_tables_by_number_and_boolean_are_read_as_such(kind, values, tried):
    """The names of a table's rows are values of the attribute's type."""
    model = ScoringModel(attributes={"x": kind}, fit=Fit(tables=[Table(field="x", values=values)]))
    assert _values(_learnable(model=model, bar=field("fit").ge(1)), "x") == tried


def test_extensions_are_read_as_what_they_lower_to():
    """What a scorer lowers to is asked like criteria and tables of the document."""
    model = ScoringModel(attributes={"size": "integer"}, fit=Fit(scorers=[Large(least=50)]))
    assert _values(_learnable(model=model, bar=field("fit").ge(5)), "size") == [50, 49]


def test_band_below_the_least_number_has_no_value():
    """A first band that nothing can be in is not proposed."""
    bands = [Band(points=3, below=-(2**63)), Band(points=1)]
    model = ScoringModel(attributes={"x": "integer"}, fit=Fit(tables=[Table(field="x", bands=bands)]))
    assert _values(_learnable(model=model, bar=field("fit").ge(1)), "x") == [-(2**63)]


def test_extensions_stand_beside_criteria_and_tables():
    """What is written in the document counts as well as what an extension lowers to."""
    fit = Fit(
        criteria=[Criterion(when=field("job").eq("CTO"), points=3)],
        tables=[Table(field="country", values={"ES": 2})],
        scorers=[Large(least=50)],
    )
    model = ScoringModel(attributes={"job": "text", "size": "integer", "country": "text"}, fit=fit)
    assert {part.attribute for part in _learnable(model=model, bar=field("fit").ge(5))} == {"job", "size", "country"}


def test_many_values_of_an_attribute_that_much_asks_for_are_not_all_tried():
    """The work is bounded: of 1,000 words, each a criterion of its own, 200 are tried."""
    criteria = [Criterion(when=field("job").eq(f"w{i}"), points=1) for i in range(1_000)]
    model = ScoringModel(attributes={"job": "text"}, fit=Fit(criteria=criteria))
    scope = model.plans.scope
    found, whole = learnable(facts_of(model, scope, field("fit").ge(1)), lead(), scope.lists, Costs())
    assert ([part.value for part in found], whole) == ([f"w{i}" for i in range(200)], False)


def test_table_with_one_band_makes_no_difference():
    """A single open band earns the same of every size; there is nothing to learn but that it is known."""
    model = ScoringModel(attributes={"x": "integer"}, fit=Fit(tables=[Table(field="x", bands=[Band(points=3)])]))
    assert not _learnable(model=model, bar=field("fit").ge(1))
