"""Whether a store finds what it is asked for."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from operator import attrgetter, gt, le
from random import Random
from typing import Any, Final

from leadqual.service.rows import EffectRow, EventRow
from leadqual.service.store import Store
from leadqual.service.tables import EFFECTS, EVENTS, LEADS, NOTES
from leadqual.testing.storing.base import TENANT, add, effect, every, lead, look, note

_NAMES: Final = (
    "a",
    "Z",
    "z",
    "_",
    " ",
    "%",
    "'",
    "é",
    "e\u0301",
    "ß",
    "\u0131",
    "İ",
    "i",
    "I",
    "\uffff",
    "😀",
    "10",
    "9",
)
_COLUMNS: Final = ("lead_id", "ready_at", "number", "touch")


def finds_by_keys(store: Store, _patience: timedelta) -> Iterator[str]:
    """Rows come by their keys."""
    rows = [
        EventRow(source=s, event_id=i, lead_id="ana", at=1, known_at=2, body="{}") for s in "ba" for i in ("2", "1")
    ]
    add(store, EVENTS, rows)
    wanted = [("b", "1"), ("a", "2"), ("b", "3"), ("c", "1"), ("b", "1")]
    with store.unit(TENANT, write=False) as unit:
        found = [(row.source, row.event_id) for row in unit.get(EVENTS, wanted)]
        nothing = unit.get(EVENTS, [])
        whole = unit.get(EVENTS, [(row.source, row.event_id) for row in rows])
    if found != [("a", "2"), ("b", "1")]:
        yield f"`get` returns the rows that there are, each once, in the order of their keys; here it returned {found}."
    if nothing:
        yield "`get` without keys returns nothing."
    if sorted(whole, key=attrgetter("source", "event_id")) != sorted(rows, key=attrgetter("source", "event_id")):
        yield "`get` returns rows as they were added, in every column."


def finds_in_order(store: Store, _patience: timedelta) -> Iterator[str]:
    """Texts are ordered by code point, and what holds nothing comes first."""
    add(store, NOTES, [note(name) for name in _NAMES])
    found = [row.name for row in every(store, NOTES)]
    if found != sorted(_NAMES):
        yield f"Texts are ordered by code point, and `find` returns rows by their keys: {sorted(_NAMES)}, not {found}."
    limited = look(store, lambda unit: unit.find(NOTES, above=("name", "Z"), order=("name",), limit=3))
    if [row.name for row in limited] != ["_", "a", "e\u0301"]:
        yield "`find` with `above` and `limit` returns the first ones above by code point; so all are met in portions."
    add(store, LEADS, [lead(name, due=due) for name, due in (("a", 5), ("b", None), ("c", 5), ("d", -5), ("e", None))])
    order = "".join(row.lead_id for row in look(store, lambda unit: unit.find(LEADS, order=("due",))))
    if order != "bedac":
        yield f"Rows that hold nothing come first, and of those that hold the same the key decides; here: {order}."


def finds_what_fulfils(store: Store, _patience: timedelta) -> Iterator[str]:
    """All conditions, as a reader of the protocol would check them one by one."""
    random = Random(7)
    rows = [_drawn(random, number) for number in range(60)]
    add(store, EFFECTS, random.sample(rows, len(rows)))
    with store.unit(TENANT, write=False) as unit:
        for _ in range(400):
            question = _question(random)
            found = [row.key for row in unit.find(EFFECTS, **question)]
            wanted = _wanted(rows, **question)
            if found != wanted:
                yield f"`find` with {question} returns {_listed(wanted)}; here it returned {_listed(found)}."
                return


def finds_by_nothing(store: Store, _patience: timedelta) -> Iterator[str]:
    """Nothing is no value: it is asked for by itself, and is neither below nor above anything."""
    rows = [effect("a", None), effect("b", 3), effect("c", None, touch="t"), effect("d", -(1 << 63), touch="")]
    add(store, EFFECTS, rows)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"equal": {"ready_at": None}}, "ac"),
        ({"equal": {"touch": None}}, "ab"),
        ({"equal": {"ready_at": None, "touch": "t"}}, "c"),
        ({"upto": ("ready_at", 9)}, "bd"),
        ({"above": ("ready_at", -9)}, "b"),
        ({"upto": ("touch", "zz")}, "cd"),
        ({"equal": {"touch": ["t", ""]}}, "cd"),
        ({"equal": {"touch": []}}, ""),
        ({"equal": {"touch": (), "lead_id": "ana"}}, ""),
        ({"limit": 0}, ""),
        ({"equal": {}}, "abcd"),
    )
    with store.unit(TENANT, write=False) as unit:
        for question, wanted in cases:
            found = "".join(row.key for row in unit.find(EFFECTS, **question))
            if found != wanted:
                yield f"`find` with {question} returns the rows {wanted or 'none'!r}; here it returned {found!r}."


def finds_many(store: Store, _patience: timedelta) -> Iterator[str]:
    """Thousands of keys and values may be asked for at once."""
    names = [f"{number:05d}" for number in range(3_000)]
    add(store, NOTES, (note(name, name) for name in reversed(names)))
    with store.unit(TENANT, write=False) as unit:
        got = [row.name for row in unit.get(NOTES, [(name,) for name in names])]
        found = [row.name for row in unit.find(NOTES, equal={"value": set(names)}, limit=2_900)]
    if got != names:
        yield f"`get` takes any number of keys; of {len(names)} it returned {len(got)}, or not in their order."
    if found != names[:2_900]:
        yield f"`find` takes any number of values; of 2900 rows it returned {len(found)}, or not in their order."


def _drawn(random: Random, number: int) -> EffectRow:
    return effect(
        f"k{number:02d}",
        random.choice((None, -1, 0, 1, 2)),
        lead_id=random.choice(("ana", "Ana", "ben")),
        number=random.randrange(3),
        touch=random.choice((None, "", "t", "T")),
    )


def _question(random: Random) -> dict[str, Any]:
    values: dict[str, tuple[Any, ...]] = {
        "lead_id": ("ana", "cyn", ["ana", "ben"], ("Ana",), []),
        "ready_at": (None, 0, 7),
        "number": (0, 2),
        "touch": (None, "", "T", ["t", "T"], {"", "x"}),
    }
    bounds: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("ready_at", (-1, 1, 5)), ("lead_id", ("Ana", "a", "z")), ("touch", ("", "T")), ("key", ("k2", "k31")),
    )  # fmt: skip
    question: dict[str, Any] = {
        "equal": {name: random.choice(values[name]) for name in random.sample(_COLUMNS, random.choice((0, 0, 1, 2)))}
    }
    for side in ("above", "upto"):
        if random.random() < 0.3:
            name, ends = random.choice(bounds)
            question[side] = (name, random.choice(ends))
    question["order"] = random.sample((*_COLUMNS, "key"), random.choice((0, 1, 2)))
    question["limit"] = random.choice((None, None, 1, 5))
    return question


def _wanted(rows: Iterable[EffectRow], **question: Any) -> list[str]:
    """Return the keys of the rows that are asked for, by looking at each."""
    kept = [row for row in rows if all(_equals(row, name, value) for name, value in question["equal"].items())]
    for side, keeps in (("above", gt), ("upto", le)):
        if side in question:
            name, bound = question[side]
            kept = [row for row in kept if _held(row, name) is not None and keeps(_held(row, name), bound)]
    for name in ("key", *reversed(question["order"])):  # sorting is stable: the last is the first
        kept = sorted(kept, key=partial(_place, name=name))
    return [row.key for row in kept][: question["limit"]]


def _equals(row: EffectRow, name: str, value: Any) -> bool:
    held = _held(row, name)
    return held in value if isinstance(value, list | tuple | set) else bool(held == value)


def _place(row: EffectRow, name: str) -> tuple[bool, Any]:
    value = _held(row, name)
    return (False, 0) if value is None else (True, value)


def _held(row: EffectRow, name: str) -> Any:
    return attrgetter(name)(row)


def _listed(keys: list[str]) -> str:
    return ", ".join(keys[:8]) + (", …" if len(keys) > 8 else "") if keys else "nothing"
