"""Where two playbooks differ, found along the shapes of a document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import NOTHING, fields

from leadqual.canonical import default_of, key_of, plain
from leadqual.lifecycle.hours import BusinessHours
from leadqual.lifecycle.values import Lifecycle, Recycle, RecyclePolicy, Stage, Transition
from leadqual.playbook.diff.matching import moved, names, pairs, same
from leadqual.playbook.diff.nurturewords import is_told_whole
from leadqual.playbook.diff.touch import Kind, Spot, Touch
from leadqual.playbook.shapes import BESIDE, MODEL, Anything, Keys, Listing, Named, Scorers, Shape, Words

_TOP: Final[Mapping[str, Shape]] = {"name": Anything(), "version": Anything(), **MODEL, **BESIDE}
_WHOLE: Final = frozenset(
    {
        "labels.*",
        "qualify.mql",
        "qualify.sql",
        "recycle.partner",
        "objectives.*.combine",
        "objectives.*.qualify",
        "objectives.*.qualify.mql",
        "objectives.*.qualify.sql",
    }
)
"""Tables that are there or are not, as one thing."""
_AT_ONCE: Final = frozenset({"interest.rules[].per", "lists.*", "calendar.days.*"})
"""Tables and lists that are looked at as one value."""
_TRIED_IN_ORDER: Final = ("fit.gates", "lifecycle.transitions")
_FILLED: Final = frozenset({Lifecycle, Stage, Transition, Recycle, RecyclePolicy, BusinessHours})
"""Classes whose defaults are told where a document is silent, since people know them as rules."""
_OUTSIDE: Final = ("columns", "files")


def touches(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Touch]:
    """Yield every difference of two documents, in document order.

    Args:
        before: The tables before, as `Playbook.to_plain` gives them.
        after: The tables after.
    """
    for name, shape in _TOP.items():
        yield from _shape(shape, before.get(name), after.get(name), Spot().key_of(name), as_is=name in _OUTSIDE)


def _shape(shape: Shape, before: Any, after: Any, spot: Spot, *, as_is: bool) -> Iterator[Touch]:
    if same(before, after, as_is=as_is):
        return
    if is_told_whole(spot.key):
        yield _touch(spot, before, after)
    elif isinstance(shape, Listing | Scorers):
        yield from _listing(shape, before or [], after or [], spot, as_is=as_is)
    elif _is_one_thing(shape, before, after, spot.key):
        yield _touch(spot, before, after)
    elif isinstance(shape, Keys):
        yield from _keys(shape, before or {}, after or {}, spot, as_is=as_is)
    elif isinstance(shape, Named | Words):
        part = shape.part if isinstance(shape, Named) else Words()
        yield from _named(part, before or {}, after or {}, spot, as_is=as_is)
    else:
        yield _touch(spot, before, after)


def _is_one_thing(shape: Shape, before: object, after: object, key: str) -> bool:
    """Return whether a difference is said of the whole, and not of what lies within."""
    given = [part for part in (before, after) if part is not None]
    if key in _AT_ONCE or not all(isinstance(part, Mapping) for part in given):
        return True
    return len(given) == 1 and (key in _WHOLE or (isinstance(shape, Keys) and key.endswith("*")))


def _touch(spot: Spot, before: object, after: object) -> Touch:
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    return Touch(spot=spot, kind=kind, before=before, after=after)


def _keys(
    shape: Keys, before: Mapping[str, Any], after: Mapping[str, Any], spot: Spot, *, as_is: bool
) -> Iterator[Touch]:
    if shape.becomes in _FILLED:
        before, after = _filled(shape, before), _filled(shape, after)
    for name in shape.names:
        part = shape.nested.get(name, Anything())
        yield from _shape(part, before.get(name), after.get(name), spot.key_of(name), as_is=as_is)


def _filled(shape: Keys, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a table with the defaults of the keys that it lacks."""
    defaults = {key_of(each.name): default_of(each) for each in fields(shape.becomes) if each.init}
    plain_ones = {key: plain(part) for key, part in defaults.items() if part is not NOTHING and part is not None}
    told = {key: part for key, part in plain_ones.items() if part != [] and (part != {} or key in shape.nested)}
    return {**told, **table}


def _named(
    shape: Shape, before: Mapping[str, Any], after: Mapping[str, Any], spot: Spot, *, as_is: bool
) -> Iterator[Touch]:
    for was, now in names(before, after, as_is=as_is):
        old, new = before.get(was), after.get(now)
        place = spot.named(now if now is not None else was, old, new)
        yield from _shape(shape, old, new, place, as_is=as_is)


def _listing(
    shape: Listing | Scorers, before: Sequence[Any], after: Sequence[Any], spot: Spot, *, as_is: bool
) -> Iterator[Touch]:
    order = pairs(f"{spot.key}[]", before, after)
    elsewhere = frozenset(moved(order))
    part: Shape = shape.part if isinstance(shape, Listing) else Words()
    if elsewhere and spot.key not in _TRIED_IN_ORDER:
        yield Touch(spot=spot, kind="moved", before=None, after=None)
    for i, j in order:
        old, new = None if i is None else before[i], None if j is None else after[j]
        place = spot.numbered(i, j, old, new)
        if spot.key in _TRIED_IN_ORDER and (i, j) in elsewhere:
            yield Touch(spot=place, kind="moved", before=i, after=j)
        if old is None or new is None:
            yield _touch(place, old, new)
        else:
            yield from _shape(part, old, new, place, as_is=as_is)
