"""What every store of an extension has to keep; its author runs this check in a test."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial

from leadqual.service.store import Store
from leadqual.testing.storing import counting, finding, together, writing
from leadqual.testing.storing.base import Check, Endless

_CHECKS: tuple[Check, ...] = (
    finding.finds_by_keys,
    finding.finds_in_order,
    finding.finds_by_nothing,
    finding.finds_what_fulfils,
    finding.finds_many,
    counting.counts_what_it_finds,
    writing.keeps_values,
    writing.refuses_flaws,
    writing.adds_once,
    writing.puts_and_removes,
    writing.undoes_all,
    writing.cannot_go_on,
    together.parts_tenants,
    together.reads_what_was,
    together.hides_what_is_not_over,
    together.loses_no_update,
    together.gives_to_one_only,
    together.leaves_out_what_is_held,
    together.takes_one_of_two,
    together.closes,
)


def check_store(
    make: Callable[[], Store],
    *,
    again: Callable[[Store], Store] | None = None,
    patience: timedelta = timedelta(minutes=1),
) -> None:
    """Check that a store keeps what `leadqual.service.store` asks of it.

    It finds rows by every condition and in order of code points, keeps every text and every whole number of 64 bits,
    writes all of a unit or nothing, parts its tenants, and gets along with several threads: nobody sees half of a
    unit, no update is lost, nothing is given to two, and whoever reads holds up nobody.

    Args:
        make: Makes a store that is empty; it is called some twenty times, and each store is closed.
        again: Makes another store over the data of one that is open, as another process would; absent for a store whose
            data are its own alone.
        patience: How long a unit may wait for others before it is said to wait for ever.

    Raises:
        AssertionError: With everything that it does not keep, each in a sentence. Whatever the store raises where it
            should not comes as it is, with a note on what was checked.

    >>> from leadqual.service.opening import open_store
    >>> check_store(lambda: open_store("memory:"))
    """
    __tracebackhide__ = True
    checks: list[Check] = [*_CHECKS, *([] if again is None else [partial(together.shares, again=again)])]
    problems = [problem for check in checks for problem in _problems(make, check, patience)]
    if problems:
        head = "The store does not keep what a store has to:"
        raise AssertionError("\n".join([head, *(f"- {problem}" for problem in problems)]))


def _problems(make: Callable[[], Store], check: Check, patience: timedelta) -> Iterator[str]:
    store = make()
    try:
        yield from check(store, patience)
        store.close()
    except Endless as endless:
        yield str(endless)
    except Exception as error:
        with suppress(Exception):  # what went wrong first tells more
            store.close()
        error.add_note(f"check_store looked at this: {_said(check)}")
        raise


def _said(check: Check) -> str:
    """Return what a check looks at."""
    return str((check.func if isinstance(check, partial) else check).__doc__)
