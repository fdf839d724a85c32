"""Draws of the two axes of a playbook document: fit and interest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom, some

from .conditions import condition
from .vocabulary import (
    ATTRIBUTES,
    CAPS,
    CURVES,
    FIT_GROUPS,
    FLOORS,
    INTEREST_GROUPS,
    KINDS,
    LEAD_FIELDS,
    OUR_KIND,
    POINTS,
    POINTS_TO_WEIGH,
    PROPERTIES,
    WEIGHTS,
    WORDS,
)

OF_LEAD: dict[str, Any] = ATTRIBUTES | LEAD_FIELDS
DISTINCT = [name for name, kind in PROPERTIES.items() if kind not in ("number", "list")]
BOUNDS: tuple[int | Decimal, ...] = (0, 1, 3, Decimal("6.50"), 10, 20, Decimal("45.01"), -5, 99)


def caps(draw: Draw) -> dict[str, Any]:
    """Draw a cap above, below, both or none."""
    found: dict[str, Any] = {}
    if seldom(draw):
        found["max"] = pick(draw, CAPS)
    if seldom(draw):
        found["min"] = pick(draw, FLOORS)
    return found


def steps(draw: Draw, names: str) -> dict[str, Any]:
    """Draw bounds that fall with the letter or the digit."""
    bounds = few(draw, BOUNDS, 1, 4)
    chosen = few(draw, names, len(bounds), len(bounds))
    return dict(zip(sorted(chosen), sorted(bounds, reverse=True), strict=True))


def kinds(draw: Draw) -> Any:
    """Draw what a rule names: a kind, some kinds, or any."""
    shape = pick(draw, ("one", "any", "some", "one"))
    if shape == "any":
        return "*"
    return few(draw, (*KINDS, OUR_KIND), 1, 3) if shape == "some" else pick(draw, (*KINDS, OUR_KIND))


def counting_rule(draw: Draw) -> dict[str, Any]:
    """Draw a rule that counts events."""
    rule: dict[str, Any] = {"event": kinds(draw), "points": pick(draw, POINTS)}
    if seldom(draw):
        rule["distinct_by"] = pick(draw, DISTINCT)
    match pick(draw, ("", "", "per", "per_day")):
        case "per":
            rule["per"] = {"days": pick(draw, (1, 2, 7, 30)), "times": pick(draw, (1, 2))}
        case "per_day":
            rule["per_day"] = pick(draw, (1, 2))
    match pick(draw, ("", "", "times", "weights")):
        case "times":
            rule["times"] = pick(draw, (1, 2, 3))
        case "weights":
            rule |= {"weights": pick(draw, WEIGHTS), "points": pick(draw, POINTS_TO_WEIGH)}
    if often(draw):
        rule["decay"] = pick(draw, CURVES)
    if seldom(draw):
        rule["counts"] = often(draw)
    return rule


def rule(draw: Draw) -> dict[str, Any]:
    """Draw an interest rule of either sort, with what both may have."""
    found = counting_rule(draw)
    if seldom(draw):
        points = (-10, Decimal("-1.5"), -1, 2)
        found = {"event": found["event"], "inactivity": pick(draw, (1, 2, 5, 30)), "points": pick(draw, points)}
    found |= caps(draw)
    if seldom(draw):
        found["when"] = condition(draw, PROPERTIES)
    if often(draw):
        found["group"] = pick(draw, INTEREST_GROUPS)
    return found


def interest(draw: Draw) -> dict[str, Any]:
    """Draw the interest axis."""
    axis: dict[str, Any] = {"rules": some(draw, rule, 1, 4), **caps(draw)}
    axis["groups"] = {name: caps(draw) for name in INTEREST_GROUPS}
    if often(draw):
        axis["decay"] = pick(draw, CURVES)
    if seldom(draw):
        axis["memory"] = pick(draw, (0, 1, 30, 400))
    if often(draw):
        axis["levels"] = steps(draw, "123456789")
    if seldom(draw):
        axis["rules"][0]["name"] = "the first"
    return axis


def criterion(draw: Draw) -> dict[str, Any]:
    """Draw a fit criterion."""
    points = pick(draw, POINTS)
    found = {"when": condition(draw, OF_LEAD), "points": points}
    if seldom(draw):
        found["missing"] = pick(draw, (0, points))
    return found


def table(draw: Draw) -> dict[str, Any]:
    """Draw a table of values or of bands."""
    found: dict[str, Any]
    if often(draw):
        found = {"field": pick(draw, ("title", "team", "acquisition"))}
        found["values"] = {name: pick(draw, POINTS) for name in few(draw, WORDS[:3] + WORDS[4:], 1, 3)}
        could = list(found["values"].values())
        if often(draw):
            found["other"] = pick(draw, (0, *POINTS))
    else:
        below = sorted(few(draw, (0, 1, 9, 10, 50), 1, 3))
        found = {"field": pick(draw, ("size", "revenue"))}
        found["bands"] = [{"below": bound, "points": pick(draw, POINTS)} for bound in below]
        found["bands"].append({"points": pick(draw, (0, *POINTS))})
        could = [band["points"] for band in found["bands"]]
    if seldom(draw):
        found["missing"] = pick(draw, (0, found.get("other", 0), *could))
    return found


def fit(draw: Draw) -> dict[str, Any]:
    """Draw the fit axis."""
    axis: dict[str, Any] = {
        "criteria": some(draw, criterion, 0, 3),
        "tables": some(draw, table, 0, 2),
        "groups": {name: caps(draw) for name in FIT_GROUPS},
        **caps(draw),
    }
    for part in (*axis["criteria"], *axis["tables"]):
        if seldom(draw):
            part["group"] = pick(draw, FIT_GROUPS)
    if often(draw):
        axis["grades"] = steps(draw, "ABCDEF")
    if seldom(draw):
        reasons = few(draw, ("spam", "rival", "test"), 1, 2)
        axis["gates"] = [{"reason": reason, "when": condition(draw, OF_LEAD, depth=1)} for reason in reasons]
    return axis
