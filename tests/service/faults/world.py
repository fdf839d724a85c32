"""A small world that never runs out of deeds: leads come in, act, are enrolled and judged; each deed has a number."""

from datetime import datetime, timedelta
from typing import Any, Final

from leadqual import Event, TransitionError, Verdict
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.service import Form, QualificationService
from tests.core.qualifier.nurtured import by, mail, sequence
from tests.practice.life import on

SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
KEY: Final = b"sixteen bytes or more"
"""The key of the digests, so that two runs write the same."""
QUALIFIER: Final = by(sequence("one", mail("a"), mail("b", "2m"), mail("c", "5m")))
"""A touch comes due with the enrolment, and two more while time passes."""
ROUND: Final = 8
"""Each round of deeds begins with a lead that is new."""
_SAID: Final[dict[int, Any]] = {1: EnrolmentChange(change="enrol", sequence="one"), 6: Verdict("accept")}
"""What is said of a lead, by the place in its round."""
_KINDS: Final = ("visit", "newsletter", "ask", "form", "visit")


def serve(store: Any, by: Any = QUALIFIER) -> QualificationService:
    """Return the service of the world."""
    return QualificationService(by, store, key=KEY)


def at(number: int) -> datetime:
    """Return when a deed was done, which is never after it became known."""
    return on(1) + number * SECOND


def lead_of(number: int) -> str:
    """Return the lead of a deed: that of its round, or of one before."""
    turn, place = divmod(number, ROUND)
    return f"L{max(0, turn - (place * 5 % 3 if place > 1 else 0))}"


def written(number: int) -> tuple[tuple[str, str], ...]:
    """Return under which tables and ids a deed is in the store once it is acknowledged."""
    place = number % ROUND
    if place in _SAID:
        return (("commands", f"{number}"),)
    return tuple(("events", name) for name in ([f"{number}"] if place == 0 else _names(number)))


def do(service: QualificationService, number: int, now: datetime) -> bool:
    """Do a deed, which may be done again; return whether it was taken: a lead may stand where it cannot take it."""
    place = number % ROUND
    try:
        if place == 0:
            service.capture(_form(number), now=now)
        elif place in _SAID:
            service.handle(lead_of(number), _SAID[place], now=now, command_id=f"{number}")
        else:
            service.record(events(number), now=now)
    except TransitionError:
        return False
    return True


def events(number: int) -> list[Event]:
    """Return the events of a deed: one, or three at a time of several leads."""
    return [
        Event(id=name, lead_id=lead_of(number - back), kind=_KINDS[(number + back) % len(_KINDS)], at=at(number))
        for back, name in enumerate(_names(number))
    ]


def _form(number: int) -> Form:
    lead_id = lead_of(number)
    address, answers = f"{lead_id}@b.example", {"size": "big"}
    return Form(id=f"{number}", at=at(number), kind="signup", lead_id=lead_id, email=address, attributes=answers)


def _names(number: int) -> list[str]:
    return [f"{number}.{part}" for part in range(3 if number % ROUND == 5 else 1)]
