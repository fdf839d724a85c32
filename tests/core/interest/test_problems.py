"""Every problem of an interest, word for word as its reader gets it: ``problems.txt`` beside this file."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadqual.errors import ModelError
from leadqual.interest import Cap, InterestRule
from tests.core.loose import HalfLife, Interest, Linear, Per, ScoringModel, Steps, Window, field

TYPES = {"asset": "text", "amount": "number", "tags": "list"}


def _rule(points: Any = 10, event: Any = "download", **more: Any) -> Any:
    return InterestRule(event=event, points=points, **more)


CURVES = [
    HalfLife(0),
    Linear(Decimal("36500.01")),
    Window("7"),
    "none",
    Steps(()),
    Steps([[0, 1]] * 1001),
    Steps([5, [1, 1, 1], [-1, 2], [7, 1], [7, Decimal("0.5")], [8, 1], [Decimal("9.5"), Decimal("0.1234567")]]),
]
WRONG = Interest(
    max=-1,
    min=1,
    memory=36_501,
    decay="slow",
    groups={"web": 3, "email": Cap()},
    levels={"1": 5, "2": 5, "0": 1, 3: "x"},
    rules=[
        7,
        _rule(event=()),
        _rule(event=5),
        _rule(event=["k"] * 1001),
        _rule(event=["", "visit", "\u00e9", "e\u0301", "*"]),
        _rule(event=""),
        _rule("x", distinct_by="aset", group="emial", counts="no", max=-1, min=1),
        _rule(distinct_by="zz", group="zz", per=7),
        _rule(distinct_by="amount", per=Per(days=0, times=1_000_001)),
        _rule(distinct_by="tags", times=0),
        _rule(distinct_by=7, times=1_000_001, weights=[1]),
        _rule(weights=[]),
        _rule(weights=[1] * 1001),
        _rule(weights=5),
        _rule(weights=[Decimal("0.5"), 1, Decimal("0.1234567"), Decimal("0.0001")]),
        _rule(points="x", weights=[Decimal("0.0001"), 2]),
        _rule(when=field("aset").exists()),
        _rule(inactivity=0, distinct_by="asset", per=Per(days=1, times=1), times=1, weights=[1], decay=HalfLife(1)),
        *[_rule(decay=curve) for curve in CURVES],
        _rule(name="twice"),
        _rule(name="twice"),
        _rule(name=3),
    ],
)


def _said(interest):
    with pytest.raises(ModelError) as caught:
        ScoringModel(properties=TYPES, interest=interest)
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_of_an_interest_says_what_came_and_what_to_do():
    """Each mistake has its line: where it is, what is wrong, what came, what to write instead."""
    long = [_rule(decay=HalfLife(36_500 - i)) for i in range(24)]
    others = [Interest(rules=3, groups="x", levels=[1], scorers={}), Interest(rules=[_rule()] * 10_001)]
    lines = [line for interest in (WRONG, *others, Interest(rules=long)) for line in _said(interest)]
    assert lines == (Path(__file__).parent / "problems.txt").read_text("utf-8").splitlines()
