"""What happened to leads, in the order in which it happened, as if the playbook had been at work all along."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from leadqual.calendar import utc
from leadqual.errors import InputRefused, Problem, TransitionError
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.inputs import ConsentChange, Tick, Verdict
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.qualifier.qualifier import Qualifier
from leadqual.qualifier.record import Record

Told = Callable[[int, int], object]
"""Is told how many leads are done, and how many there are."""
Order = tuple[datetime, int, str, str]
"""By what inputs are sorted: their instant; consents, events, verdicts, reports in this order; events by their key."""
Said = Verdict | ConsentChange | TouchReport
"""What people and hosts said of a lead."""
Given = Event | Said
"""What happened to a lead."""
Taking = Callable[[Record, Given | Tick, datetime], Record]
"""Takes an input at an instant and returns the record after it."""
_RANKS: Final = {Event: 0, Verdict: 1, TouchReport: 2}
_TICK: Final = Tick()
_NOTHING_SAID: Final[Mapping[str, Sequence[Any]]] = {}


@frozen(kw_only=True)
class Refusal:
    """A verdict that the lead could not take as it stood; nothing came of it.

    Attributes:
        at: When it was given.
        given: The verdict.
        problems: Why not.
    """

    at: datetime
    given: Verdict
    problems: tuple[Problem, ...]


@frozen(kw_only=True)
class Life:
    """What became of one lead.

    Attributes:
        lead_id: Whose life it is.
        record: The lead as it stands at the end.
        facts: All that became of it, in order.
        refused: Verdicts that it could not take.
        stray: Reports on touches that have not come due; nothing came of them.
    """

    lead_id: str
    record: Record
    facts: tuple[Fact, ...]
    refused: tuple[Refusal, ...] = ()
    stray: tuple[TouchReport, ...] = ()


def replay_base(
    qualifier: Qualifier,
    leads: Mapping[str, Lead],
    events: Mapping[str, Sequence[Event]],
    verdicts: Mapping[str, Sequence[Verdict]],
    *,
    now: datetime,
    consents: Mapping[str, Sequence[ConsentChange]] = _NOTHING_SAID,
    reports: Mapping[str, Sequence[TouchReport]] = _NOTHING_SAID,
    progress: Told | None = None,
) -> Iterator[Life]:
    """Replay the lives of all leads of a base.

    Each lead is opened when it was created, or at its first event or verdict if that is earlier or nobody knows when it
    was created. Everything is known at its own instant; a `Tick` comes whenever something is due before the next input,
    and up to `now`. Of what happened at one instant a consent comes first, then events, then verdicts. The profile is
    the same throughout.

    Args:
        qualifier: What decides.
        leads: Leads by id.
        events: Their events, each once; those after `now` are left out.
        verdicts: Verdicts on them, each with its instant; those after `now` are left out.
        now: The end.
        consents: What they agreed to and withdrew, each with its instant.
        reports: What became of touches, each with its instant.
        progress: Called after each lead with how many are done, and how many there are.

    Yields:
        Lives, sorted by lead id by code point, one at a time; a lead that came after `now` has none.

    Raises:
        EventError: If a property is of another type than declared.
        InstantError: If `now` is naive or out of range.
        LeadError: If an attribute is of another type than declared.
    """
    now = utc(now, "now")
    for done, lead_id in enumerate(sorted(leads), 1):
        life = replay_lead(
            qualifier,
            leads[lead_id],
            events.get(lead_id, ()),
            verdicts.get(lead_id, ()),
            now=now,
            consents=consents.get(lead_id, ()),
            reports=reports.get(lead_id, ()),
        )
        if life is not None:
            yield life
        if progress is not None:
            progress(done, len(leads))


def replay_lead(
    qualifier: Qualifier,
    lead: Lead,
    events: Sequence[Event],
    verdicts: Sequence[Verdict],
    *,
    now: datetime,
    consents: Sequence[ConsentChange] = (),
    reports: Sequence[TouchReport] = (),
) -> Life | None:
    """Replay the life of one lead, as `replay_base` does.

    Args:
        qualifier: What decides.
        lead: The lead.
        events: Its events, each once.
        verdicts: Verdicts on it, each with its instant.
        now: The end.
        consents: What it agreed to and withdrew, each with its instant.
        reports: What became of touches, each with its instant.

    Returns:
        Its life; ``None`` if it came after `now`.

    Raises:
        EventError: If a property is of another type than declared.
        InstantError: If `now` is naive or out of range.
        LeadError: If an attribute is of another type than declared.

    >>> from datetime import UTC
    >>> from leadqual.playbook import loads
    >>> from leadqual.presets import starter_text
    >>> lead = Lead(id="L1", created_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> said = Verdict("maybe", at=datetime(2026, 3, 5, 9, tzinfo=UTC))
    >>> life = replay_lead(Qualifier(loads(starter_text())), lead, [], [said], now=datetime(2026, 4, 1, tzinfo=UTC))
    >>> life.record.stage, [fact.name for fact in life.facts]
    ('recycle', ['opened', 'verdict_given', 'stage_changed', 'recycled'])
    """
    now = utc(now, "now")
    history = in_order(events, (*consents, *verdicts, *reports), now)
    begin = beginning(lead, history, now)
    if begin is None:
        return None
    opened = qualifier.open(lead, now=begin)
    facts = list(opened.facts)

    def take(record: Record, given: Given | Tick, at: datetime) -> Record:
        outcome = qualifier.handle(record, given, now=at)
        facts.extend(outcome.facts)
        return outcome.record

    story = Story(opened.record, take, qualifier.next_due)
    story.live(history, now)
    return Life(
        lead_id=lead.id,
        record=story.record,
        facts=tuple(facts),
        refused=tuple(story.refused),
        stray=tuple(story.stray),
    )


def in_order(events: Iterable[Event], said: Iterable[Said], now: datetime) -> list[tuple[datetime, Given]]:
    """Return what happened up to an instant in the order in which it happened, each with its instant.

    Args:
        events: Events of a lead.
        said: What was said of it; what has no instant is left out.
        now: The end.
    """
    inputs: list[tuple[Order, Given]] = [*_events(events, now), *_said(said, now)]
    inputs.sort(key=lambda one: one[0])
    return [(order[0], given) for order, given in inputs]


def beginning(lead: Lead, history: Sequence[tuple[datetime, Given]], now: datetime) -> datetime | None:
    """Return when a lead comes under qualification; ``None`` if that is later.

    Args:
        lead: The lead.
        history: What happened to it, in order.
        now: The end.
    """
    known = [at for at in (lead.created_at, history[0][0] if history else None) if at is not None]
    begin = min(known, default=now)
    return None if begin > now else begin


def _events(events: Iterable[Event], now: datetime) -> Iterator[tuple[Order, Event]]:
    return (((event.at, 0, event.source, event.id), event) for event in events if event.at <= now)


def _said(given: Iterable[Said], now: datetime) -> Iterator[tuple[Order, Said]]:
    for one in given:
        if one.at is not None and one.at <= now:
            yield (one.at, _RANKS.get(type(one), -1), "", ""), one


class Story:
    """A life in the making.

    Args:
        record: The lead as it stands.
        take: Takes an input.
        next_due: Tells when something is due.

    Attributes:
        record: The lead as it stands.
        refused: Verdicts that it could not take.
        stray: Reports on touches that have not come due.
    """

    def __init__(self, record: Record, take: Taking, next_due: Callable[[Record], datetime | None]) -> None:
        self.record = record
        self.refused: list[Refusal] = []
        self.stray: list[TouchReport] = []
        self._take = take
        self._next_due = next_due

    def live(self, history: Iterable[tuple[datetime, Given]], now: datetime) -> None:
        """Let a lead live: each input at its instant, or at once if everything up to it is decided already.

        Args:
            history: What happens to it, in order.
            now: The end.
        """
        for happened, given in history:
            at = max(happened, self.record.as_of)
            self._wait(at)
            if isinstance(given, Verdict):
                self._judge(given, at)
            elif isinstance(given, TouchReport):
                self._report(given, at)
            else:
                self._keep(given, at)
        now = max(now, self.record.as_of)
        self._wait(now)
        self._keep(_TICK, now)

    def _wait(self, until: datetime) -> None:
        """Let time pass: tick whenever something is due before an instant."""
        due = self._next_due(self.record)
        while due is not None and due < until:
            self._keep(_TICK, due)
            due = self._next_due(self.record)

    def _judge(self, verdict: Verdict, at: datetime) -> None:
        """Take a verdict; one that the lead cannot take is remembered."""
        try:
            self._keep(verdict, at)
        except TransitionError as error:
            self.refused.append(Refusal(at=at, given=verdict, problems=error.problems))

    def _report(self, given: TouchReport, at: datetime) -> None:
        """Take what became of a touch; one that has not come due is remembered."""
        self._keep(_TICK, at)
        try:
            self._keep(given, at)
        except InputRefused:
            self.stray.append(given)

    def _keep(self, given: Given | Tick, at: datetime) -> None:
        self.record = self._take(self.record, given, at)
