"""Every call of a store fails once: nothing is ever half written, and the command done again succeeds."""

from contextlib import contextmanager
from functools import partial

import pytest

from leadqual.errors import StoreError
from leadqual.service.stores.memory import MemoryStore

from .builds import Around
from .failing import Deed, Failing, broken, chosen, lost, reference, script, state_of, taken
from .scale import of, say
from .world import at, do, serve

COMMANDS = 200
EVERY = of(7, 1)
"""Every call is tried by the long checks; on each run of the tests one of a few, each command beginning elsewhere."""

on_two_stores = pytest.mark.parametrize("kind", ["memory", "sqlite"], indirect=True)


class OneByOne(Around):
    """A store that commits each call by itself, so that a command may be half written."""

    @contextmanager
    def unit(self, tenant, **_):
        yield Single(self.store, tenant)


class Single:
    """A unit whose calls are units of their own."""

    def __init__(self, store, tenant):
        self.store = store
        self.tenant = tenant

    def get(self, *given, **more):
        with self.store.unit(self.tenant, write=True) as unit:
            return unit.get(*given, **more)

    def find(self, *given, **more):
        with self.store.unit(self.tenant, write=True) as unit:
            return unit.find(*given, **more)

    def add(self, *given):
        with self.store.unit(self.tenant, write=True) as unit:
            unit.add(*given)

    def put(self, *given):
        with self.store.unit(self.tenant, write=True) as unit:
            unit.put(*given)

    def remove(self, *given, **more):
        with self.store.unit(self.tenant, write=True) as unit:
            unit.remove(*given, **more)


def half_written(store, deeds, states, calls, *, every=EVERY):
    """Let calls of every command fail, one at a time; return after which something was wrong, and how many failed."""
    failing = Failing(store)
    service = serve(failing)
    tried = 0
    for number, (deed, count) in enumerate(zip(deeds, calls, strict=True)):
        for call in chosen(count, every, number):
            failing.arm(call, broken)
            with pytest.raises(StoreError):
                deed(service)
            if state_of(store) != states[number]:
                return (number, call), tried
            tried += 1
        failing.arm(None)
        deed(service)
        if state_of(store) != states[number + 1]:
            return (number, None), tried
    return None, tried


@on_two_stores
def test_command_whose_store_fails_writes_nothing_and_succeeds_when_done_again(new_store):
    """Whichever call fails, to begin and to commit included; in the end all is as if nothing had ever failed."""
    states, calls = reference(new_store(), script(COMMANDS))
    wrong, tried = half_written(new_store(), script(COMMANDS), states, calls)
    assert wrong is None
    assert tried >= sum(calls) / EVERY - COMMANDS
    say("calls that failed", f"{tried} of {sum(calls)} calls of {COMMANDS} commands, 0 half written, 0 not done again")


def test_store_that_commits_each_call_by_itself_is_found_out():
    """What is half written is seen at once."""
    states, calls = reference(MemoryStore(), script(40))
    wrong, _ = half_written(OneByOne(MemoryStore()), script(40), states, calls, every=1)
    assert wrong is not None


@on_two_stores
def test_caller_never_notices_that_somebody_else_was_faster(new_store):
    """Whichever call says so, the command is done again by itself, and all is as if nobody had been."""
    states, calls = reference(new_store(), script(COMMANDS))
    tried = 0
    for call in chosen(max(calls), EVERY, 3):
        store = new_store()
        failing = Failing(store)
        service = serve(failing)
        for deed, count in zip(script(COMMANDS), calls, strict=True):
            failing.arm(call, taken)
            deed(service)
            tried += call < count
        assert state_of(store) == states[-1]
    say("calls that somebody else was faster with", f"{tried} of {sum(calls)}, 0 noticed")


def do_at(number, service):
    """Do a deed at its own instant."""
    do(service, number, at(number))


@on_two_stores
def test_command_that_was_done_unheard_changes_nothing_when_done_again(new_store):
    """The line broke after the commit; whoever hands in the same again leaves the store as it is."""
    deeds: list[Deed] = [partial(do_at, number) for number in range(48)]
    states, calls = reference(new_store(), deeds)
    store = new_store()
    failing = Failing(store)
    service = serve(failing)
    for number, (deed, count) in enumerate(zip(deeds, calls, strict=True)):
        failing.arm(count - 1, lost)
        with pytest.raises(StoreError, match="the line is gone"):
            deed(service)
        assert state_of(store) == states[number + 1]
        failing.arm(None)
        deed(service)
        assert state_of(store) == states[number + 1]
