"""One lead's life, told as a story: what it did and what was said of it, day by day."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from leadqual import Event, Flag, Lead, Outcome, ProfileChange, Qualifier, Record, Tick, Verdict, loads
from leadqual.lifecycle.effects import Effect
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.inputs import ConsentChange, Input
from leadqual.presets import preset_text

BEGINNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""A Monday, ten in the morning in Madrid: business is open."""
STARTER = preset_text("saas")
GOOD = {"job_title": "CTO", "department": "IT", "employees": 200, "country": "ES", "email_type": "business"}
"""Grade A by the starter playbook."""
MIDDLING = GOOD | {"job_title": "Manager"}
"""Grade B."""
POOR = {"job_title": "Student", "department": "Law", "employees": 3, "country": "FR", "email_type": "free"}
"""All is known, and it does not fit: grade D, and nothing better is possible."""
VAGUE = {"email_type": "business"}
"""Little is known: grade D so far, but any grade is possible."""


def on(day: float) -> datetime:
    """Return the instant so many days after the beginning."""
    return BEGINNING + timedelta(days=day)


def qualifier(*changes: tuple[str, str], holidays: Any = frozenset()) -> Qualifier:
    """Return what the starter playbook makes of leads, with some of its text changed."""
    text = STARTER
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Qualifier(loads(text), holidays=holidays)


WITHOUT_STAY = ('stay = { field = "interest", op = "ge", value = 3 }', "")
STANDARD = qualifier()
"""The starter playbook as it is."""


class Life:
    """The life of one lead; every step keeps what came of it.

    Args:
        attributes: What is known of the lead.
        by: The qualifier.
        opened: On which day it comes under qualification.
        history: Events before that.
        imported: Whether it comes with a back-fill.
        more: Other fields of the lead.
    """

    def __init__(
        self,
        attributes: dict[str, Any] = GOOD,
        *,
        by: Qualifier = STANDARD,
        opened: float = 0,
        history: tuple[Event, ...] = (),
        imported: bool = False,
        **more: Any,
    ) -> None:
        fields = {"id": "L1", "email": "ana@b.example", "acquisition": "inbound"} | more
        self.lead = Lead(attributes=attributes, **fields)
        self.by = by
        self.facts: list[Fact] = []
        self.effects: list[Effect] = []
        self.events = list(history)
        self.last = by.open(self.lead, history, now=on(opened), imported=imported)
        self._keep(self.last)

    @property
    def record(self) -> Record:
        """The record after the last step."""
        return self.last.record

    @property
    def stage(self) -> str:
        """Where the lead stands after the last step."""
        return self.record.stage

    def _keep(self, outcome: Outcome) -> Outcome:
        self.last = outcome
        self.facts += outcome.facts
        self.effects += outcome.effects
        self._compare()
        return outcome

    def _compare(self) -> None:
        """See that the record's score is that of all its events, and its state that of all its facts."""
        record = self.record
        assert self.by.replay(self.facts) == record.state
        if not record.stale:
            events = [event for event in self.events if event.key not in record.state.flagged]
            again = record.model.score(record.lead, events, now=record.as_of)
            held = record.score()
            assert (held.interest, held.interactions) == (again.interest, again.interactions)

    def takes(self, input: Input, day: float) -> Outcome:
        """Hand in any input."""
        if isinstance(input, Event) and input not in self.events:
            self.events.append(input)
        return self._keep(self.by.handle(self.record, input, now=on(day)))

    def event(self, kind: str, day: float, *, by: Literal["lead", "us"] = "lead", **properties: Any) -> Event:
        """Return an event of the lead with an id of its own."""
        name = f"{self.lead.id}-{len(self.events) + 1}"
        made = Event(id=name, lead_id=self.lead.id, kind=kind, at=on(day), by=by, properties=properties)
        self.events.append(made)
        return made

    def does(
        self,
        kind: str,
        day: float,
        *,
        known: float | None = None,
        by: Literal["lead", "us"] = "lead",
        **properties: Any,
    ) -> Outcome:
        """Let the lead, or us, do something; it becomes known on that day or on a later one."""
        return self.takes(self.event(kind, day, by=by, **properties), day if known is None else known)

    def warms_up(self, day: float) -> Outcome:
        """Let the lead look at the prices on two days: interest for an MQL, not for an SQL."""
        self.does("page_view", day, page="/pricing")
        return self.does("page_view", day + 1, page="/pricing")

    def is_said(self, verdict: Any, day: float, **more: Any) -> Outcome:
        """Let a person say something of the lead."""
        return self.takes(Verdict(verdict, **more), day)

    def becomes(self, attributes: dict[str, Any], day: float, *, since: float | None = None, **more: Any) -> Outcome:
        """Change the lead's profile, on that day or on an earlier one that becomes known only then."""
        known = {"id": self.lead.id, "email": self.lead.email, "acquisition": self.lead.acquisition}
        profile = Lead(attributes=attributes, **{**known, **more})
        return self.takes(ProfileChange(profile, at=None if since is None else on(since)), day)

    def consents(self, given: bool, day: float, *, since: float | None = None, channel: str = "email") -> Outcome:
        """Let the lead give or withdraw a consent to the newsletter."""
        at = None if since is None else on(since)
        return self.takes(ConsentChange(channel=channel, purpose="newsletter", given=given, at=at), day)

    def is_flagged(self, event: Event, day: float, *, lifted: bool = False) -> Outcome:
        """Flag an event as a machine's, or lift the flag, and fold the events anew."""
        self.takes(Flag(event_id=event.id, flag="bot", on=not lifted), day)
        return self.is_folded_anew(day)

    def is_folded_anew(self, day: float, *, by: Qualifier | None = None) -> Outcome:
        """Fold all events, under another qualifier if one is given."""
        self.by = by or self.by
        return self._keep(self.by.refold(self.record, self.events, now=on(day)))

    def is_released(self, day: float, **more: Any) -> Outcome:
        """Let the lead be promoted without a new act."""
        return self._keep(self.by.release(self.record, now=on(day), **more))

    def passes(self, day: float) -> Outcome:
        """Let time pass, with one tick at the end."""
        return self.takes(Tick(), day)

    def wakes(self) -> datetime:
        """Send the tick that is due next, and return when that was."""
        due = self.by.next_due(self.record)
        assert due is not None
        self._keep(self.by.handle(self.record, Tick(), now=due))
        return due

    def names(self, outcome: Outcome | None = None) -> list[str]:
        """Return the names of all facts so far, or of one outcome's."""
        return [fact.name for fact in (self.facts if outcome is None else outcome.facts)]

    def path(self) -> list[str]:
        """Return the transitions that the lead took."""
        return [vars(fact)["transition"] for fact in self.facts if fact.name == "stage_changed"]


def effects_of(outcome: Outcome) -> list[str]:
    """Return the names of an outcome's effects."""
    return [effect.name for effect in outcome.effects]


def details(outcome: Outcome, name: str) -> dict[str, Any]:
    """Return the fields of the one fact or effect of that name."""
    facts = [vars(fact) for fact in outcome.facts if fact.name == name]
    [found] = [*facts, *(vars(effect) for effect in outcome.effects if effect.name == name)]
    return found
