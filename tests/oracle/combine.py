"""Grade, level, label and total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .points import half_up, hundredths


def step(bounds: Mapping[str, Any], score: int) -> str | None:
    """Return the highest name whose bound the score reaches, the lowest below all, None without bounds."""
    falling = sorted(bounds.items(), key=lambda item: item[1], reverse=True)
    for name, bound in falling:
        if score >= hundredths(bound):
            return str(name)
    return str(falling[-1][0]) if falling else None


def label(grade: str | None, level: str | None) -> str:
    """Return grade and level as one word; either may be absent."""
    return (grade or "") + (level or "")


def total(combine: Mapping[str, Any], fit: int, interest: int, of_label: str) -> int:
    """Return the two rounded scores as one, in hundredths."""
    kind = combine.get("kind", "sum")
    if kind == "minimum":
        return min(fit, interest)
    if kind == "matrix":
        return hundredths(combine.get("cells", {}).get(of_label, 0))
    floors = combine.get("floors", {}) if kind == "gate" else {}
    if "fit" in floors and fit < hundredths(floors["fit"]):
        return 0
    if "interest" in floors and interest < hundredths(floors["interest"]):
        return 0
    return half_up(Fraction(combine.get("fit", 1)) * fit + Fraction(combine.get("interest", 1)) * interest)
