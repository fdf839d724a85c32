"""What a playbook declares that it reads."""

import pytest

from leadqual.lead import BUILT_IN
from leadqual.scoring import ScoringModel
from leadqual.scoring.declared import EVENT_COLUMNS, LEAD_COLUMNS, RESERVED
from tests.core.loose import Attribute
from tests.core.support import refusal

TYPES = ("text", "integer", "number", "boolean", "date", "instant", "list")


@pytest.mark.parametrize("kind", TYPES)
def test_types_are_declared_by_their_word(kind):
    """Attributes and properties have one of seven types; an attribute may have a weight."""
    model = ScoringModel(attributes={"a": kind, "b": Attribute(type=kind, weight=3)}, properties={"a": kind})
    assert model.attributes["a"] == Attribute(type=kind, weight=1)


def test_declarations_are_checked_whole():
    """Name, type and weight are each a problem of their own."""
    attributes = {"Bad": "text", "a": "txt", "b": Attribute(type="text", weight=-1), "c": 3, "d": Attribute(type=7)}
    assert refusal(attributes=attributes, properties={"": "text", "x": "points", "y": "grade"}) == [
        "attributes.Bad: the name cannot be used",
        "attributes.a: unknown type",
        "attributes.b.weight: the number is out of range",
        "attributes.c: a type was expected",
        "attributes.d: unknown type",
        "properties.: the name cannot be used",
        "properties.x: unknown type",
        "properties.y: unknown type",
    ]


@pytest.mark.parametrize("name", ["a", "a1", "a_b", "x" * 63])
def test_names_are_small_letters_digits_and_underscores(name):
    """A name begins with a letter and has at most 63 characters."""
    assert list(ScoringModel(attributes={name: "text"}).attributes) == [name]


@pytest.mark.parametrize("name", ["A", "1a", "_a", "a b", "a-b", "é", "x" * 64, 3, "a\n"])
def test_other_names_cannot_be_used(name):
    """Names go into columns of every database and file."""
    (line,) = refusal(attributes={name: "text"})
    assert line.endswith(": the name cannot be used")


@pytest.mark.parametrize("name", sorted({*RESERVED, *BUILT_IN, *LEAD_COLUMNS, *EVENT_COLUMNS}))
def test_reserved_names_are_taken(name):
    """What a score, a lead or a column is called names no attribute and no property."""
    assert refusal(attributes={name: "text"}, properties={name: "text"}) == [
        f"attributes.{name}: the name is taken",
        f"properties.{name}: the name is taken",
    ]


def test_reserved_names_are_those_of_the_design():
    """Scores, the lead's state and the columns of files."""
    said = "fit fit_high interest total grade level label completeness interactions active_days kinds"
    said += " days_since_activity days_since_contact persona need stage days_in_stage attempts furthest cycle"
    assert tuple(said.split()) == RESERVED
