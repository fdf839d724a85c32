"""The one condition language: fit criteria, event matches, bars and guards are all written in it."""

from leadqual.conditions.bind import Bound, bind
from leadqual.conditions.build import Field, field
from leadqual.conditions.describe import describe
from leadqual.conditions.fieldtypes import FieldType, WrongType
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf, Not, leaves
from leadqual.conditions.plain import condition_from_plain, condition_to_plain
from leadqual.conditions.words import Words

__all__ = [
    "All",
    "AnyOf",
    "Bound",
    "Condition",
    "Field",
    "FieldType",
    "Leaf",
    "Not",
    "Scope",
    "Words",
    "WrongType",
    "bind",
    "condition_from_plain",
    "condition_to_plain",
    "describe",
    "field",
    "leaves",
]
