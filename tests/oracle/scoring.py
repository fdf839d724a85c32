"""The whole reading: a document, a lead, its events and an instant give a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from .combine import label, step, total
from .conditions import Values, holds
from .dedupe import counting, deduped
from .fit import anything_known, completeness, fits, gates
from .interest import behaviour, interest
from .values import lead_values

Document = Mapping[str, Any]
Lead = Mapping[str, Any]
Event = Mapping[str, Any]


def score(
    document: Document, lead: Lead, events: Iterable[Event], now: datetime, flagged: Iterable[Any] = ()
) -> dict[str, Any]:
    """Return every figure of a score; points and percent are whole hundredths.

    Raises:
        ConflictFound: One event id has two contents.
    """
    counted = counting(lead, deduped(document, lead, events, tuple(flagged)), now)
    found: dict[str, Any] = {**fits(document, lead), "interest": interest(document, counted, now)}
    found |= behaviour(document, counted, now)
    found |= names(document, lead, found["fit"], found["interest"])
    found["completeness"] = completeness(document, lead)
    found["gates"] = gates(document, lead)
    found["gate"] = found["gates"][0] if found["gates"] else None
    found |= bars(document, lead, found)
    return found


def names(document: Document, lead: Lead, fit: int, of_interest: int) -> dict[str, Any]:
    """Return grade, level, label and total."""
    grade = step(document.get("fit", {}).get("grades", {}), fit)
    if grade is not None and not anything_known(document, lead):
        grade = "-"
    level = step(document.get("interest", {}).get("levels", {}), of_interest)
    word = label(grade, level)
    return {
        "grade": grade,
        "level": None if level is None else int(level),
        "label": word,
        "total": total(document.get("combine", {}), fit, of_interest, word),
    }


def readable(document: Document, lead: Lead, found: Mapping[str, Any]) -> Values:
    """Return what a bar may read: the lead, and the reserved names of its score."""
    values = dict(lead_values(document, lead))
    for name in ("fit", "fit_high", "interest", "total", "completeness"):
        values[name] = ("score", found[name])
    for name in ("level", "interactions", "active_days", "days_since_activity", "days_since_contact"):
        values[name] = ("integer", found[name])
    for name, subtotal in found["groups"].items():
        values[f"group.{name}"] = ("score", subtotal)
    values["grade"] = ("grade", found["grade"])
    values["kinds"] = ("list", tuple(found["kinds"]) or None)
    values["stage"] = ("text", lead.get("stage"))
    values["label"] = ("text", found["label"] or None)
    for name in ("furthest", "persona", "need"):
        values[name] = ("text", None)
    for name in ("days_in_stage", "attempts", "cycle"):
        values[name] = ("integer", None)
    return values


def bars(document: Document, lead: Lead, found: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the names whose `when` holds, and those whose `when` or `stay` holds; none for a gated lead."""
    entered, stayed = set(), set()
    values, lists = readable(document, lead, found), document.get("lists", {})
    for name in ("mql", "sql"):
        bar = document.get("qualify", {}).get(name)
        if bar is None or found["gates"]:
            continue
        if holds(bar["when"], values, lists):
            entered.add(name)
        if name in entered or ("stay" in bar and holds(bar["stay"], values, lists)):
            stayed.add(name)
    return {"qualifies": frozenset(entered), "stays": frozenset(stayed)}
