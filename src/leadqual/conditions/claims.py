"""A condition as people reason about it: *not* moved down to single comparisons, needless nesting gone."""

from typing import Final

from attrs import frozen

from leadqual.conditions.nodes import All, Condition, Leaf, Not


@frozen
class Claim:
    """One comparison that holds, or does not.

    Attributes:
        leaf: The comparison.
        holds: Whether it must hold.
    """

    leaf: Leaf
    holds: bool


@frozen
class Joined:
    """Claims of which every one must hold, or at least one.

    Attributes:
        every: Whether every part must hold.
        parts: The parts, at least two; none at all when the condition always (every) or never holds.
    """

    every: bool
    parts: tuple["Claims", ...]


Claims = Claim | Joined
ALWAYS: Final = Joined(every=True, parts=())
NEVER: Final = Joined(every=False, parts=())


def claims(condition: Condition, *, holds: bool = True) -> Claims:
    """Return what a condition claims; true, false and unknown exactly where the condition is.

    Args:
        condition: The condition.
        holds: Whether it must hold; else the claims are those of its opposite.

    Returns:
        Single claims, joined; parts that are joined the same way as the whole have become parts of it.

    >>> claims(~(Leaf(field="a", op="exists") | ~Leaf(field="b", op="exists"))).every
    True
    """
    if isinstance(condition, Leaf):
        return _claim(condition, holds=holds)
    if isinstance(condition, Not):
        return claims(condition.part, holds=not holds)
    every = isinstance(condition, All) is holds
    parts: list[Claims] = []
    for part in (claims(part, holds=holds) for part in condition.parts):
        if part == (NEVER if every else ALWAYS):
            return part
        same = isinstance(part, Joined) and part.every is every
        parts += part.parts if isinstance(part, Joined) and same else [part]
    return parts[0] if len(parts) == 1 else Joined(every=every, parts=tuple(parts))


_OPPOSITE: Final = {"exists": "missing", "missing": "exists"}


def _claim(leaf: Leaf, *, holds: bool) -> Claim:
    if not holds and leaf.op in _OPPOSITE:
        return Claim(Leaf(field=leaf.field, op=_OPPOSITE[leaf.op]), holds=True)
    return Claim(leaf, holds)
