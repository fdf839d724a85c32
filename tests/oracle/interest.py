"""Steps 2 to 9: what the behaviour of a lead earns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from .days import age, day
from .decay import MILLION, factor
from .limits import distinct, matches, own, per_bucket, weighted
from .points import capped, half_up, hundredths

Event = Mapping[str, Any]
Document = Mapping[str, Any]


def rules_of(document: Document) -> Sequence[Mapping[str, Any]]:
    """Return the interest rules of a document."""
    found: Sequence[Mapping[str, Any]] = document.get("interest", {}).get("rules", [])
    return found


def starts(document: Document) -> str:
    """Return the offset at which days start."""
    return str(document.get("day_starts", "+00:00"))


def counted(document: Document, rule: Mapping[str, Any], events: Sequence[Event]) -> list[tuple[Event, Fraction]]:
    """Return the events that a rule counts, with their weights."""
    matched = [event for event in events if matches(document, rule, event)]
    return weighted(rule, per_bucket(document, rule, distinct(document, rule, matched)))


def quiet(document: Document, rule: Mapping[str, Any], events: Sequence[Event], now: datetime) -> Fraction:
    """Return what an inactivity rule gives: its points for every full stretch since the last own act."""
    ages = [age(event["at"], now, starts(document)) for event in events if matches(document, rule, event)]
    return Fraction(hundredths(rule["points"]) * (min(ages) // rule["inactivity"])) if ages else Fraction(0)


def rule_points(document: Document, rule: Mapping[str, Any], events: Sequence[Event], now: datetime) -> Fraction:
    """Return what one rule earns after its own cap, in hundredths."""
    if "inactivity" in rule:
        return capped(quiet(document, rule, events, now), rule)
    curve = rule.get("decay", document["interest"].get("decay", "none"))
    total = Fraction(0)
    for event, weight in counted(document, rule, events):
        share = Fraction(factor(curve, age(event["at"], now, starts(document))), MILLION)
        total += hundredths(rule["points"]) * weight * share
    return capped(total, rule)


def group_points(document: Document, events: Sequence[Event], now: datetime) -> dict[str, Fraction]:
    """Return the subtotal of each group after its cap, in hundredths."""
    found = {}
    for name, caps in document.get("interest", {}).get("groups", {}).items():
        members = [rule for rule in rules_of(document) if rule.get("group") == name]
        found[name] = capped(sum((rule_points(document, rule, events, now) for rule in members), Fraction(0)), caps)
    return found


def interest(document: Document, events: Sequence[Event], now: datetime) -> int:
    """Return the interest in hundredths: caps last, rounded once."""
    alone = [rule for rule in rules_of(document) if "group" not in rule]
    total = sum((rule_points(document, rule, events, now) for rule in alone), Fraction(0))
    total += sum(group_points(document, events, now).values(), Fraction(0))
    return half_up(capped(total, document.get("interest", {}), low=0))


def interacting(document: Document, events: Sequence[Event], now: datetime) -> list[Event]:
    """Return the interactions: own acts within memory that matched a rule which earns and counts."""
    earning = [
        rule for rule in rules_of(document)
        if rule["points"] > 0 and "inactivity" not in rule and rule.get("counts", True)
    ]  # fmt: skip
    memory = document.get("interest", {}).get("memory", 365)
    return [
        event for event in events
        if own(event)
        and age(event["at"], now, starts(document)) <= memory
        and any(matches(document, rule, event) for rule in earning)
    ]  # fmt: skip


def behaviour(document: Document, events: Sequence[Event], now: datetime) -> dict[str, Any]:
    """Return the figures about events that bars may read besides the points."""
    acts = interacting(document, events, now)
    mine = [age(event["at"], now, starts(document)) for event in events if own(event)]
    ours = [age(event["at"], now, starts(document)) for event in events if not own(event)]
    return {
        "interactions": len(acts),
        "active_days": len({day(event["at"], starts(document)) for event in acts}),
        "kinds": frozenset(event["kind"] for event in acts),
        "days_since_activity": min(mine, default=None),
        "days_since_contact": min(ours, default=None),
        "groups": {name: half_up(value) for name, value in group_points(document, events, now).items()},
    }
