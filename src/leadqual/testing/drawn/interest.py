"""The interest of a drawn playbook."""

from typing import Any, Final

from leadqual.testing.drawn.axes import bounds, caps
from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom, some
from leadqual.testing.drawn.conditions import condition
from leadqual.testing.drawn.vocabulary import (
    CURVES,
    INTEREST_GROUPS,
    KINDS,
    PENALTIES,
    POINTS,
    POINTS_TO_WEIGH,
    PROPERTIES,
    SHARES,
)

_TELLS_APART: Final = [name for name, kind in PROPERTIES.items() if kind not in ("number", "list")]


def interest(draw: Draw) -> dict[str, Any]:
    """Draw the interest."""
    axis: dict[str, Any] = {"rules": some(draw, _rule, 1, 4), **caps(draw)}
    axis["groups"] = {name: caps(draw) for name in INTEREST_GROUPS}
    if often(draw):
        axis["decay"] = pick(draw, CURVES)
    if seldom(draw):
        axis["memory"] = pick(draw, (30, 0, 1, 400))
    if often(draw):
        axis["levels"] = bounds(draw, "123456789")
    for i, rule in enumerate(axis["rules"]):
        if often(draw):
            rule["name"] = f"rule {i}"
    return axis


def _rule(draw: Draw) -> dict[str, Any]:
    """Draw a rule of either sort, with what both may have."""
    found = {"event": _kinds(draw)}
    if seldom(draw):
        found |= {"inactivity": pick(draw, (7, 1, 30)), "points": pick(draw, PENALTIES)}
    else:
        found |= _counting(draw)
    found |= caps(draw)
    if seldom(draw):
        found["when"] = condition(draw, PROPERTIES)
    if often(draw):
        found["group"] = pick(draw, INTEREST_GROUPS)
    return found


def _kinds(draw: Draw) -> Any:
    shape = pick(draw, ("one", "one", "some", "any"))
    if shape == "any":
        return "*"
    return few(draw, KINDS, 1, 3) if shape == "some" else pick(draw, KINDS)


def _counting(draw: Draw) -> dict[str, Any]:
    """Draw what a rule that counts events has."""
    found: dict[str, Any] = {"points": pick(draw, POINTS)}
    if seldom(draw):
        found["distinct_by"] = pick(draw, _TELLS_APART)
    match pick(draw, ("", "", "per", "per_day")):
        case "per":
            found["per"] = {"days": pick(draw, (7, 1, 2, 30)), "times": pick(draw, (1, 2))}
        case "per_day":
            found["per_day"] = pick(draw, (1, 2))
    match pick(draw, ("", "", "times", "weights")):
        case "times":
            found["times"] = pick(draw, (1, 2, 3))
        case "weights":
            found |= {"weights": pick(draw, SHARES), "points": pick(draw, POINTS_TO_WEIGH)}
    if often(draw):
        found["decay"] = pick(draw, CURVES)
    if seldom(draw):
        found["counts"] = often(draw)
    return found
