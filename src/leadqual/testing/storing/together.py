"""Whether units of several tenants, threads and stores get along."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event
from typing import Any, Final

from attrs import evolve

from leadqual.errors import LeadqualError, StoreError
from leadqual.service.store import Store, Taken, Unit
from leadqual.service.tables import EFFECTS, LEADS, NOTES
from leadqual.testing.storing.base import (
    TENANT,
    Somebody,
    add,
    effect,
    every,
    lead,
    look,
    note,
    noted,
    write,
)

_TENANTS: Final = ("a", "A", "ab", "a ", "á", "%", "'", "_")
_TURNS: Final = 15
_SHORT: Final = timedelta(milliseconds=300)


def parts_tenants(store: Store, _patience: timedelta) -> Iterator[str]:
    """No tenant ever sees, changes or removes rows of another one."""
    for tenant in _TENANTS:
        add(store, NOTES, [note("shared", tenant), note(f"of {tenant}", tenant)], tenant)
    for tenant in _TENANTS:
        with store.unit(tenant, write=False) as unit:
            seen = [
                *unit.find(NOTES), *unit.find(NOTES, order=("value",), limit=50), *unit.find(NOTES, above=("name", "")),
                *unit.find(NOTES, equal={"value": list(_TENANTS)}), *unit.find(NOTES, upto=("value", "\uffff")),
                *unit.get(NOTES, [("shared",), *((f"of {other}",) for other in _TENANTS)]),
            ]  # fmt: skip
            counted = unit.count(NOTES, "value")
        if counted != {tenant: 2}:
            yield f"A unit counts rows of its own tenant only; that of {tenant!r} did not."
        if {row.value for row in seen} != {tenant} or len(seen) != 12:
            yield f"A unit sees all rows of its own tenant and none of another one; that of {tenant!r} did not."
    write(store, lambda unit: unit.put(NOTES, [note("shared", "new")]), "a")
    write(store, lambda unit: unit.remove(NOTES, equal={"name": ["of a", "of A", "of ab", "of %"]}), "%")
    wanted = {tenant: {"shared": tenant, f"of {tenant}": tenant} for tenant in _TENANTS}
    wanted["a"]["shared"] = "new"
    del wanted["%"]["of %"]
    if {tenant: noted(store, tenant) for tenant in _TENANTS} != wanted:
        yield "`put` and `remove` change rows of their own tenant only."


def reads_what_was(store: Store, patience: timedelta) -> Iterator[str]:
    """A unit that reads sees what there was when it began, and holds up nobody."""
    add(store, NOTES, [note("a", "1"), note("b", "1")])

    def change(unit: Unit) -> None:
        unit.put(NOTES, [note("a", "2"), note("c", "2")])
        unit.remove(NOTES, equal={"name": "b"})

    held_up = "A unit that only reads holds up nobody: here one that writes waited for it."
    with store.unit(TENANT, write=False) as unit:
        Somebody(lambda: write(store, change), patience).answer(held_up)
        for _ in range(2):
            rows = {row.name: row.value for row in unit.find(NOTES)}
            got = [row.value for row in unit.get(NOTES, [("a",), ("b",), ("c",)])]
            some = [row.name for row in unit.find(NOTES, equal={"value": "1"}, order=("value",), limit=5)]
            if rows != {"a": "1", "b": "1"} or got != ["1", "1"] or some != ["a", "b"]:
                yield "A unit that only reads sees what there was when it began, whatever others do meanwhile."
                break
            Somebody(lambda: write(store, lambda unit: unit.put(NOTES, [note("a", "3")])), patience).answer(held_up)
    if noted(store) != {"a": "3", "c": "2"}:
        yield "A unit sees what was committed before it began."


def hides_what_is_not_over(store: Store, patience: timedelta) -> Iterator[str]:
    """Nobody sees what a unit has written before it ends, nor waits for it to read."""
    add(store, NOTES, [note("a", "1"), note("b", "1")])
    waits = "A unit that only reads waits for nobody: here it waited for one that writes."
    with store.unit(TENANT, write=True) as unit:
        unit.put(NOTES, [note("a", "2"), note("c", "2")])
        unit.remove(NOTES, equal={"name": "b"})
        seen = Somebody(lambda: noted(store), patience).answer(waits)
    if seen != {"a": "1", "b": "1"}:
        yield "Nobody sees what a unit has written before it ends."
    if Somebody(lambda: noted(store), patience).answer(waits) != {"a": "2", "c": "2"}:
        yield "When a unit has ended, everybody sees what it has written."


def loses_no_update(store: Store, patience: timedelta) -> Iterator[str]:
    """Of two who change the same row, none overwrites the other."""
    add(store, LEADS, [lead("a", version=0), lead("b", version=0)])

    def count_up(unit: Unit) -> None:
        rows = unit.get(LEADS, [("b",), ("a",)], lock=True)
        unit.put(LEADS, [evolve(row, version=row.version + 1) for row in rows])

    others: list[Somebody] = []

    def count_up_beside_another(unit: Unit) -> None:
        rows = unit.get(LEADS, [("a",), ("b",)], lock=True)
        if not others:
            others.append(Somebody(lambda: write(store, count_up), patience))
            others[0].is_done(_SHORT)
        unit.put(LEADS, [evolve(row, version=row.version + 1) for row in rows])

    write(store, count_up_beside_another)
    others[0].answer("Whoever waits for a row that was read with `lock` goes on when that unit is over.")
    _by_several(lambda: [write(store, count_up) for _ in range(_TURNS)], patience)
    versions = [row.version for row in every(store, LEADS)]
    if versions != [3 * _TURNS + 2, 3 * _TURNS + 2]:
        yield f"What was read with `lock` nobody else changes: of {3 * _TURNS + 2} updates, {min(versions)} stayed."


def gives_to_one_only(store: Store, patience: timedelta) -> Iterator[str]:
    """Of several who take what is ready, each gets something else."""
    add(store, EFFECTS, [effect(f"{number:03d}", number % 7) for number in range(60)])

    def claim(unit: Unit) -> list[str]:
        rows = unit.find(EFFECTS, upto=("ready_at", 9), order=("ready_at", "number"), limit=4, lock=True)
        unit.put(EFFECTS, [evolve(row, state="claimed", ready_at=None) for row in rows])
        return [row.key for row in rows]

    def claims() -> list[str]:
        taken: list[str] = []
        while look(store, lambda unit: unit.find(EFFECTS, upto=("ready_at", 9), limit=1)):
            taken += write(store, claim)
        return taken

    taken = [key for keys in _by_several(claims, patience) for key in keys]
    if sorted(taken) != [f"{number:03d}" for number in range(60)]:
        yield f"What is found with `lock` nobody else finds: {len(set(taken))} of 60 were taken {len(taken)} times."


def leaves_out_what_is_held(store: Store, patience: timedelta) -> Iterator[str]:
    """Whoever finds with `lock` while another one holds rows waits for the end, or leaves those out."""
    add(store, EFFECTS, [effect(key) for key in "abc"])
    with store.unit(TENANT, write=True) as unit:
        mine = {row.key for row in unit.find(EFFECTS, limit=2, lock=True)}
        unit.put(EFFECTS, [effect(key, 5) for key in mine])
        finds = Somebody(
            lambda: write(store, lambda unit: unit.find(EFFECTS, equal={"ready_at": 0}, lock=True)), patience
        )
        while_held = finds.is_done(_SHORT)
    found = {row.key for row in finds.answer("A unit ends; here one waited for ever for another one that is over.")}
    if found != {"c"}:
        when = "while they were held" if while_held else "after they had been changed"
        yield f"`find` with `lock` does not return rows that others hold or have changed; it did so {when}."


def takes_one_of_two(store: Store, patience: timedelta) -> Iterator[str]:
    """Of two who add the same key, one is told that it is taken."""
    begun = Event()

    def add_late() -> str:
        begun.wait()
        try:
            add(store, NOTES, [note("a", "late")])
        except (Taken, LeadqualError) as error:
            return type(error).__name__
        return "nothing"

    other = Somebody(add_late, patience)
    with store.unit(TENANT, write=True) as unit:
        unit.add(NOTES, [note("a", "early")])
        begun.set()
        other.is_done(_SHORT)
    raised = other.answer("`add` of a key that another unit is adding ends; here it waited for ever.")
    if raised != "Taken" or noted(store) != {"a": "early"}:
        yield f"Of two who add the same key, the later one gets Taken; here it got {raised}."


def closes(store: Store, _patience: timedelta) -> Iterator[str]:
    """Traces are cleared, and a store is closed as often as one likes."""
    add(store, NOTES, [note("a", "1"), note("b", "1")])
    write(store, lambda unit: unit.remove(NOTES, equal={"name": "a"}))
    store.clear_traces()
    if noted(store) != {"b": "1"}:
        yield "`clear_traces` leaves all rows as they are."
    store.close()
    store.close()
    try:
        look(store, lambda unit: unit.find(NOTES))
    except StoreError:
        return
    yield "A store that is closed raises a StoreError."


def shares(store: Store, _patience: timedelta, *, again: Callable[[Store], Store]) -> Iterator[str]:
    """Two stores over the same data are one."""
    add(store, NOTES, [note("a", "1")])
    other = again(store)
    try:
        if noted(other) != {"a": "1"}:
            yield "Another store over the same data sees what was committed."
        write(other, lambda unit: unit.put(NOTES, [note("a", "2")]))
        if noted(store) != {"a": "2"}:
            yield "What another store over the same data has committed is seen."
    finally:
        other.close()
    if noted(store) != {"a": "2"}:
        yield "When one of two stores over the same data is closed, the other one works on."


def _by_several(work: Callable[[], list[Any]], patience: timedelta) -> list[list[Any]]:
    some = [Somebody(work, patience) for _ in range(3)]
    return [one.answer("Units end, whoever waits for whom; here some waited for each other for ever.") for one in some]
