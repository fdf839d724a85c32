"""What is wrong with a fit, with the path of each problem."""

from decimal import Decimal

import pytest

from leadqual.conditions import All, field
from leadqual.fit import Cap
from tests.core.loose import Band, Criterion, Fit, Gate, Table
from tests.core.support import refusal

TYPES = {"job": "text", "size": "integer", "ratio": "number", "vip": "boolean", "born": "date", "tags": "list"}
YES = All(())


def _wrong(*criteria, **axis):
    return refusal(attributes=TYPES, fit=Fit(criteria=criteria, **axis))


def _table(**table):
    return _wrong(tables=[Table(**table)])


def test_criteria_are_checked_whole():
    """Condition, points, group and `missing` of a criterion are each a problem of their own."""
    wrong = Criterion(when=field("jub").exists(), points=Decimal("0.001"), group="web", missing="x")
    assert _wrong(3, wrong, Criterion(when=None, points=True)) == [
        "fit.criteria[0]: a criterion was expected",
        "fit.criteria[1].when.field: unknown attribute",
        "fit.criteria[1].points: the number has too many decimal places",
        "fit.criteria[1].group: the group is not declared",
        "fit.criteria[2].when: a condition was expected",
        "fit.criteria[2].points: a number was expected",
    ]


@pytest.mark.parametrize(
    ("points", "missing", "sound"),
    [(10, 10, True), (10, 0, True), (10, -1, False), (10, 11, False), (-10, -10, True), (-10, 1, False), (0, 0, True)],
)
def test_unknown_answers_earn_no_more_than_known_ones(points, missing, sound):
    """`missing` of a criterion lies between min(0, points) and max(0, points)."""
    criterion = Criterion(when=field("job").eq("x"), points=points, missing=missing)
    if sound:
        assert Fit(criteria=[criterion]).criteria == (criterion,)
        return
    assert _wrong(criterion) == ["fit.criteria[0].missing: points for an unknown answer out of range"]


def test_points_for_unknown_answers_are_points():
    """`missing` is held to the rules of points."""
    criterion = Criterion(when=field("job").eq("x"), points=1, missing=0.5)
    assert _wrong(criterion) == ["fit.criteria[0].missing: an exact number was expected"]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ({"field": "jub", "values": {"x": 1}, "group": "no"}, [
            "fit.tables[0].group: the group is not declared",
            "fit.tables[0].field: unknown attribute",
        ]),
        ({"field": 3}, ["fit.tables[0].field: unknown attribute"]),
        ({"field": "job"}, ["fit.tables[0]: a table has bands or values"]),
        ({"field": "size", "bands": [Band(points=1)], "values": {"1": 1}}, [
            "fit.tables[0]: a table has bands or values",
        ]),
        ({"field": "job", "bands": [Band(points=1)]}, ["fit.tables[0].field: a text has no bands"]),
        ({"field": "ratio", "values": {"1": 1}}, ["fit.tables[0].field: a number has no named values"]),
        ({"field": "tags", "values": {"a": 1}}, ["fit.tables[0].field: a list has no named values"]),
        ({"field": "size", "bands": [Band(points=1)], "other": 2}, ["fit.tables[0].other: bands have no `other`"]),
        ({"field": "size", "bands": [Band(points="x", below="y"), Band(points=1)]}, [
            "fit.tables[0].bands[0].points: a number was expected",
            "fit.tables[0].bands[0].below: a whole number was expected",
        ]),
        ({"field": "size", "bands": [Band(points=1), Band(points=2)]}, [
            "fit.tables[0].bands[0]: a band in the middle needs `below`",
        ]),
        ({"field": "size", "bands": [Band(points=1, below=5)]}, ["fit.tables[0].bands: the last band is open"]),
        ({"field": "size", "bands": [Band(points=1, below=5), Band(points=2, below=5), Band(points=3)]}, [
            "fit.tables[0].bands[1].below: the bands contradict each other",
        ]),
        ({"field": "job", "values": {"x": 0.5, "": 1}}, [
            "fit.tables[0].values.x: an exact number was expected",
            "fit.tables[0].values.: a text was expected",
        ]),
        ({"field": "job", "values": {"é": 1, "e\u0301": 2}}, [
            "fit.tables[0].values.e\u0301: the same value as `é`",
        ]),
        ({"field": "size", "values": {"5": 1, "05": 2, "x": 3, "1.5": 4, "\u0665": 5}}, [
            "fit.tables[0].values.05: the same value as `5`",
            "fit.tables[0].values.x: a whole number was expected",
            "fit.tables[0].values.1.5: a whole number was expected",
            "fit.tables[0].values.\u0665: a whole number was expected",
        ]),
        ({"field": "vip", "values": {"yes": 1}}, ["fit.tables[0].values.yes: true or false was expected"]),
        ({"field": "job", "values": {"x": 1}, "other": "y"}, ["fit.tables[0].other: a number was expected"]),
        ({"field": "job", "values": {"x": 5}, "other": -1, "missing": 6}, [
            "fit.tables[0].missing: points for an unknown answer out of range",
        ]),
        ({"field": "size", "bands": [Band(points=3, below=5), Band(points=7)], "missing": -1}, [
            "fit.tables[0].missing: points for an unknown answer out of range",
        ]),
    ],
)  # fmt: skip
def test_tables_are_checked_whole(table, lines):
    """Each mistake in a table is one problem with its path."""
    assert _table(**table) == lines


@pytest.mark.parametrize("bands", [3, [3], [Band(points=1), None], {"below": 3}])
def test_rows_of_another_class_are_refused(bands):
    """A table holds a list of bands, and nothing that looks like one."""
    (line,) = _table(field="size", bands=bands)
    assert line.startswith("fit.tables[0].bands")


def test_problems_are_listed_up_to_a_bound():
    """Nobody reads thousands of problems: the search ends when there are five hundred."""
    assert 500 <= len(_wrong(*[Criterion(when=YES, points="x")] * 2000)) < 600


def test_parts_of_another_class_are_refused():
    """A fit holds tables and gates, not what looks like them."""
    assert _wrong(tables=[{"field": "job"}], gates=["spam"]) == [
        "fit.tables[0]: a table was expected",
        "fit.gates[0]: a gate was expected",
    ]


def test_gates_have_a_reason_and_a_condition():
    """Both are checked, and the other gates too."""
    gates = [Gate(reason="", when=YES), Gate(reason="spam", when=field("jub").exists())]
    assert _wrong(gates=gates) == [
        "fit.gates[0].reason: a text was expected",
        "fit.gates[1].when.field: unknown attribute",
    ]


def test_names_are_unique_over_criteria_and_tables():
    """A ledger tells criteria and tables apart by their names."""
    table = Table(field="job", values={"x": 1}, name="CTO")
    assert _wrong(Criterion(when=YES, points=1, name="CTO"), tables=[table]) == [
        "fit.tables[0].name: the name is taken by fit.criteria[0]"
    ]


def test_caps_groups_and_grades_of_fit_are_checked():
    """What bounds the axis is held to its rules, in the order of the document."""
    assert _wrong(max=-1, min=1, groups={"web": Cap(max=-1)}, grades={"A": 1, "B": 2, "X": 0}) == [
        "fit.max: an upper cap is zero or more",
        "fit.min: a lower cap is zero or less",
        "fit.groups.web.max: an upper cap is zero or more",
        "fit.grades.X: unknown name",
        "fit.grades.B: the bound is not below that of A",
    ]


def test_tables_on_fields_of_unknown_types_are_left_to_their_declaration():
    """A wrong declaration is one problem, not two."""
    assert refusal(attributes={"job": "txt"}, fit=Fit(tables=[Table(field="job", values={"x": 1})])) == [
        "attributes.job: unknown type"
    ]
