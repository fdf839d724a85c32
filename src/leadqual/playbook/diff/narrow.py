"""Where in a condition the change is: as deep as one place says it all."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from leadqual.canonical import canonical_json

_JOINTS: Final = ("all", "any")


@frozen(kw_only=True)
class Narrowed:
    """What changed in a condition.

    Attributes:
        path: Path below the condition, such as ``.all[1].value``; empty for the whole.
        before: What was there; nothing if something was added.
        after: What is there; nothing if something was removed.
        one_of: Whether it lies in one of several ways to meet the condition.
        order: Whether only the order of its parts changed.
    """

    path: str
    before: Any
    after: Any
    one_of: bool = False
    order: bool = False


def narrowed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Narrowed:
    """Return the smallest place of a condition that holds the whole change.

    Within an alternative everything that belongs together stays together, since one half of it says little.

    Args:
        before: The condition before, as plain data.
        after: The condition after.

    >>> lower, higher = ({"field": "fit", "op": "ge", "value": n} for n in (5, 6))
    >>> narrowed({"all": [lower]}, {"all": [higher]}).path
    '.all[0]'
    """
    path, one_of = "", False
    while True:
        joint = next((joint for joint in _JOINTS if joint in before and joint in after), None)
        if joint is None or (one_of and joint == "all"):
            return Narrowed(path=path, before=before, after=after, one_of=one_of)
        gone, new = _only(before[joint], after[joint]), _only(after[joint], before[joint])
        if not gone and not new:
            return Narrowed(path=path, before=before, after=after, one_of=one_of, order=True)
        if not (gone and new):  # something more, or something less, is asked
            had, has = (_part(before, joint, gone) if gone else None), (_part(after, joint, new) if new else None)
            return Narrowed(path=path, before=had, after=has, one_of=one_of or joint == "any")
        if gone != new or len(gone) != 1:
            return Narrowed(path=path, before=before, after=after, one_of=one_of)
        path, one_of = f"{path}.{joint}[{new[0]}]", one_of or joint == "any"
        before, after = before[joint][gone[0]], after[joint][new[0]]


def _only(parts: list[Any], others: list[Any]) -> list[int]:
    """Return the numbers of the parts that the others do not have."""
    there = Counter(map(canonical_json, others))
    found = []
    for i, part in enumerate(parts):
        mark = canonical_json(part)
        if there[mark]:
            there[mark] -= 1
        else:
            found.append(i)
    return found


def _part(condition: Mapping[str, Any], joint: str, numbers: list[int]) -> Any:
    parts = [condition[joint][i] for i in numbers]
    return parts[0] if len(parts) == 1 else {joint: parts}


def members(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[list[Any], list[Any]] | None:
    """Return which values of a list a comparison gained and lost, if nothing else of it changed.

    Args:
        before: A comparison, as plain data.
        after: Another.

    >>> members({"field": "a", "op": "in", "value": ["x"]}, {"field": "a", "op": "in", "value": ["x", "y"]})
    (['y'], [])
    """
    if "field" not in before or {**before, "value": 0} != {**after, "value": 0}:
        return None
    had, has = _values(before.get("value")), _values(after.get("value"))
    if had is None or has is None or before.get("op") == "between":
        return None
    return [has[i] for i in _only(has, had)], [had[i] for i in _only(had, has)]


def _values(value: object) -> list[Any] | None:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) and not value.startswith("@") else None
