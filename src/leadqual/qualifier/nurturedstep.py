"""One input at work on one record under a playbook with sequences: what falls due there comes in its turn."""

from datetime import datetime
from functools import partial

from leadqual.conditions.fieldtypes import WrongType
from leadqual.errors import EventError, shown
from leadqual.event import Event
from leadqual.lifecycle import effects as done
from leadqual.lifecycle.due import next_due
from leadqual.lifecycle.facts import (
    AddressSuppressed,
    ConsentChanged,
    Fact,
    Opened,
    ProfileChanged,
    Recycled,
    StageChanged,
)
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.nurture.asked import Asked
from leadqual.nurture.planned import Touch
from leadqual.qualifier.acted import enter_upon_stage, go_on_upon, leave_upon
from leadqual.qualifier.asking import asked_of
from leadqual.qualifier.enrolling import enrol_itself
from leadqual.qualifier.leaving import call_back, end_what_is_over, is_to_nobody, is_unwanted, suppressed_channels
from leadqual.qualifier.moving import happen, moves_of
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.outcome import Labels, Outcome
from leadqual.qualifier.record import Record
from leadqual.qualifier.step import Step
from leadqual.qualifier.upcoming import Due


class NurturedStep(Step):
    """A record in the making, with its sequences.

    A touch comes due at the instant of the input and after it, so that nothing goes to whom has just answered or
    withdrawn; all else that time does comes before the input, each as of its instant.

    Args:
        plan: The lifecycle.
        nurturing: What the playbook says of nurturing.
        record: The record before; it stays as it is.
        now: The instant of the input.
        first: Facts that come before those of the step.
    """

    __slots__ = ("_followed", "_nurturing", "_was_shut")

    def __init__(
        self, plan: LifecyclePlan, nurturing: Nurturing, record: Record, now: datetime, first: tuple[Fact, ...] = ()
    ) -> None:
        super().__init__(plan, record, now, first)
        self._nurturing = nurturing
        self._followed = 0
        self._was_shut = self._is_shut()

    def begin(self, opened: Opened) -> None:
        """Decide upon a lead that has just come under qualification."""
        enter_upon_stage(self, self._nurturing, opened.stage, opened.cause)
        self._follow()

    def settle(self) -> None:
        """Decide upon what has fallen due since the record was last looked at: in order, each as of its instant."""
        self._decide_at(self._decided_to)
        woken = False
        while True:
            theirs, ours = self._falls_due(woken=woken), self._next_move()
            if ours is not None and (theirs is None or ours < theirs):
                self._move_as_of(ours)
            elif theirs is not None and theirs <= self.known_at:
                woken = self._fall_due(theirs) or woken
            else:
                break
        self._decide_at(self.known_at)

    def let_time_pass(self) -> None:
        """Decide upon all that has fallen due, cooling included: in order, each as of its instant."""
        self._decide_at(self._decided_to)
        before: object = None
        while True:
            theirs, ours = next_due(self.standing()), self._next_move()
            if ours is not None and (theirs is None or ours < theirs):
                self._move_as_of(ours)
            elif theirs is not None and theirs <= self.known_at and before != self._progress(theirs):
                before = self._progress(theirs)
                self._fall_due(theirs)
            else:
                break
        self._decide_at(self.known_at)

    def next_due(self) -> datetime | None:
        """Return the first instant at which something happens by itself."""
        instants = [due.at for due in moves_of(self, self._nurturing)]
        theirs = super().next_due()
        return min(instants if theirs is None else [*instants, theirs], default=None)

    def asked(self) -> Asked:
        """Return the lead as planners are asked about it."""
        return asked_of(self, self._nurturing, self.memory)

    def take(self, event: Event) -> None:
        """Fold an event and decide upon it.

        Raises:
            EventError: If a property it is matched by is of another type than declared.
        """
        nurturing = self._nurturing
        effects = len(self.effects)
        self.memory = self.memory.plus(event, nurturing)
        super().take(event)
        for effect in self.effects[effects:]:
            if isinstance(effect, done.AddEvent):
                self.memory = self.memory.plus(effect.event, nurturing)
        try:
            leave_upon(self, nurturing, event)
            self._follow()
            go_on_upon(self, nurturing, event)
            self._follow()
        except WrongType as error:
            raise EventError([error.problem(f"event {shown(event.id)}.properties")]) from None

    def outcome(self, labels: Labels) -> Outcome:
        """Return what has come of it, with all whose time has come.

        Args:
            labels: By language, how people call what the playbook names.
        """
        self._decide_at(self.known_at)
        self._follow()
        while (due := min(self._due(), key=lambda due: due.at, default=None)) is not None:
            happen(self, self._nurturing, due)
            self._follow()
        return super().outcome(labels)

    def _fall_due(self, at: datetime) -> bool:
        rested = super()._fall_due(at)
        self._follow()
        return rested

    def _next_move(self) -> datetime | None:
        """Return when something happens in a sequence before the instant of the input, other than a touch."""
        return min((due.at for due in self._moves() if due.at < self.known_at), default=None)

    def _moves(self) -> list[Due]:
        return [due for due in moves_of(self, self._nurturing) if not isinstance(due.move, Touch)]

    def _move_as_of(self, at: datetime) -> None:
        """Let the first of what happens at an instant happen, if it still does by what is so then."""
        self._decide_at(max(at, self._decided_to))
        first = next((due for due in self._moves() if due.at <= self.now), None)
        if first is not None:
            happen(self, self._nurturing, first)
            self._follow()

    def _due(self) -> list[Due]:
        """Return what happens now."""
        return [due for due in moves_of(self, self._nurturing) if due.at <= self.now]

    def _follow(self) -> None:
        """Do in the sequences what follows from what has become of the lead."""
        while self._followed < len(self.facts):
            fact = self.facts[self._followed]
            self._followed += 1
            if isinstance(fact, StageChanged):
                end_what_is_over(self, self._nurturing)
                if self.plan.stages[fact.to].kind == "ended":
                    call_back(self, lambda _: True, fact.to)
                enter_upon_stage(self, self._nurturing, fact.to, fact.cause)
            elif isinstance(fact, Recycled):
                self._keep_in_touch(fact)
            elif isinstance(fact, ConsentChanged):
                call_back(self, partial(is_unwanted, self.state), "withdrawal")
            elif isinstance(fact, AddressSuppressed | ProfileChanged):
                call_back(self, partial(is_to_nobody, suppressed_channels(self.state, self.lead)), "suppressed")
        end_what_is_over(self, self._nurturing)
        if self._is_shut() and not self._was_shut:
            self._was_shut = True
            call_back(self, lambda _: True, "gate")

    def _is_shut(self) -> bool:
        """Tell whether nothing may go to the lead, since it is not ours to win."""
        return bool(self.profile.gates) or self.state.disqualified is not None

    def _keep_in_touch(self, fact: Recycled) -> None:
        """Put a lead that was recycled into the sequence of its policy, if the playbook has it."""
        key = f"{fact.lead_id}:{fact.seq}:{done.Enrol.name}"
        track = self._nurturing.by_name.get(self.plan.policy(self.state.acquisition).nurture or "")
        if track is not None:
            self.effects = [effect for effect in self.effects if effect.key != key]
            enrol_itself(self, self._nurturing, track, fact.cause)
