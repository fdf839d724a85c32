"""A score in words and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leadqual.errors import printable

if TYPE_CHECKING:
    from decimal import Decimal

    from leadqual.scoring.ledger import Line
    from leadqual.scoring.score import Score

_NAME: Final = 38
_COLUMNS: Final = ("events", "raw", "limits", "decay", "caps", "points")


def explain(score: Score) -> str:
    """Return the ledger of a score as a table for people.

    Args:
        score: The score.

    Returns:
        Plain text of one block an axis, about 100 characters wide; control characters are escaped.
    """
    lines = score.lines
    parts = [_head(score)]
    for axis, value in (("fit", score.fit), ("interest", score.interest)):
        rows = [line for line in lines if line.axis == axis]
        parts.append(_table(axis, rows, value, last=_axis_note(score, axis)))
    return "\n\n".join(parts)


def _head(score: Score) -> str:
    bars = ", ".join(sorted(score.qualifies)) or "nothing"
    words = [f"Lead {printable(score.lead_id, 40)} as of {score.now:%Y-%m-%d %H:%M} UTC: {score.label or 'no label'}"]
    words.append(f"total {score.total}, qualifies for {bars}")
    if score.gates:
        words.append(printable(f"gated: {', '.join(score.gates)}", 60))
    return "; ".join(words)


def _axis_note(score: Score, axis: str) -> str:
    if axis == "interest":
        days = "day" if score.active_days == 1 else "days"
        acts = "interaction" if score.interactions == 1 else "interactions"
        note = f"{score.interactions} {acts} on {score.active_days} active {days}"
        return note if score.level is None else f"level {score.level}; {note}"
    note = f"{score.completeness} % of the profile is known"
    if score.fit_low != score.fit_high:
        note = f"{score.fit_low} to {score.fit_high} possible; {note}"
    return note if score.grade is None else f"grade {score.grade}; {note}"


def _table(title: str, lines: list[Line], value: Decimal, last: str) -> str:
    names = list(_COLUMNS) if title == "interest" else ["", *_COLUMNS[1:]]
    rows = [_row(title.capitalize(), names)]
    for line in lines:
        events = str(line.count) if line.axis == "interest" and line.count else ""
        cells = [events, *map(_points, (line.raw, line.limits, line.decay, line.cap))]
        if line.what in ("cap", "rounding"):
            cells[1] = ""
        rows.append(_row(f"  {printable(line.name)}", [*cells, _points(line.points, always=True)]))
    rows.append(_row(f"  = {title}", ["", "", "", "", "", str(value)]))
    rows.append(f"    {last}")
    return "\n".join(rows)


def _row(name: str, cells: list[str]) -> str:
    short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return f"{short:<{_NAME}}" + f"{cells[0]:>7}" + "".join(f" {cell:>10}" for cell in cells[1:])


def _points(value: Decimal, *, always: bool = False) -> str:
    """Return points with as many places as they need, two at least; nothing for zero."""
    if not value and not always:
        return ""
    text = f"{value:.8f}".rstrip("0")
    whole, _, places = text.partition(".")
    return f"{whole}.{places:0<2}"
