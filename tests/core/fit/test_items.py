"""What one criterion or table earns, and between which bounds it could lie."""

from datetime import date
from decimal import Decimal

import pytest

from leadqual.conditions import FieldType, Scope, WrongType, bind, field
from leadqual.conditions.nodes import leaves
from leadqual.fit import Band, Criterion, Table
from leadqual.fit.items import criterion_item, read_key, table_item
from tests.core.support import fits, lead, scored

TYPES = {"job": "text", "size": "integer", "ratio": "number", "vip": "boolean"}
SIZES = Table(field="size", bands=[Band(points=1, below=10), Band(points=20, below=1000), Band(points=5)])
PLACES = Table(field="job", values={"CTO": 25, "Técnico": 10}, other=-3)


def _fit(part, **attributes):
    own = {"tables": [part]} if isinstance(part, Table) else {}
    model = fits(TYPES, *([] if own else [part]), min=-1000, **own)
    score = scored(model, of=lead(**attributes))
    return score.fit, score.fit_low, score.fit_high


@pytest.mark.parametrize("points", [25, -25, Decimal("0.01")])
def test_criterion_earns_its_points_when_it_holds(points):
    """What is known has no range."""
    criterion = Criterion(when=field("job").contains_word("CTO"), points=points)
    assert _fit(criterion, job="CTO") == (points, points, points)
    assert _fit(criterion, job="Director") == (0, 0, 0)


@pytest.mark.parametrize(("points", "low", "high"), [(25, 0, 25), (-25, -25, 0)])
def test_unknown_criterion_earns_what_two_valued_truth_gives(points, low, high):
    """On a missing value a comparison is false and `not` of it true; the range is from none to all of the points."""
    assert _fit(Criterion(when=field("job").eq("CTO"), points=points)) == (0, low, high)
    assert _fit(Criterion(when=~field("job").eq("CTO"), points=points)) == (points, low, high)


def test_unknown_criterion_earns_its_points_for_missing():
    """`missing` of a criterion stands for an unknown answer only, and does not narrow its range."""
    criterion = Criterion(when=field("job").eq("CTO"), points=25, missing=10)
    assert _fit(criterion) == (10, 0, 25)
    assert _fit(criterion, job="") == (10, 0, 25)
    assert _fit(criterion, job="CFO") == (0, 0, 0)


def test_missing_on_a_leaf_makes_the_answer_known():
    """A leaf that says `missing` is no unknown, nor is one that asks for it."""
    for when in (field("job").eq("CTO", missing=True), field("job").missing()):
        assert _fit(Criterion(when=when, points=5, missing=1)) == (5, 5, 5)
    assert _fit(Criterion(when=field("job").eq("CTO", missing=False), points=5, missing=1)) == (0, 0, 0)


def test_criterion_is_known_where_the_other_parts_decide():
    """An unknown leaf does not make a criterion unknown that is decided without it."""
    criterion = Criterion(when=field("job").eq("CTO") | field("size").ge(50), points=5, missing=1)
    assert _fit(criterion, size=50) == (5, 5, 5)
    assert _fit(criterion, size=49) == (1, 0, 5)


@pytest.mark.parametrize(("size", "points"), [(-5, 1), (9, 1), (10, 20), (999, 20), (1000, 5), (2**63 - 1, 5)])
def test_bands_end_below_their_upper_end(size, points):
    """A value at `below` belongs to the next band; the last band is open."""
    assert _fit(SIZES, size=size) == (points, points, points)


def test_bands_of_numbers_compare_as_numbers():
    """A band of a number ends at the nearest double."""
    table = Table(field="ratio", bands=[Band(points=1, below=Decimal("0.1")), Band(points=2)])
    assert _fit(table, ratio=0.1)[0] == 2
    assert _fit(table, ratio=0.0999999)[0] == 1
    assert _fit(table, ratio=-0.0)[0] == 1


@pytest.mark.parametrize(("job", "points"), [("CTO", 25), ("cto", -3), ("Te\u0301cnico", 10), ("Tecnico", -3)])
def test_values_are_named_exactly(job, points):
    """A named value earns its points, composed or not; any other value earns `other`."""
    assert _fit(PLACES, job=job) == (points, points, points)


def test_values_of_booleans_and_integers_are_named_by_their_text():
    """Documents name values by texts; "-5" is the integer, "true" the boolean."""
    assert _fit(Table(field="vip", values={"true": 5, "false": -2}), vip=False)[0] == -2
    assert _fit(Table(field="size", values={"-5": 3, "7": 4}), size=-5)[0] == 3
    assert _fit(Table(field="size", values={"-5": 3, "7": 4}, other=1), size=6)[0] == 1


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (SIZES, (0, 1, 20)),
        (PLACES, (0, -3, 25)),
        (Table(field="job", values={"x": 5}), (0, 0, 5)),
        (Table(field="job", values={"x": -5}, missing=-2), (-2, -5, 0)),
        (Table(field="size", bands=[Band(points=4)], missing=3), (3, 4, 4)),
    ],
)
def test_table_on_a_missing_value_earns_its_points_for_missing(table, expected):
    """A missing value earns `missing`, 0 if absent, never `other` or a band; the range is lowest to highest."""
    assert _fit(table) == expected


def test_items_are_named_for_people():
    """A criterion without a name is its condition in words, a table its field."""
    criteria = [
        Criterion(when=field("job").eq("CTO"), points=1),
        Criterion(when=field("size").ge(1), points=1, name="S"),
    ]
    tables = [Table(field="size", bands=[Band(points=1)]), Table(field="job", values={"CTO": 1}, name="Jobs")]
    model = fits({**TYPES, "size": "integer"}, *criteria, tables=tables)
    lines = scored(model, of=lead(job="CTO", size=5)).lines
    assert [line.name for line in lines] == ["the job is CTO", "S", "size", "Jobs"]


def test_tables_are_named_after_their_field():
    """The name of a field is said in words; a table knows its group and that it is one."""
    table = Table(field="job_title", values={"CTO": 1}, group="who")
    item = table_item(table, "text", "fit.tables[0]")
    assert (item.name, item.what, item.group, item.fields) == ("job title", "table", "who", ("job_title",))


@pytest.mark.parametrize(("key", "sound"), [("-9223372036854775808", True), ("0" * 20, True), ("0" * 21, False)])
def test_integers_are_named_by_at_most_twenty_characters(key, sound):
    """The longest name is that of the least integer."""
    if sound:
        assert read_key(key, "integer") == int(key)
        return
    with pytest.raises(WrongType):
        read_key(key, "integer")


def test_wrong_values_of_a_table_are_told():
    """A table says what it expected, what came and of which field."""
    item = table_item(SIZES, "integer", "fit.tables[0]")
    with pytest.raises(WrongType) as caught:
        item.earn({"size": "x"})
    assert caught.value.args == ("a whole number", "str", "size")


@pytest.mark.parametrize(
    ("when", "kind", "marks"),
    [
        (field("size").between(1, 5) | ~field("size").lt(9), "integer", (1, 5, 9)),
        (field("born").lt("2000-01-01"), "date", (date(2000, 1, 1),)),
        (field("job").eq("x"), "text", ()),
        (field("size").exists(), "number", ()),
    ],
)
def test_criteria_know_the_sizes_they_compare_with(when, kind, marks):
    """What a criterion earns can change nowhere else."""
    name = next(leaves(when)).field
    made, _ = bind(when, Scope({name: FieldType(kind)}, {}), "when")
    assert made is not None
    assert criterion_item(Criterion(when=when, points=1), made, "fit", {name: kind}).marks == marks
