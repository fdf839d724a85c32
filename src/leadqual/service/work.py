"""One command at work: what it reads of a tenant, what it decides, and what it writes, all at its end."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from attrs import evolve

from leadqual.errors import EventError, HistoryError, UnknownLead
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.effects import AddEvent, CancelTouch, RecheckAt, RefoldNeeded, TouchDue
from leadqual.lifecycle.inputs import Input
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.qualifier import Outcome, Record
from leadqual.service.bodies import effect_row, event_of, event_row, fact_row
from leadqual.service.clock import micros
from leadqual.service.desk import Desk
from leadqual.service.held import Held, unknown
from leadqual.service.persons import key_rows
from leadqual.service.rows import EffectRow, KeyRow, LeadRow
from leadqual.service.sheet import Sheet
from leadqual.service.store import Taken, Unit
from leadqual.service.tables import EFFECTS, EVENTS, FACTS, KEYS, LEADS

_INSIDE: Final = (AddEvent, RecheckAt, RefoldNeeded)
"""Effects that the service carries out itself, in the transaction of the command."""


class Work(Sheet):
    """One command at work on the rows of a tenant; nothing is written before `write`.

    Args:
        desk: What all commands share.
        unit: The transaction in which it reads.
        now: The instant.
        lock: Whether the leads that it reads are locked, since it writes in the same transaction.

    Attributes:
        now: The instant.
        at: The same in microseconds.
        unit: The transaction in which it reads.
        lock: Whether what it reads is locked.
        history: Whether it replays what happened: then only what is replayed says what became of touches.
        erased: Leads that it erases.
    """

    def __init__(self, desk: Desk, unit: Unit, now: datetime, *, lock: bool) -> None:
        super().__init__()
        self.desk = desk
        self.unit = unit
        self.now = now
        self.at = micros(now)
        self.lock = lock
        self.history = False
        self._held: dict[str, Held] = {}
        self._into: dict[str, str] = {}
        self._events: dict[tuple[str, str], Event] = {}
        self._since: dict[object, int] = {}
        self._changed: list[Held] = []
        self._rows: list[tuple[LeadRow, Record]] = []
        self._known_by: list[KeyRow] = []
        self.erased: list[str] = []

    def turn_to(self, now: datetime) -> None:
        """Let another instant be now: what happened is known, and decided upon, at its own.

        Args:
            now: The instant.
        """
        self.now = now
        self.at = micros(now)

    # --- leads --------------------------------------------------------------------------------------------------------

    def look(self, lead_ids: Collection[str]) -> dict[str, Held]:
        """Return the leads that there are, by the ids asked for; one that has gone into another is that one.

        Args:
            lead_ids: Their ids.
        """
        asked = {self._into.get(lead_id, lead_id) for lead_id in lead_ids}
        while wanted := sorted(asked - self._held.keys()):
            asked = set()
            for row in self.unit.get(LEADS, [(lead_id,) for lead_id in wanted], lock=self.lock):
                if row.into is None:
                    self._held[row.lead_id] = Held(row, self.desk.records.read(row))
                else:
                    self._into[row.lead_id] = row.into
                    asked.add(row.into)
        found = {}
        for lead_id in lead_ids:
            held = self._held.get(self.survivor(lead_id))
            if held is not None:
                found[lead_id] = held
        return found

    def survivor(self, lead_id: str) -> str:
        """Return the lead that goes on for one that was looked for: itself, or the one that it has gone into.

        Args:
            lead_id: Its id.
        """
        while lead_id in self._into:
            lead_id = self._into[lead_id]
        return lead_id

    def need(self, lead_id: str) -> Held:
        """Return a lead.

        Args:
            lead_id: Its id.

        Raises:
            UnknownLead: If there is none.
        """
        found = self.look([lead_id]).get(lead_id)
        if found is None:
            raise UnknownLead([unknown(lead_id)])
        return found

    def open(self, lead: Lead, events: Iterable[Event] = (), *, imported: bool = False) -> Held:
        """Take a lead under qualification.

        Args:
            lead: Its profile.
            events: What it did before; they are stored already, or added by `keep`.
            imported: Whether it comes with a back-fill.
        """
        outcome = self.desk.qualifier.open(lead, events, now=self.now, imported=imported)
        held = Held(None, outcome.record)
        self._held[lead.id] = held
        self.take(held, outcome)
        if imported:
            held.held = "import"
        return held

    def hold(self, held: Held) -> None:
        """Take a lead into one's hands that came about otherwise than by its row.

        Args:
            held: The lead.
        """
        self._held[held.lead_id] = held
        self._into.pop(held.lead_id, None)

    def handle(self, held: Held, input: Input) -> None:
        """Decide what becomes of a lead upon an input, at the instant of the command.

        An event is stored besides: before it is taken, since it may be that all are to be folded anew, with it.

        Args:
            held: The lead.
            input: What it is handled with.
        """
        outcome = self.desk.qualifier.handle(held.record, input, now=self.when(held))
        if isinstance(input, Event):
            self.keep(input)
        self.take(held, outcome)

    def when(self, held: Held) -> datetime:
        """Return the instant of the command for a lead: clocks differ, but time goes one way.

        Args:
            held: The lead.
        """
        return max(self.now, held.record.as_of)

    def take(self, held: Held, outcome: Outcome) -> None:
        """Take over what came of an input.

        Args:
            held: The lead.
            outcome: What came of it.
        """
        held.record = outcome.record
        held.facts += outcome.facts
        refold = False
        for effect in outcome.effects:
            if isinstance(effect, AddEvent):
                self.keep(effect.event)
            elif isinstance(effect, RefoldNeeded):
                refold = True
            elif isinstance(effect, CancelTouch) and self.call_back(held, effect.touch_key, effect.reason):
                if not self.history:
                    self.handle(held, TouchReport(key=effect.touch_key, outcome="cancelled", reason=effect.reason))
            elif not isinstance(effect, _INSIDE):
                held.effects.append(effect)
                self._since[effect.key] = self.at
        if refold:
            self.refold(held)

    def call_back(self, held: Held, touch_key: str, reason: str) -> bool:
        """Withdraw a touch from the outbox, and return whether it had not gone yet; else the host has to be told.

        Args:
            held: Its lead.
            touch_key: The touch.
            reason: Why, in a short word.
        """
        for effect in held.effects:
            if isinstance(effect, TouchDue) and effect.touch_key == touch_key:
                held.effects.remove(effect)
                return True
        rows = self.unit.find(EFFECTS, equal={"touch": touch_key, "state": "waiting"})
        for row in rows:
            self.replace(EFFECTS, row, withdrawn(row, reason))
        return bool(rows)

    def refold(self, held: Held) -> None:
        """Fold a lead's events anew.

        Args:
            held: The lead.
        """
        events = self.events_of(held.ids)
        self.take(held, self.desk.qualifier.refold(held.record, events, now=self.when(held)))

    # --- events -------------------------------------------------------------------------------------------------------

    def keep(self, event: Event) -> None:
        """Store an event.

        Args:
            event: The event; `handle` stores those that it takes by itself.

        Raises:
            EventError: If it holds a property that cannot be stored.
        """
        self._events[event.key] = event
        self._since[event.key] = self.at

    def events_of(self, lead_ids: Collection[str]) -> list[Event]:
        """Return all events of a lead, those of this command too.

        Args:
            lead_ids: Its ids.
        """
        known = [event_of(row) for row in self.unit.find(EVENTS, equal={"lead_id": tuple(lead_ids)})]
        return [*known, *(event for event in self._events.values() if event.lead_id in lead_ids)]

    # --- the end ------------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Work out what is to be written, which may ask planners: before anything is locked, where they are others'.

        Raises:
            EventError: If an event holds a property that cannot be stored.
        """
        changed = sorted((held for held in self._held.values() if held.changed), key=lambda held: held.lead_id)
        self._changed = changed
        self._rows = [(self._row(held), held.record) for held in changed]
        for held in changed:
            if held.readdressed:
                self._known_by += key_rows(self.desk.digests, held.record.lead)
        for event in self._events.values():
            self.add(EVENTS, _stored(event, self._since[event.key]))
        for held in changed:
            for fact in held.facts:
                self.add(FACTS, fact_row(fact))
        for number, effect in enumerate(effect for held in changed for effect in held.effects):
            touch = effect.touch_key if isinstance(effect, TouchDue) else None
            self.add(EFFECTS, effect_row(effect, self._since[effect.key], number, touch))

    def write(self, unit: Unit) -> None:
        """Write everything that the command has decided, and `prepare` has worked out.

        Args:
            unit: A transaction that writes.

        Raises:
            Taken: If somebody else has changed what was read, or added what is to be added.
        """
        if not self.lock:
            self._check(unit)
        self._remove_rows(unit)
        new = {held.lead_id for held in self._changed if held.row is None}
        unit.add(LEADS, [row for row, _ in self._rows if row.lead_id in new])
        unit.put(LEADS, [row for row, _ in self._rows if row.lead_id not in new])
        self._write_keys(unit)
        self._write_rows(unit)

    def remember(self) -> None:
        """Remember the records that were written; the transaction is over and done."""
        for row, record in self._rows:
            self.desk.records.keep(row, record)
        for lead_id in self.erased:
            self.desk.records.forget(lead_id)

    def _check(self, unit: Unit) -> None:
        """See to it that nobody else has changed what was read, and lock it."""
        read = {held.lead_id: held.row.version for held in self._changed if held.row is not None}
        rows = unit.get(LEADS, [(lead_id,) for lead_id in read], lock=True)
        if {row.lead_id: row.version for row in rows} != read:
            raise Taken
        self._check_rows(unit)

    def _row(self, held: Held) -> LeadRow:
        record, qualifier = held.record, self.desk.qualifier
        due = qualifier.next_due(record)
        return LeadRow(
            lead_id=held.lead_id,
            version=1 if held.row is None else held.row.version + 1,
            model=record.model.fingerprint,
            stage=record.stage,
            into=record.state.absorbed_into,
            due=held.again_at or (None if due is None else micros(due)),
            held=held.held,
            record=record.to_json(),
        )

    def _write_keys(self, unit: Unit) -> None:
        """Let leads be known again by addresses that are new and nobody else's."""
        rows = {row.digest: row for row in reversed(self._known_by)}
        known = unit.get(KEYS, [(digest,) for digest in sorted(rows)]) if rows else []
        for row in known:
            del rows[row.digest]
        unit.add(KEYS, rows.values())


def withdrawn(row: EffectRow, reason: str) -> EffectRow:
    """Return an effect that is not carried out any more.

    Args:
        row: The effect.
        reason: Why, in a short word.
    """
    return evolve(row, state="withdrawn", ready_at=None, token=None, reason=reason)


def _stored(event: Event, at: int) -> Any:
    try:
        return event_row(event, event.lead_id, at)
    except HistoryError as error:
        raise EventError(error.problems) from None
