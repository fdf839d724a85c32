"""Whole values as tables of plain data and back, by the fields of their classes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Final, Literal, get_args, get_origin

from attrs import NOTHING, Attribute, fields, frozen

from leadqual.errors import MOST_PROBLEMS, HistoryError, Kind, Problem, kind_of
from leadqual.event import Key
from leadqual.hints import did_you_mean
from leadqual.lifecycle.enrolment import Enrolment
from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.storedlists import KEYS, NAMES, WORDS, by_sequence, list_of, table_of, table_of_pairs
from leadqual.lifecycle.storedparts import (
    AMOUNT,
    DAY,
    INSTANT,
    INT64,
    KEY,
    TEXT,
    TRUTH,
    WORD,
    Part,
    one_of,
    optional,
    place,
    refusal,
    whole,
)
from leadqual.lifecycle.storedvalues import PROPERTIES

_LEAST: Final = {"seq": 1, "cycle": 1, "attempt": 1, "times": 1, "attempts": 0, "superseded": 0, "number": 1}
"""Whole numbers that count something, with the least that each can be."""
_MAY_BE_EMPTY: Final = frozenset({"label"})
_PLACES: Final = Mapping[str, Enrolment]
_SIMPLE: Final[Mapping[Any, Part]] = {
    bool: TRUTH,
    datetime: INSTANT,
    date: DAY,
    Decimal: AMOUNT,
    Key: KEY,
    frozenset[Key]: KEYS,
    frozenset[str]: NAMES,
    tuple[str, ...]: WORDS,
    Mapping[str, object]: PROPERTIES,
}


@frozen(eq=False)
class Field:
    """One field of a class as it is stored.

    Attributes:
        key: Its key in the table.
        name: Its name in the class.
        default: What it is when the table leaves it out.
        get: Takes it from a value.
        part: How it is stored.
    """

    key: str
    name: str
    default: Any
    get: Callable[[Any], Any]
    part: Part


@frozen(eq=False)
class Shape:
    """How values of a class are stored.

    Attributes:
        makes: The class.
        fields: Its fields in their order.
        readers: By key, the name of a field and what reads it.
        needed: Keys that no table may leave out.
    """

    makes: type[Any]
    fields: tuple[Field, ...]
    readers: Mapping[str, tuple[str, Callable[[Any], Any]]]
    needed: tuple[str, ...]


@cache
def shape_of(kind: Any) -> Shape:
    """Return how values of a class are stored.

    Args:
        kind: An attrs class of the lifecycle, or `Event`.
    """
    made = tuple(_field(attribute) for attribute in fields(kind))
    readers = {field.key: (field.name, field.part.read) for field in made}
    return Shape(kind, made, readers, tuple(field.key for field in made if field.default is NOTHING))


def _field(attribute: "Attribute[Any]") -> Field:
    name = attribute.name
    part = _part(attribute.type, name)
    if attribute.type is str and (attribute.default == "" or name in _MAY_BE_EMPTY):
        part = TEXT
    return Field(name.rstrip("_"), name, attribute.default, attrgetter(name), part)


def _part(annotation: Any, name: str) -> Part:
    """Return how a field of a type is stored."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if annotation is str:
        return WORD
    if annotation is int:
        return whole(_LEAST.get(name, -INT64))
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Literal:
        return one_of(arguments)
    if origin is UnionType:
        (inner,) = (argument for argument in arguments if argument is not NoneType)
        return optional(TEXT if inner is str else _part(inner, name))
    if annotation == _PLACES:
        return by_sequence(_part(arguments[1], name))
    if origin is tuple:  # of any number of values of one class
        return list_of(_part(arguments[0], name))
    if origin is not None:  # a mapping from names, or from pairs of names
        names, inner = arguments
        return (table_of if names is str else table_of_pairs)(_part(inner, name))
    shape = shape_of(LeadState if annotation == "LeadState" else annotation)
    return Part(lambda value: write_table(value, shape), lambda data: read_table(data, shape))


def write_table(value: Any, shape: Shape) -> dict[str, Any]:
    """Return a value as a table; what equals its default is left out.

    Args:
        value: The value.
        shape: How its class is stored.
    """
    table = {}
    for field in shape.fields:
        own = field.get(value)
        if own != field.default:
            table[field.key] = field.part.write(own)
    return table


def read_table(data: Any, shape: Shape, beside: frozenset[str] = frozenset()) -> Any:
    """Return the value that a table makes.

    Args:
        data: The table.
        shape: How the class is stored.
        beside: Keys that stand in the table too, and are read already.

    Raises:
        HistoryError: With every problem and its path.
    """
    if not isinstance(data, dict):
        raise refusal("a table was expected", data, "Write {…}.")
    problems: list[Problem] = []
    values = {}
    readers = shape.readers
    for key, item in data.items():
        reader = readers.get(key)
        if reader is not None:
            name, read = reader
            try:
                values[name] = read(item)
            except HistoryError as error:
                problems += [problem.under(key) for problem in error.problems]
        elif key not in beside:
            hint = did_you_mean(key, readers)
            problems.append(Problem(where=place(key), what="unknown key", got=kind_of(item), hint=hint))
            if len(problems) >= MOST_PROBLEMS:
                break
    for key in shape.needed:
        if key not in data:
            problems.append(missing(key, data))
    if problems:
        raise HistoryError(problems)
    return shape.makes(**values)


def missing(key: str, data: dict[Any, Any]) -> Problem:
    """Return the problem of a key that a table leaves out.

    >>> print(missing("seq", {}))
    `seq` is missing (got a table of 0). Add `seq`.
    """
    return Problem(where="", what=f"`{key}` is missing", got=Kind(f"a table of {len(data)}"), hint=f"Add `{key}`.")
