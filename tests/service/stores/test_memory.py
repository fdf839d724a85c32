"""The store in memory finds without looking at all, and waits for nobody who only reads."""

from datetime import timedelta
from typing import Any

import pytest

from leadqual.errors import StoreBusy, StoreError
from leadqual.service.stores.asked import asked
from leadqual.service.stores.memory import MemoryStore
from leadqual.service.stores.memory_shelf import Shelf
from leadqual.service.tables import EFFECTS, EVENTS, LEADS, NOTES
from leadqual.testing.storing.base import add, effect, lead, note, noted

MANY = 10_000


def shelf_of(table, rows):
    """Return rows as the store in memory keeps them, which counts the rows that it looks at."""
    shelf = Shelf(table)
    for row in rows:
        shelf.set(table.key(row), row)
    shelf.rows = Counting(shelf.rows)
    return shelf


class Counting(dict[Any, Any]):
    """Counts what is looked at."""

    looks = 0

    def __getitem__(self, key):
        self.looks += 1
        return super().__getitem__(key)


@pytest.mark.parametrize(
    ("question", "found", "looks"),
    [
        ({"upto": ("ready_at", 99), "order": ("ready_at", "number"), "limit": 10}, 10, 10),
        ({"upto": ("ready_at", 19), "order": ("number",)}, 10, 10),
        ({"equal": {"lead_id": "l7"}}, 10, 10),
        ({"equal": {"lead_id": ["l7", "l8", "none"]}, "limit": 15}, 15, 20),
        ({"equal": {"key": "00007"}}, 1, 1),
        ({"above": ("key", "09989"), "limit": 3}, 3, 4),
        ({"above": ("ready_at", 9_990), "upto": ("ready_at", 9_995)}, 3, 3),
        ({"equal": {"touch": None, "lead_id": "l1"}}, 10, 10),
    ],
)
def test_memory_store_looks_at_what_it_may_find(question, found, looks):
    """An index takes it to the rows; those that are over are not looked at when what is due is asked for."""
    rows = [effect(f"{n:05d}", n if n % 2 else None, lead_id=f"l{n % 1000}") for n in range(MANY)]
    shelf = shelf_of(EFFECTS, rows)
    assert len(shelf.find(asked(EFFECTS, **question))) == found
    assert shelf.rows.looks <= looks


def test_memory_store_pages_through_what_is_held():
    """Leads that wait for a release come in portions, each beginning where the last one ended."""
    shelf = shelf_of(LEADS, [lead(f"{n:05d}", held=("import", None)[n % 2]) for n in range(MANY)])
    question = asked(LEADS, equal={"held": "import"}, above=("lead_id", "00500"), order=("lead_id",), limit=5)
    assert [row.lead_id for row in shelf.find(question)] == ["00502", "00504", "00506", "00508", "00510"]
    assert shelf.rows.looks <= 6


def test_memory_store_says_that_somebody_else_writes():
    """Whoever waits in vain is told so, and nothing was written."""
    store = MemoryStore(wait=timedelta(0))
    with store.unit("main", write=True) as unit:
        unit.add(NOTES, [note("a")])
        with pytest.raises(StoreBusy, match="somebody else writes"):
            add(store, NOTES, [note("b")])
        assert noted(store) == {}
    assert noted(store) == {"a": ""}


def test_memory_store_that_is_closed_under_a_unit_fails():
    """Nobody goes on to write into what is given back."""
    store = MemoryStore()

    def write_on():
        with store.unit("main", write=True) as unit:
            unit.put(NOTES, [note("a")])
            store.close()
            unit.put(NOTES, [note("b")])

    for _ in range(2):
        with pytest.raises(StoreError, match="the store is closed"):
            write_on()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"equal": {"lead": "x"}}, "there is no such column .* Did you mean `lead_id`"),
        ({"order": ("lead", "x")}, "there is no such column"),
        ({"upto": ("at", "x")}, r"store.events.at: a whole number of 64 bits was expected \(got a text of 1 char"),
        ({"above": ("lead_id", 7)}, r"store.events.lead_id: a text was expected \(got int\)"),
        ({"equal": {"at": True}}, r"a whole number of 64 bits was expected \(got bool\)"),
        ({"equal": {"lead_id": ["x", None]}}, "a text was expected"),
        ({"limit": -1}, r"store.events: a limit is zero or more \(got -1\)"),
    ],
)
def test_question_that_makes_no_sense_is_refused(question, words):
    """What no column can hold is not simply not found: it is a mistake of the asker's."""
    with pytest.raises(StoreError, match=words):
        asked(EVENTS, **question)


def test_tenant_that_cannot_be_kept_is_refused(new_store):
    """A tenant is a text like any other key, and is not shown."""
    store = new_store()
    for tenant, words in (("a\0", "NUL"), ("\ud800", "surrogate"), ("x" * 700, "at most 640 bytes"), (7, "a text was")):
        with pytest.raises(StoreError, match=words):
            store.unit(tenant, write=False)
