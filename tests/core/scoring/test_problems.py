"""Every problem of a model and of what it is given, word for word as its reader gets it: ``problems.txt``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadqual.errors import LeadqualError, ModelError
from tests.core.loose import Attribute, Bar, Combine, Fit, Interest, Lead, Qualify, ScoringModel, field
from tests.core.support import LEAD, event, on

GRADED = {"fit": Fit(grades={"A": 1}), "interest": Interest(levels={"1": 1})}
MODELS: list[dict[str, Any]] = [
    {"attributes": 3, "properties": "x", "lists": [1], "fit": None, "interest": 5, "combine": {}, "qualify": ()},
    {"combine": Combine(floors=3, cells="x"), "fit": Fit(criteria=3), "interest": Interest(rules=3)},
    {
        "day_starts": "noon",
        "attributes": {
            "Job": "text",
            "email": "text",
            "fit": "text",
            "jobs": "txt",
            "size": Attribute(type="integer", weight=-1),
            "plan": 7,
            "x" * 64: "text",
        },
        "properties": {"9th": "text", "kind": "text", "asset": "txet", "at_all": 3},
        "lists": {"Free": ("a",), "mine": (), "yours": "x", "free_mail": ("a.b",), "some": ("", 3)},
        "fit": Fit(groups={"web": None}),
        "interest": Interest(groups={"web": None}),
        "combine": Combine(fit=101, interest="x", floors={"fti": 1, "fit": "x"}, cells={"A": 1}),
        "qualify": Qualify(hand_raise=["", "demo", "demo"], mql=3, sql=Bar(when=field("ft").ge(3), stay=5)),
    },
    {"combine": Combine(kind="summ")},
    {"combine": Combine(kind="minimum", fit=2)},
    {"combine": Combine(kind="gate", floors={"fti": 1, "zz": 2}, cells={"A": 1})},
    {"combine": Combine(kind="matrix", floors={"fit": 1}, cells={"A1": 1, "B1": 2, "A": "x"}), **GRADED},
    {"combine": Combine(kind="matrix", cells={"Q7": 1})},
    {"qualify": Qualify(hand_raise="demo", mql=Bar(when=field("grade").eq("Q")))},
]


def _of_models():
    for model in MODELS:
        with pytest.raises(ModelError) as caught:
            ScoringModel(**model)
        yield from map(str, caught.value.problems)


def _of_calls():
    model = ScoringModel(attributes={"job": "text", "size": "integer"})
    other = ScoringModel(attributes={"job": "text"})
    late = model.tally([event("a", 5)])
    calls: list[Callable[[], object]] = [
        lambda: model.profile("ana@b.example"),
        lambda: model.profile(Lead(id="L1", attributes={"job": 5, "size": "x"})),
        lambda: model.tally(lead="L1"),
        lambda: model.tally(5),
        lambda: model.tally([event("a"), "ana@b.example"]),
        lambda: model.tally([event("a"), event("b", lead_id="L2")]),
        lambda: model.tally([event("b", lead_id="L2")], lead=LEAD),
        lambda: model.tally([event("a"), event("a", 1)]),
        lambda: model.tally([event("a", source="crm"), event("a", 1, kind="visit", source="crm")]),
        lambda: model.tally(flagged=3),
        lambda: model.tally(flagged=["a"]),
        lambda: model.tally().add("x"),
        lambda: model.tally().merge("x"),
        lambda: model.tally().merge(other.tally()),
        lambda: model.tally().merge(model.tally(lead=Lead(id="L1", since=on(1)))),
        lambda: model.score(LEAD, model.tally(lead=Lead(id="L1", since=on(1))), now=on(9)),
        lambda: model.score(Lead(id="L1", since=on(1)), model.tally(), now=on(9)),
        lambda: model.score(LEAD, now=5),
        lambda: model.score(LEAD, now=on(0).replace(tzinfo=None)),
        lambda: model.score(LEAD, now=on(0).replace(year=1969)),
        lambda: model.score(LEAD, late, now=on(4)),
        lambda: late.prune(on(4)),
    ]
    for call in calls:
        with pytest.raises(LeadqualError) as caught:
            call()
        yield f"{type(caught.value).__name__}: {caught.value}"


def test_every_problem_of_a_model_says_what_came_and_what_to_do():
    """Each mistake in a model or a call has its line, which shows no value of a lead."""
    lines = [line for told in (*_of_models(), *_of_calls()) for line in told.splitlines()]
    assert lines == (Path(__file__).parent / "problems.txt").read_text("utf-8").splitlines()
