"""What is remembered of a lead's acts for its nurturing; the order in which they become known does not matter."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Protocol

from attrs import field, frozen

from leadqual.conditions.fieldtypes import WrongType
from leadqual.errors import EventError, shown
from leadqual.event import Event
from leadqual.nurture.deeds import Deeds, DeedsPlan
from leadqual.qualifier.acts import Acts

Fork = tuple[str, str]
"""A sequence and a step of it."""
_NO_DEEDS: Final = Deeds()
_NO_ANSWERS: Final[Mapping[Fork, datetime]] = {}


class Remembers(Protocol):
    """What is remembered of acts."""

    @property
    def deeds(self) -> DeedsPlan:
        """What the three questions need."""
        ...

    @property
    def remembered(self) -> tuple[tuple[Fork, Acts], ...]:
        """The forks that ask for what was done since the enrolment, and the acts that they ask for."""
        ...


@frozen(kw_only=True)
class Memory:
    """What is remembered of a lead's acts.

    Attributes:
        deeds: The offers that it took, and what else it did.
        answers: By fork that asks for what was done since the enrolment, when the lead last did it.
    """

    deeds: Deeds = _NO_DEEDS
    answers: Mapping[Fork, datetime] = field(default=_NO_ANSWERS, hash=False)

    def plus(self, event: Event, plan: Remembers) -> "Memory":
        """Return the memory with one event more.

        Args:
            event: An event that was not added before.
            plan: What is remembered.

        Raises:
            EventError: If a property is of another type than declared.
        """
        if event.by != "lead":
            return self
        try:
            return self.plus_all((event,), plan)
        except WrongType as error:
            raise EventError([error.problem(f"event {shown(event.id)}.properties")]) from None

    def plus_all(self, events: Iterable[Event], plan: Remembers) -> "Memory":
        """Return the memory with more events, in any order.

        Args:
            events: Events that were not added before, each once.
            plan: What is remembered.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        known, answers = tuple(events), dict(self.answers)
        for event in known:
            for fork, acts in plan.remembered:
                if acts.have(event):
                    answers[fork] = max(event.at, answers.get(fork, event.at))
        return Memory(deeds=self.deeds.plus_all(known, plan.deeds), answers=answers)


NO_MEMORY: Final = Memory()
"""The memory of a lead that did nothing."""
