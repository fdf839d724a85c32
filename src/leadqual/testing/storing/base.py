"""What the checks of stores share: rows, ways to read and write them, and somebody else who does so meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Thread
from typing import Any, Final, TypeVar

from leadqual.errors import StoreBusy
from leadqual.service.rows import EffectRow, LeadRow, NoteRow
from leadqual.service.store import Store, Taken, Unit
from leadqual.service.tables import NOTES, R, Table

A = TypeVar("A")
TENANT: Final = "main"
Check = Callable[[Store, timedelta], Iterator[str]]
"""Takes a store that is empty, and how long one waits for others at most; yields what the store does not keep."""


class Endless(AssertionError):
    """Something did not come to an end."""


def note(name: str, value: str = "") -> NoteRow:
    """Return a note."""
    return NoteRow(name=name, value=value)


def effect(key: str, ready_at: int | None = 0, **others: Any) -> EffectRow:
    """Return an effect."""
    given: dict[str, Any] = {"lead_id": "ana", "name": "notify", "made_at": 0, "body": "{}"}
    return EffectRow(key=key, ready_at=ready_at, **(given | others))


def lead(lead_id: str, **others: Any) -> LeadRow:
    """Return a lead."""
    given: dict[str, Any] = {"version": 1, "model": "m", "stage": "lead", "record": "{}"}
    return LeadRow(lead_id=lead_id, **(given | others))


def write(store: Store, work: Callable[[Unit], A], tenant: str = TENANT) -> A:
    """Do something in a unit that writes, again and again while others are faster.

    Args:
        store: The store.
        work: What is done.
        tenant: Whose it is.
    """
    while True:
        with suppress(Taken, StoreBusy), store.unit(tenant, write=True) as unit:
            return work(unit)


def add(store: Store, table: Table[R], rows: Iterable[R], tenant: str = TENANT) -> None:
    """Add rows in a unit of their own.

    Args:
        store: The store.
        table: The table.
        rows: The rows.
        tenant: Whose they are.
    """
    with store.unit(tenant, write=True) as unit:
        unit.add(table, rows)


def look(store: Store, work: Callable[[Unit], A], tenant: str = TENANT) -> A:
    """Do something in a unit that reads.

    Args:
        store: The store.
        work: What is done.
        tenant: Whose it is.
    """
    with store.unit(tenant, write=False) as unit:
        return work(unit)


def every(store: Store, table: Table[R], tenant: str = TENANT) -> list[R]:
    """Return all rows of a table.

    Args:
        store: The store.
        table: The table.
        tenant: Whose they are.
    """
    return look(store, lambda unit: unit.find(table), tenant)


def noted(store: Store, tenant: str = TENANT) -> dict[str, str]:
    """Return all notes by name.

    Args:
        store: The store.
        tenant: Whose they are.
    """
    return {row.name: row.value for row in every(store, NOTES, tenant)}


class Somebody:
    """Does something in a thread of its own.

    Args:
        work: What it does.
        patience: After what time it is said to wait for ever.
    """

    def __init__(self, work: Callable[[], Any], patience: timedelta) -> None:
        self._patience = patience
        self._done: list[Any] = []
        self._failed: list[BaseException] = []
        self._thread = Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def is_done(self, within: timedelta) -> bool:
        """Return whether it ends within a time.

        Args:
            within: How long to wait for it.
        """
        self._thread.join(within.total_seconds())
        return not self._thread.is_alive()

    def answer(self, what: str) -> Any:
        """Return what came of it, or raise what it raised.

        Args:
            what: What is wrong if it does not come to an end.

        Raises:
            Endless: If it does not.
        """
        if not self.is_done(self._patience):
            raise Endless(what)
        if self._failed:
            raise self._failed[0]
        return self._done[0]

    def _run(self, work: Callable[[], Any]) -> None:
        try:
            self._done.append(work())
        except BaseException as error:
            self._failed.append(error)
            if not isinstance(error, Exception):
                raise
