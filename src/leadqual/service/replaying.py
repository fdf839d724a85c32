"""What happened to leads is replayed into a store: each input is known at its own instant, and is taken once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Final

from attrs import frozen

from leadqual.canonical import canonical_json, plain
from leadqual.errors import Problem, ProblemsError
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.inputs import ConsentChange, ProfileChange, Tick, Verdict
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.qualifier import Record
from leadqual.qualifier.replaying import Given, Said, Story, beginning, in_order
from leadqual.qualifier.stored import profile_text
from leadqual.service.answers import Replayed
from leadqual.service.bodies import text_of
from leadqual.service.clock import micros
from leadqual.service.erasedbefore import erased_before
from leadqual.service.held import Held
from leadqual.service.recording import Bad, sort_out
from leadqual.service.rows import CommandRow
from leadqual.service.sparing import spare
from leadqual.service.summing import summed
from leadqual.service.tables import COMMANDS
from leadqual.service.work import Work

_PREFIX: Final = "replay"


@frozen(kw_only=True, repr=False)
class Past:
    """What is known of the lives of leads, by their ids.

    Attributes:
        leads: Their profiles.
        events: What they did.
        verdicts: What was said of them.
        consents: What they agreed to and withdrew.
        reports: What became of touches.
    """

    leads: Mapping[str, Lead]
    events: Mapping[str, Sequence[Event]]
    verdicts: Mapping[str, Sequence[Verdict]]
    consents: Mapping[str, Sequence[ConsentChange]]
    reports: Mapping[str, Sequence[TouchReport]]

    def events_of(self, lead_id: str, now: datetime) -> list[Event]:
        """Return what a lead did up to an instant.

        Args:
            lead_id: The lead.
            now: The instant.
        """
        return [event for event in self.events.get(lead_id, ()) if event.at <= now]

    def said_of(self, lead_id: str, now: datetime) -> list[Said]:
        """Return what was said of a lead up to an instant; what has no instant is left out.

        Args:
            lead_id: The lead.
            now: The instant.
        """
        parts: tuple[Mapping[str, Sequence[Said]], ...] = (self.consents, self.verdicts, self.reports)
        said = chain.from_iterable(part.get(lead_id, ()) for part in parts)
        return [one for one in said if one.at is not None and one.at <= now]

    def first_of(self, lead_id: str, now: datetime) -> datetime | None:
        """Return the first instant of which anything is known of a lead.

        Args:
            lead_id: The lead.
            now: The end.
        """
        created, said = self.leads[lead_id].created_at, self.said_of(lead_id, now)
        known = [created, *(event.at for event in self.events_of(lead_id, now)), *(one.at for one in said)]
        return min((at for at in known if at is not None), default=None)


def replay(work: Work, lead_ids: Sequence[str], past: Past, *, bad: Bad) -> Replayed:
    """Replay the lives of some leads; see `QualificationService.replay`."""
    now, work.history = work.now, True
    held = work.look(lead_ids)
    new = {lead_id: past.leads[lead_id] for lead_id in lead_ids if lead_id not in held}
    gone = erased_before(work, new, {lead_id: past.first_of(lead_id, now) for lead_id in new})
    kept = [lead_id for lead_id in lead_ids if lead_id not in gone]
    events = {lead_id: past.events_of(lead_id, now) for lead_id in kept}
    batch = sort_out(work, list(chain.from_iterable(events.values())), bad=bad)
    fresh = {event.key: event for event in batch.fresh}
    said = {lead_id: _named(work, lead_id, past.said_of(lead_id, now)) for lead_id in kept}
    known = _known(work, chain.from_iterable(said.values()))
    parts = [Replayed(erased=len(gone), erased_events=batch.erased, known_events=batch.known, problems=batch.problems)]
    for lead_id in kept:
        doings = [fresh.pop(event.key) for event in events[lead_id] if event.key in fresh]
        words = {name: one for name, one in said[lead_id].items() if name not in known}
        living = _Living(work, held.get(lead_id), past.leads[lead_id], bad=bad)
        parts += [living.live(doings, words, now), Replayed(known_said=len(said[lead_id]) - len(words))]
    return summed(Replayed(), parts)


class _Living:
    """A lead that lives through its past.

    Args:
        work: The command.
        held: The lead as it is in the store; ``None`` if it is not.
        lead: Its profile.
        bad: What becomes of it all if an event is wrong.
    """

    def __init__(self, work: Work, held: Held | None, lead: Lead, *, bad: Bad) -> None:
        self._work = work
        self._held = held
        self._lead = lead
        self._bad = bad
        self._refused: list[Problem] = []

    def live(self, events: Sequence[Event], said: Mapping[str, Said], now: datetime) -> Replayed:
        """Let it live up to an instant.

        Args:
            events: What it did, each once and new.
            said: What was said of it, by the id of the command.
            now: The end.
        """
        work, history = self._work, in_order(events, said.values(), now)
        begin = None
        if self._held is None:
            begin = beginning(self._lead, history, now)
            if begin is None:
                return Replayed()
            work.turn_to(begin)
            self._held = work.open(self._lead)
            spare(work, self._held)
        held = self._held
        before = 0 if begin is not None else len(held.facts)
        story = Story(held.record, self._take, work.desk.qualifier.next_due)
        if begin is not None or history or _has_to_wait(held, now):
            story.live(history, now)
        work.turn_to(now)
        changed = begin is None and self._changes()
        for name in said:
            answer = text_of({"facts": [], "stage": held.record.stage})
            work.add(
                COMMANDS, CommandRow(command_id=name, digest=name, lead_id=held.lead_id, at=work.at, answer=answer)
            )
        lead_id = self._lead.id
        return Replayed(
            leads=1,
            opened=int(begin is not None),
            changed=int(changed),
            new_events=len(events) - len(self._refused),
            new_said=len(said),
            facts=len(held.facts) - before,
            refused=tuple((lead_id, one) for one in story.refused),
            stray=tuple((lead_id, one) for one in story.stray),
            problems=tuple(self._refused),
        )

    def _take(self, record: Record, given: Given | Tick, at: datetime) -> Record:
        """Take an input at its instant; a touch of which is said what became of it does not go any more."""
        work, held = self._work, self._held
        if held is None:
            return record
        work.turn_to(at)
        try:
            work.handle(held, given)
        except ProblemsError as error:
            if not isinstance(given, Event) or self._bad == "fail":
                raise
            self._refused += error.problems[:1]
        if isinstance(given, TouchReport):
            work.call_back(held, given.key, given.outcome)
        return held.record

    def _changes(self) -> bool:
        """Take over its profile if that has changed; one that has gone into another has none any more."""
        held = self._held
        if held is None or held.lead_id != self._lead.id or profile_text(held.record.lead) == profile_text(self._lead):
            return False
        self._work.handle(held, ProfileChange(self._lead))
        return True


def _has_to_wait(held: Held, now: datetime) -> bool:
    """Tell whether time has to pass for a lead."""
    due = None if held.row is None else held.row.due
    return held.record.as_of < now or (due is not None and due <= micros(now))


def _named(work: Work, lead_id: str, said: Sequence[Said]) -> dict[str, Said]:
    """Return what was said of a lead by the ids of the commands that say it: the same whenever it is replayed."""
    times: Counter[str] = Counter()
    found = {}
    for one in said:
        content = canonical_json([type(one).__name__, plain(one)])
        times[content] += 1
        name = work.desk.digests.of("command", _PREFIX, lead_id, content, str(times[content]))
        found[f"{_PREFIX}-{name}"] = one
    return found


def _known(work: Work, names: Iterable[str]) -> frozenset[str]:
    """Return those of the commands that were carried out before."""
    asked = sorted(names)
    rows = work.unit.get(COMMANDS, [(name,) for name in asked]) if asked else []
    return frozenset(row.command_id for row in rows)
