"""What both axes of a drawn playbook have: caps, and bounds of grades and levels."""

from typing import Any

from leadqual.testing.drawn.choose import Draw, few, pick, seldom
from leadqual.testing.drawn.vocabulary import BOUNDS, CAPS, FLOORS


def caps(draw: Draw) -> dict[str, Any]:
    """Draw a cap above, below, both or none."""
    found: dict[str, Any] = {}
    if seldom(draw):
        found["max"] = pick(draw, CAPS)
    if seldom(draw):
        found["min"] = pick(draw, FLOORS)
    return found


def bounds(draw: Draw, names: str) -> dict[str, Any]:
    """Draw bounds that fall with the letter or the digit."""
    numbers = few(draw, BOUNDS, 1, 4)
    chosen = few(draw, names, len(numbers), len(numbers))
    return dict(zip(sorted(chosen), sorted(numbers, reverse=True), strict=True))
