"""The threads behind the web server: one carries decisions out, one lets time pass."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from leadqual.errors import ClaimLost, LeadqualError
from leadqual.service import Claim
from qualification.desk import Desk, log
from qualification.words import decision_of

_PAUSE = 1.0


class Workers:
    """The threads behind the web server, from entering to leaving.

    Args:
        desk: What they share with it.
        lease: For how long the one that carries decisions out claims them.
    """

    def __init__(self, desk: Desk, *, lease: timedelta) -> None:
        self._desk = desk
        self._lease = lease
        self._stop = Event()
        rounds = (self._carry_out, self._let_time_pass)
        self._threads = [Thread(target=self._go_round, args=(one,), daemon=True) for one in rounds]

    def __enter__(self) -> Self:
        """Start the threads."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let each thread finish what it has in its hands, and stop."""
        self._stop.set()
        self._desk.wake.set()
        for thread in self._threads:
            thread.join()

    def _go_round(self, one_round: Callable[[], bool]) -> None:
        """Do rounds, without a pause while there is more to do; what goes wrong is tried again."""
        while not self._stop.is_set():
            try:
                more = one_round()
            except (LeadqualError, OSError) as error:
                more = False
                log(f"{one_round.__name__}: {type(error).__name__}; tried again")
            if not more:
                self._desk.wake.wait(_PAUSE)
                self._desk.wake.clear()

    def _let_time_pass(self) -> bool:
        """Let time pass for the leads to which something has fallen due."""
        ticked = self._desk.service.tick_due(now=self._desk.now(), limit=100)
        if ticked.decisions:
            self._desk.wake.set()
        return ticked.left

    def _carry_out(self) -> bool:
        """Claim decisions and carry them out, each on its own: one that fails holds no other up."""
        claims = self._desk.service.effects(now=self._desk.now(), limit=50, lease=self._lease)
        for claim in claims:
            self._carry_out_one(claim)
        return bool(claims)

    def _carry_out_one(self, claim: Claim) -> None:
        service, desk = self._desk.service, self._desk
        decision: dict[str, Any] = decision_of(claim, desk)
        try:
            desk.outbox.send(decision)
        except OSError:
            with suppress(ClaimLost):
                service.failed(claim, now=desk.now(), reason="the outbox cannot be written")
            return
        with suppress(ClaimLost):  # it took longer than the lease: whoever has it now is told by its key that it went
            service.done(claim, now=desk.now())
