"""Whether a store writes what it is told, all of it or nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from leadqual.errors import StoreError
from leadqual.service.rows import FactRow
from leadqual.service.store import Store, Taken, Unit
from leadqual.service.tables import FACTS, LEADS, NOTES
from leadqual.testing.storing.base import TENANT, add, every, lead, look, note, noted, write

_TEXTS: Final = (
    "", " ", "  a ", "Zoë", "\u0131İiI", "😀", "e\u0301", "\ufeffa", "\u2028\r\n\t", "'; DROP TABLE x; --",
    "%s %(a)s {} ?",
    '"a\\b"', "\\u0000", "null", "NULL", "007", "1e3", "\x1b[31m", "\x7f", "\uffff", "\U0010ffff" * 160,
)  # fmt: skip
_LONG: Final = ("a" * 1_000_000, '😀"\\' * 100_000)
_NUMBERS: Final = (0, 1, -1, (1 << 31), (1 << 53) + 1, (1 << 63) - 1, -(1 << 63))
_FLAWS: Final[dict[str, Any]] = {
    "a text with a NUL character": note("a\0b"),
    "a text with half of a surrogate pair": note("flaw", "\ud800"),
    "a whole number of more than 64 bits": lead("flaw", due=1 << 63),
    "a key of more than 640 bytes": note("é" * 321),
    "a text in an index of more than 640 bytes": lead("flaw", held="a" * 641),
}


class _Failing(BaseException):
    """Leaves a unit as an interrupt would."""


def keeps_values(store: Store, _patience: timedelta) -> Iterator[str]:
    """Every text and every whole number of 64 bits comes back as it went."""
    leads = [lead(f"{number}", record=text, stage=text, held=text) for number, text in enumerate(_TEXTS)]
    leads += [lead(f"long {number}", record=text) for number, text in enumerate(_LONG)]
    facts = [FactRow(lead_id="ana", seq=number, known_at=number, body="{}") for number in _NUMBERS]
    with store.unit(TENANT, write=True) as unit:
        unit.add(LEADS, leads)
        unit.add(FACTS, facts)
        unit.add(NOTES, [note(text) for text in _TEXTS])
    with store.unit(TENANT, write=False) as unit:
        for row in leads:
            if unit.get(LEADS, [(row.lead_id,)]) != [row]:
                yield f"A text comes back as it went; {row.record[:20]!r} ({len(row.record)} characters) did not."
        for text in _TEXTS:
            if [row.name for row in unit.get(NOTES, [(text,)])] != [text]:
                yield f"A row is found by whatever text is its key; by {text!r} it was not."
            if [row.record for row in unit.find(LEADS, equal={"held": text})] != [text]:
                yield f"`find` with `equal` compares texts exactly; {text!r} was not found, or others with it."
            if [row.record for row in unit.find(LEADS, equal={"held": [text]})] != [text]:
                yield f"`find` with a collection compares texts exactly; {text!r} was not found, or others with it."
        if unit.find(FACTS, equal={"lead_id": "ana"}, order=("seq",)) != sorted(facts, key=lambda row: row.seq):
            yield "Whole numbers of 64 bits come back as they went, in their order."


def refuses_flaws(store: Store, _patience: timedelta) -> Iterator[str]:
    """What not every store can keep, none does."""
    for what, row in _FLAWS.items():
        table = LEADS if isinstance(row, type(lead("a"))) else NOTES
        try:
            with store.unit(TENANT, write=True) as unit:
                unit.put(NOTES, [note("before")])
                unit.put(table, [row])
        except StoreError:
            pass
        else:
            yield f"{what[0].upper()}{what[1:]} is refused with a StoreError: not every store could keep it."
        if noted(store):
            yield f"When {what} is refused, nothing of the unit is written."


def adds_once(store: Store, _patience: timedelta) -> Iterator[str]:
    """A key is added once."""
    add(store, NOTES, [note("a", "1")])
    for what, rows in (("that is there", [note("b"), note("a", "2")]), ("that comes twice", [note("c"), note("c")])):
        try:
            add(store, NOTES, rows)
        except Taken:
            pass
        else:
            yield f"`add` of a key {what} raises Taken."
        if noted(store) != {"a": "1"}:
            yield f"When `add` of a key {what} fails, everything stays as it was."


def puts_and_removes(store: Store, _patience: timedelta) -> Iterator[str]:
    """Rows are replaced and removed."""
    add(store, NOTES, [note(name, "1") for name in "abcde"])
    write(store, lambda unit: unit.put(NOTES, [note("a", "2"), note("f", "1"), note("f", "2")]))
    wanted = {"a": "2", "b": "1", "c": "1", "d": "1", "e": "1", "f": "2"}
    if noted(store) != wanted:
        yield f"`put` adds rows or replaces those with their keys, the last one of a key: {wanted}, not {noted(store)}."
    write(store, lambda unit: unit.remove(NOTES, equal={"name": []}))
    if len(noted(store)) != 6:
        yield "`remove` with an empty collection removes nothing."
    write(store, lambda unit: unit.remove(NOTES, equal={"name": ["b", "f", "x"], "value": "1"}))
    if "".join(noted(store)) != "acdef":
        yield "`remove` removes the rows that hold all the values, and no others."
    add(store, LEADS, [lead("a", due=None), lead("b", due=1)])
    write(store, lambda unit: unit.remove(LEADS, equal={"due": None}))
    if [row.lead_id for row in every(store, LEADS)] != ["b"]:
        yield "`remove` with None removes the rows that hold nothing."
    write(store, lambda unit: unit.remove(NOTES, equal={}))
    if noted(store) or not every(store, LEADS):
        yield "`remove` without values removes all rows of the table, and of no other one."


def undoes_all(store: Store, _patience: timedelta) -> Iterator[str]:
    """A unit that is left by an error leaves no trace, whatever it did."""
    add(store, NOTES, [note("a", "1"), note("b", "1")])

    def change(unit: Unit, error: BaseException) -> None:
        unit.add(NOTES, [note("c")])
        unit.put(NOTES, [note("a", "2"), note("d")])
        unit.remove(NOTES, equal={"name": "b"})
        unit.put(NOTES, [note("b", "3"), note("c", "4")])
        seen = [(row.name, row.value) for row in unit.find(NOTES)]
        if seen != [("a", "2"), ("b", "3"), ("c", "4"), ("d", "")] or len(unit.get(NOTES, [("c",), ("b",)])) != 2:
            raise AssertionError
        raise error

    for error in (ValueError("stop"), _Failing(), Taken()):
        try:
            with store.unit(TENANT, write=True) as unit:
                change(unit, error)
        except AssertionError:
            yield "A unit sees what it has done itself, by `get` and by `find`."
        except (ValueError, _Failing, Taken) as raised:
            if raised is not error:
                yield f"An error of the caller's leaves a unit as it is; a {type(error).__name__} did not."
        else:
            yield f"An error leaves a unit; a {type(error).__name__} was swallowed."
        if noted(store) != {"a": "1", "b": "1"}:
            yield f"A unit that is left by a {type(error).__name__} undoes all that it did."


def cannot_go_on(store: Store, _patience: timedelta) -> Iterator[str]:
    """What reads only does not write, and what has failed or is over does nothing any more."""
    add(store, NOTES, [note("a", "1")])
    deeds = {
        "add": lambda unit: unit.add(NOTES, [note("b")]),
        "put": lambda unit: unit.put(NOTES, [note("a", "2")]),
        "remove": lambda unit: unit.remove(NOTES, equal={"name": "a"}),
        "get with `lock`": lambda unit: unit.get(NOTES, [("a",)], lock=True),
        "find with `lock`": lambda unit: unit.find(NOTES, lock=True),
    }
    for name, deed in deeds.items():
        if not _refuses(lambda deed=deed: look(store, deed)):
            yield f"A unit that only reads refuses to {name}, with a StoreError."
    if not _refuses(lambda: _goes_on(store)):
        yield "A unit in which `add` failed ends with a StoreError if it is left as if nothing had."
    with store.unit(TENANT, write=True) as over:
        pass
    if not _refuses(lambda: over.put(NOTES, [note("c")])) or not _refuses(lambda: over.find(NOTES)):
        yield "A unit that is over refuses to do anything, with a StoreError."
    if noted(store) != {"a": "1"}:
        yield "What is refused is not written."


def _goes_on(store: Store) -> None:
    with store.unit(TENANT, write=True) as unit:
        unit.put(NOTES, [note("d")])
        try:
            unit.add(NOTES, [note("a")])
        except Taken:
            return


def _refuses(deed: Any) -> bool:
    try:
        deed()
    except StoreError:
        return True
    return False
