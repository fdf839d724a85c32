"""What comes in: events, verdicts, consents, flags, profiles, and time."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from leadqual.calendar import utc
from leadqual.errors import InputRefused, Problem, kind_of
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.inputs import ConsentChange, Flag, ProfileChange, Verdict
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.scoring.once import checked_events
from leadqual.service.answers import Captured, Decision, Recorded, Ticked
from leadqual.service.arguments import bounded, check_bad, check_word
from leadqual.service.base import ServiceBase
from leadqual.service.capturing import capture
from leadqual.service.deciding import decide
from leadqual.service.forms import Form
from leadqual.service.recording import Bad, record
from leadqual.service.ticking import tick_due
from leadqual.service.work import Work

Said = Verdict | ProfileChange | ConsentChange | Flag | EnrolmentChange | TouchReport | Suppression
"""What people and hosts say of a lead."""


class Commands(ServiceBase):
    """What comes in; each command is one transaction, and one that fails leaves the store as it was."""

    def capture(self, form: Form, *, now: datetime) -> Captured:
        """Take in a form, a scan or a call: never refused for what it leaves open.

        Whoever it was is known again by the host's id, an address that is no shared box, a number or the visitor. Who
        is known by nothing yet leaves anonymous history, which goes to the lead as soon as a form says who it is.

        Args:
            form: What came in.
            now: The instant at which it becomes known.

        Returns:
            Whose it is, and what has become of the lead.

        Raises:
            EventConflict: If a form of this id came with other content.
            EventError: If it is dated more than a day ahead, or a property is of another type than declared.
            InputRefused: If it is no form.
            InstantError: If `now` is naive or out of range.
            LeadError: If an answer is of another type than declared.
            StoreError: If the store cannot be used.
        """
        if not isinstance(form, Form):
            raise InputRefused(
                [Problem(where="form", what="a form was expected", got=kind_of(form), hint="Pass a Form.")]
            )
        return self._runner.command(partial(capture, form=form, minimum=self._minimum), utc(now, "now"))

    def record(self, events: Iterable[Event], *, now: datetime, bad: Bad = "fail") -> Recorded:
        """Take in events of leads that are known, each once; what was recorded before is not taken again.

        Args:
            events: The events, in any order; those of one batch are one transaction, so a hundred at a time are quick.
            now: The instant at which they become known.
            bad: ``"fail"`` takes nothing if something is wrong with one; ``"skip"`` takes the others.

        Returns:
            How many were new, and what has become of their leads.

        Raises:
            EventConflict: If an id came with two contents.
            EventError: If an event is dated more than a day ahead, or a property is of another type than declared.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
            UnknownLead: If there is no such lead.
        """
        batch = checked_events(events)
        check_bad(bad)
        return self._runner.command(lambda work: record(work, batch, bad=bad), utc(now, "now"))

    def handle(self, lead_id: str, said: Said, *, now: datetime, command_id: str | None = None) -> Decision:
        """Decide what becomes of a lead upon what people or the host say of it.

        Args:
            lead_id: The lead, or one that has gone into it.
            said: A `Verdict`, `ProfileChange`, `ConsentChange`, `Flag`, `EnrolmentChange`, `TouchReport` or
                `Suppression`.
            now: The instant.
            command_id: An id of the caller's; when it comes again with the same content, nothing is done.

        Returns:
            What has become of it.

        Raises:
            CommandReused: If the id came with other content before.
            InputRefused: If it is wrong in itself.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
            TransitionError: If the lead cannot take it as it stands; it says what is allowed.
            UnknownLead: If there is no such lead.
        """
        check_word(lead_id, "lead_id")
        return self._decide(lead_id, said, now, command_id)

    def verdict(self, lead_id: str, verdict: Verdict, *, now: datetime, command_id: str | None = None) -> Decision:
        """Decide what becomes of a lead upon a verdict: yes, no, maybe and others; see `handle`."""
        return self.handle(lead_id, verdict, now=now, command_id=command_id)

    def consent(self, lead_id: str, change: ConsentChange, *, now: datetime, command_id: str | None = None) -> Decision:
        """Remember that a lead gave, confirmed or withdrew a consent; see `handle`."""
        return self.handle(lead_id, change, now=now, command_id=command_id)

    def flag(self, flag: Flag, *, now: datetime, command_id: str | None = None) -> Decision:
        """Remember that an event is not what it seems, or that it is; its lead's events are folded anew.

        See `handle`; the lead is that of the event.
        """
        return self._decide(None, flag, now, command_id)

    def change_profile(
        self, lead: Lead, *, now: datetime, at: datetime | None = None, actor: str | None = None,
        command_id: str | None = None,
    ) -> Decision:  # fmt: skip
        """Take over a lead's new profile; see `handle`.

        Args:
            lead: The whole profile as it is now.
            now: The instant.
            at: From when on it is so; `now` when absent.
            actor: Who changed it.
            command_id: See `handle`.
        """
        said = ProfileChange(lead, at=at, actor=actor)
        return self.handle(lead.id, said, now=now, command_id=command_id)

    def tick_due(self, *, now: datetime, limit: int = 100) -> Ticked:
        """Let time pass for leads to which something has fallen due: SLAs, rests, touches; the earliest first.

        Args:
            now: The instant.
            limit: How many leads at most; they are one transaction.

        Returns:
            What it has done; call again while more are due.

        Raises:
            InputRefused: If the limit is no number from 1 to 10,000.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
        """
        most = bounded(limit, "limit", 10_000)
        return self._runner.command(partial(tick_due, limit=most), utc(now, "now"))

    def _decide(self, lead_id: str | None, said: Said, now: datetime, command_id: str | None) -> Decision:
        if not isinstance(said, Said):
            hint = "Pass a Verdict, ProfileChange, ConsentChange, Flag, EnrolmentChange, TouchReport or Suppression."
            raise InputRefused([Problem(where="said", what="an input was expected", got=kind_of(said), hint=hint)])
        if command_id is not None:
            check_word(command_id, "command_id")

        def work(one: Work) -> Decision:
            return decide(one, lead_id, said, command_id)

        return self._runner.command(work, utc(now, "now"))
