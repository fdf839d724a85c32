"""Every problem of a fit, word for word as its reader gets it: ``problems.txt`` beside this file."""

from decimal import Decimal
from pathlib import Path

import pytest

from leadqual.conditions import All
from leadqual.errors import ModelError
from leadqual.fit import Cap
from tests.core.loose import Band, Criterion, Fit, Gate, ScoringModel, Table, field

TYPES = {"job": "text", "size": "integer", "ratio": "number", "vip": "boolean", "born": "date", "tags": "list"}
YES = All(())
ADULT = field("size").ge(18)


class _Broken:
    kind = "acme/broken"

    def lower(self):
        """Fail, as code of others may."""
        raise LookupError


class _Odd:
    kind = "acme/odd"

    def lower(self):
        """Return no list."""
        return 5


WRONG = Fit(
    max=-1,
    min=Decimal("0.5"),
    criteria=[
        3,
        Criterion(when=field("jub").exists(), points=Decimal("0.001"), group="web", missing="x"),
        Criterion(when=ADULT, points=0.5, group="emial"),
        Criterion(when=ADULT, points=Decimal("NaN"), name=3),
        Criterion(when=ADULT, points="10"),
        Criterion(when=ADULT, points=10_001, name="adult"),
        Criterion(when=ADULT, points=10, missing=11, name="adult"),
        Criterion(when=ADULT, points=-10, missing=1, name=""),
        Criterion(when=ADULT, points=10, missing=0.5, name="a\0"),
    ],
    tables=[
        {"field": "job"},
        Table(field="size", bands=3, values=4),
        Table(field="size", bands=[Band(points=1), None]),
        Table(field="zz", values={"x": 1}, group="web"),
        Table(field="sice", values={"x": 1}),
        Table(field="job"),
        Table(field="size", bands=[Band(points=1)], values={"1": 1}),
        Table(field="job", bands=[Band(points=1)]),
        Table(field="born", values={"2000-01-01": 1}),
        Table(
            field="size",
            other=2,
            bands=[
                Band(points="x", below="y"),
                Band(points=1),
                Band(points=1, below=5),
                Band(points=1, below=5),
                Band(points=1, below=4),
            ],
        ),
        Table(field="ratio", bands=[Band(points=1, below=True), Band(points=1, below=2)]),
        Table(field="job", values={"": 1, "x": 0.5, "\u00e9": 1, "e\u0301": 2}, other="y", missing=7),
        Table(field="size", values={"5": 1, "05": 2, "x": 3}),
        Table(field="vip", values={"yes": 1}),
        Table(field="job", values={"x": 5}, other=-1, missing=6),
        Table(field="job", values={"x": 5}, missing=-1),
        Table(field="size", bands=[Band(points=3, below=5), Band(points=7)], missing=8),
    ],
    groups={"": Cap(), "email": 3, "e\u0301": Cap(), "\u00e9": Cap(max=-1, min=1)},
    gates=["spam", Gate(reason="", when=ADULT), Gate(reason="spam", when=None)],
    grades={"A": 1, "B": 1, "X": 0, "C": "x"},
    scorers=[_Broken(), _Odd(), 7],
)


def _said(fit):
    with pytest.raises(ModelError) as caught:
        ScoringModel(attributes=TYPES, fit=fit)
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_of_a_fit_says_what_came_and_what_to_do():
    """Each mistake has its line: where it is, what is wrong, what came, what to write instead."""
    lines = [*_said(WRONG), *_said(Fit(criteria=3, tables="x", groups=[1], gates={}, grades=5, scorers=6))]
    assert lines == (Path(__file__).parent / "problems.txt").read_text("utf-8").splitlines()
