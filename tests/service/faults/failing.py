"""A store whose n-th call fails, and a script of commands of every kind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any, Final

from leadqual import ConsentChange, Flag, TransitionError, Verdict
from leadqual.errors import Kind, Problem, StoreError
from leadqual.service import QualificationService
from leadqual.service.store import Store, Taken
from leadqual.service.tables import EFFECTS
from tests.practice.life import on
from tests.service.hosts import dump, form, lead

from .builds import Around
from .world import MINUTE, ROUND, do, serve

Deed = Callable[[QualificationService], object]
_TOKEN: Final = [column.name for column in EFFECTS.columns].index("token")


def broken() -> StoreError:
    """Return what a store says that cannot be used."""
    return StoreError([Problem(where="store", what="the disk is gone", got=Kind("nothing"), hint="Bring it back.")])


def lost() -> StoreError:
    """Return what a store says that was cut off: nobody knows whether anything was written."""
    return StoreError([Problem(where="store", what="the line is gone", got=Kind("nothing"), hint="Ask again.")])


class Failing(Around):
    """A store that counts its calls, of which one may fail: to begin, read, write, remove, or commit.

    Attributes:
        calls: How many calls there were since it was armed.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.calls = 0
        self._at: int | None = None
        self._failure: Callable[[], Exception | None] = broken

    def arm(self, at: int | None, failure: Callable[[], Exception | None] = broken) -> None:
        """Let the call of this number fail, from 0, or let something happen before it; none if it is ``None``."""
        self.calls, self._at, self._failure = 0, at, failure

    @contextmanager
    def unit(self, tenant: str, *, write: bool) -> Iterator[Any]:
        """Return a transaction; to begin it is a call, and so is to commit it."""
        self.call()
        with self.store.unit(tenant, write=write) as unit:
            yield _Unit(unit, self.call)
            if self._failure is not lost:
                self.call()
        if self._failure is lost:
            self.call()

    def call(self) -> None:
        """Count a call, and fail if it is the one."""
        number, self.calls = self.calls, self.calls + 1
        error = self._failure() if number == self._at else None
        if error is not None:
            raise error


class _Unit:
    """A unit whose calls are counted."""

    def __init__(self, unit: Any, call: Callable[[], None]) -> None:
        self._unit = unit
        self._call = call

    def get(self, *given: Any, **more: Any) -> Any:
        self._call()
        return self._unit.get(*given, **more)

    def find(self, *given: Any, **more: Any) -> Any:
        self._call()
        return self._unit.find(*given, **more)

    def add(self, *given: Any) -> None:
        self._call()
        self._unit.add(*given)

    def put(self, *given: Any) -> None:
        self._call()
        self._unit.put(*given)

    def remove(self, *given: Any, **more: Any) -> None:
        self._call()
        self._unit.remove(*given, **more)


def state_of(store: Store) -> dict[str, Any]:
    """Return all that a store holds; tokens of claims are drawn by chance, so that only their place is kept."""
    tables: dict[str, Any] = dump(store)
    for number, row in enumerate(tables["effects"]):
        if row[_TOKEN] is not None:
            tables["effects"][number] = (*row[:_TOKEN], "a token", *row[_TOKEN + 1 :])
    return tables


def script(commands: int) -> list[Deed]:
    """Return commands of every kind, each of which is one transaction."""
    claims: list[Any] = []
    return [_command(number, claims) for number in range(commands)]


def _command(number: int, claims: list[Any]) -> Deed:
    now, (turn, place) = on(1) + number * MINUTE, divmod(number, 5)
    if place == 1:

        def claim(service: QualificationService) -> None:
            claims[:] = service.effects(now=now, limit=2)

        return claim
    if place == 2:
        return lambda service: _say_done(service, claims[:1], now)
    if place == 3:
        if turn % 2:
            return lambda service: service.tick_due(now=now)
        return lambda service: [service.failed(one, now=now) for one in claims[1:]]
    if place == 4:
        return _rarely(turn, now)
    return lambda service: do(service, turn, now)


def _say_done(service: QualificationService, claims: list[Any], now: datetime) -> None:
    for one in claims:
        service.done(one, now=now)


def _rarely(turn: int, now: datetime) -> Deed:
    """Return what happens now and then."""
    name = f"L{turn // ROUND}"
    others: list[Deed] = [
        lambda service: service.capture(form(f"seen {turn}", 1, email=None, visitor=f"v{turn // 10}"), now=now),
        lambda service: service.consent(
            name, ConsentChange(channel="email", purpose="*", given=turn % 3 == 0), now=now, command_id=f"said {turn}"
        ),
        lambda service: service.flag(Flag(event_id=f"{turn // ROUND * ROUND}", source="forms", flag="bot"), now=now),
        lambda service: service.capture(
            form(f"known {turn}", 1, email=f"{name}@b.example", visitor=f"v{turn // 10}", kind="visit"), now=now
        ),
        lambda service: service.change_profile(lead(name, zone="Europe/Madrid", attributes={"size": "mid"}), now=now),
        lambda service: _unless_refused(lambda: service.verdict(name, Verdict("maybe"), now=now)),
        lambda service: service.flag(
            Flag(event_id=f"{turn // ROUND * ROUND}", source="forms", flag="bot", on=False), now=now
        ),
        lambda service: service.capture(
            form(f"twin {turn}", 1, lead_id=f"T{turn}", email=f"t{turn}@b.example"), now=now
        ),
        lambda service: service.merge(name, f"T{turn - 1}", now=now, confirmed=True),
        lambda service: service.unmerge(f"L{(turn - 1) // ROUND}", f"T{turn - 2}", now=now),
        lambda service: service.erase(f"T{turn - 3}", now=now),
    ]
    return others[turn % len(others)]


def _unless_refused(deed: Callable[[], object]) -> object:
    try:
        return deed()
    except TransitionError as error:
        return error


def reference(store: Store, deeds: list[Deed]) -> tuple[list[dict[str, Any]], list[int]]:
    """Carry out commands without a fault; return what the store held after each, and how many calls each made."""
    failing = Failing(store)
    service = serve(failing)
    states, calls = [state_of(store)], []
    for deed in deeds:
        failing.arm(None)
        deed(service)
        calls.append(failing.calls)
        states.append(state_of(store))
    return states, calls


def taken() -> Taken:
    """Return what a store says when somebody else was faster."""
    return Taken()


def chosen(calls: int, every: int, offset: int) -> Iterator[int]:
    """Return every n-th of the calls of a command, from another one for each command."""
    for number in count(offset % every, every):
        if number >= calls:
            return
        yield number
