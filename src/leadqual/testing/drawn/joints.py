"""How the axes of a drawn playbook join, and what qualifies."""

from collections.abc import Mapping
from typing import Any, Final

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom
from leadqual.testing.drawn.conditions import condition
from leadqual.testing.drawn.vocabulary import BOUNDS, FACTORS, KINDS, OF_LEAD, OF_SCORE

_BARS: Final = (("mql",), (), ("sql",), ("mql", "sql"), ("mql", "sql"))


def labels_of(document: Mapping[str, Any]) -> list[str]:
    """Return the labels that can occur under a document."""
    grades, digits = list(document["fit"].get("grades", ())), list(document["interest"].get("levels", ()))
    letters = [*grades, "-"] if grades else []
    return [letter + digit for letter in letters for digit in digits] or letters or digits


def combine(draw: Draw, labels: list[str]) -> dict[str, Any]:
    """Draw how both axes become a total; by a matrix only where there are labels."""
    kind = pick(draw, ("sum", "minimum", "gate", *(["matrix", "matrix"] if labels else [])))
    found: dict[str, Any] = {"kind": kind}
    if kind in ("sum", "gate"):
        found |= {axis: pick(draw, FACTORS) for axis in ("fit", "interest") if often(draw)}
    if kind == "gate":
        found["floors"] = {axis: pick(draw, BOUNDS) for axis in ("fit", "interest") if often(draw)}
    if kind == "matrix":
        found["cells"] = {label: pick(draw, BOUNDS) for label in few(draw, labels, 1, min(4, len(labels)))}
    return found


def qualify(draw: Draw, document: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the bars, over everything that they may read under a document."""
    letters = (*document["fit"].get("grades", ()), "-")
    fields = {**OF_SCORE, **OF_LEAD, "grade": letters}
    found: dict[str, Any] = {}
    for name in pick(draw, _BARS):
        found[name] = {"when": condition(draw, fields)}
        if often(draw):
            found[name]["stay"] = condition(draw, fields, depth=1)
    if seldom(draw):
        found["hand_raise"] = few(draw, KINDS, 1, 2)
    return found
