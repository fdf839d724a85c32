"""Examples: little stories of a lead with the score that the playbook should give, told by those who sign it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isnan
from typing import Any

from attrs import field, frozen

from leadqual.axis import listed
from leadqual.points import Points


def _values(value: Any) -> Any:
    """Return a table with every value as it stands in a document, without those that are missing."""
    if not isinstance(value, Mapping):
        return value
    return {name: _value(part) for name, part in value.items() if not _missing(part)}


def _value(value: object) -> object:
    """Return a date or an instant as the text that stands for it, a double as the decimal that it is written as."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return Decimal(repr(value)) if type(value) is float else value


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float | Decimal) and isnan(value))


def _start(value: Any) -> Any:
    """Return a date that was written as a text as one; what is none has a problem later."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value


@frozen(kw_only=True)
class ExampleEvent:
    """Something that happens in an example.

    Attributes:
        kind: What happens.
        day: Days after the start.
        times: How often on that day.
        by: ``"lead"`` or ``"us"``.
        properties: More about it.
    """

    kind: str
    day: int = 0
    times: int = 1
    by: str = "lead"
    properties: Mapping[str, object] = field(factory=dict, converter=_values, hash=False)


@frozen(kw_only=True)
class Expectation:
    """What a score should be; what is absent is not looked at.

    Attributes:
        label: Grade and level together.
        grade: Letter of fit.
        level: Digit of interest.
        fit: Points of fit.
        interest: Points of interest.
        total: Points of both.
        qualifies: All the bars that are reached, no other.
        stays: All the bars that are reached or kept, no other.
        gate: Reason of the first gate that holds.
    """

    label: str | None = None
    grade: str | None = None
    level: int | None = None
    fit: Points | None = None
    interest: Points | None = None
    total: Points | None = None
    qualifies: tuple[str, ...] | None = field(default=None, converter=listed)
    stays: tuple[str, ...] | None = field(default=None, converter=listed)
    gate: str | None = None


@frozen(kw_only=True)
class Example:
    """A little story with the score that it should have.

    Attributes:
        name: What it shows.
        expect: What the score should be.
        lead: What is known of the lead: attributes, and fields such as ``email``.
        events: What happens, in any order.
        day: The day, after the start, at whose end the lead is scored; that of the last event when absent.
        start: The date of day 0; a Monday when absent.
        objective: The objective under which it is scored.
    """

    name: str
    expect: Expectation
    lead: Mapping[str, object] = field(factory=dict, converter=_values, hash=False)
    events: tuple[ExampleEvent, ...] = field(default=(), converter=listed)
    day: int | None = None
    start: date | None = field(default=None, converter=_start)
    objective: str | None = None
