"""Which entry of one list is which of another: by name, else by content; and what became of their order."""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Final

from leadqual.canonical import canonical_json
from leadqual.fold import normal

Pair = tuple[int | None, int | None]
"""Numbers of an entry before and after; nothing where it was not."""
Key = Callable[[Any], Hashable]
"""What of an entry must be equal; ``None`` never is."""


def same(before: object, after: object, *, as_is: bool = False) -> bool:
    """Return whether two parts of documents are one in canonical form.

    Args:
        before: Plain data.
        after: Plain data.
        as_is: Whether texts are names of something outside, which are not composed.

    >>> from decimal import Decimal
    >>> same({"a": 1}, {"a": Decimal("1.0")}), same("a", "b")
    (True, False)
    """
    if before is None or after is None:
        return before is after
    return _text(before, as_is=as_is) == _text(after, as_is=as_is)


def _text(data: object, *, as_is: bool = False) -> str:
    return canonical_json({"": data}, as_is=("",) if as_is else ())


def _name(part: Mapping[str, object]) -> Hashable:
    name = part.get("name")
    return normal(name) if isinstance(name, str) else None


def _of(*keys: str) -> Key:
    """Return a function that gives what stands under keys, or nothing if nothing does."""

    def key(part: Mapping[str, object]) -> Hashable:
        found = {name: part[name] for name in keys if name in part}
        return _text(found) if found else None

    return key


def _without_name(part: Mapping[str, object]) -> Hashable:
    return _text({key: value for key, value in part.items() if key != "name"})


def _first_kind(part: Mapping[str, object]) -> Hashable:
    """Return the first kind of a rule that is no rule of silence."""
    kinds = part.get("event")
    return normal(str(kinds[0])) if isinstance(kinds, list) and kinds and "inactivity" not in part else None


def _fields(part: Mapping[str, object]) -> Hashable:
    """Return the fields that a condition reads."""
    return "\n".join(sorted(set(_read(part.get("when"))))) or None


def _read(condition: object) -> Iterator[str]:
    if isinstance(condition, Mapping):
        for key, part in condition.items():
            if key == "field":
                yield str(part)
            else:
                yield from _read(part)
    elif isinstance(condition, list):
        for part in condition:
            yield from _read(part)


_BY_NAME: Final[tuple[Key, ...]] = (_name, _text, _without_name)
KEYS: Final[Mapping[str, tuple[Key, ...]]] = {
    "fit.criteria[]": (*_BY_NAME, _of("when"), _fields),
    "fit.tables[]": (*_BY_NAME, _of("field")),
    "fit.gates[]": (_text, _of("reason"), _of("when")),
    "interest.rules[]": (
        *_BY_NAME,
        _of("event", "when", "inactivity"),
        _of("event", "inactivity"),
        _of("event"),
        _first_kind,
    ),
    "lifecycle.stages[]": (_name,),
    "lifecycle.transitions[]": (*_BY_NAME,),
    "examples[]": (*_BY_NAME,),
    "personas[]": (_name,),
    "sequences.*.steps[]": (_name,),
    "examples[].events[]": (_text, _of("kind", "day"), _of("kind", "properties"), _of("kind")),
    "fit.scorers[]": (_text, _of("kind")),
    "interest.scorers[]": (_text, _of("kind")),
    "fit.tables[].bands[]": (_text, _of("below")),
}
"""By list, what makes two entries one, the surest sign first."""


def pairs(key: str, before: Sequence[Any], after: Sequence[Any]) -> list[Pair]:
    """Return which entry of a list is which, in the order of the document.

    Args:
        key: Which list, as in `KEYS`.
        before: Its entries before.
        after: Its entries after.

    Returns:
        Numbers before and after; an entry that was removed stands where it was.
    """
    found: dict[int, int] = {}
    left, right = dict(enumerate(before)), dict(enumerate(after))
    for sign in KEYS[key]:
        found |= _matched(left, right, sign, names_matter=sign not in _BY_NAME)
        left = {i: part for i, part in left.items() if i not in found.values()}
        right = {j: part for j, part in right.items() if j not in found}
    if key == "fit.tables[].bands[]" and len(left) == len(right):  # ends that moved, if all still lie in order
        whole = found | dict(zip(right, left, strict=True))
        found = whole if sorted(whole.values()) == [whole[j] for j in sorted(whole)] else found
    return _in_order(len(before), len(after), found)


def _matched(
    left: Mapping[int, Mapping[str, object]],
    right: Mapping[int, Mapping[str, object]],
    sign: Key,
    *,
    names_matter: bool,
) -> dict[int, int]:
    """Return the number before by the number after, of entries that show the same sign.

    Args:
        left: The entries before that are still alone.
        right: The entries after that are.
        sign: What must be equal.
        names_matter: Whether two that both have names, and not the same, are different whatever the sign says.
    """
    found: dict[int, int] = {}
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    unnamed: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for i, part in left.items():
        if (mark := sign(part)) is not None:
            (unnamed if names_matter and _name(part) is None else waiting)[mark].append(i)
    for j, part in right.items():
        mark = sign(part)
        for queue in (unnamed[mark], waiting[mark])[: 1 if names_matter and _name(part) is not None else 2]:
            if queue and j not in found:
                found[j] = queue.popleft()
    return found


def _in_order(before: int, after: int, found: Mapping[int, int]) -> list[Pair]:
    """Return pairs in the order after; what is gone stands behind what it followed, before anything new there."""
    stayed, waiting = frozenset(found.values()), set(found.values())
    place, order = 0, list[Pair]()
    for j in range(after + 1):
        while place < before and place not in waiting:
            if place not in stayed:
                order.append((place, None))
            place += 1
        if j < after:
            order.append((found.get(j), j))
            waiting.discard(found.get(j, -1))
    return order


def moved(order: Sequence[Pair]) -> list[Pair]:
    """Return the fewest entries that stand elsewhere among those that stayed, so that the rest is in order.

    >>> moved([(0, 0), (2, 1), (1, 2), (None, 3)])
    [(2, 1)]
    """
    stayed = [(i, j) for i, j in order if i is not None and j is not None]
    ends: list[int] = []
    lengths: list[int] = []
    for i, _ in stayed:
        place = bisect_left(ends, i)
        ends[place : place + 1] = [i]
        lengths.append(place)
    want, kept = len(ends) - 1, set()
    last = float("inf")
    for (i, j), length in zip(reversed(stayed), reversed(lengths), strict=True):
        if length == want and i < last:
            kept.add(j)
            want, last = want - 1, i
    return [pair for pair in stayed if pair[1] not in kept]


def names(before: Mapping[str, object], after: Mapping[str, object], *, as_is: bool) -> Iterator[tuple[Any, Any]]:
    """Yield which name of one table is which of another, in the order of the document.

    Args:
        before: The table before.
        after: The table after.
        as_is: Whether the names are names of something outside.

    Yields:
        Names before and after; nothing where it was not.
    """
    old, new = (_composed(table, as_is=as_is) for table in (before, after))
    was, now = list(old), list(new)
    places = {name: i for i, name in enumerate(was)}
    for i, j in _in_order(len(was), len(now), {j: places[name] for j, name in enumerate(now) if name in places}):
        yield (None if i is None else old[was[i]]), (None if j is None else new[now[j]])


def _composed(table: Mapping[str, object], *, as_is: bool) -> dict[str, str]:
    """Return the names of a table by the form in which they compare; twins keep their own."""
    if as_is:
        return {name: name for name in table}
    forms = Counter(normal(name) for name in table)
    return {name if forms[normal(name)] > 1 else normal(name): name for name in table}
