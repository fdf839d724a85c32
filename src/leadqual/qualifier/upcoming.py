"""What is going to happen to a lead in its sequences, kept for who asks the same again."""

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import is_

from attrs import frozen

from leadqual.lifecycle.enrolment import Enrolment
from leadqual.nurture.planned import Move


@frozen
class Due:
    """Something that is going to happen.

    Attributes:
        at: When.
        move: What; ``None`` if a touch expires.
        place: The place in a sequence that it is about, or the key of the touch.
    """

    at: datetime
    move: Move | None
    place: Enrolment | str


class Upcoming:
    """What was worked out last: a host that asks when a lead is due, and then lets it be so, has it worked out once.

    What it follows from is never changed, only replaced, so that the very same parts say the same.
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: tuple[tuple[object, ...], tuple[Due, ...]] = ((), ())

    def of(self, parts: tuple[object, ...], work_out: Callable[[], Iterable[Due]]) -> tuple[Due, ...]:
        """Return what follows from parts.

        Args:
            parts: All that it follows from.
            work_out: Works it out.
        """
        of, known = self._known
        if len(of) == len(parts) and all(map(is_, of, parts)):
            return known
        known = tuple(work_out())
        self._known = parts, known
        return known
