"""Steps 2 to 5 of one rule: match, distinct_by, per, times or weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from .conditions import holds
from .days import bucket, day
from .values import event_values

Event = Mapping[str, Any]
Document = Mapping[str, Any]


def kinds_of(rule: Mapping[str, Any]) -> Sequence[str]:
    """Return the kinds a rule names."""
    said = rule["event"]
    return [said] if isinstance(said, str) else list(said)


def own(event: Event) -> bool:
    """Return whether the lead did it."""
    return bool(event.get("by", "lead") == "lead")


def matches(document: Document, rule: Mapping[str, Any], event: Event) -> bool:
    """Return whether an event matches a rule: its kind, whose act it is, and the condition on its properties."""
    kinds = kinds_of(rule)
    if not (event["kind"] in kinds or ("*" in kinds and own(event))):
        return False
    if "inactivity" in rule and not own(event):
        return False
    return "when" not in rule or holds(rule["when"], event_values(document, event), document.get("lists", {}))


def in_time(events: Iterable[Event]) -> list[Event]:
    """Return the events from the earliest on; source and id part those of one instant."""
    return sorted(events, key=lambda event: (event["at"], event.get("source", ""), event["id"]))


def distinct(document: Document, rule: Mapping[str, Any], events: Iterable[Event]) -> list[Event]:
    """Return the earliest event of each value of the property; events without it share one value."""
    if "distinct_by" not in rule:
        return list(events)
    first: dict[Any, Event] = {}
    for event in in_time(events):
        first.setdefault(event_values(document, event)[rule["distinct_by"]][1], event)
    return list(first.values())


def per_bucket(document: Document, rule: Mapping[str, Any], events: Iterable[Event]) -> list[Event]:
    """Return the earliest few of each stretch of days."""
    per = {"days": 1, "times": rule["per_day"]} if "per_day" in rule else rule.get("per")
    if per is None:
        return list(events)
    left: dict[int, int] = {}
    kept = []
    for event in in_time(events):
        where = bucket(day(event["at"], document.get("day_starts", "+00:00")), per["days"])
        left[where] = left.get(where, per["times"]) - 1
        if left[where] >= 0:
            kept.append(event)
    return kept


def weighted(rule: Mapping[str, Any], events: Iterable[Event]) -> list[tuple[Event, Fraction]]:
    """Return events with their weights, the newest first; nothing beyond the list."""
    newest_first = in_time(events)[::-1]
    if "times" in rule:
        weights = [Fraction(1)] * rule["times"]
    elif "weights" in rule:
        weights = [Fraction(weight) for weight in rule["weights"]]
    else:
        weights = [Fraction(1)] * len(newest_first)
    return list(zip(newest_first, weights, strict=False))
