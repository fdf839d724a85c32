"""Stores that are wrong on purpose: a good one in memory, of which something is turned around."""

from collections import Counter
from contextlib import ExitStack, contextmanager
from threading import Lock, get_ident

from attrs import evolve

from leadqual.service.store import Taken
from leadqual.service.stores.memory import MemoryStore
from leadqual.service.tables import NOTES


class Wrapped:
    """A unit that does what another one does."""

    def __init__(self, unit, tenant="main"):
        self.unit = unit
        self.tenant = tenant

    def get(self, table, keys, *, lock=False):
        return self.unit.get(table, keys, lock=lock)

    def find(self, table, *, lock=False, **question):
        return self.unit.find(table, lock=lock, **question)

    def count(self, table, column, **question):
        return self.unit.count(table, column, **question)

    def add(self, table, rows):
        self.unit.add(table, rows)

    def put(self, table, rows):
        self.unit.put(table, rows)

    def remove(self, table, *, equal):
        self.unit.remove(table, equal=equal)


class Good:
    """A store in memory behind a wrapper."""

    of_unit = Wrapped

    def __init__(self):
        self.store = MemoryStore()

    @contextmanager
    def unit(self, tenant, *, write):
        with self.store.unit(tenant, write=write) as unit:
            yield self.of_unit(unit, tenant)

    def clear_traces(self):
        self.store.clear_traces()

    def close(self):
        self.store.close()


def _of(unit):
    """Return a store of which each unit is wrong."""
    return type(unit.__name__, (Good,), {"of_unit": unit})


# --- finding ---------------------------------------------------------------------------------------------------------


class GetsAsAsked(Wrapped):
    def get(self, table, keys, *, lock=False):
        return [row for key in keys for row in self.unit.get(table, [key], lock=lock)]


class OrdersByLocale(Wrapped):
    def find(self, table, *, limit=None, **question):
        found = self.unit.find(table, **question)
        return sorted(found, key=lambda row: [str(part).lower() for part in table.key(row)])[:limit]


class IgnoresOrder(Wrapped):
    def find(self, table, **question):
        return self.unit.find(table, **(question | {"order": ()}))


class IgnoresLimit(Wrapped):
    def find(self, table, **question):
        return self.unit.find(table, **(question | {"limit": None}))


class LimitsToOneMore(Wrapped):
    def find(self, table, *, limit=None, **question):
        return self.unit.find(table, limit=limit + 1 if limit else limit, **question)


class UptoTakesNothing(Wrapped):
    def find(self, table, *, upto=None, **question):
        found = self.unit.find(table, upto=upto, **question)
        if upto is None or question.get("limit") is not None:
            return found
        nothing = [row for row in self.unit.find(table, **question) if getattr(row, upto[0]) is None]
        return [*nothing, *found]


class UptoLeavesOutTheEnd(Wrapped):
    def find(self, table, *, upto=None, **question):
        found = self.unit.find(table, upto=upto, **question)
        return [row for row in found if upto is None or getattr(row, upto[0]) != upto[1]]


class AboveTakesTheEnd(Wrapped):
    def find(self, table, *, above=None, **question):
        if above is not None and isinstance(above[1], int):
            above = (above[0], above[1] - 1)
        return self.unit.find(table, above=above, **question)


class EmptyCollectionIsAll(Wrapped):
    def find(self, table, *, equal=None, **question):
        equal = {name: value for name, value in (equal or {}).items() if value not in ([], (), set())}
        return self.unit.find(table, equal=equal, **question)


class EqualIgnoresNothing(Wrapped):
    def find(self, table, *, equal=None, **question):
        equal = {name: value for name, value in (equal or {}).items() if value is not None}
        return self.unit.find(table, equal=equal, **question)


class FindsThousandAtMost(Wrapped):
    def get(self, table, keys, *, lock=False):
        return self.unit.get(table, list(keys)[:1000], lock=lock)


class CountsNoNothing(Wrapped):
    def count(self, table, column, **question):
        counts = self.unit.count(table, column, **question)
        return {value: number for value, number in counts.items() if value is not None}


class CountsAll(Wrapped):
    def count(self, table, column, **_question):
        return self.unit.count(table, column)


# --- writing ---------------------------------------------------------------------------------------------------------


class AddOverwrites(Wrapped):
    def add(self, table, rows):
        self.unit.put(table, rows)


class PutKeepsTheFirst(Wrapped):
    def put(self, table, rows):
        self.unit.put(table, reversed(list(rows)))


class RemovesTooMuch(Wrapped):
    def remove(self, table, *, equal):
        self.unit.remove(table, equal=dict(list(equal.items())[:1]))


class CutsTexts(Wrapped):
    def add(self, table, rows):
        rows = list(rows)
        if table.name == "leads":
            rows = [evolve(row, record=row.record[:65_535]) for row in rows]
        self.unit.add(table, rows)


class CleansTexts(Wrapped):
    def put(self, table, rows):
        if table is NOTES:
            rows = [evolve(row, name=row.name.replace("\0", "")) for row in rows]
        self.unit.put(table, rows)


class EachCall(Wrapped):
    """Does everything in a unit of its own."""

    def __init__(self, store, tenant, write):
        self.store, self.tenant, self.write = store, tenant, write

    def get(self, table, keys, *, lock=False):
        with self.store.unit(self.tenant, write=self.write) as unit:
            return unit.get(table, keys, lock=lock)

    def find(self, table, **question):
        with self.store.unit(self.tenant, write=self.write) as unit:
            return unit.find(table, **question)

    def count(self, table, column, **question):
        with self.store.unit(self.tenant, write=self.write) as unit:
            return unit.count(table, column, **question)

    def add(self, table, rows):
        with self.store.unit(self.tenant, write=True) as unit:
            unit.add(table, rows)

    def put(self, table, rows):
        with self.store.unit(self.tenant, write=True) as unit:
            unit.put(table, rows)

    def remove(self, table, *, equal):
        with self.store.unit(self.tenant, write=True) as unit:
            unit.remove(table, equal=equal)


class CommitsEachCall(Good):
    @contextmanager
    def unit(self, tenant, *, write):
        yield EachCall(self.store, tenant, write)


class KeepsOnError(Good):
    @contextmanager
    def unit(self, tenant, *, write):
        with ExitStack() as failing, self.store.unit(tenant, write=write) as unit:
            try:
                yield unit
            except (ValueError, Taken) as error:
                failing.callback(_raise, error)


class Swallows(Good):
    @contextmanager
    def unit(self, tenant, *, write):
        try:
            with self.store.unit(tenant, write=write) as unit:
                yield unit
        except ValueError as error:
            if type(error) is not ValueError:
                raise


class Mixed(Wrapped):
    """Finds rows of others too."""

    def __init__(self, unit, others):
        super().__init__(unit)
        self.others = others

    def find(self, table, **question):
        return [row for unit in (self.others or [self.unit]) for row in unit.find(table, **question)]


class CountsEverybody(Good):
    """Counts the rows of all tenants."""

    def __init__(self):
        super().__init__()
        self.tenants: set[str] = set()

    @contextmanager
    def unit(self, tenant, *, write):
        self.tenants.add(tenant)
        with self.store.unit(tenant, write=write) as unit:
            yield _CountsAllOf(unit, tenant, self)


class _CountsAllOf(Wrapped):
    def __init__(self, unit, tenant, everybody):
        super().__init__(unit, tenant)
        self.everybody = everybody

    def count(self, table, column, **question):
        counts = Counter(self.unit.count(table, column, **question))
        for tenant in self.everybody.tenants - {self.tenant}:
            with self.everybody.store.unit(tenant, write=False) as unit:
                counts.update(unit.count(table, column, **question))
        return counts


class Everybody(Good):
    @contextmanager
    def unit(self, _tenant, *, write):
        with self.store.unit("everybody", write=write) as unit:
            yield unit


class Folded(Good):
    @contextmanager
    def unit(self, tenant, *, write):
        with self.store.unit(tenant.strip().lower(), write=write) as unit:
            yield unit


# --- together --------------------------------------------------------------------------------------------------------


class MixesUp(Good):
    """Shows to each tenant the rows of all."""

    def __init__(self):
        super().__init__()
        self.tenants: list[str] = []

    @contextmanager
    def unit(self, tenant, *, write):
        with ExitStack() as open_units:
            others = [] if write else [open_units.enter_context(self.store.unit(t, write=False)) for t in self.tenants]
            yield Mixed(open_units.enter_context(self.store.unit(tenant, write=write)), others)
        self.tenants = sorted({tenant, *self.tenants})


class SeesWhatIs(Wrapped):
    """Reads anew with each call."""

    def __init__(self, unit, tenant, store, write):
        super().__init__(unit, tenant)
        self.store, self.write = store, write

    def find(self, table, **question):
        if self.write:
            return self.unit.find(table, **question)
        with self.store.unit(self.tenant, write=False) as unit:
            return unit.find(table, **question)


class ReadsCommitted(Good):
    @contextmanager
    def unit(self, tenant, *, write):
        with self.store.unit(tenant, write=write) as unit:
            yield SeesWhatIs(unit, tenant, self.store, write)


def _put(unit, table, rows):
    unit.put(table, rows)


def _remove(unit, table, equal):
    unit.remove(table, equal=equal)


def _raise(error):
    raise error


class Later(Wrapped):
    """Collects what is to be written."""

    def __init__(self, unit):
        super().__init__(unit)
        self.deeds = []

    def get(self, table, keys, **_lock):
        return self.unit.get(table, keys)

    def find(self, table, **question):
        return self.unit.find(table, **(question | {"lock": False}))

    def put(self, table, rows):
        self.deeds.append((_put, table, list(rows)))

    def add(self, table, rows):
        added = list(rows)
        keys = [table.key(row) for row in added]
        if self.unit.get(table, keys) or len({*keys}) < len(keys):
            raise Taken
        self.put(table, added)

    def remove(self, table, *, equal):
        self.deeds.append((_remove, table, equal))


class WithoutLocks(Good):
    @contextmanager
    def unit(self, tenant, *, write):
        """Collect what is written, and write it all in the end: whoever reads meanwhile reads what was."""
        if not write:
            with self.store.unit(tenant, write=False) as unit:
                yield unit
            return
        with self.store.unit(tenant, write=False) as unit:
            later = Later(unit)
            yield later
        with self.store.unit(tenant, write=True) as unit:
            for deed, *told in later.deeds:
                deed(unit, *told)


class OpenForEver(Good):
    def close(self):
        """Forget to close."""


class ClosesOnce(Good):
    def __init__(self):
        super().__init__()
        self.lock = Lock()

    def close(self):
        if not self.lock.acquire(blocking=False):
            raise KeyError("closed already")
        self.store.close()


class ClearsTooMuch(Good):
    def clear_traces(self):
        with self.store.unit("main", write=True) as unit:
            unit.remove(NOTES, equal={})


class OneThread(Good):
    """Works for the thread that made it, as a connection of SQLite does by default."""

    def __init__(self):
        super().__init__()
        self.owner = get_ident()

    @contextmanager
    def unit(self, tenant, *, write):
        if get_ident() != self.owner:
            raise KeyError("another thread")
        with self.store.unit(tenant, write=write) as unit:
            yield unit


class ReadersHoldUp(Good):
    def __init__(self):
        super().__init__()
        self.turn = Lock()

    @contextmanager
    def unit(self, tenant, *, write):
        with self.turn, self.store.unit(tenant, write=write) as unit:
            yield unit


FINDING = {
    _of(GetsAsAsked): "in the order of their keys",
    _of(OrdersByLocale): "ordered by code point",
    _of(IgnoresOrder): "of those that hold the same the key decides",
    _of(IgnoresLimit): "`above` and `limit`",
    _of(LimitsToOneMore): "`above` and `limit`",
    _of(UptoTakesNothing): "'upto': ('ready_at', 9)",
    _of(UptoLeavesOutTheEnd): "'upto': (",
    _of(AboveTakesTheEnd): "'above': (",
    _of(EmptyCollectionIsAll): "{'equal': {'touch': []}} returns the rows 'none'",
    _of(EqualIgnoresNothing): "{'equal': {'ready_at': None}}",
    _of(FindsThousandAtMost): "any number of keys",
    _of(CountsNoNothing): "`count` of 'ready_at' with {} returns {None: 7,",
    _of(CountsAll): "with {'equal': {'lead_id': 'ana'}}",
}
WRITING = {
    _of(AddOverwrites): "`add` of a key that is there raises Taken",
    _of(PutKeepsTheFirst): "the last one of a key",
    _of(RemovesTooMuch): "rows that hold all the values",
    _of(CutsTexts): "(1000000 characters) did not",
    _of(CleansTexts): "NUL character is refused with a StoreError",
    CommitsEachCall: "undoes all that it did",
    KeepsOnError: "undoes all that it did",
    Swallows: "was swallowed",
}
TOGETHER = {
    CountsEverybody: "counts rows of its own tenant only",
    Everybody: "No tenant ever sees",
    Folded: "No tenant ever sees",
    MixesUp: "rows of its own tenant",
    ReadsCommitted: "sees what there was when it began",
    WithoutLocks: "nobody else changes",
    OneThread: "another thread",
    OpenForEver: "A store that is closed raises",
    ClosesOnce: "closed already",
    ClearsTooMuch: "`clear_traces` leaves all rows",
}
BROKEN = {**FINDING, **WRITING, **TOGETHER}
