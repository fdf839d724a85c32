"""What a playbook declares that it reads: attributes of leads and properties of events."""

import string
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from leadqual.conditions.fieldtypes import DECLARABLE, FieldType
from leadqual.conditions.lists import BUILT_IN_LISTS
from leadqual.errors import Problem
from leadqual.hints import did_you_mean
from leadqual.lead import BUILT_IN
from leadqual.points import Points, number_problem, to_hundredths
from leadqual.texts import word_problem

RESERVED: Final = (
    "fit", "fit_high", "interest", "total", "grade", "level", "label", "completeness", "interactions", "active_days",
    "kinds", "days_since_activity", "days_since_contact", "persona", "need", "stage", "days_in_stage", "attempts",
    "furthest", "cycle",
)  # fmt: skip
"""Names that a bar may read of a score or of a lead's state; ``group.<name>`` joins them."""
LEAD_COLUMNS: Final = ("lead_id", "since", "stage", "valid_from")
EVENT_COLUMNS: Final = ("event_id", "lead_id", "kind", "at", "source", "by")
_TAKEN: Final = frozenset({*RESERVED, *BUILT_IN, *LEAD_COLUMNS, *EVENT_COLUMNS})
_LONGEST: Final = 63
_FIRST: Final = frozenset(string.ascii_lowercase)
_REST: Final = frozenset(string.ascii_lowercase + string.digits + "_")


@frozen(kw_only=True)
class Attribute:
    """A declared attribute of a lead.

    Attributes:
        type: ``text``, ``integer``, ``number``, ``boolean``, ``date``, ``instant`` or ``list`` (of texts).
        weight: How much it counts in completeness, 1 unless given.
    """

    type: str
    weight: Points = 1


def is_name(name: object) -> bool:
    """Tell whether a text can name an attribute, a property or a list.

    >>> is_name("job_title"), is_name("Job Title")
    (True, False)
    """
    return isinstance(name, str) and 0 < len(name) <= _LONGEST and name[0] in _FIRST and _REST.issuperset(name)


def _name_problem(name: object, where: str) -> Iterator[Problem]:
    if not is_name(name):
        hint = f"Use a to z, 0 to 9 and _, a letter first, at most {_LONGEST}; [columns] maps other names of a file."
        yield Problem(where=where, what="the name cannot be used", got=name, hint=hint)
    elif name in _TAKEN:
        hint = "It is a field of every lead, a column or a score; read it without declaring it, or take another name."
        yield Problem(where=where, what="the name is taken", got=name, hint=hint)


def _type_problem(name: object, where: str) -> Iterator[Problem]:
    if name not in DECLARABLE:
        yield Problem(where=where, what="unknown type", got=name, hint=did_you_mean(name, DECLARABLE))


def attribute_problems(attributes: Mapping[str, Attribute], where: str = "attributes") -> Iterator[Problem]:
    """Yield what is wrong with declared attributes.

    >>> [problem.what for problem in attribute_problems({"email": Attribute(type="text")})]
    ['the name is taken']
    """
    for name, attribute in attributes.items():
        place = f"{where}.{name}"
        yield from _name_problem(name, place)
        if not isinstance(attribute, Attribute):
            yield Problem(
                where=place, what="a type was expected", got=attribute, hint='Write "text", or { type = "text" }.'
            )
            continue
        yield from _type_problem(attribute.type, place)
        yield from number_problem(attribute.weight, f"{place}.weight", low=0, high=10_000)


def property_problems(properties: Mapping[str, str], where: str = "properties") -> Iterator[Problem]:
    """Yield what is wrong with declared properties."""
    for name, type_name in properties.items():
        yield from _name_problem(name, f"{where}.{name}")
        yield from _type_problem(type_name, f"{where}.{name}")


def list_problems(lists: Mapping[str, tuple[str, ...]], where: str = "lists") -> Iterator[Problem]:
    """Yield what is wrong with named value lists."""
    for name, values in lists.items():
        place = f"{where}.{name}"
        if not is_name(name):
            hint = f"Use a to z, 0 to 9 and _, starting with a letter, at most {_LONGEST}."
            yield Problem(where=place, what="the name cannot be used", got=name, hint=hint)
        if not isinstance(values, tuple) or not values:
            yield Problem(
                where=place, what="a list of texts was expected", got=values, hint='Write ["a.example", "b.example"].'
            )
            continue
        if name in BUILT_IN_LISTS:
            hint = f"`@{name}` is built in; give yours another name."
            yield Problem(where=place, what="the name is taken", got=name, hint=hint)
        for i, value in enumerate(values):
            yield from word_problem(value, f"{place}[{i}]")


def lead_fields(attributes: Mapping[str, Attribute]) -> dict[str, FieldType]:
    """Return what a condition on a lead may read, with types."""
    fields = {name: FieldType(type_name) for name, type_name in BUILT_IN.items()}
    return fields | typed({name: attribute.type for name, attribute in attributes.items()})


def typed(types: Mapping[str, Any]) -> dict[str, FieldType]:
    """Return declared types as field types; what is no type at all has a problem of its own and a name that is none."""
    return {name: FieldType(part if isinstance(part, str) else "") for name, part in types.items()}


def weights(attributes: Mapping[str, Attribute]) -> tuple[tuple[str, str, int], ...]:
    """Return name, type and weight (in hundredths) of each attribute."""
    return tuple((name, part.type, to_hundredths(part.weight)) for name, part in attributes.items())
