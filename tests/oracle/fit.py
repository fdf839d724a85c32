"""How well the profile matches: criteria, tables, what is unknown, gates, completeness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from .conditions import Values, holds, known
from .points import capped, half_up, hundredths
from .values import MISSING, lead_values, literal, nfc, weight

Document = Mapping[str, Any]
Earn = Callable[[Document, Mapping[str, Any], Values], int]


def fields_of(condition: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names that a condition reads."""
    if "field" in condition:
        yield condition["field"]
        return
    for part in [
        *condition.get("all", []),
        *condition.get("any", []),
        *([condition["not"]] if "not" in condition else []),
    ]:
        yield from fields_of(part)


def criterion_now(document: Document, criterion: Mapping[str, Any], values: Values) -> int:
    """Return what a criterion earns: its `missing` when unknown and said, else what two-valued truth gives."""
    lists = document.get("lists", {})
    if "missing" in criterion and known(criterion["when"], values, lists) is None:
        return hundredths(criterion["missing"])
    return hundredths(criterion["points"]) if holds(criterion["when"], values, lists) else 0


def criterion_edge(pick: Callable[[int, int], int]) -> Earn:
    """Return how a criterion earns at one end of the range: unknown ones at min or max of nothing and their points."""

    def earn(document: Document, criterion: Mapping[str, Any], values: Values) -> int:
        if known(criterion["when"], values, document.get("lists", {})) is None:
            return pick(0, hundredths(criterion["points"]))
        return criterion_now(document, criterion, values)

    return earn


def named(name: str, kind: str) -> Any:
    """Return the value that a row of a table names."""
    return {"true": True, "false": False}[name] if kind == "boolean" else int(name) if kind == "integer" else nfc(name)


def table_points(table: Mapping[str, Any], kind: str, value: Any) -> int:
    """Return what a table gives for a value that is present."""
    other = hundredths(table.get("other", 0))
    if "values" in table:
        return {named(name, kind): hundredths(points) for name, points in table["values"].items()}.get(value, other)
    for band in table["bands"]:
        if "below" not in band or value < literal(band["below"], kind):
            return hundredths(band["points"])
    return other


def table_now(document: Document, table: Mapping[str, Any], values: Values) -> int:
    """Return what a table earns: its `missing`, 0 if absent, for a value that is not there."""
    kind, value = values[table["field"]]
    return hundredths(table.get("missing", 0)) if value is MISSING else table_points(table, kind, value)


def table_edge(pick: Callable[[list[int]], int]) -> Earn:
    """Return how a table earns at one end of the range: the lowest or highest of all it could give."""

    def earn(document: Document, table: Mapping[str, Any], values: Values) -> int:
        if values[table["field"]][1] is not MISSING:
            return table_now(document, table, values)
        if "values" in table:
            return pick([*map(hundredths, table["values"].values()), hundredths(table.get("other", 0))])
        open_end = [] if "below" not in table["bands"][-1] else [hundredths(table.get("other", 0))]
        return pick([hundredths(band["points"]) for band in table["bands"]] + open_end)

    return earn


def fit_with(document: Document, values: Values, criterion: Earn, table: Earn) -> int:
    """Return the sum of criteria and tables after the caps of groups and of fit."""
    fit = document.get("fit", {})
    earned = [(part.get("group"), criterion(document, part, values)) for part in fit.get("criteria", [])]
    earned += [(part.get("group"), table(document, part, values)) for part in fit.get("tables", [])]
    total = sum((Fraction(points) for group, points in earned if group is None), Fraction(0))
    for name, caps in fit.get("groups", {}).items():
        total += capped(sum(points for group, points in earned if group == name), caps)
    return half_up(capped(total, fit, low=0))


def fits(document: Document, lead: Mapping[str, Any]) -> dict[str, int]:
    """Return fit and its range, in hundredths."""
    values = lead_values(document, lead)
    return {
        "fit": fit_with(document, values, criterion_now, table_now),
        "fit_low": fit_with(document, values, criterion_edge(min), table_edge(min)),
        "fit_high": fit_with(document, values, criterion_edge(max), table_edge(max)),
    }


def anything_known(document: Document, lead: Mapping[str, Any]) -> bool:
    """Return whether any attribute that a criterion or a table reads is present."""
    fit, values = document.get("fit", {}), lead_values(document, lead)
    names = {name for part in fit.get("criteria", []) for name in fields_of(part["when"])}
    names |= {part["field"] for part in fit.get("tables", [])}
    return any(values[name][1] is not MISSING for name in names)


def gates(document: Document, lead: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the reasons of the gates that hold, in declared order."""
    values = lead_values(document, lead)
    declared = document.get("fit", {}).get("gates", [])
    return tuple(gate["reason"] for gate in declared if holds(gate["when"], values, document.get("lists", {})))


def completeness(document: Document, lead: Mapping[str, Any]) -> int:
    """Return the weight of declared attributes that are present, in hundredths of a percent."""
    values = lead_values(document, lead)
    weights = {name: Fraction(weight(said)) for name, said in document.get("attributes", {}).items()}
    total = sum(weights.values())
    present = sum(share for name, share in weights.items() if values[name][1] is not MISSING)
    return half_up(10_000 * present / total) if total else 10_000
