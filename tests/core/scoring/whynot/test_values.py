"""What changes cost, and what answers say."""

from decimal import Decimal
from typing import Any

import pytest

from leadqual.errors import ModelError
from leadqual.scoring.whynot import Costs


def test_costs_are_those_named_else_the_usual_ones():
    """A kind or attribute that is named has its own cost; `None` forbids."""
    costs = Costs(events={"call": 3, "demo": None}, attributes={"job": Decimal("0.5"), "email": None}, event=2)
    assert (costs.of_event("call"), costs.of_event("demo"), costs.of_event("visit")) == (3, None, 2)
    assert (costs.of_attribute("job", known=True), costs.of_attribute("job", known=False)) == (
        Decimal("0.5"),
        Decimal("0.5"),
    )
    assert (costs.of_attribute("size", known=False), costs.of_attribute("size", known=True)) == (1, 5)
    assert costs.of_attribute("email", known=False) is None


@pytest.mark.parametrize("name", ["events", "attributes"])
def test_costs_of_kinds_and_attributes_are_tables(name):
    """A list of kinds has no costs."""
    no_table: dict[str, Any] = {name: ["demo"]}
    with pytest.raises(ModelError, match=f"costs.{name}: a table was expected"):
        Costs(**no_table)


@pytest.mark.parametrize("name", ["id", "kind", "acquisition", "channel", "source", "company_id", "created_at"])
def test_what_a_lead_came_with_is_not_proposed_unless_it_is_named(name):
    """Nobody changes where a lead came from; whoever wants it asks for it. An id never changes."""
    assert Costs().of_attribute(name, known=False) is None
    assert Costs(attributes={name: 4}).of_attribute(name, known=True) == (None if name == "id" else 4)


def test_costs_are_checked_all_at_once():
    """Costs are exact numbers from 0 up."""
    wrong: dict[str, Any] = {"events": {"a": -1, "b": 0}, "attributes": {"c": 1.5}, "event": True}
    wrong |= {"unknown": "x", "known": -2}
    with pytest.raises(ModelError) as caught:
        Costs(**wrong)
    problems = caught.value.problems
    assert [problem.where for problem in problems] == [
        "costs.event",
        "costs.unknown",
        "costs.known",
        "costs.events.a",
        "costs.attributes.c",
    ]
    assert [problem.what for problem in problems] == [
        "a number was expected",
        "a number was expected",
        "a cost is zero or more",
        "a cost is zero or more",
        "an exact number was expected",
    ]
