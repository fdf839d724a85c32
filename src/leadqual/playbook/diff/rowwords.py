"""What changed in one row of a table, as a sentence."""

from collections.abc import Mapping
from typing import Any

from leadqual.playbook.diff.keywords import instead, points_sentence
from leadqual.playbook.diff.parts import Parts, upper
from leadqual.playbook.diff.touch import Owner, Touch


def row_sentence(touch: Touch, table: Owner, row: Owner, parts: Parts) -> str:
    """Return what a difference in a row of a table says.

    Args:
        touch: The difference.
        table: The table.
        row: The row: a band, or a named value.
        parts: Names parts.
    """
    called = parts.called(table.key, table.part)
    if row.key.endswith("values.*"):
        return _value(touch, row, called, parts)
    return _band(touch, table, row, called, parts)


def _value(touch: Touch, row: Owner, called: str, parts: Parts) -> str:
    own = parts.fragments
    value = own.words.value(row.name)
    if touch.kind == "added":
        points: Any = touch.after
        return own.say("value added", table=own.words.quoted(called), value=value, points=own.points(points))
    if touch.kind == "removed":
        return own.say(
            "value removed", table=own.words.quoted(called), value=value, points=own.earned(touch.before, "bare ")
        )
    return points_sentence(own.say("value of", table=upper(called), value=value), called, touch, parts)


def _band(touch: Touch, table: Owner, row: Owner, called: str, parts: Parts) -> str:
    own = parts.fragments
    new, old = (_name(whole, part, parts) for whole, part in ((table.after, row.after), (table.before, row.before)))
    if touch.kind == "added" and row.before is None:
        points = own.points(row.part["points"])
        return own.say("band added", table=own.words.quoted(called), band=new, points=points)
    if touch.kind == "removed" and row.after is None:
        return own.say("band removed", table=own.words.quoted(called), band=old)
    if touch.spot.key.endswith(".below"):
        return instead(called, new, old, parts)
    return points_sentence(own.say("band of", table=upper(called), band=new), called, touch, parts)


def _name(table: Mapping[str, Any] | None, row: Mapping[str, Any] | None, parts: Parts) -> str:
    """Return which sizes a band is for."""
    if table is None or row is None:
        return ""
    bands = table["bands"]
    return parts.fragments.band(bands, next(i for i, band in enumerate(bands) if band is row))
