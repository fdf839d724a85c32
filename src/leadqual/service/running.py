"""One command is one transaction; one that somebody else was faster with is done again."""

import time
from collections.abc import Callable
from datetime import datetime
from secrets import randbelow
from typing import Final, TypeVar

from attrs import frozen

from leadqual.errors import Kind, Problem, StoreBusy
from leadqual.nurture.nextbest import NextBestContent
from leadqual.qualifier import Qualifier
from leadqual.service.desk import Desk
from leadqual.service.store import Store, Taken, Unit
from leadqual.service.work import Work

A = TypeVar("A")
_LONGEST_WAIT: Final = 250


@frozen(kw_only=True, eq=False)
class Runner:
    """Carries out commands of one tenant.

    Extensions run before anything is locked: under a playbook with planners of third parties a command first decides,
    then locks what it read, and is done again if that has changed meanwhile. Without them it locks first, so that a
    lead upon which many act at once is decided upon by one after the other.

    Attributes:
        store: Where everything is kept.
        tenant: Whose it is.
        desk: What all commands share.
        tries: How often a command is done again before it is given up.
    """

    store: Store
    tenant: str
    desk: Desk
    tries: int = 60

    def command(self, work: Callable[[Work], A], now: datetime) -> A:
        """Carry out a command: all of it, or nothing.

        Args:
            work: What it does; it may be called several times.
            now: The instant, in UTC.

        Returns:
            What it returns.

        Raises:
            StoreBusy: If others are always faster.
            StoreError: If the store cannot be used.
        """
        attempt = self._outside if has_plugins(self.desk.qualifier) else self._inside
        for tries in range(self.tries):
            try:
                done, answer = attempt(work, now)
            except Taken:
                time.sleep(randbelow(min(2 << min(tries, 8), _LONGEST_WAIT)) / 1_000)
            else:
                done.remember()
                return answer
        hint = "Try again; nothing was written."
        what = f"others changed the same leads {self.tries} times in a row"
        raise StoreBusy([Problem(where="store", what=what, got=Kind("a busy store"), hint=hint)])

    def ask(self, work: Callable[[Work], A], now: datetime) -> A:
        """Answer a question; nothing is written.

        Args:
            work: What answers it.
            now: The instant, in UTC.
        """
        with self.store.unit(self.tenant, write=False) as unit:
            return work(Work(self.desk, unit, now, lock=False))

    def look(self, work: Callable[[Unit], A]) -> A:
        """Look rows up.

        Args:
            work: What does it.
        """
        with self.store.unit(self.tenant, write=False) as unit:
            return work(unit)

    def _inside(self, work: Callable[[Work], A], now: datetime) -> tuple[Work, A]:
        """Lock, decide and write in one transaction."""
        with self.store.unit(self.tenant, write=True) as unit:
            done = Work(self.desk, unit, now, lock=True)
            answer = work(done)
            done.prepare()
            done.write(unit)
        return done, answer

    def _outside(self, work: Callable[[Work], A], now: datetime) -> tuple[Work, A]:
        """Decide by what is there, then lock, check and write."""
        with self.store.unit(self.tenant, write=False) as unit:
            done = Work(self.desk, unit, now, lock=False)
            answer = work(done)
            done.prepare()
        with self.store.unit(self.tenant, write=True) as unit:
            done.write(unit)
        return done, answer


def has_plugins(qualifier: Qualifier) -> bool:
    """Return whether a decision runs code of third parties: planners other than those of leadqual.

    Args:
        qualifier: What decides.
    """
    nurturing = qualifier.nurturing
    if nurturing is None:
        return False
    planners = (plan.sequence.planner for plan in nurturing.plan.sequences.values())
    return any(type(planner) not in (type(None), NextBestContent) for planner in planners)
