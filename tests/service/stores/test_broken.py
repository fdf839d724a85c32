"""The check of stores finds what is wrong with a store, and says it in a sentence."""

from datetime import timedelta

import pytest

from leadqual.service.store import Taken
from leadqual.service.stores.memory import MemoryStore
from leadqual.testing import check_store
from tests.service.stores.broken import BROKEN, Good, ReadersHoldUp

LITTLE = timedelta(seconds=1)


def complaints(make, **told):
    """Return all that the check says of a store, in one text."""
    with pytest.raises((AssertionError, KeyError, Taken)) as raised:
        check_store(make, **told)
    if not isinstance(raised.value, AssertionError):
        return f"{raised.value} {raised.value.__notes__[0]}"
    first, *rest = str(raised.value).splitlines()
    assert first == "The store does not keep what a store has to:"
    assert all(line.startswith("- ") and line.endswith(".") for line in rest)
    return "\n".join(rest)


def test_store_behind_a_wrapper_passes():
    """What follows fails because of what is turned around in it, not because it is wrapped."""
    check_store(Good)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_broken_store_is_found(broken):
    """Each of two dozen ways to be wrong fails the check, with a sentence that names it."""
    assert BROKEN[broken] in complaints(broken)


def test_store_that_is_another_one_for_everybody_is_found():
    """What one process has committed, another one has to see."""
    told = complaints(MemoryStore, again=lambda _: MemoryStore())
    assert "Another store over the same data sees what was committed." in told
    assert "What another store over the same data has committed is seen." in told
    assert "the other one works on" in told


def test_store_whose_readers_hold_others_up_is_found():
    """Whoever waits for ever does not make the check wait for ever."""
    assert "A unit that only reads holds up nobody: here one that writes waited for it." in complaints(
        ReadersHoldUp, patience=LITTLE
    )
