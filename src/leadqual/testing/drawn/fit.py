"""The fit of a drawn playbook."""

from typing import Any

from leadqual.testing.drawn.axes import bounds, caps
from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom, some
from leadqual.testing.drawn.conditions import condition
from leadqual.testing.drawn.vocabulary import FIT_GROUPS, OF_LEAD, POINTS, REASONS


def fit(draw: Draw) -> dict[str, Any]:
    """Draw the fit."""
    axis: dict[str, Any] = {"criteria": some(draw, _criterion, 0, 3), "tables": some(draw, _table, 0, 2), **caps(draw)}
    axis["groups"] = {name: caps(draw) for name in FIT_GROUPS}
    for name, part in (
        *((f"criterion {i}", part) for i, part in enumerate(axis["criteria"])),
        *((f"table {i}", part) for i, part in enumerate(axis["tables"])),
    ):
        if often(draw):
            part["name"] = name
        if seldom(draw):
            part["group"] = pick(draw, FIT_GROUPS)
    if often(draw):
        axis["grades"] = bounds(draw, "ABCDEF")
    if seldom(draw):
        axis["gates"] = [
            {"reason": reason, "when": condition(draw, OF_LEAD, depth=1)} for reason in few(draw, REASONS, 1, 2)
        ]
    return axis


def _criterion(draw: Draw) -> dict[str, Any]:
    points = pick(draw, POINTS)
    found = {"when": condition(draw, OF_LEAD), "points": points}
    if seldom(draw):
        found["missing"] = pick(draw, (0, points))
    return found


def _table(draw: Draw) -> dict[str, Any]:
    found = _values(draw) if often(draw) else _bands(draw)
    if seldom(draw):
        rows = [band["points"] for band in found.get("bands", ())] or [*found["values"].values()]
        found["missing"] = pick(draw, (0, *rows))
    return found


def _values(draw: Draw) -> dict[str, Any]:
    field, names = pick(draw, (("department", ("IT", "Técnico", "Sales")), ("customer", ("true", "false"))))
    found: dict[str, Any] = {"field": field, "values": {name: pick(draw, POINTS) for name in few(draw, names, 1, 2)}}
    if often(draw):
        found["other"] = pick(draw, (0, *POINTS))
    return found


def _bands(draw: Draw) -> dict[str, Any]:
    bands = [{"below": end, "points": pick(draw, POINTS)} for end in sorted(few(draw, (0, 1, 10, 50), 1, 3))]
    return {"field": pick(draw, ("employees", "revenue")), "bands": [*bands, {"points": pick(draw, (0, *POINTS))}]}
