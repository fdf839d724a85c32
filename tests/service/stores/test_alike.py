"""All stores answer alike, whatever is written and asked in whatever order."""

from contextlib import closing
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadqual.errors import StoreError
from leadqual.service.opening import open_store
from leadqual.service.store import Taken
from leadqual.service.stores.memory import MemoryStore
from leadqual.service.tables import EFFECTS, LEADS, TABLES
from leadqual.testing.storing.base import effect, every, lead

GOOD_WORDS = ("", "a", "A", "b", "ç", "z", "\u0131", "I", "😀", "\uffff")
WORDS = st.sampled_from([*GOOD_WORDS * 8, "\0", "\ud800"])  # the last two no store keeps
NUMBERS = st.sampled_from([*(None, -1, 0, 1, 2, (1 << 63) - 1) * 8, 1 << 63])  # nor the last one
LEAD_ROWS = st.builds(lead, WORDS, due=NUMBERS, held=st.none() | WORDS, into=st.none() | WORDS)
EFFECT_ROWS = st.builds(effect, WORDS, NUMBERS, lead_id=WORDS, touch=st.none() | WORDS, number=st.integers(0, 2))
COLUMNS = {
    LEADS: {"lead_id": WORDS, "due": NUMBERS, "held": st.none() | WORDS, "into": st.none() | WORDS},
    EFFECTS: {
        "key": WORDS,
        "ready_at": NUMBERS,
        "touch": st.none() | WORDS,
        "number": st.integers(0, 2),
        "lead_id": WORDS,
    },
}
TEXTS = {"lead_id", "held", "into", "key", "touch"}
TENANTS = st.sampled_from(["a", "A"])


@st.composite
def questions(draw, table):
    """Draw what `find` takes."""
    columns = COLUMNS[table]
    names = st.sampled_from(sorted(columns))
    equal = {}
    for name in draw(st.lists(names, max_size=2)):
        several = st.lists(WORDS, max_size=3) if name in TEXTS else st.nothing()
        equal[name] = draw(columns[name] | several)
    asked = {"equal": equal, "order": draw(st.lists(names, max_size=3, unique=True))}
    for side in ("above", "upto"):
        if draw(st.booleans()):
            name = draw(names)
            asked[side] = (name, draw(columns[name].filter(lambda value: value is not None)))
    asked["limit"] = draw(st.none() | st.integers(0, 4))
    return asked


@st.composite
def deeds(draw):
    """Draw something to do in a unit."""
    table, rows = draw(st.sampled_from([(LEADS, LEAD_ROWS), (EFFECTS, EFFECT_ROWS)]))
    what = draw(st.sampled_from(["add", "put", "put", "remove", "find", "find", "get", "count"]))
    if what in ("add", "put"):
        return what, table, draw(st.lists(rows, max_size=6))
    if what == "get":
        return what, table, [(word,) for word in draw(st.lists(WORDS, max_size=4))]
    asked = draw(questions(table))
    if what == "count":
        return what, table, {name: asked[name] for name in asked if name in ("equal", "upto", "order")}
    return what, table, {"equal": asked["equal"]} if what == "remove" else asked


UNITS = st.lists(st.tuples(TENANTS, st.booleans(), st.lists(deeds(), min_size=1, max_size=5)), max_size=5)


def done(unit, deed):
    """Return what a unit answers."""
    what, table, told = deed
    if what == "count":
        conditions = {name: told[name] for name in told if name != "order"}
        return [unit.count(table, column, **conditions) for column in told["order"] or table.primary]
    if what in ("find", "remove"):
        return unit.find(table, **told) if what == "find" else unit.remove(table, **told)
    return {"add": unit.add, "put": unit.put, "get": unit.get}[what](table, told)


def life(store, units):
    """Return all that a store answers."""
    answers = []
    for tenant, is_kept, work in units:
        try:
            with store.unit(tenant, write=True) as unit:
                answers += [done(unit, deed) for deed in work]
                if not is_kept:
                    raise KeyError
        except (Taken, StoreError, KeyError) as error:
            answers.append(str(error).partition(":")[2] or type(error))
    return answers, {(tenant, table.name): every(store, table, tenant) for tenant in "aA" for table in TABLES}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_store_answers_as_the_one_in_memory(new_url):
    """Units of adding, putting, removing, getting and finding, kept or undone, with rows that are refused."""
    numbers = count()
    wanted = settings().max_examples

    with closing(open_store(new_url())) as store:

        @settings(max_examples=wanted, suppress_health_check=[HealthCheck.too_slow])
        @given(UNITS)
        def alike(units):
            place = next(numbers)
            assert life(_At(store, place), units) == life(_At(MemoryStore(), place), units)

        alike()


class _At:
    """A store of which each example has tenants of its own."""

    def __init__(self, store, place):
        self.store, self.place = store, place

    def unit(self, tenant, *, write):
        return self.store.unit(f"{self.place} {tenant}", write=write)
