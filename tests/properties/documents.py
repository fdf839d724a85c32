"""Strategies for valid playbook documents, as plain dicts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom

from .axes import OF_LEAD, fit, interest
from .conditions import LISTS, condition
from .vocabulary import ATTRIBUTES, DAY_STARTS, INTEREST_GROUPS, PROPERTIES

OF_SCORE = {
    **dict.fromkeys(("fit", "fit_high", "interest", "total", "completeness"), "score"),
    **dict.fromkeys(("interactions", "active_days", "days_since_activity", "days_since_contact", "level"), "count"),
    **dict.fromkeys(("stage", "furthest"), "text"),
    **dict.fromkeys(("days_in_stage", "attempts", "cycle"), "count"),
    **{f"group.{name}": "score" for name in INTEREST_GROUPS},
    "kinds": "kinds",
}
WEIGHTS = (1, 3, Decimal("0.5"), Decimal("0.33"))
FACTORS = (Decimal("0.4"), 1, 0, -1, Decimal("0.05"), 100)
CELLS = (1, Decimal("7.25"), 100, -5)
BARS: tuple[tuple[str, ...], ...] = ((), ("mql",), ("sql",), ("mql", "sql"), ("mql", "sql"))


def combiner(draw: Draw, labels: list[str]) -> dict[str, Any]:
    """Draw how the two scores make a total; a matrix only where there are labels."""
    kind = pick(draw, ("sum", "minimum", "gate", *(["matrix", "matrix"] if labels else [])))
    found: dict[str, Any] = {"kind": kind}
    if kind in ("sum", "gate"):
        found |= {axis: pick(draw, FACTORS) for axis in ("fit", "interest") if often(draw)}
    if kind == "gate":
        bounds = (0, 1, 10, Decimal("6.5"))
        found["floors"] = {axis: pick(draw, bounds) for axis in ("fit", "interest") if often(draw)}
    if kind == "matrix":
        found["cells"] = {label: pick(draw, CELLS) for label in few(draw, labels, 1, min(4, len(labels)))}
    return found


def bar(draw: Draw, fields: dict[str, Any]) -> dict[str, Any]:
    """Draw what it takes to become and to stay something."""
    found = {"when": condition(draw, fields)}
    if often(draw):
        found["stay"] = condition(draw, fields, depth=1)
    return found


@st.composite
def documents(draw: Draw) -> dict[str, Any]:
    """Draw a whole playbook document."""
    found: dict[str, Any] = {"schema": 1, "name": "drawn", "version": "1", "lists": LISTS, "properties": PROPERTIES}
    found["attributes"] = dict(ATTRIBUTES)
    if often(draw):
        for name in few(draw, list(ATTRIBUTES), 1, 3):
            found["attributes"][name] = {"type": ATTRIBUTES[name], "weight": pick(draw, WEIGHTS)}
    if often(draw):
        found["day_starts"] = pick(draw, DAY_STARTS)
    found |= {"fit": fit(draw), "interest": interest(draw)}
    grades, digits = list(found["fit"].get("grades", [])), list(found["interest"].get("levels", []))
    letters = [*grades, "-"] if grades else []
    labels = [letter + digit for letter in letters for digit in digits] or letters or digits
    if often(draw):
        found["combine"] = combiner(draw, labels)
    fields = OF_SCORE | OF_LEAD | {"grade": (*grades, "-")}
    found["qualify"] = {name: bar(draw, fields) for name in pick(draw, BARS)}
    if seldom(draw):
        found["qualify"]["hand_raise"] = ["click"]
    return found
