"""A tally: all that scoring needs of the events of one lead, folded one by one, in any order."""

from datetime import datetime
from typing import Any, Final, Protocol
from weakref import ReferenceType, ref

from leadqual.calendar import utc
from leadqual.conditions.fieldtypes import WrongType
from leadqual.errors import EventError, Problem, TallyMismatch, TooEarly, kind_of, shown
from leadqual.event import Event
from leadqual.interest.plan import InterestPlan
from leadqual.interest.state import State

_OTHER_MODEL: Final = "the tally belongs to another model; fold the events again with model.tally(events)"


class Owner(Protocol):
    """The model that a tally belongs to."""

    @property
    def fingerprint(self) -> str:
        """What identifies the model."""
        ...


class Tally:
    """Counts of one lead's events, made by ``model.tally()``.

    It does not remember ids: give each event once (a store's unique key sees to it; ``model.tally(events)`` dedupes the
    collection it is given). Its size is bounded by rules × days within the horizon plus distinct values, never by
    events.

    Attributes:
        since: Events before this instant do not count.

    >>> from leadqual.interest import Interest, InterestRule
    >>> from leadqual.scoring import ScoringModel
    >>> model = ScoringModel(interest=Interest(rules=[InterestRule(event="download", points=2)]))
    >>> tally = model.tally()
    >>> len(tally), len(tally.merge(model.tally()))
    (0, 0)
    """

    __slots__ = ("_owner", "_plan", "_reader", "_several", "_state", "since")

    def __init__(
        self, plan: InterestPlan, owner: Owner, since: datetime | None = None, state: State | None = None
    ) -> None:
        self._plan = plan
        self._owner = owner
        self._state = State() if state is None else state
        self._reader: ReferenceType[object] | None = None
        self._several = False
        self.since = since

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._owner, self.since, self._state)

    def __len__(self) -> int:
        return self._state.count

    def __repr__(self) -> str:
        return f"Tally({len(self)} events)"

    def add(self, event: Event) -> None:
        """Fold one event in; give each event once.

        Args:
            event: The event; one before `since` changes nothing.

        Raises:
            EventError: If a property it is matched by is of another type than declared; nothing has changed then.
        """
        if not isinstance(event, Event):
            got = kind_of(event)
            raise EventError([Problem(where="event", what="an event was expected", got=got, hint="Pass an Event.")])
        if self.since is not None and event.at < self.since:
            return
        state = self._state
        if self._several or (self._reader is not None and self._reader() is not None):
            state = state.copy()  # a score still reads it
        try:
            state.add(event, self._plan)
        except WrongType as error:
            raise EventError([error.problem(f"event {shown(event.id)}.properties")]) from None
        self._state, self._reader, self._several = state, None, False

    def plus(self, event: Event) -> "tuple[Tally, bool]":
        """Return the tally with one event more, and whether that is an interaction; this one stays as it is.

        Args:
            event: The event; one before `since` changes nothing.

        Raises:
            EventError: If a property it is matched by is of another type than declared.
        """
        if self.since is not None and event.at < self.since:
            return self, False
        state = self._state.copy()
        try:
            acted = state.add(event, self._plan)
        except WrongType as error:
            raise EventError([error.problem(f"event {shown(event.id)}.properties")]) from None
        return Tally(self._plan, self._owner, self.since, state), acted

    def copy(self) -> "Tally":
        """Return an independent copy."""
        return Tally(self._plan, self._owner, self.since, self._state.copy())

    def merge(self, other: "Tally") -> "Tally":
        """Return the tally of both collections of events together; no event may be in both.

        Raises:
            TallyMismatch: If the other belongs to another model or was folded with another `since`.
        """
        if not isinstance(other, Tally):
            raise TallyMismatch(f"a tally was expected (got {kind_of(other)}); make one with model.tally(events)")
        other.check(self._owner, self.since)
        return Tally(self._plan, self._owner, self.since, self._state.merge(other.state, self._plan))

    def prune(self, now: datetime) -> "Tally":
        """Return a smaller tally that gives the same score at ``now`` and every later instant.

        Args:
            now: An instant not before its newest event; the result cannot be scored before it.

        Raises:
            InstantError: If `now` is naive or out of range.
        """
        now = utc(now, "now")
        self.check_instant(now)
        return Tally(self._plan, self._owner, self.since, self._state.pruned(self._plan, now))

    def check(self, owner: Owner, since: datetime | None) -> None:
        """Refuse to be used by another model, or for another `since`.

        Raises:
            TallyMismatch: If it belongs to another model or was folded with another `since`.
        """
        if self._owner is not owner and self._owner.fingerprint != owner.fingerprint:
            raise TallyMismatch(_OTHER_MODEL)
        if self.since != since:
            raise TallyMismatch(
                f"the tally was folded since {self.since or 'ever'}, the lead counts since {since or 'ever'}; "
                "fold the events again with model.tally(events, lead=lead)"
            )

    def check_instant(self, now: datetime) -> None:
        """Refuse an instant before the newest event.

        Raises:
            TooEarly: If there is a newer event, or it was pruned at a later instant.
        """
        newest = self._state.not_before
        if newest is not None and now < newest:
            raise TooEarly(
                f"now is {now.isoformat()}, the tally reaches {newest.isoformat()}; "
                "score the events themselves to ask about an earlier instant"
            )

    @property
    def state(self) -> State:
        """What is folded, to be read only; whoever keeps it says so with `lend`."""
        return self._state

    def state_at(self, now: datetime, owner: Owner, since: datetime | None) -> State:
        """Return what is folded, if it may be scored so.

        Args:
            now: The instant of the score.
            owner: The model that asks.
            since: The lead's `since`.

        Raises:
            TallyMismatch: If it belongs to another model or was folded with another `since`.
            TooEarly: If there is a newer event, or it was pruned at a later instant.
        """
        if self._owner is not owner or self.since is not since:
            self.check(owner, since)
        state = self._state
        if state.not_before is not None and now < state.not_before:
            self.check_instant(now)
        return state

    def lend(self, reader: object) -> None:
        """Leave the state as it is for as long as a reader is alive: the next change then works on a copy.

        Args:
            reader: The object that keeps the state.
        """
        self._several = self._several or (self._reader is not None and self._reader() is not None)
        self._reader = ref(reader)


def _restored(owner: Any, since: datetime | None, state: State) -> Tally:
    """Return a tally of a model that was pickled with it."""
    return Tally(owner.plans.interest, owner, since, state)
